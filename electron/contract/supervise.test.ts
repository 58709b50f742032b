import { describe, expect, test } from 'vitest';
import type { HostEvent } from './events.ts';
import { createLog } from './log.ts';
import type { ProcessListener } from './start-process.ts';
import { type BackendWish, superviseBackend } from './supervise.ts';
import type { ToBackend } from './wire.ts';

interface FakeProcess {
  readonly listener: ProcessListener;
  readonly posted: ToBackend[];
  isKilled: boolean;
}

/** Processes that do nothing by themselves, a clock that stands still, and timers that fire when told. */
function setUp(fork?: (listener: ProcessListener) => never) {
  const processes: FakeProcess[] = [];
  const events: HostEvent[] = [];
  const wishes: BackendWish[] = [];
  const timers = new Set<() => void>();
  const clock = { ms: 0 };
  const backend = superviseBackend({
    fork: (listener) => {
      fork?.(listener);
      const one: FakeProcess = { listener, posted: [], isKilled: false };
      processes.push(one);
      return {
        post: (message) => one.posted.push(message),
        kill: () => {
          one.isKilled = true;
        },
      };
    },
    emit: (event) => events.push(event),
    onWish: (wish) => wishes.push(wish),
    log: createLog({ append: () => {} }, () => ''),
    now: () => clock.ms,
    after: (_ms, then) => {
      timers.add(then);
      return () => timers.delete(then);
    },
  });
  const states = () => events.map((event) => (event.type === 'backend:state' ? event.state : event.type));
  const last = () => processes.at(-1) as FakeProcess;
  return { backend, processes, events, wishes, states, clock, last, fire: () => [...timers].map((then) => then()) };
}

const reply = (id: number, value: unknown) => ({ kind: 'reply', id, reply: { ok: true, value } });

describe('a backend process', () => {
  test('answers each call by its number, in whatever order', async () => {
    const { backend, last } = setUp();
    const first = backend.call('today:list', {});
    const second = backend.call('records:state', {});
    expect(last().posted).toMatchObject([
      { id: 1, name: 'today:list' },
      { id: 2, name: 'records:state' },
    ]);
    last().listener.heard(reply(2, 'b'));
    last().listener.heard(reply(1, 'a'));
    expect(await first).toEqual({ ok: true, value: 'a' });
    expect(await second).toEqual({ ok: true, value: 'b' });
  });

  test('that stops once is started again, what was under way is answered, and the window is told', async () => {
    const { backend, processes, states, last } = setUp();
    last().listener.heard({ kind: 'ready' });
    const under = [backend.call('today:list', {}), backend.call('deals:get', { dealId: 'd' })];
    last().listener.ended(1);
    for (const call of under) expect(await call).toMatchObject({ ok: false, error: { type: 'backend-gone' } });
    expect(processes).toHaveLength(2);
    expect(last().posted).toEqual([]);

    const after = backend.call('today:list', {});
    last().listener.heard({ kind: 'ready' });
    last().listener.heard(reply(3, 'again'));
    expect(await after).toEqual({ ok: true, value: 'again' });
    expect(states()).toEqual(['ready', 'restarting', 'ready']);
  });

  test('that stops twice is given up until a person asks for it', async () => {
    const { backend, processes, states, last, clock } = setUp();
    last().listener.ended(null);
    clock.ms += 60_000;
    last().listener.ended(null);
    expect(processes).toHaveLength(2);
    expect(backend.state()).toBe('gone');
    expect(await backend.call('today:list', {})).toMatchObject({ ok: false, error: { type: 'backend-gone' } });

    const again = backend.call('records:retry', {});
    expect(processes).toHaveLength(3);
    last().listener.heard({ kind: 'ready' });
    last().listener.heard(reply(1, { kind: 'open' }));
    expect(await again).toEqual({ ok: true, value: { kind: 'open' } });
    expect(states()).toEqual(['restarting', 'gone', 'restarting', 'ready']);
  });

  test('that stops again after a calm time is started again', () => {
    const { backend, processes, last, clock } = setUp();
    last().listener.ended(1);
    clock.ms += 11 * 60_000;
    last().listener.ended(1);
    expect(processes).toHaveLength(3);
    expect(backend.state()).toBe('restarting');
  });

  test('that cannot be started counts as one that stopped', async () => {
    const { backend, processes } = setUp(() => {
      throw new Error('no such file');
    });
    expect(processes).toHaveLength(0);
    expect(backend.state()).toBe('gone');
    expect(await backend.call('today:list', {})).toMatchObject({ ok: false, error: { type: 'backend-gone' } });
  });

  test('that can be started only the second time runs', async () => {
    const failures = [new Error('busy')];
    const { backend, last } = setUp(() => {
      const failure = failures.pop();
      if (failure !== undefined) throw failure;
      return undefined as never;
    });
    const call = backend.call('today:list', {});
    last().listener.heard(reply(1, 'here'));
    expect(await call).toEqual({ ok: true, value: 'here' });
  });

  test('of before is not listened to any more', async () => {
    const { backend, processes, events, last } = setUp();
    const old = last();
    old.listener.ended(1);
    const call = backend.call('today:list', {});
    old.listener.heard({ kind: 'event', event: { type: 'workspace:changed' } });
    old.listener.heard(reply(1, 'from the dead'));
    old.listener.ended(1);
    expect(processes).toHaveLength(2);
    expect(events).toHaveLength(1);
    last().listener.heard(reply(1, 'alive'));
    expect(await call).toEqual({ ok: true, value: 'alive' });
  });

  test('says nothing to the window that is not of a known shape', () => {
    const { events, last } = setUp();
    for (const junk of [null, 'ready', { kind: 'event', event: { type: 'menu' } }, { kind: 'reply', id: 'x' }, []]) {
      last().listener.heard(junk);
    }
    expect(events).toEqual([]);
    last().listener.heard({ kind: 'event', event: { type: 'deals:changed', dealIds: ['d'] } });
    expect(events).toEqual([{ type: 'deals:changed', dealIds: ['d'] }]);
  });
});

describe('what a backend wants of its host', () => {
  const wishes = [
    { kind: 'want-portal', isWanted: true },
    { kind: 'ask-secret', name: 'sync' },
    { kind: 'keep-secret', name: 'sync', secret: 'k' },
    { kind: 'keep-secret', name: 'sync', secret: null },
  ];

  test('is handed on, and nothing of another shape', () => {
    const set = setUp();
    for (const wish of wishes) set.last().listener.heard(wish);
    for (const junk of [{ kind: 'want-portal' }, { kind: 'ask-secret', name: 1 }, { kind: 'keep-secret', name: 'a' }])
      set.last().listener.heard(junk);
    expect(set.wishes).toEqual(wishes);
    expect(set.events).toEqual([]);
  });

  test('is answered to the backend that runs now, and to none while none does', () => {
    const { backend, processes, last, clock } = setUp();
    const portal = { kind: 'portal', portal: null, why: '' } as const;
    backend.tell(portal);
    last().listener.ended(1);
    const secret = { kind: 'secret', name: 'sync', secret: null, problem: '' } as const;
    backend.tell(secret);
    expect(processes.map(({ posted }) => posted)).toEqual([[portal], [secret]]);
    clock.ms += 60_000;
    last().listener.ended(1);
    backend.tell(secret);
    expect(processes.map(({ posted }) => posted)).toEqual([[portal], [secret]]);
  });

  test('does not count any more while it closes', () => {
    const set = setUp();
    void set.backend.close(5000);
    for (const wish of wishes) set.last().listener.heard(wish);
    expect(set.wishes).toEqual([]);
  });
});

describe('closing', () => {
  test('asks the process to close and waits for its end, without starting it again', async () => {
    const { backend, processes, states, last } = setUp();
    const closed = backend.close(5000);
    expect(last().posted).toEqual([{ kind: 'close' }]);
    last().listener.ended(0);
    await closed;
    expect(processes).toHaveLength(1);
    expect(last().isKilled).toBe(false);
    expect(states()).toEqual([]);
  });

  test('ends a process that does not end itself in time', async () => {
    const { backend, last, fire } = setUp();
    const closed = backend.close(5000);
    fire();
    await closed;
    expect(last().isKilled).toBe(true);
  });
});
