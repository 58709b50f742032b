import { describe, expect, test, vi } from 'vitest';
import { startBackground } from './background.ts';
import { createLog } from './log.ts';
import type { SecretKeeper } from './secret-desk.ts';
import type { ProcessListener } from './start-process.ts';

interface FakeProcess {
  readonly listener: ProcessListener;
  readonly posted: unknown[];
}

function setUp(secrets: SecretKeeper = keeperOf(new Map())) {
  const backends: FakeProcess[] = [];
  const portals: FakeProcess[] = [];
  const timers = new Map<() => void, number>();
  const lines: string[] = [];
  const forkInto = (list: FakeProcess[]) => (listener: ProcessListener) => {
    const one: FakeProcess = { listener, posted: [] };
    list.push(one);
    return { post: (message: unknown) => void one.posted.push(message), kill: () => {} };
  };
  const background = startBackground({
    fork: forkInto(backends),
    forkPortal: forkInto(portals),
    secrets,
    emit: () => {},
    log: createLog({ append: (line) => lines.push(line) }, () => ''),
    now: () => 0,
    after: (ms, then) => {
      timers.set(then, ms);
      return () => timers.delete(then);
    },
  });
  const want = (isWanted: boolean) => backends.at(-1)?.listener.heard({ kind: 'want-portal', isWanted });
  const ready = (code: string) => portals.at(-1)?.listener.heard({ kind: 'ready', port: 40_123, code });
  return { background, backends, portals, timers, lines, want, ready };
}

function keeperOf(kept: Map<string, string>): SecretKeeper {
  return {
    get: async (name) => ({ secret: kept.get(name) ?? null, problem: '' }),
    async keep(name, secret) {
      if (secret === null) kept.delete(name);
      else kept.set(name, secret);
      return { problem: '' };
    },
  };
}

describe('the portal', () => {
  test('waits until the board stands', () => {
    const { background, portals, want } = setUp();
    want(true);
    expect(portals).toHaveLength(0);
    background.boardStands();
    background.boardStands();
    expect(portals).toHaveLength(1);
  });

  test('does not wait for a board that never comes', () => {
    const { portals, want, timers } = setUp();
    want(true);
    const [[then, ms] = [() => {}, 0]] = [...timers];
    expect(ms).toBe(5_000);
    then();
    expect(portals).toHaveLength(1);
  });

  test('that is not wanted is not started by the board', () => {
    const { background, portals, want } = setUp();
    want(true);
    want(false);
    background.boardStands();
    expect(portals).toHaveLength(0);
  });

  test('is known to a backend that was started again, with a new code, and is not started again for it', () => {
    const { background, backends, portals, want, ready } = setUp();
    background.boardStands();
    want(true);
    ready('c1');
    expect(backends[0]?.posted).toMatchObject([{ kind: 'portal', portal: { code: 'c1' } }]);
    backends[0]?.listener.ended(137);
    expect(backends).toHaveLength(2);
    expect(portals[0]?.posted).toEqual([]);
    want(true);
    expect(portals[0]?.posted).toEqual([{ kind: 'local-code' }]);
    portals[0]?.listener.heard({ kind: 'code', code: 'c2' });
    expect(backends[1]?.posted).toMatchObject([{ kind: 'portal', portal: { code: 'c2' }, why: '' }]);
    expect(portals).toHaveLength(1);
  });

  test('is closed after the backend', async () => {
    const { background, backends, portals, want, ready } = setUp();
    background.boardStands();
    want(true);
    ready('c1');
    const closed = background.close(5_000);
    expect(backends[0]?.posted.at(-1)).toEqual({ kind: 'close' });
    expect(portals[0]?.posted).toEqual([]);
    backends[0]?.listener.ended(0);
    await vi.waitFor(() => expect(portals[0]?.posted).toEqual([{ kind: 'close' }]));
    portals[0]?.listener.ended(0);
    await closed;
    expect([backends, portals].map((list) => list.length)).toEqual([1, 1]);
  });
});

describe('secrets', () => {
  test('are kept and answered in the order in which they were wished', async () => {
    const { backends } = setUp();
    const { listener, posted } = backends[0] as FakeProcess;
    listener.heard({ kind: 'ask-secret', name: 'sync' });
    listener.heard({ kind: 'keep-secret', name: 'sync', secret: 'k' });
    listener.heard({ kind: 'ask-secret', name: 'sync' });
    listener.heard({ kind: 'keep-secret', name: 'sync', secret: null });
    listener.heard({ kind: 'ask-secret', name: 'sync' });
    await vi.waitFor(() => expect(posted).toHaveLength(5));
    expect(posted).toEqual(
      [null, 'k', 'k', null, null].map((secret) => ({ kind: 'secret', name: 'sync', secret, problem: '' })),
    );
  });

  test('that are not kept are answered with the reason and without the secret', async () => {
    const { backends } = setUp({
      get: async () => ({ secret: null, problem: 'No store.' }),
      keep: async () => ({ problem: 'No store.' }),
    });
    const { listener, posted } = backends[0] as FakeProcess;
    listener.heard({ kind: 'ask-secret', name: 'sync' });
    listener.heard({ kind: 'keep-secret', name: 'sync', secret: 'k' });
    await vi.waitFor(() => expect(posted).toHaveLength(2));
    const answer = { kind: 'secret', name: 'sync', secret: null, problem: 'No store.' };
    expect(posted).toEqual([answer, answer]);
  });

  test('whose keeper fails are answered all the same, and the next is served', async () => {
    const kept = keeperOf(new Map([['other', 'o']]));
    const { backends, lines } = setUp({
      ...kept,
      keep: async () => Promise.reject(new Error('the store said "hunter2 is no good"')),
    });
    const { listener, posted } = backends[0] as FakeProcess;
    listener.heard({ kind: 'keep-secret', name: 'sync', secret: 'hunter2' });
    listener.heard({ kind: 'ask-secret', name: 'other' });
    await vi.waitFor(() => expect(posted).toHaveLength(2));
    expect(posted).toMatchObject([
      { name: 'sync', secret: null, problem: expect.stringMatching(/sign in again/) },
      { name: 'other', secret: 'o' },
    ]);
    expect(lines.join('')).toContain('keeping secrets');
    expect(lines.join('')).not.toContain('hunter2');
  });
});
