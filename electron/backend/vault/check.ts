import { attempt, failure, onBlob, Refusal } from './failures.ts';
import { hashFile } from './hash-file.ts';
import { blobPath, isSha256 } from './layout.ts';
import type { Store } from './store.ts';

/** Reads a blob whole and compares. Throws `Missing` or `Damaged`; the latter is mended by the next add of the content. */
export async function checkBlob(store: Store, sha256: string, signal?: AbortSignal): Promise<{ bytes: number }> {
  if (!isSha256(sha256)) throw new Refusal(failure('Missing'));
  const path = blobPath(store.folder, sha256);
  const there = await onBlob(store.io.lstat(path));
  const found = there.isFile() ? await attempt(() => hashFile(store.io, path, signal)) : null;
  if (found?.ok === false && PASSING.has(found.error.type)) throw new Refusal(found.error);
  if (!found?.ok || found.value.sha256 !== sha256) {
    store.damaged.add(sha256);
    throw new Refusal(failure('Damaged'));
  }
  store.damaged.delete(sha256);
  return { bytes: found.value.bytes };
}

/** They say nothing about the content: it can be read another time. */
const PASSING: ReadonlySet<string> = new Set(['Cancelled', 'SourceBusy']);

/**
 * Some of many, each as likely as the others, reading them once and keeping no more than `count`.
 * `pick` answers a number from 0 up to 1.
 */
export async function someOf<T>(
  all: AsyncIterable<T> | Iterable<T>,
  count: number,
  pick: () => number,
): Promise<readonly T[]> {
  const some: T[] = [];
  let seen = 0;
  for await (const one of all) {
    seen += 1;
    const at = seen <= count ? seen - 1 : Math.floor(pick() * seen);
    if (at < count) some[at] = one;
  }
  return some;
}
