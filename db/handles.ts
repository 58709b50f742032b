import type { Database, RunResult, Statement } from 'better-sqlite3';

/** A line for the log: ids, counts and names of queries, never what a person wrote. */
export interface DbLog {
  info(message: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(message: string, facts?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** What SQLite binds to a `?`. */
export type Param = string | number | bigint | null | Uint8Array;

declare const READ: unique symbol;
declare const WRITE: unique symbol;

/** May read. One connection, one process, synchronous: nothing else writes while a query runs. */
export interface Read {
  readonly [READ]: true;
  /** All rows of a query. The SQL text must be constant: it is prepared once and kept. */
  all<Row>(sql: string, ...params: readonly Param[]): readonly Row[];
  get<Row>(sql: string, ...params: readonly Param[]): Row | undefined;
}

/** May write, and only inside `inWrite`. */
export interface Write extends Read {
  readonly [WRITE]: true;
  run(sql: string, ...params: readonly Param[]): RunResult;
}

/** The opened records. `raw` is for the files of this folder. */
export interface Db {
  readonly folder: string;
  readonly file: string;
  readonly raw: Database;
  readonly log: DbLog;
  readonly now: () => string;
  /** Tables that were not looked at when a large file was opened: `checkTable` when there is time. */
  readonly unchecked: readonly string[];
  readonly read: Read;
  readonly write: Write;
  readonly transaction: { readonly begin: () => void; readonly commit: () => void };
  /** Called after each commit. */
  readonly committed: () => void;
  /** Marks a clean exit, folds the log into the file, lets go of the lock. A second call does nothing. */
  close(): void;
}

/** Queries slower than this are logged, in milliseconds. */
const SLOW_MS = 40;

export function inRead<T>(db: Db, work: (read: Read) => T): T {
  return work(db.read);
}

/**
 * Runs `work` in one transaction: BEGIN IMMEDIATE, COMMIT, with the commit on disk when it returns. What `work`
 * throws rolls everything back and comes through. Synchronous only: a promise would leave the transaction open.
 */
export function inWrite<T>(db: Db, work: (write: Write) => T): T {
  const { raw, write } = db;
  if (raw.inTransaction) throw new Error('inWrite inside inWrite');
  db.transaction.begin();
  let value: T;
  try {
    value = work(write);
    if (value instanceof Promise) throw new Error('inWrite is synchronous');
    db.transaction.commit();
  } catch (error) {
    // SQLite has rolled back by itself after some errors (disk full, I/O).
    if (raw.inTransaction) raw.exec('ROLLBACK');
    throw error;
  }
  db.committed();
  return value;
}

/** The handles of one connection. Statements are prepared once and kept as long as the connection. */
export function handlesOf(raw: Database, log: DbLog): Pick<Db, 'read' | 'write' | 'transaction'> {
  const kept = new Map<string, Statement<unknown[], unknown>>();
  const statement = (sql: string) => {
    const known = kept.get(sql);
    if (known) return known;
    const made = raw.prepare<unknown[], unknown>(sql);
    kept.set(sql, made);
    return made;
  };
  const timed = <T>(sql: string, run: () => T): T => {
    const from = performance.now();
    const value = run();
    const took = performance.now() - from;
    if (took > SLOW_MS) log.warn('slow query', { ms: Math.round(took), sql: sql.replace(/\s+/g, ' ').slice(0, 300) });
    return value;
  };
  const read = {
    all: (sql: string, ...params: readonly Param[]) => timed(sql, () => statement(sql).all(...params)),
    get: (sql: string, ...params: readonly Param[]) => timed(sql, () => statement(sql).get(...params)),
  };
  const run = (sql: string, ...params: readonly Param[]) => {
    if (!raw.inTransaction) throw new Error('a write outside inWrite');
    return timed(sql, () => statement(sql).run(...params));
  };
  // The brands exist for the compiler alone.
  return {
    read: read as unknown as Read,
    write: { ...read, run } as unknown as Write,
    transaction: transactionOf(raw),
  };
}

function transactionOf(raw: Database): Db['transaction'] {
  const commit = raw.prepare('COMMIT');
  return {
    // Children may go after or come before their deal within one command: links are judged at the commit. Not prepared,
    // since SQLite carries out this pragma when it compiles it, and only for the transaction of that moment.
    begin: () => void raw.exec('BEGIN IMMEDIATE; PRAGMA defer_foreign_keys = ON'),
    commit: () => void commit.run(),
  };
}
