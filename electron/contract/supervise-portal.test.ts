import { describe, expect, test } from 'vitest';
import { createLog } from './log.ts';
import type { ToPortal } from './portal-wire.ts';
import type { ProcessListener } from './start-process.ts';
import { supervisePortal } from './supervise-portal.ts';
import type { OwnPortal } from './wire.ts';

interface FakeProcess {
  readonly listener: ProcessListener;
  readonly posted: ToPortal[];
  isKilled: boolean;
}

/** Processes that do nothing by themselves, a clock that stands still, and timers that fire when told. */
function setUp(fails: () => void = () => {}) {
  const processes: FakeProcess[] = [];
  const told: { portal: OwnPortal | null; why: string }[] = [];
  const timers: { readonly ms: number; readonly then: () => void }[] = [];
  const lines: string[] = [];
  const clock = { ms: 0 };
  const portal = supervisePortal({
    fork: (listener) => {
      fails();
      const one: FakeProcess = { listener, posted: [], isKilled: false };
      processes.push(one);
      return {
        post: (message) => one.posted.push(message),
        kill: () => {
          one.isKilled = true;
        },
      };
    },
    tell: (own, why) => told.push({ portal: own, why }),
    log: createLog({ append: (line) => lines.push(line) }, () => ''),
    now: () => clock.ms,
    after: (ms, then) => {
      const timer = { ms, then };
      timers.push(timer);
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
    },
  });
  const last = () => processes.at(-1) as FakeProcess;
  return {
    portal,
    processes,
    told,
    timers,
    lines,
    clock,
    last,
    ready: (at = 40_123, code = 'c1') => last().listener.heard({ kind: 'ready', port: at, code }),
    fire: () => {
      const timer = timers.shift();
      timer?.then();
      return timer?.ms;
    },
  };
}

const own = (port: number, code: string): OwnPortal => ({
  url: `http://127.0.0.1:${port}`,
  publicUrl: `http://portal.localhost:${port}`,
  filesUrl: `http://files.localhost:${port}`,
  code,
});

describe('a portal', () => {
  test('does not run before it is wanted; then its addresses and its code are told', () => {
    const { portal, processes, told, ready, timers } = setUp();
    expect(processes).toHaveLength(0);
    portal.want(true);
    portal.want(true);
    expect(processes).toHaveLength(1);
    expect(told).toEqual([]);
    ready();
    expect(told).toEqual([{ portal: own(40_123, 'c1'), why: '' }]);
    expect(timers).toEqual([]);
  });

  test('that cannot be started says why, and is tried again later each time', () => {
    const { portal, processes, told, last, fire } = setUp();
    portal.want(true);
    const waits: (number | undefined)[] = [];
    for (let turn = 0; turn < 9; turn += 1) {
      last().listener.heard({ kind: 'failed', why: 'The records of the portal are damaged.' });
      last().listener.ended(1);
      expect(told.at(-1)).toEqual({ portal: null, why: 'The records of the portal are damaged.' });
      waits.push(fire());
    }
    expect(processes).toHaveLength(10);
    expect(waits).toEqual([500, 1_000, 2_000, 5_000, 15_000, 60_000, 300_000, 300_000, 300_000]);
  });

  test('that waits for its next try is started at once when it is wanted again', () => {
    const { portal, processes, last, timers, ready, told } = setUp();
    portal.want(true);
    last().listener.ended(1);
    portal.want(true);
    expect(processes).toHaveLength(2);
    expect(timers).toHaveLength(1);
    ready();
    expect(told.at(-1)).toEqual({ portal: own(40_123, 'c1'), why: '' });
  });

  test('that stops is told as gone and comes back with another code', () => {
    const { portal, told, last, ready, fire } = setUp();
    portal.want(true);
    ready(40_123, 'c1');
    last().listener.ended(137);
    expect(told.at(-1)).toEqual({ portal: null, why: '' });
    fire();
    ready(40_123, 'c2');
    expect(told.at(-1)).toEqual({ portal: own(40_123, 'c2'), why: '' });
  });

  test('that ran long is not held against the next one', () => {
    const { portal, last, ready, fire, clock } = setUp();
    portal.want(true);
    for (const wait of [500, 1_000]) {
      ready();
      last().listener.ended(1);
      expect(fire()).toBe(wait);
    }
    ready();
    clock.ms += 11 * 60_000;
    last().listener.ended(1);
    expect(fire()).toBe(500);
  });

  test('that ends without a word has a sentence of ours', () => {
    const { portal, told, last } = setUp();
    portal.want(true);
    last().listener.ended(null);
    expect(told.at(-1)?.portal).toBeNull();
    expect(told.at(-1)?.why).toMatch(/does not start.*kept on this computer/);
  });

  test('whose process cannot be started counts as one that ended', () => {
    const set = setUp(() => {
      throw new Error('no such file');
    });
    set.portal.want(true);
    expect(set.told.at(-1)?.why).toMatch(/does not start/);
    expect(set.fire()).toBe(500);
    expect(set.fire()).toBe(1_000);
    expect(set.processes).toHaveLength(0);
  });

  test('that says nothing while it starts is ended and started again', () => {
    const { portal, processes, last, fire } = setUp();
    portal.want(true);
    expect(fire()).toBe(120_000);
    expect(last().isKilled).toBe(true);
    last().listener.ended(137);
    fire();
    expect(processes).toHaveLength(2);
  });

  test('that says why it cannot run but does not end is ended', () => {
    const { portal, last, fire } = setUp();
    portal.want(true);
    last().listener.heard({ kind: 'failed', why: 'No.' });
    expect(fire()).toBe(5_000);
    expect(last().isKilled).toBe(true);
  });

  test('says nothing that is of no known shape, nor after its end, and no code is in the log', () => {
    const { portal, told, last, lines } = setUp();
    portal.want(true);
    const first = last();
    for (const junk of [null, 'ready', { kind: 'ready', port: 0, code: 'c' }, { kind: 'ready', port: 1 }, [], {}])
      first.listener.heard(junk);
    first.listener.heard({ kind: 'code', code: 'too-early' });
    expect(told).toEqual([]);
    first.listener.heard({ kind: 'ready', port: 40_123, code: 'secret-code' });
    first.listener.ended(1);
    first.listener.heard({ kind: 'code', code: 'from the dead' });
    expect(told.map(({ portal: own }) => own?.code)).toEqual(['secret-code', undefined]);
    expect(lines.join('')).not.toMatch(/secret-code/);
  });
});

describe('a portal that runs', () => {
  test('gives a new code to a backend that was started again, without being started again itself', () => {
    const { portal, processes, told, last, ready, timers } = setUp();
    portal.want(true);
    ready(40_123, 'c1');
    portal.want(true);
    // A second code would make the first void, which may be told already.
    portal.want(true);
    expect(last().posted).toEqual([{ kind: 'local-code' }]);
    last().listener.heard({ kind: 'code', code: 'c2' });
    expect(processes).toHaveLength(1);
    expect(told.at(-1)).toEqual({ portal: own(40_123, 'c2'), why: '' });
    expect(timers).toEqual([]);
    portal.want(true);
    expect(last().posted).toHaveLength(2);
  });

  test('and does not answer that is ended', () => {
    const { portal, last, ready, fire } = setUp();
    portal.want(true);
    ready();
    portal.want(true);
    expect(fire()).toBe(30_000);
    expect(last().isKilled).toBe(true);
  });

  test('is ended when it is not wanted any more, and stays so', () => {
    const { portal, processes, told, last, ready, timers } = setUp();
    portal.want(true);
    ready();
    portal.want(false);
    expect(last().posted).toEqual([{ kind: 'close' }]);
    expect(told.at(-1)).toEqual({ portal: null, why: '' });
    last().listener.ended(0);
    expect(processes).toHaveLength(1);
    expect(timers).toEqual([]);
  });

  test('and is wanted again while it ends starts after that', () => {
    const { portal, processes, last, ready, told } = setUp();
    portal.want(true);
    ready();
    portal.want(false);
    portal.want(true);
    expect(processes).toHaveLength(1);
    last().listener.heard({ kind: 'code', code: 'of the ending one' });
    last().listener.ended(0);
    expect(processes).toHaveLength(2);
    ready(40_123, 'c2');
    expect(told.map(({ portal: own }) => own?.code)).toEqual(['c1', undefined, 'c2']);
  });

  test('that does not end when told is killed', () => {
    const { portal, last, ready, fire } = setUp();
    portal.want(true);
    ready();
    portal.want(false);
    expect(fire()).toBe(5_000);
    expect(last().isKilled).toBe(true);
  });
});

describe('closing', () => {
  test('tells the process and waits for its end, without starting it again', async () => {
    const { portal, processes, last, ready, timers } = setUp();
    portal.want(true);
    ready();
    const closed = portal.close(5_000);
    expect(last().posted).toEqual([{ kind: 'close' }]);
    last().listener.ended(0);
    await closed;
    portal.want(true);
    expect(processes).toHaveLength(1);
    expect(last().isKilled).toBe(false);
    expect(timers).toEqual([]);
  });

  test('kills one that does not end in time', async () => {
    const { portal, last, ready, fire } = setUp();
    portal.want(true);
    ready();
    const closed = portal.close(4_000);
    expect(fire()).toBe(4_000);
    await closed;
    expect(last().isKilled).toBe(true);
  });

  test('while it waits for the next try starts nothing more', async () => {
    const { portal, processes, last, timers } = setUp();
    portal.want(true);
    last().listener.ended(1);
    await portal.close(5_000);
    expect(timers).toEqual([]);
    expect(processes).toHaveLength(1);
  });
});
