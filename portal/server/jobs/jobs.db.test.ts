import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PortalContext } from '../context.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { must } from '../store/testing.ts';
import type { Store } from '../store/types.ts';
import { contextOn } from '../testing-context.ts';
import { purgeJob } from './purge.ts';
import { type JobHandler, retryAfterMs, startJobs } from './run.ts';

const DAY_MS = 86_400_000;
let folder: string;
let store: Store;
let nowMs: number;
let context: PortalContext;
const lines: string[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-jobs-'));
  nowMs = Date.parse('2026-06-02T16:12:00.000Z');
  const now = () => new Date(nowMs);
  const log = { info: () => {}, warn: () => {} };
  store = must(await openSqliteStore({ file: join(folder, 'portal.db'), now: () => now().toISOString(), log }));
  await store.createWorkspace({ id: 'main', name: '', at: now().toISOString() });
  lines.length = 0;
  context = await contextOn(store, { folder, now, tell: (line) => lines.push(line) });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const at = () => new Date(nowMs).toISOString();
const add = (kind: string, sameKey: string, payload: unknown = {}) =>
  store.transaction('main', (tx) =>
    tx.jobs.add({ workspaceId: 'main', jobId: context.newId(), kind, sameKey, payload, runAt: at() }),
  );
const inState = (state: 'waiting' | 'running' | 'done' | 'failed') =>
  store.read((read) => read.jobs.inState('main', state, 100));

test('what is due is done once, with what it was given', async () => {
  const done: unknown[] = [];
  const handler: JobHandler = { kind: 'say', run: async (_context, payload) => void done.push(payload) };
  for (let n = 0; n < 12; n += 1) await add('say', `k${n}`, { n });
  expect(await add('say', 'k1')).toBe(false);
  const jobs = startJobs(context, [handler]);
  await jobs.runDue();
  expect(done).toHaveLength(12);
  expect(done).toContainEqual({ n: 7 });
  await jobs.runDue();
  expect(done).toHaveLength(12);
  expect(await inState('done')).toHaveLength(12);
  await jobs.close(1_000);
});

test('what fails is tried again later, less and less often, and given up in the end', async () => {
  let tries = 0;
  const handler: JobHandler = {
    kind: 'fail',
    run: async () => {
      tries += 1;
      throw new Error('to "Priya Raman" it does not go');
    },
  };
  await add('fail', 'k');
  const jobs = startJobs(context, [handler]);
  await jobs.runDue();
  await jobs.runDue();
  expect(tries).toBe(1);
  for (let time = 0; time < 20; time += 1) {
    nowMs += 3_600_000;
    await jobs.runDue();
  }
  expect(tries).toBe(12);
  expect((await inState('failed'))[0]).toMatchObject({ kind: 'fail', problem: 'Error' });
  expect(lines.join('')).not.toContain('Priya');
  expect([retryAfterMs(1), retryAfterMs(2), retryAfterMs(11), retryAfterMs(12)]).toEqual([
    15_000,
    30_000,
    3_600_000,
    null,
  ]);
  await jobs.close(1_000);
});

test('a job that comes by itself comes once in each stretch of time, however many processes look', async () => {
  let times = 0;
  const count = async () => {
    times += 1;
  };
  const handler: JobHandler = { kind: 'daily', everyMs: DAY_MS, run: count };
  const loops = [startJobs(context, [handler]), startJobs({ ...context, owner: 'other' }, [handler])];
  const look = () => Promise.all(loops.map((loop) => loop.runDue()));
  await look();
  await look();
  expect(times).toBe(1);
  nowMs += DAY_MS;
  await look();
  expect(times).toBe(2);
  await Promise.all(loops.map((loop) => loop.close(1_000)));
});

test('a job of a newer server waits for it, and what a process left lying is taken up', async () => {
  await add('of-tomorrow', 'k');
  await add('say', 'k');
  // Another process took both and is no more.
  const until = new Date(nowMs + 60_000).toISOString();
  await store.transaction('main', (tx) =>
    tx.jobs.claim({ workspaceId: 'main', at: at(), until, owner: 'gone', limit: 10 }),
  );
  let times = 0;
  const count = async () => {
    times += 1;
  };
  const jobs = startJobs(context, [{ kind: 'say', run: count }]);
  await jobs.runDue();
  expect(times).toBe(0);
  nowMs += 61_000;
  await jobs.runDue();
  expect(times).toBe(1);
  expect(await inState('waiting')).toMatchObject([{ kind: 'of-tomorrow', tries: 2 }]);
  await jobs.close(1_000);
});

test('told to end, it begins nothing more and tells what runs', async () => {
  let isTold = false;
  const handler: JobHandler = {
    kind: 'long',
    run: (_context, _payload, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          isTold = true;
          reject(new Error('told to end'));
        });
        begun();
      }),
  };
  let begun: () => void = () => {};
  const running = new Promise<void>((resolve) => {
    begun = resolve;
  });
  await add('long', 'k');
  const jobs = startJobs(context, [handler]);
  await running;
  await jobs.close(5_000);
  expect(isTold).toBe(true);
  // It may be run again at once by the next start.
  expect(await inState('waiting')).toMatchObject([{ kind: 'long', runAt: at() }]);
});

test('the purge takes what is over and leaves what is not', async () => {
  const code = {
    ...({ workspaceId: 'main', kind: 'device', subject: 's', address: '', browserHash: '', hash: 'h' } as const),
    ...{ madeAt: at(), triesLeft: 1 },
  };
  await store.transaction('main', async (tx) => {
    await tx.codes.put({ ...code, codeId: 'old', expiresAt: at() });
    await tx.codes.put({ ...code, codeId: 'new', expiresAt: new Date(nowMs + 40 * DAY_MS).toISOString() });
  });
  nowMs += 31 * DAY_MS;
  await purgeJob.run(context, {}, new AbortController().signal);
  const left = await store.read(async ({ codes }) => [await codes.get('main', 'old'), await codes.get('main', 'new')]);
  expect(left.map((row) => row?.codeId ?? null)).toEqual([null, 'new']);
});
