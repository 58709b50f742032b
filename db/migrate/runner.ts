import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { err, ok, type Result } from '../../core/result.ts';

/**
 * Runs migrations on a better-sqlite3 connection. Not drizzle's own `migrate()`: that one rebuilds tables inside a
 * transaction, where `PRAGMA foreign_keys=OFF` does nothing, so ON DELETE CASCADE takes the child rows away; and it
 * skips a migration for ever that was merged late with an older timestamp.
 */
export interface Migration {
  /** File name without `.sql`; names sort in the order of making. */
  readonly name: string;
  readonly sql: string;
  /** The pinned hash of the text, as `hashOf` gives it. */
  readonly hash: string;
}

export interface MigrateOptions {
  /** ISO instant, for the record of what was applied. */
  readonly now: () => string;
  /** Copies the database aside before the first change. Only called when there is something to lose; may throw. */
  readonly snapshot: () => void;
}

export interface Migrated {
  readonly applied: readonly string[];
}

/** Why nothing was migrated. The database is as it was. */
export type MigrationRefusal =
  | { readonly type: 'newer-schema'; readonly names: readonly string[] }
  | { readonly type: 'migration-changed'; readonly name: string }
  | { readonly type: 'not-ours' }
  | { readonly type: 'links-broken'; readonly tables: readonly string[] };

class LinksBroken extends Error {
  readonly tables: readonly string[];
  constructor(tables: readonly string[]) {
    super(`foreign keys broken in ${tables.join(', ')}`);
    this.tables = tables;
  }
}

/**
 * Brings the schema up to date: every migration that is not recorded yet is run, whatever its name sorts before, all
 * in one transaction. Throws what SQLite throws when a statement fails; the transaction is rolled back then.
 */
export function migrate(
  raw: Database,
  migrations: readonly Migration[],
  options: MigrateOptions,
): Result<Migrated, MigrationRefusal> {
  const changed = migrations.find((migration) => hashOf(migration.sql) !== migration.hash);
  if (changed) return err({ type: 'migration-changed', name: changed.name });
  const hasTables = countTables(raw) > 0;
  const done = readDone(raw);
  if (hasTables && done === null) return err({ type: 'not-ours' });
  const refusal = judge(done ?? new Map(), migrations);
  if (refusal) return err(refusal);
  const pending = migrations
    .filter((migration) => !done?.has(migration.name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  if (pending.length === 0) return ok({ applied: [] });
  if (hasTables) options.snapshot();
  try {
    apply(raw, pending, options.now);
  } catch (error) {
    if (error instanceof LinksBroken) return err({ type: 'links-broken', tables: error.tables });
    throw error;
  }
  return ok({ applied: pending.map((migration) => migration.name) });
}

/** Hex SHA-256 of the text with line ends as `\n`, so that a checkout on Windows hashes the same. */
export function hashOf(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
}

function judge(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): MigrationRefusal | null {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  const unknown = [...done.keys()].filter((name) => !byName.has(name));
  if (unknown.length > 0) return { type: 'newer-schema', names: unknown };
  const differing = [...done].find(([name, hash]) => byName.get(name)?.hash !== hash);
  return differing ? { type: 'migration-changed', name: differing[0] } : null;
}

function apply(raw: Database, pending: readonly Migration[], now: () => string): void {
  // Outside the transaction: inside one this pragma is silently ignored.
  raw.pragma('foreign_keys = OFF');
  try {
    raw.exec('BEGIN IMMEDIATE');
    try {
      raw.exec(
        'CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at TEXT NOT NULL)',
      );
      const record = raw.prepare('INSERT INTO schema_migration (name, hash, applied_at) VALUES (?, ?, ?)');
      for (const migration of pending) {
        raw.exec(migration.sql);
        if (!raw.inTransaction) throw new Error(`migration ${migration.name} ends the transaction it runs in`);
        record.run(migration.name, migration.hash, now());
      }
      const broken = raw.pragma('foreign_key_check') as { table: string }[];
      if (broken.length > 0) throw new LinksBroken([...new Set(broken.map((row) => row.table))]);
      raw.exec('COMMIT');
    } catch (error) {
      if (raw.inTransaction) raw.exec('ROLLBACK');
      throw error;
    }
  } finally {
    raw.pragma('foreign_keys = ON');
  }
}

function countTables(raw: Database): number {
  const row = raw.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").get();
  return (row as { n: number }).n;
}

/** Name -> hash of what was applied, or null when this file has never been migrated by us. */
function readDone(raw: Database): ReadonlyMap<string, string> | null {
  const isThere = raw.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'").get();
  if (!isThere) return null;
  const rows = raw.prepare('SELECT name, hash FROM schema_migration').all() as { name: string; hash: string }[];
  return new Map(rows.map((row) => [row.name, row.hash]));
}
