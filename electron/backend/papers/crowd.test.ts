import { expect, test, vi } from 'vitest';
import { openCrowd } from './crowd.ts';

const defects: unknown[] = [];
const depsOf = (closing = new AbortController()) => {
  const defect = (_message: string, error: unknown) => void defects.push(error);
  return { closing: closing.signal, log: { info: () => {}, warn: () => {}, defect } };
};

test('waits until no more come, then works one at a time, each once', async () => {
  vi.useFakeTimers();
  const done: string[] = [];
  let atOnce = 0;
  let most = 0;
  const work = async (dealId: string) => {
    atOnce += 1;
    most = Math.max(most, atOnce);
    await Promise.resolve();
    atOnce -= 1;
    done.push(dealId);
  };
  const crowd = openCrowd(work, depsOf(), 100);
  for (const dealId of ['a', 'b', 'a']) crowd.add(dealId);
  await vi.advanceTimersByTimeAsync(90);
  crowd.add('c');
  await vi.advanceTimersByTimeAsync(90);
  expect(done).toEqual([]);
  await vi.advanceTimersByTimeAsync(20);
  expect([done, most]).toEqual([['a', 'b', 'c'], 1]);
  vi.useRealTimers();
});

test('one that fails is told and keeps nobody up; what comes meanwhile is worked on, too', async () => {
  vi.useFakeTimers();
  const done: string[] = [];
  const crowd = openCrowd(
    async (dealId) => {
      if (dealId === 'bad') {
        crowd.add('late');
        throw new Error('no disk');
      }
      done.push(dealId);
    },
    depsOf(),
    100,
  );
  crowd.add('bad');
  crowd.add('good');
  await vi.advanceTimersByTimeAsync(200);
  expect(done).toEqual(['good', 'late']);
  expect(defects).toEqual([new Error('no disk')]);
  vi.useRealTimers();
});

test('closed, it begins nothing more', async () => {
  vi.useFakeTimers();
  const done: string[] = [];
  const crowd = openCrowd(async (dealId) => void done.push(dealId), depsOf(), 100);
  crowd.add('a');
  await crowd.close();
  await vi.advanceTimersByTimeAsync(500);
  expect(done).toEqual([]);
  vi.useRealTimers();
});
