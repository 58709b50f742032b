import { expect, test } from 'vitest';
import { piecesOf, untilAborted } from './abort.ts';

function bodyOf(...pieces: readonly string[]) {
  const state = { isCancelled: false };
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
    },
    cancel: () => {
      state.isCancelled = true;
    },
  });
  return { body, state };
}

test('pieces come as they are, and waiting for the next one ends with the signal', async () => {
  const { body, state } = bodyOf('one', 'two');
  const ending = new AbortController();
  const heard: string[] = [];
  const reading = (async () => {
    for await (const piece of piecesOf(body, ending.signal)) {
      heard.push(new TextDecoder().decode(piece));
      if (heard.length === 2) queueMicrotask(() => ending.abort(new Error('enough')));
    }
  })();
  await expect(reading).rejects.toThrow('enough');
  expect(heard).toEqual(['one', 'two']);
  expect(state.isCancelled).toBe(true);
});

test('whoever stops reading lets go of the body', async () => {
  const { body, state } = bodyOf('one', 'two');
  for await (const _piece of piecesOf(body, new AbortController().signal)) break;
  expect(state.isCancelled).toBe(true);
});

test('a step is waited for until it ends or the signal does', async () => {
  const never = new Promise<number>(() => {});
  const ending = new AbortController();
  expect(await untilAborted(Promise.resolve(1), ending.signal)).toBe(1);
  expect(await untilAborted(Promise.resolve(1), null)).toBe(1);
  await expect(untilAborted(Promise.reject(new Error('broken')), ending.signal)).rejects.toThrow('broken');
  const waiting = untilAborted(never, ending.signal);
  ending.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
  await expect(untilAborted(never, ending.signal)).rejects.toThrow('enough');
});
