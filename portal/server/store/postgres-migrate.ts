import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { WORKSPACE_SQL } from './areas/workspaces.ts';
import { refused } from './failures.ts';
import { judgeMigrations, loadStoreMigrations } from './migrations.ts';
import type { StoreRefusal } from './types.ts';

/** Any number of ours, the same in every process: one of them migrates, the others wait for it. */
const LOCK = 5_241_930_117;

/**
 * Brings the schema of this database up to date, all in one transaction; null when it is. A refusal leaves it as it was.
 * Whoever runs PostgreSQL keeps its backups: none is made here.
 */
export async function migratePostgres(
  client: ClientBase,
  now: () => string,
  folder?: string,
): Promise<StoreRefusal | null> {
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const refusal = await bringUpToDate(client, now, folder);
    await client.query(refusal === null ? 'COMMIT' : 'ROLLBACK');
    return refusal;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function bringUpToDate(client: ClientBase, now: () => string, folder?: string): Promise<StoreRefusal | null> {
  const done = await readDone(client);
  if (done === null && (await hasTables(client))) return refused('not-ours', 'tables without a record');
  const judged = judgeMigrations(done ?? new Map(), loadStoreMigrations('postgres', folder));
  if (judged.type === 'newer') return refused('newer', judged.names.join(' '));
  if (judged.type === 'changed') return refused('failed', `migration changed: ${judged.name}`);
  if (done === null) {
    await client.query(
      'CREATE TABLE schema_migration (name TEXT PRIMARY KEY, hash TEXT NOT NULL, applied_at TEXT NOT NULL)',
    );
  }
  for (const { name, sql, hash } of judged.pending) {
    await client.query(sql);
    const record = 'INSERT INTO schema_migration (name, hash, applied_at) VALUES ($1, $2, $3)';
    await client.query(record, [name, hash, now()]);
  }
  await client.query(WORKSPACE_SQL.keepStoreId, [randomUUID()]);
  return null;
}

/** Name -> hash of what was applied, or null when this database was never migrated by us. */
async function readDone(client: ClientBase): Promise<ReadonlyMap<string, string> | null> {
  const there = await client.query("SELECT to_regclass('schema_migration') IS NOT NULL AS found");
  if (there.rows[0]?.found !== true) return null;
  const { rows } = await client.query<{ name: string; hash: string }>('SELECT name, hash FROM schema_migration');
  return new Map(rows.map(({ name, hash }) => [name, hash]));
}

async function hasTables(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    "SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'p', 'v') LIMIT 1",
  );
  return rows.length > 0;
}
