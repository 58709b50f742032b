import { expect, test } from 'vitest';
import { createPace } from './pace.ts';

const never = new AbortController().signal;

test('without a cap nothing waits and pieces are as large as they may be', async () => {
  const pace = createPace();
  await pace.take(1_000_000_000, never);
  expect(pace.piece()).toBe(8 * 1024 * 1024);
});

test('under a cap pieces are two seconds long, but never tiny', () => {
  const pace = createPace();
  pace.set(512);
  expect(pace.piece()).toBe(1024 * 1024);
  pace.set(16);
  expect(pace.piece()).toBe(32 * 1024);
  pace.set(100_000);
  expect(pace.piece()).toBe(8 * 1024 * 1024);
});

test('what goes is at most what the cap allows, over any stretch', async () => {
  const pace = createPace();
  pace.set(1_000);
  const began = performance.now();
  for (let piece = 0; piece < 10; piece += 1) await pace.take(20 * 1024, never);
  // The first goes at once, so nine pieces of 20 KB wait for their turn at 1,000 KB a second.
  expect(performance.now() - began).toBeGreaterThanOrEqual(9 * 20 - 5);
});

test('waiting ends with its signal, and a cap that is lifted holds nobody up', async () => {
  const pace = createPace();
  pace.set(16);
  await pace.take(1_000_000, never);
  const ending = new AbortController();
  const waiting = pace.take(10, ending.signal);
  ending.abort();
  await expect(waiting).rejects.toThrow();
  pace.set(null);
  await pace.take(1_000_000, never);
  await expect(pace.take(1, AbortSignal.abort())).rejects.toThrow();
});
