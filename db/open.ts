import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { err, ok, type Result } from '../core/result.ts';
import { listBackups, snapshotBeforeMigration } from './backup.ts';
import { type Looked, lookAt } from './check.ts';
import { checkpointer } from './checkpoint.ts';
import { damaged, failed, locked, newer, type OpenRefusal, REPLACED, refusalOf } from './failures.ts';
import { DB_FILE, probeWrite, sizeOf } from './files.ts';
import { type Db, type DbLog, handlesOf } from './handles.ts';
import { type Lock, takeLock } from './lock.ts';
import { loadMigrations } from './migrate/load.ts';
import { type MigrationRefusal, migrate } from './migrate/runner.ts';
import { judgePlace, type PlaceProbe, systemProbe } from './place.ts';

export interface OpenOptions {
  /** The data folder, absolute. Made when it is not there. */
  readonly folder: string;
  /** Where the migrations lie; beside the source or the bundle when not given. */
  readonly migrationsFolder?: string;
  /** ISO instant. */
  readonly now: () => string;
  readonly log: DbLog;
  /** The computer as the checks see it; this one when not given. */
  readonly system?: { readonly place: PlaceProbe; readonly probeWrite: (folder: string) => void };
}

const NEW: Looked = { broken: null, unchecked: [] };
const THIS_COMPUTER = { place: systemProbe(), probeWrite };

/**
 * Opens the records of a folder for this process alone: place and lock judged, file checked, schema brought up to
 * date, `synchronous=FULL` and foreign keys asserted after a first write. A refusal leaves everything as it was.
 */
export function openDatabase(options: OpenOptions): Result<Db, OpenRefusal> {
  const { folder, log } = options;
  const { place, probeWrite: probe } = options.system ?? THIS_COMPUTER;
  const bad = judgePlace(folder, place);
  if (bad) {
    const headline = `Records can't be kept ${bad.kind === 'network' ? 'on' : 'in'} ${bad.by}`;
    return err({ type: 'bad-place', headline, message: bad.message, folder, detail: bad.kind });
  }
  let lock: Lock | null = null;
  try {
    probe(folder);
    lock = takeLock(folder);
    if (lock === null) return err(locked(folder, 'lock file'));
    const opened = openLocked(options, lock);
    if (!opened.ok) lock.release();
    return opened;
  } catch (error) {
    lock?.release();
    const refusal = refusalOf(error, folder);
    log.warn('records not opened', { type: refusal.type, detail: refusal.detail });
    return err(refusal);
  }
}

function openLocked(options: OpenOptions, lock: Lock): Result<Db, OpenRefusal> {
  const { folder } = options;
  const file = join(folder, DB_FILE);
  // A new, empty file in the place of lost records would look like "all deals are gone".
  if (sizeOf(file) === 0 && listBackups(folder).length > 0) return err(damaged(folder, 'no file', MISSING));
  const isNew = !existsSync(file);
  const raw = new Database(file, { timeout: 5000 });
  try {
    configure(raw);
    const looked = isNew ? NEW : lookAt(raw, file, readMeta(raw, 'closed_in_order') === '1');
    if (looked.broken !== null) return closing(raw, damaged(folder, looked.broken));
    const migrated = bringUpToDate(raw, options);
    if (!migrated.ok) return closing(raw, migrationRefusal(migrated.error, folder));
    markOpen(raw, options.now());
    return ok({ ...dbOf(raw, options, lock), unchecked: looked.unchecked });
  } catch (error) {
    raw.close();
    throw error;
  }
}

/**
 * better-sqlite3 is built to run a write-ahead log at synchronous=NORMAL, where a power cut can take acknowledged
 * commits: FULL has to be asked for on every connection, after the journal mode.
 */
function configure(raw: Database.Database): void {
  raw.pragma('journal_mode = WAL');
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('journal_size_limit = 67108864');
}

function bringUpToDate(raw: Database.Database, { folder, migrationsFolder, now, log }: OpenOptions) {
  const migrated = migrate(raw, loadMigrations(migrationsFolder), {
    now,
    snapshot: () => {
      const { id, bytes } = snapshotBeforeMigration(raw, folder, now());
      log.info('backup before migration', { id, bytes });
    },
  });
  if (migrated.ok && migrated.value.applied.length > 0) {
    log.info('migrated', { applied: migrated.value.applied.join(' ') });
  }
  return migrated;
}

/** The first write, and then the proof: SQLite settles `synchronous` for a write-ahead log only when it writes to it. */
function markOpen(raw: Database.Database, now: string): void {
  const write = raw.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  raw.transaction(() => {
    write.run('closed_in_order', '0');
    write.run('opened_at', now);
  })();
  const mode = raw.pragma('journal_mode', { simple: true });
  if (mode !== 'wal') throw new Error(`journal mode is ${mode}`);
  if (raw.pragma('synchronous', { simple: true }) !== 2) throw new Error('synchronous is not FULL after a write');
  if (raw.pragma('foreign_keys', { simple: true }) !== 1) throw new Error('foreign keys are off');
}

function dbOf(raw: Database.Database, { folder, log, now }: OpenOptions, lock: Lock): Omit<Db, 'unchecked'> {
  const file = join(folder, DB_FILE);
  const close = () => {
    if (!raw.open) return;
    try {
      raw.prepare("UPDATE meta SET value = '1' WHERE key = 'closed_in_order'").run();
      raw.pragma('wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // A full disk must not keep the process from ending; the next start then takes the long check.
      log.warn('not closed in order', { detail: error instanceof Error ? error.name : 'thrown' });
    }
    raw.close();
    lock.release();
  };
  const { transaction, ...handles } = handlesOf(raw, log);
  const mustBeThere = guardOf(file);
  const begin = () => {
    mustBeThere();
    transaction.begin();
  };
  const committed = checkpointer(raw, file, log);
  return { folder, file, raw, log, now, ...handles, transaction: { ...transaction, begin }, committed, close };
}

/**
 * Throws when the file of that name is not the one that was opened. The system lets a file that is open be moved,
 * deleted or written over; what is committed then goes into a file that nobody will ever find.
 */
function guardOf(file: string): () => void {
  const opened = statSync(file).ino;
  return () => {
    if (statSync(file, { throwIfNoEntry: false })?.ino === opened) return;
    throw Object.assign(new Error('the file of the records is not the one that was opened'), { code: REPLACED });
  };
}

function migrationRefusal(refusal: MigrationRefusal, folder: string): OpenRefusal {
  if (refusal.type === 'newer-schema') return newer(folder, refusal.names.join(' '));
  if (refusal.type === 'not-ours') return damaged(folder, 'not a Closeboard file', NOT_OURS);
  if (refusal.type === 'links-broken') return damaged(folder, `links broken: ${refusal.tables.join(' ')}`);
  return failed(folder, `migration changed: ${refusal.name}`);
}

function readMeta(raw: Database.Database, key: string): string | null {
  const isThere = raw.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'meta'").get();
  if (!isThere) return null;
  const row = raw.prepare('SELECT value FROM meta WHERE key = ?').get(key) as { value: string } | undefined;
  return row?.value ?? null;
}

function closing(raw: Database.Database, refusal: OpenRefusal): Result<never, OpenRefusal> {
  raw.close();
  return err(refusal);
}

const MISSING =
  'The file with your records is missing from this folder, but its backups are here. Restore the newest one, or put the file back and try again.';
const NOT_OURS =
  'The file in the place of your records was not written by Closeboard. Restore the newest backup; that file is set aside, not deleted.';
