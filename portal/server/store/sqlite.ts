import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { err, ok, type Result } from '../../../core/result.ts';
import { migrate } from '../../../db/migrate/runner.ts';
import { areasOf } from './areas/all.ts';
import type { Alone } from './areas/limits.ts';
import { WORKSPACE_SQL } from './areas/workspaces.ts';
import { commonOf } from './common.ts';
import { codeOf, detailOf, refusalOf, refused } from './failures.ts';
import { createHub } from './hub.ts';
import { loadStoreMigrations } from './migrations.ts';
import { createNesting, createQueue } from './serial.ts';
import { type Connection, openConnection, type SqliteSql, sqlOf } from './sqlite-connection.ts';
import { readersOf } from './sqlite-readers.ts';
import type { Store, StoreLog, StoreRefusal } from './types.ts';

export interface SqliteOptions {
  /** Absolute, on a disk of this computer. Made with its folder when it is not there. */
  readonly file: string;
  /** ISO instant, for names of copies and the record of migrations. */
  readonly now: () => string;
  readonly log: StoreLog;
  /** The folder with `sqlite/` and `postgres/`; beside the source or the bundle when not given. */
  readonly migrationsFolder?: string;
  /** Milliseconds to wait for another program that holds the file, such as a backup; 5,000 when not given. */
  readonly busyMs?: number;
}

export interface SqliteStore extends Store {
  readonly driver: 'sqlite';
  /** Copies the live database to a file that is not there yet. */
  backup(file: string): Promise<void>;
}

/** Above this many bytes the write-ahead log is folded into the file even if a long reader kept SQLite from it. */
const LARGE_WAL = 64 * 1024 * 1024;

/**
 * Opens the records of one portal server for this process alone: WAL, `synchronous=FULL` and foreign keys asserted
 * after a first write, the file checked, the schema brought up to date after a copy was put aside.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Result<SqliteStore, StoreRefusal>> {
  let lock: Database.Database | null = null;
  let writer: Connection | null = null;
  try {
    mkdirSync(dirname(options.file), { recursive: true });
    lock = takeLock(options.file);
    if (lock === null) return err(refused('locked', 'lock file'));
    const isNew = !existsSync(options.file);
    writer = openConnection(options.file, 'write', options.busyMs);
    const refusal = prepare(writer, options, isNew);
    if (refusal === null) return ok(storeOf(writer, lock, options));
    writer.close();
    lock.close();
    return err(refusal);
  } catch (error) {
    writer?.close();
    lock?.close();
    options.log.warn('the store was not opened', { detail: detailOf(error) });
    return err(refusalOf(error));
  }
}

/** SQLite's own lock on an empty side file: the system lets go of it when the process is killed. */
function takeLock(file: string): Database.Database | null {
  const side = new Database(`${file}.lock`, { timeout: 0 });
  try {
    side.exec('BEGIN EXCLUSIVE');
    return side;
  } catch (error) {
    side.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
}

function prepare({ raw, run }: Connection, options: SqliteOptions, isNew: boolean): StoreRefusal | null {
  raw.pragma('journal_mode = WAL');
  // Built to run a write-ahead log at NORMAL, where a power cut can take commits that were acknowledged.
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('journal_size_limit = 67108864');
  const broken = isNew ? 'ok' : String(raw.pragma('quick_check(1)', { simple: true }));
  if (broken !== 'ok') return refused('damaged', 'quick_check');
  const migrated = migrate(raw, loadStoreMigrations('sqlite', options.migrationsFolder), {
    now: options.now,
    snapshot: () => putAside(raw, options),
  });
  if (!migrated.ok) {
    const { type } = migrated.error;
    if (type === 'newer-schema') return refused('newer', migrated.error.names.join(' '));
    return refused(type === 'not-ours' ? 'not-ours' : 'failed', type);
  }
  // The first write, and then the proof: SQLite settles these for a write-ahead log only when it writes to it.
  run(WORKSPACE_SQL.keepStoreId, [randomUUID()]);
  for (const [pragma, wanted] of [
    ['journal_mode', 'wal'],
    ['synchronous', 2],
    ['foreign_keys', 1],
  ] as const) {
    if (raw.pragma(pragma, { simple: true }) !== wanted) throw new Error(`${pragma} is not ${wanted}`);
  }
  return null;
}

/** Never by copying the live file. */
function putAside(raw: Database.Database, { file, now, log }: SqliteOptions): void {
  const copy = `${file}.before-${now().replaceAll(/[^0-9]/g, '')}`;
  raw.prepare('VACUUM INTO ?').run(copy);
  log.info('copy before migration', { bytes: statSync(copy).size });
}

function storeOf(writer: Connection, lock: Database.Database, options: SqliteOptions): SqliteStore {
  const { log, file } = options;
  const hub = createHub(log);
  const queue = createQueue();
  const outermost = createNesting();
  const readers = readersOf(file);
  const fold = foldingOf(writer.raw, file, log);
  let isClosed = false;
  const begun = async <T>(work: () => Promise<T>): Promise<T> => {
    if (isClosed) throw new Error('the store is closed');
    return outermost(work);
  };
  const write = async <T>(scope: string | null, work: (sql: SqliteSql) => Promise<T>) => {
    const done = await begun(() => queue(() => inTransaction(writer, scope, work)));
    hub.tell(done.pokes);
    fold();
    return done.value;
  };
  const alone: Alone = (work) => write(null, work);
  return {
    driver: 'sqlite',
    read: (work) => begun(() => readers.use(work)),
    transaction: (workspaceId, work) =>
      write(workspaceId, async (sql) => {
        if ((await sql.get(WORKSPACE_SQL.get, workspaceId)) === null) throw new Error('there is no such workspace');
        return work(areasOf(sql));
      }),
    ...commonOf(alone, log),
    pokes: { subscribe: hub.subscribe, isHearing: () => !isClosed },
    backup: async (copy) => {
      if (existsSync(copy)) throw new Error('there is a file of that name');
      await begun(() => readers.useRaw((raw) => raw.backup(copy).then(() => undefined)));
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await queue(async () => undefined);
      await readers.close();
      writer.close();
      lock.close();
    },
  };
}

/** BEGIN IMMEDIATE, COMMIT, with the commit on disk at the end. Whatever is thrown rolls back. */
async function inTransaction<T>(
  { raw, ...connection }: Connection,
  scope: string | null,
  work: (sql: SqliteSql) => Promise<T>,
): Promise<{ readonly value: T; readonly pokes: SqliteSql['pokes'] }> {
  const sql = sqlOf({ raw, ...connection }, scope);
  raw.exec('BEGIN IMMEDIATE');
  try {
    const value = await work(sql);
    sql.end();
    const failure = sql.failure();
    if (failure !== null) throw failure.error;
    raw.exec('COMMIT');
    return { value, pokes: sql.pokes };
  } catch (error) {
    sql.end();
    // SQLite has rolled back by itself after some errors (disk full, I/O).
    if (raw.inTransaction) raw.exec('ROLLBACK');
    throw error;
  }
}

/** Now and then after a commit. Never throws: the commit is on disk already. */
function foldingOf(raw: Database.Database, file: string, log: StoreLog): () => void {
  let commits = 0;
  return () => {
    commits += 1;
    if (commits % 256 !== 0) return;
    const wal = statSync(`${file}-wal`, { throwIfNoEntry: false });
    if (wal === undefined || wal.size <= LARGE_WAL || !raw.open || raw.inTransaction) return;
    try {
      raw.pragma('wal_checkpoint(RESTART)');
    } catch (error) {
      log.warn('no checkpoint', { detail: detailOf(error) });
    }
  };
}
