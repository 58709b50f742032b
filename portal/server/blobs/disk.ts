import { createReadStream } from 'node:fs';
import { chmod, lstat, mkdir, open, rename, rm, statfs, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Blobs } from './types.ts';

/**
 * Blobs as files of one folder, `aa/bb/<sha256>`. The bytes reach the disk before the name does, so after any end of the
 * process a blob is whole or not there. Several server processes may share the folder.
 */
export async function createDiskBlobs(folder: string): Promise<Blobs> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true });
  await flushFolder(folder);
  const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), named(sha256));
  return {
    incoming,
    take: async (file, sha256) => await take({ folder, file, to: pathOf(sha256) }),
    has: async (sha256) => isSha256(sha256) && (await sizeOf(pathOf(sha256))) !== null,
    size: async (sha256) => (isSha256(sha256) ? await sizeOf(pathOf(sha256)) : null),
    read: async (sha256, range) => (isSha256(sha256) ? await opened(pathOf(sha256), range) : null),
    remove: async (sha256) => {
      await rm(pathOf(sha256), { force: true });
    },
    setAside: async (sha256) => {
      const damaged = join(folder, 'damaged');
      await mkdir(damaged, { recursive: true });
      await rename(pathOf(sha256), join(damaged, sha256)).catch(ignoreMissing);
    },
    check: () => canWrite(incoming),
  };
}

/** The only form of a name that is ever put into a path here: what a client says goes no further. */
function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

function named(sha256: string): string {
  if (!isSha256(sha256)) throw new TypeError('a blob is named by its SHA-256');
  return sha256;
}

interface Take {
  readonly folder: string;
  readonly file: string;
  readonly to: string;
}

async function take({ folder, file, to }: Take): Promise<void> {
  const came = await sizeOf(file);
  const there = await sizeOf(to);
  // Taken before, by a process that ended before it could say so, or brought by somebody else as well.
  if (there !== null && (came === null || came === there)) {
    await flushFolder(dirname(to));
    await rm(file, { force: true });
    return;
  }
  await flushFile(file);
  await mkdir(dirname(to), { recursive: true });
  await rename(file, to);
  for (const path of [dirname(to), dirname(dirname(to)), folder]) await flushFolder(path);
}

/** Read-only from here on: nothing in this program writes to a blob again. */
async function flushFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(path, 0o444);
}

/** What a file system says that keeps no such promise for folders (shares, FAT). */
const NO_FOLDER_SYNC: ReadonlySet<unknown> = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EBADF', 'EISDIR']);

async function flushFolder(path: string): Promise<void> {
  // Windows gives no handle of a folder; NTFS writes its journal by itself.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    if (!NO_FOLDER_SYNC.has((error as NodeJS.ErrnoException).code)) throw error;
  } finally {
    await handle.close();
  }
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    const there = await lstat(path);
    return there.isFile() ? there.size : null;
  } catch (error) {
    return ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

/** Opened before it is handed out, so that one that is not there is an answer and not a broken stream. */
async function opened(path: string, range: { readonly from: number; readonly to: number } | undefined) {
  const handle = await open(path, 'r').catch(ignoreMissing);
  if (handle === null) return null;
  const ends = range === undefined ? {} : { start: range.from, end: range.to };
  return createReadStream(path, { fd: handle, autoClose: true, highWaterMark: 256 * 1024, ...ends }) as Readable;
}

/** Less than this, and it counts as full: the records on the same disk need room too. */
const ROOM_BYTES = 16 * 1024 * 1024;

async function canWrite(folder: string): Promise<boolean> {
  const probe = join(folder, `.check-${process.pid}`);
  try {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < ROOM_BYTES) return false;
    const handle = await open(probe, 'w');
    await handle.close();
    await unlink(probe);
    return true;
  } catch {
    return false;
  }
}
