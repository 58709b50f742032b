import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  read,
  readdirSync,
  renameSync,
  unlinkSync,
  write,
} from 'node:fs';
import {
  chmod,
  copyFile,
  type FileHandle,
  link,
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  rmdir,
  unlink,
} from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf } from './failures.ts';

export interface VaultHandle {
  /** Answers how many bytes came; 0 at the end. `position` null: where the handle stands. */
  read(into: Uint8Array, position: number | null): Promise<number>;
  /** Answers how many bytes went in. */
  write(bytes: Uint8Array): Promise<number>;
  sync(): Promise<void>;
  stat(): Promise<BigIntStats>;
  close(): Promise<void>;
}

/** What the vault asks of the file system; a test puts a full or locked disk here where it can't make a real one. */
export interface VaultIo {
  open(path: string, flags: string | number, mode?: number): Promise<VaultHandle>;
  lstat(path: string): Promise<BigIntStats>;
  rename(from: string, to: string): Promise<void>;
  link(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  mkdir(path: string): Promise<void>;
  rmdir(path: string): Promise<void>;
  readdir(path: string): Promise<string[]>;
  copyFile(from: string, to: string, mode: number): Promise<void>;
  chmod(path: string, mode: number): Promise<void>;
}

/** For places that may be slow or far away: a person's folders, a share. Nothing here ever blocks the process. */
export const outsideIo: VaultIo = {
  open: async (path, flags, mode) => handleOf(await open(path, flags, mode)),
  lstat: (path) => lstat(path, { bigint: true }),
  rename,
  link,
  unlink,
  mkdir: async (path) => {
    await mkdir(path, { recursive: true });
  },
  rmdir,
  readdir: (path) => readdir(path),
  copyFile,
  chmod,
};

/**
 * For the vault's own folder, on the disk of the records: looking up and naming happen at once, which for a small file
 * takes a tenth of the way through the thread pool. Bytes and syncs, which wait for the disk, go through the pool.
 */
export const ownIo: VaultIo = {
  ...outsideIo,
  open: async (path, flags, mode) => handleOfNumber(openSync(path, flags, mode)),
  lstat: async (path) => lstatSync(path, { bigint: true }),
  rename: async (from, to) => renameSync(from, to),
  unlink: async (path) => unlinkSync(path),
  mkdir: async (path) => {
    mkdirSync(path, { recursive: true });
  },
  readdir: async (path) => readdirSync(path),
};

function handleOf(handle: FileHandle): VaultHandle {
  return {
    read: async (into, position) => (await handle.read(into, 0, into.length, position)).bytesRead,
    write: async (bytes) => (await handle.write(bytes)).bytesWritten,
    sync: () => handle.sync(),
    stat: () => handle.stat({ bigint: true }),
    close: () => handle.close(),
  };
}

const readAt = promisify(read);
const writeTo = promisify(write);
const syncOf = promisify(fsync);

function handleOfNumber(fd: number): VaultHandle {
  return {
    read: async (into, position) => (await readAt(fd, into, 0, into.length, position)).bytesRead,
    write: async (bytes) => (await writeTo(fd, bytes)).bytesWritten,
    sync: () => syncOf(fd),
    stat: async () => fstatSync(fd, { bigint: true }),
    close: async () => closeSync(fd),
  };
}

/** Windows has neither flag: there the file is looked at before and after opening. NONBLOCK: a pipe must not hang us. */
export const READ_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** One read, and one write: large enough that the calls cost nothing beside the bytes. */
export const CHUNK_BYTES = 1024 * 1024;

/** A rename that waits for a virus scanner to let go (Windows): six tries over 1.3 seconds. */
export async function renameSteadily(io: VaultIo, from: string, to: string): Promise<void> {
  for (const wait of process.platform === 'win32' ? [20, 40, 80, 160, 320, 640] : []) {
    try {
      return await io.rename(from, to);
    } catch (thrown) {
      if (!['EBUSY', 'EPERM', 'EACCES'].includes(codeOf(thrown) ?? '')) throw thrown;
      await pause(wait);
    }
  }
  return io.rename(from, to);
}

/** Gives `from` the name `to`, which must be free (`EEXIST`), whatever happens between looking and doing. */
export async function renameToFree(io: VaultIo, from: string, to: string): Promise<void> {
  try {
    await io.link(from, to);
  } catch (thrown) {
    if (!NO_LINKS.has(codeOf(thrown) ?? '')) throw thrown;
    // No links here (FAT, some shares): an empty file of ours holds the name, then gives way.
    await (await io.open(to, 'wx')).close();
    return renameSteadily(io, from, to);
  }
  await io.unlink(from);
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR', 'UNKNOWN']);

export async function writeAll(handle: VaultHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += await handle.write(bytes.subarray(at));
}

/** Fills `into`, or its first `enough` bytes and what comes with them; fewer mean the end. `position`: from there on. */
export async function readFully(
  handle: VaultHandle,
  into: Uint8Array,
  { position = null, enough = into.length }: { position?: number | null; enough?: number } = {},
): Promise<number> {
  let filled = 0;
  while (filled < enough) {
    const read = await handle.read(into.subarray(filled), position === null ? null : position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
