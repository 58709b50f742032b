import { AsyncLocalStorage } from 'node:async_hooks';

/** Runs one work after another, in the order they came. A work that fails does not hold up the next. */
export function createQueue(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  };
}

/**
 * Throws when a work of the same store is begun inside another one: it would wait for the outer one for ever, or read
 * beside what that has written.
 */
export function createNesting(): <T>(work: () => Promise<T>) => Promise<T> {
  const inside = new AsyncLocalStorage<true>();
  return async (work) => {
    if (inside.getStore()) throw new Error('a read or a transaction inside another one');
    return inside.run(true, work);
  };
}
