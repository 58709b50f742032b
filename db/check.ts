import type Database from 'better-sqlite3';
import { damaged, type OpenRefusal } from './failures.ts';
import { sizeOf } from './files.ts';
import type { Db } from './handles.ts';

/** From this size on, the look at a file that was closed in order is put off until its first questions are answered. */
export const LARGE = 64 * 1024 * 1024;

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
  if (sizeOf(file) <= LARGE) return { broken: ask(raw, 'quick_check(1)'), unchecked: [] };
  const tables = raw.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('change_log', 'sqlite_sequence')",
  );
  return { broken: null, unchecked: tables.pluck().all() as string[] };
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
