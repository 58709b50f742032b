import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const DB_FILE = 'closeboard.db';
export const BACKUPS_FOLDER = 'backups';
export const SET_ASIDE_FOLDER = 'set-aside';

/** Forces a file's bytes to the disk. */
function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Forces the names of a folder to the disk. Windows has no such call and needs none. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Puts a finished temporary file in its place, for good: bytes first, then the name. */
export function settle(temporary: string, file: string): void {
  syncFile(temporary);
  renameSync(temporary, file);
  syncFolder(dirname(file));
}

/** Writes a small text file whole or not at all. */
export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.part`;
  const handle = openSync(temporary, 'w');
  try {
    writeSync(handle, text);
  } finally {
    closeSync(handle);
  }
  settle(temporary, file);
}

/** Throws what the system says when a folder cannot be made or written to: EACCES, EROFS, ENOSPC. */
export function probeWrite(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, '.write-probe');
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, Buffer.alloc(64 * 1024));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
}

/** Bytes of a file, 0 when it is not there. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/** A time as part of a file name that Windows allows: "2026-06-02T16-12-00.000Z". */
export function stampOf(instant: string): string {
  return instant.replaceAll(':', '-');
}
