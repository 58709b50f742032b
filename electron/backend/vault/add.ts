import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { codeOf, failure, onOurs, orNull, Refusal, stopIf } from './failures.ts';
import type { FileHash } from './hash-file.ts';
import { renameSteadily, type VaultHandle, writeAll } from './io.ts';
import { blobPath, tempFolder } from './layout.ts';
import { openSource, type Reader, type VaultSource } from './source.ts';
import type { Store } from './store.ts';
import { tempNames } from './temp-names.ts';
import { dropTrashed } from './trash.ts';

export interface AddOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told after each piece: how many bytes of this file are in so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  readonly maxBytes?: number | undefined;
}

export interface Added extends FileHash {
  /** False when the vault held the content already, in use or in the trash. */
  readonly isNew: boolean;
}

interface Copy extends FileHash {
  readonly temp: string;
  readonly out: VaultHandle;
}

/** Copies a source into the vault. Throws a `Refusal`; then nothing of it is kept and no temp file remains. */
export async function addTo(store: Store, source: VaultSource, options: AddOptions): Promise<Added> {
  const reader = await openSource(store.outside, source, options);
  const name = tempNames.next();
  const temp = join(tempFolder(store.folder), name);
  let out: VaultHandle | null = null;
  try {
    out = await openTemp(store, temp);
    const hash = await pump(reader, out, options);
    await reader.verify(hash.bytes);
    stopIf(options.signal);
    return await store.locked(hash.sha256, place(store, { ...hash, temp, out }));
  } finally {
    await Promise.all([reader.close(), out?.close()]);
    // After a success the name is gone already, or the content was there before.
    await orNull(store.io.unlink(temp)).catch(() => store.log.warn('A temp file stays until the next start'));
    tempNames.done(name);
  }
}

/** Read-only from the start: the open handle may write, nobody after it. */
async function openTemp(store: Store, temp: string): Promise<VaultHandle> {
  const folder = tempFolder(store.folder);
  await store.folders.make(folder);
  try {
    return await store.io.open(temp, 'wx', 0o444);
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') return await onOurs(Promise.reject(thrown));
    store.folders.forget();
    await store.folders.make(folder);
    return await onOurs(store.io.open(temp, 'wx', 0o444));
  }
}

/** Reads a piece while the one before is being written and hashed. */
async function pump(reader: Reader, out: VaultHandle, { signal, onBytes, maxBytes }: AddOptions): Promise<FileHash> {
  const hash = createHash('sha256');
  let bytes = 0;
  let writing: Promise<void> = Promise.resolve();
  try {
    for (;;) {
      stopIf(signal);
      const piece = await reader.next();
      await writing;
      if (piece === null) return { sha256: hash.digest('hex'), bytes };
      bytes += piece.length;
      if (maxBytes !== undefined && bytes > maxBytes) throw new Refusal(failure('TooBig'));
      writing = onOurs(writeAll(out, piece));
      // It is awaited on the next turn; until then a failure must not count as nobody's.
      writing.catch(() => undefined);
      hash.update(piece);
      onBytes?.(bytes);
    }
  } finally {
    await writing.catch(() => undefined);
  }
}

function place(store: Store, copy: Copy): () => Promise<Added> {
  const { io, folders } = store;
  const { sha256, bytes } = copy;
  return async () => {
    const path = blobPath(store.folder, sha256);
    const there = await onOurs(orNull(io.lstat(path)));
    const isWhole = there?.isFile() === true && there.size === BigInt(bytes) && !store.damaged.has(sha256);
    if (!isWhole) await moveIn(store, copy, path);
    // Also for what was there: who put it there may have died before its name was safe.
    await folders.flush(folders.leadingTo(sha256));
    folders.settled(sha256);
    store.damaged.delete(sha256);
    const wasTrashed = await dropTrashed(store, sha256);
    return { sha256, bytes, isNew: there === null && !wasTrashed };
  };
}

/** The bytes reach the disk before the name does, so a blob is whole or not there. */
async function moveIn(store: Store, { sha256, temp, out }: Copy, path: string): Promise<void> {
  await store.folders.ensure(sha256);
  await onOurs(out.sync());
  try {
    await renameSteadily(store.io, temp, path);
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') return await onOurs(Promise.reject(thrown));
    // The folder was known to be there and is not: somebody removed it.
    store.folders.forget();
    await store.folders.ensure(sha256);
    await onOurs(renameSteadily(store.io, temp, path));
  }
}
