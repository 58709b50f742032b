import { dirname } from 'node:path';
import { codeOf, onOurs } from './failures.ts';
import type { VaultIo } from './io.ts';
import { blobFolder } from './layout.ts';

export interface Folders {
  /** Makes the folder of a blob, if it is not there. */
  ensure(sha256: string): Promise<void>;
  /** Makes one more folder of the vault. */
  make(path: string): Promise<void>;
  /** Writes the entries of these folders through to the disk; those asked for at the same time are written once. */
  flush(paths: readonly string[]): Promise<void>;
  /** The folders whose entries lead to a blob and may not have reached the disk yet. */
  leadingTo(sha256: string): readonly string[];
  settled(sha256: string): void;
  /** Somebody removed folders under us: all of them are looked at again. */
  forget(): void;
}

/**
 * A name is durable once its folder is synced, and a new folder once its parent is. A blob's folder is synced for each
 * blob; its parents once in the life of a process, since a crash may have left them unsynced.
 */
export function createFolders(io: VaultIo, folder: string): Folders {
  const there = new Set<string>();
  const safe = new Set<string>();
  const make = async (path: string) => {
    if (there.has(path)) return;
    await onOurs(io.mkdir(path));
    there.add(path);
  };
  return {
    make,
    ensure: (sha256) => make(blobFolder(folder, sha256)),
    flush: groupFlush(io),
    leadingTo: (sha256) => {
      const own = blobFolder(folder, sha256);
      return safe.has(own) ? [own] : [own, dirname(own), folder];
    },
    settled: (sha256) => {
      safe.add(blobFolder(folder, sha256));
    },
    forget: () => {
      there.clear();
      safe.clear();
    },
  };
}

/** Folders asked for while a round runs wait for the next, together. */
function groupFlush(io: VaultIo): (paths: readonly string[]) => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  let next: { readonly paths: Set<string>; readonly done: Promise<unknown> } | null = null;
  return async (paths) => {
    if (next === null) {
      const round = new Set<string>();
      const done = running.then(() => {
        next = null;
        return Promise.all([...round].map((path) => flushFolder(io, path)));
      });
      running = done.catch(() => undefined);
      next = { paths: round, done };
    }
    for (const path of paths) next.paths.add(path);
    await onOurs(next.done);
  };
}

/** What a file system says that keeps no such promise for folders (shares, FAT). */
const NO_FOLDER_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF', 'EISDIR']);

export async function flushFolder(io: VaultIo, path: string): Promise<void> {
  // Windows gives no handle of a folder; NTFS writes its journal by itself.
  if (process.platform === 'win32') return;
  const handle = await io.open(path, 'r');
  try {
    await handle.sync();
  } catch (thrown) {
    if (!NO_FOLDER_SYNC.has(codeOf(thrown) ?? '')) throw thrown;
  } finally {
    await handle.close();
  }
}

/** What is in a folder, sorted; nothing when it is not there. */
export async function namesIn(io: VaultIo, path: string): Promise<readonly string[]> {
  try {
    return (await io.readdir(path)).toSorted();
  } catch (thrown) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(thrown) ?? '')) return [];
    throw thrown;
  }
}
