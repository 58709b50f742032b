import { afterEach, describe, expect, test } from 'vitest';
import { createLane, type Job, type Lane } from './lane.ts';
import { PDF_LIMITS, type PdfLimits } from './limits.ts';
import { hearingLog } from './testing/hear.ts';

const entry = new URL('./testing/hostile-tasks.ts', import.meta.url);
const open: Lane[] = [];

afterEach(async () => {
  for (const lane of open.splice(0)) await lane.close();
});

function start(limits: Partial<PdfLimits> = {}) {
  const log = hearingLog();
  const lane = createLane({ entry, log, limits: { ...PDF_LIMITS, ...limits } });
  open.push(lane);
  const run = (name: string, input: object = {}, rest: Partial<Job> = {}) =>
    lane.run({ name, input, signal: undefined, onProgress: undefined, ...rest });
  return { lane, log, run };
}

const failed = (type: string) => ({ ok: false, error: { type } });

describe('a lane runs one task after the other', () => {
  test('in the order in which they came, in one thread', async () => {
    const { run } = start();
    const answers = await Promise.all(['a', 'b', 'c'].map((path) => run('note', { path })));
    expect(answers.at(-1)).toEqual({ ok: true, value: { started: ['a', 'b', 'c'] } });
  });

  test('and tells how far it is', async () => {
    const { run } = start();
    const heard: number[] = [];
    const onProgress = ({ done }: { done: number }) => void heard.push(done);
    await run('steps', { steps: 3, ms: 60 }, { onProgress });
    expect(heard).toEqual([1, 2, 3]);
  });

  test('and a thread that had nothing to do for a while is another one', async () => {
    const { run } = start({ idleMs: 1 });
    await run('note', { path: 'a' });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await run('note', { path: 'b' })).toEqual({ ok: true, value: { started: ['b'] } });
  });
});

describe('a task fails alone', () => {
  const slow = { quietMs: 1_000, cancelMs: 200 };
  test.each([
    ['loop', 'TookTooLong', slow],
    ['hang', 'TookTooLong', slow],
    ['leave', 'WorkerGone', {}],
    ['crash', 'WorkerGone', {}],
    ['throw', 'Defect', {}],
    ['strange', 'Defect', {}],
    ['unknown', 'Defect', {}],
    ['toString', 'Defect', {}],
    ['heap', 'TooMuchMemory', { heapMb: 32 }],
    ['buffers', 'TooMuchMemory', { bufferMb: 64 }],
    ['flood', 'TooMuchMemory', { growthMb: 150 }],
  ])('%s: %s, and the next one runs', async (name, type, limits) => {
    const { run } = start(limits);
    const [answer, next] = await Promise.all([run(name), run('note', { path: 'next' })]);
    expect(answer).toMatchObject(failed(type));
    expect(next).toMatchObject({ ok: true });
  });

  test('a promise that a library forgot is told to the log and does no harm', async () => {
    const { run, log } = start();
    expect(await run('forget')).toEqual({ ok: true, value: 'done all the same' });
    expect(log.lines).toEqual(['defect PDF task: nobody waits for this']);
  });

  test('progress buys time, up to the cap', async () => {
    const { run } = start({ quietMs: 1_000, totalMs: 4_000 });
    expect(await run('steps', { steps: 12, ms: 120 })).toMatchObject({ ok: true });
    expect(await run('steps', { steps: 1_000, ms: 100 })).toMatchObject(failed('TookTooLong'));
  });

  test('without an entry there is an answer too', async () => {
    const log = hearingLog();
    const lane = createLane({ entry: new URL('./not-there.ts', import.meta.url), log, limits: PDF_LIMITS });
    open.push(lane);
    const answer = await lane.run({ name: 'note', input: {}, signal: undefined, onProgress: undefined });
    expect(answer).toMatchObject(failed('WorkerGone'));
    expect(log.lines[0]).toContain('defect PDF thread');
  });
});

describe('a defect of the caller is an answer too', () => {
  test('an input that is no plain data', async () => {
    const { run, log } = start();
    expect(await run('note', { path: () => 'a' })).toMatchObject(failed('Defect'));
    expect(log.lines[0]).toContain('defect PDF thread');
    expect(await run('note', { path: 'a' })).toMatchObject({ ok: true });
  });

  test('an entry that is no path', async () => {
    const lane = createLane({ entry: 'worker.ts', log: hearingLog(), limits: PDF_LIMITS });
    open.push(lane);
    const job = { name: 'note', input: {}, signal: undefined, onProgress: undefined };
    for (const answer of await Promise.all([lane.run(job), lane.run(job)]))
      expect(answer).toMatchObject(failed('Defect'));
  });
});

describe('a task is cancelled', () => {
  test('while it waits: it never runs', async () => {
    const { run } = start();
    const cancel = new AbortController();
    const first = run('steps', { steps: 3, ms: 50 });
    const second = run('note', { path: 'never' }, { signal: cancel.signal });
    cancel.abort();
    expect(await second).toMatchObject(failed('Cancelled'));
    await first;
    expect(await run('note', { path: 'later' })).toEqual({ ok: true, value: { started: ['later'] } });
  });

  test('before it was asked for', async () => {
    const { run } = start();
    expect(await run('loop', {}, { signal: AbortSignal.abort() })).toMatchObject(failed('Cancelled'));
  });

  test('between two pages: it answers itself and keeps its thread', async () => {
    const { run, log } = start({ cancelMs: 20_000 });
    await run('note', { path: 'a' });
    const cancel = new AbortController();
    const onProgress = () => cancel.abort();
    const answer = await run('steps', { steps: 10_000, ms: 5 }, { signal: cancel.signal, onProgress });
    expect(answer).toMatchObject(failed('Cancelled'));
    expect(await run('note', { path: 'b' })).toEqual({ ok: true, value: { started: ['a', 'b'] } });
    expect(log.lines).toEqual([]);
  });

  test('in the middle of one: its thread is ended', async () => {
    const { run, log } = start({ cancelMs: 100 });
    await run('note', { path: 'a' });
    const cancel = new AbortController();
    const stuck = run('loop', {}, { signal: cancel.signal });
    cancel.abort();
    expect(await stuck).toMatchObject(failed('Cancelled'));
    expect(await run('note', { path: 'b' })).toEqual({ ok: true, value: { started: ['b'] } });
    expect(log.lines).toEqual(['warn a PDF task was ended Cancelled']);
  });

  test('by closing: what runs and what waits', async () => {
    const { lane, run } = start();
    const all = [run('loop'), run('note', { path: 'never' })];
    await lane.close();
    for (const answer of await Promise.all(all)) expect(answer).toMatchObject(failed('Cancelled'));
    expect(await run('note', { path: 'late' })).toMatchObject(failed('Cancelled'));
  });
});
