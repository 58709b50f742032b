import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Instant } from '../core/deals/model.ts';
import { quickCheck } from './check.ts';
import { BACKUPS_FOLDER, settle, sizeOf, stampOf, writeWhole } from './files.ts';
import type { Db } from './handles.ts';
import { keptBackups } from './keep.ts';

/** `rolling`: taken while working; `migration`: taken before the schema was changed, and kept. */
export type BackupKind = 'rolling' | 'migration';

export interface BackupInfo {
  /** File name without its ending: "2026-06-02T16-12-00.000Z-rolling". */
  readonly id: string;
  readonly kind: BackupKind;
  readonly takenAt: Instant;
  readonly bytes: number;
  readonly deals: number;
  /** Whether SQLite's own check found the copy whole when it was taken. */
  readonly isChecked: boolean;
}

/**
 * Takes a backup of the open records, checks it, and lets go of those no longer kept. Writing goes on meanwhile. Throws
 * what the system says (disk full); then there is no new backup, and the old ones stay.
 */
export async function takeBackup(db: Db): Promise<BackupInfo> {
  const { temporary, info } = begin(db.folder, 'rolling', db.now());
  try {
    await db.raw.backup(temporary);
    const taken = finish(db.folder, temporary, info);
    prune(db.folder, taken.id);
    return taken;
  } finally {
    removeCopy(temporary);
  }
}

/** The copy that a migration takes first. Synchronous: nothing may be written between it and the migration. */
export function snapshotBeforeMigration(raw: Database.Database, folder: string, now: Instant): BackupInfo {
  const { temporary, info } = begin(folder, 'migration', now);
  try {
    raw.prepare('VACUUM INTO ?').run(temporary);
    return finish(folder, temporary, info);
  } finally {
    removeCopy(temporary);
  }
}

/** A checked copy into a file of the person's choice. Throws what the system says; then there is no such file. */
export async function backupTo(db: Db, file: string): Promise<{ readonly bytes: number; readonly deals: number }> {
  const temporary = `${file}.part`;
  removeCopy(temporary);
  try {
    await db.raw.backup(temporary);
    const { deals } = sealCopy(temporary);
    settle(temporary, file);
    return { bytes: sizeOf(file), deals };
  } finally {
    removeCopy(temporary);
  }
}

/** Newest first. Needs no database: what is shown of a backup stands in a small file beside it. */
export function listBackups(folder: string): readonly BackupInfo[] {
  const backups = join(folder, BACKUPS_FOLDER);
  if (!existsSync(backups)) return [];
  return readdirSync(backups)
    .filter((name) => name.endsWith('.db'))
    .map((name) => readInfo(backups, name.slice(0, -'.db'.length)))
    .filter((info) => info !== null)
    .toSorted((a, b) => (a.takenAt < b.takenAt ? 1 : -1));
}

export function backupFile(folder: string, id: string): string {
  return join(folder, BACKUPS_FOLDER, `${id}.db`);
}

/** Removes a half-made copy and what SQLite put beside it. */
export function removeCopy(file: string): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(file + ending, { force: true });
}

/**
 * Makes a copy one single file (no write-ahead log beside it) and checks it. Throws when it is not whole: a backup
 * that cannot be restored is worse than none.
 */
export function sealCopy(file: string): { readonly deals: number } {
  const copy = new Database(file, { fileMustExist: true });
  try {
    copy.pragma('journal_mode = DELETE');
    const broken = quickCheck(copy);
    if (broken !== null) throw Object.assign(new Error(`the copy is not whole: ${broken}`), { code: 'SQLITE_CORRUPT' });
    return { deals: countDeals(copy) };
  } finally {
    copy.close();
  }
}

function begin(folder: string, kind: BackupKind, now: Instant) {
  const backups = join(folder, BACKUPS_FOLDER);
  mkdirSync(backups, { recursive: true });
  for (const name of readdirSync(backups)) if (name.includes('.part')) rmSync(join(backups, name), { force: true });
  const id = `${stampOf(now)}-${kind}`;
  return { temporary: join(backups, `${id}.part`), info: { id, kind, takenAt: now } };
}

function finish(folder: string, temporary: string, info: Pick<BackupInfo, 'id' | 'kind' | 'takenAt'>): BackupInfo {
  const { deals } = sealCopy(temporary);
  const whole: BackupInfo = { ...info, bytes: sizeOf(temporary), deals, isChecked: true };
  // What is said of it comes first: a backup is never without its facts.
  writeWhole(join(folder, BACKUPS_FOLDER, `${info.id}.json`), `${JSON.stringify(whole)}\n`);
  settle(temporary, backupFile(folder, info.id));
  return whole;
}

function prune(folder: string, justTaken: string): void {
  const all = listBackups(folder);
  const kept = new Set(keptBackups(all, justTaken).map((info) => info.id));
  for (const { id } of all) {
    if (kept.has(id)) continue;
    rmSync(backupFile(folder, id), { force: true });
    rmSync(join(folder, BACKUPS_FOLDER, `${id}.json`), { force: true });
  }
}

/** A copy whose facts were lost is listed by its name and size, as unchecked. */
function readInfo(backups: string, id: string): BackupInfo | null {
  const named = /^(\d{4}-\d{2}-\d{2}T)(\d{2})-(\d{2})-(\d{2}\.\d{3}Z)-(rolling|migration)$/.exec(id);
  if (!named) return null;
  const takenAt = `${named[1]}${named[2]}:${named[3]}:${named[4]}`;
  const kind = named[5] === 'rolling' ? 'rolling' : 'migration';
  const bytes = sizeOf(join(backups, `${id}.db`));
  const said = readJson(join(backups, `${id}.json`));
  const deals = typeof said.deals === 'number' ? said.deals : 0;
  return { id, kind, takenAt, bytes, deals, isChecked: said.isChecked === true && said.bytes === bytes };
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** 0 when the copy is from before there were deals. */
function countDeals(copy: Database.Database): number {
  const isThere = copy.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'deal'").get();
  if (!isThere) return 0;
  return (copy.prepare('SELECT count(*) AS n FROM deal').get() as { n: number }).n;
}
