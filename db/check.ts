import type Database from 'better-sqlite3';
import { damaged, type OpenRefusal } from './failures.ts';
import { sizeOf } from './files.ts';
import type { Db } from './handles.ts';

/** From this size on, the look at a file that was closed in order is put off until its first questions are answered. */
const LARGE = 64 * 1024 * 1024;

export interface Looked {
  /** What SQLite found, or null. */
  readonly broken: string | null;
  /** Tables that nobody has looked at yet. */
  readonly unchecked: readonly string[];
}

/**
 * What is wrong with the file. All of it, the slow way, after an exit that was not in order. After an orderly one the
 * quick way; a large file, which would keep the board waiting, table by table later (`checkTable`), without the journal
 * of changes, which is more than half of it and which every backup checks.
 */
export function lookAt(raw: Database.Database, file: string, wasClosedInOrder: boolean): Looked {
  if (!wasClosedInOrder) return { broken: ask(raw, 'integrity_check(1)'), unchecked: [] };
  if (sizeOf(file) <= LARGE) return { broken: quickCheck(raw), unchecked: [] };
  const later = tablesOf(raw).filter((name) => name !== 'change_log' && name !== 'sqlite_sequence');
  return { broken: null, unchecked: later };
}

/**
 * SQLite's quick check, table by table: asked as one it also has FTS5 compare its whole word index with itself, some
 * seconds for a hundred thousand documents. The tables behind that index are looked at like all others.
 */
export function quickCheck(raw: Database.Database): string | null {
  for (const name of tablesOf(raw)) {
    const broken = ask(raw, `quick_check("${name}")`);
    if (broken !== null) return broken;
  }
  return null;
}

function tablesOf(raw: Database.Database): readonly string[] {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";
  return raw.prepare(sql).pluck().all() as string[];
}

/** Looks at one table of the open records; the refusal to go on with, or null. Holds the connection for its length. */
export function checkTable(db: Db, name: string): OpenRefusal | null {
  const broken = ask(db.raw, `quick_check("${name}")`);
  return broken === null ? null : damaged(db.folder, broken);
}

function ask(raw: Database.Database, what: string): string | null {
  const said = String(raw.pragma(what, { simple: true }));
  return said === 'ok' ? null : said;
}
