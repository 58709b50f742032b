import { constants, type Dirent, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, readdir, realpath } from 'node:fs/promises';

/** What the watcher asks of the disk, so that tests can make it fail. It only reads. */
export interface WatchFs {
  readonly lstat: (path: string) => Promise<Stats>;
  readonly list: (path: string) => Promise<Iterable<Dirent> | AsyncIterable<Dirent>>;
  readonly openToRead: (path: string) => Promise<FileHandle>;
  readonly realpath: (path: string) => Promise<string>;
}

/** Not through a link, and without waiting for the other end where a pipe has taken the file's place. */
const READ = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export const DISK: WatchFs = {
  lstat: (path) => lstat(path),
  // All names at once: read piece by piece, a folder of a few files takes four waits for the disk instead of one.
  list: (path) => readdir(path, { withFileTypes: true }),
  openToRead: (path) => open(path, READ),
  realpath: (path) => realpath(path),
};

const MISSING = new Set(['ENOENT', 'ENOTDIR']);
const IN_USE = new Set(['EBUSY', 'EPERM', 'EACCES', 'EAGAIN', 'ETXTBSY']);

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

export function isMissing(error: unknown): boolean {
  return MISSING.has(codeOf(error));
}

export function isInUse(error: unknown): boolean {
  return IN_USE.has(codeOf(error));
}
