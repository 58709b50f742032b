import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import type { Instant } from '../core/deals/model.ts';
import { err, ok, type Result } from '../core/result.ts';
import { backupFile, listBackups, removeCopy, sealCopy } from './backup.ts';
import { kindOf } from './failures.ts';
import { DB_FILE, SET_ASIDE_FOLDER, settle, sizeOf, stampOf, syncFolder } from './files.ts';
import { takeLock } from './lock.ts';

export interface Restored {
  readonly deals: number;
  /** Folder that holds what was there before; null when there was nothing. */
  readonly setAside: string | null;
}

/** Why nothing was restored. What was there is still there. */
export interface RestoreRefusal {
  readonly type: 'no-such-backup' | 'not-whole' | 'not-ours' | 'locked' | 'full' | 'read-only' | 'failed';
  readonly message: string;
}

/**
 * Puts a backup in the place of the records, which may be damaged or missing. Needs no open database, and none may be
 * open. The backup is copied and checked before anything moves; what was there goes to `set-aside/<time>/`.
 */
export function restoreBackup(folder: string, backupId: string, now: Instant): Result<Restored, RestoreRefusal> {
  // The id comes from a window: only what the folder lists is ever opened.
  if (!listBackups(folder).some((backup) => backup.id === backupId)) return err(NO_SUCH_BACKUP);
  return restoreFrom(folder, backupFile(folder, backupId), now);
}

/** The same from any file that `backupTo` wrote, or from records that were set aside, with the log beside them. */
export function restoreFrom(folder: string, file: string, now: Instant): Result<Restored, RestoreRefusal> {
  if (!existsSync(file)) return err(NO_SUCH_BACKUP);
  try {
    mkdirSync(folder, { recursive: true });
    const lock = takeLock(folder);
    if (lock === null) return err(LOCKED);
    try {
      return replace(folder, file, now);
    } finally {
      lock.release();
    }
  } catch (error) {
    return err(refusalOf(error));
  }
}

function replace(folder: string, from: string, now: Instant): Result<Restored, RestoreRefusal> {
  const temporary = join(folder, `${DB_FILE}.restoring`);
  removeCopy(temporary);
  try {
    copyFileSync(from, temporary);
    // Records that were set aside have their newest changes in the log; a backup has none.
    if (existsSync(`${from}-wal`)) copyFileSync(`${from}-wal`, `${temporary}-wal`);
    if (!isOurs(temporary)) return err(NOT_OURS);
    const { deals } = sealCopy(temporary);
    const setAside = putAside(folder, now);
    settle(temporary, join(folder, DB_FILE));
    return ok({ deals, setAside });
  } finally {
    removeCopy(temporary);
  }
}

/**
 * Moves the present records away, whatever state they are in. The file goes before its log: a log without its file is
 * harmless, a file without its log would open with the newest changes gone. A journal left by a kill goes too: SQLite
 * would play it back into whatever file of that name it finds.
 */
function putAside(folder: string, now: Instant): string | null {
  const present = ['', '-wal', '-shm', '-journal']
    .map((ending) => join(folder, DB_FILE + ending))
    .filter((file) => existsSync(file));
  if (present.length === 0) return null;
  const parent = join(folder, SET_ASIDE_FOLDER);
  const target = freeName(join(parent, stampOf(now)));
  mkdirSync(target, { recursive: true });
  for (const file of present) renameSync(file, join(target, basename(file)));
  for (const changed of [target, parent, folder]) syncFolder(changed);
  return target;
}

function freeName(wanted: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (!existsSync(name)) return name;
  }
}

/** Reads as SQLite, is whole in every page and index, and was migrated by us. */
function isOurs(file: string): boolean {
  if (sizeOf(file) === 0) return false;
  const copy = new Database(file, { fileMustExist: true });
  try {
    const said = copy.pragma('integrity_check(1)', { simple: true });
    if (said !== 'ok') throw Object.assign(new Error(`not whole: ${said}`), { code: 'SQLITE_CORRUPT' });
    const sql = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'";
    return copy.prepare(sql).get() !== undefined;
  } finally {
    copy.close();
  }
}

function refusalOf(error: unknown): RestoreRefusal {
  const kind = kindOf(error);
  if (kind === 'damaged') return NOT_WHOLE;
  if (kind === 'locked') return LOCKED;
  if (kind === 'full') {
    return { type: 'full', message: 'There is no room on the disk to put the backup back. Make room, then try again.' };
  }
  if (kind === 'read-only') {
    const message = 'The folder of your records may not be written to. Change its permissions, then try again.';
    return { type: 'read-only', message };
  }
  return { type: 'failed', message: 'The backup could not be put back, and nothing was changed. Try another one.' };
}

const NO_SUCH_BACKUP: RestoreRefusal = {
  type: 'no-such-backup',
  message: 'That backup is no longer in the folder. Choose another one.',
};
const NOT_WHOLE: RestoreRefusal = {
  type: 'not-whole',
  message: 'That backup is damaged itself, so it was not put back. Choose an older one.',
};
const NOT_OURS: RestoreRefusal = {
  type: 'not-ours',
  message: 'That file is not a Closeboard backup. Choose a file that Closeboard wrote.',
};
const LOCKED: RestoreRefusal = {
  type: 'locked',
  message: 'Closeboard has these records open. Close it, then restore.',
};
