import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DB_FILE } from '../db/files.ts';

/** What a desktop's records say of its portal, read beside a desktop that may be running. */
export interface DesktopFolder {
  /** The shared portal that it works with; null for its own. */
  readonly sharedUrl: string | null;
  /** The end of a deal's audit trail as this desktop keeps it; null when it keeps none. */
  mirrorOf(dealId: string): { readonly count: number; readonly hash: string } | null;
}

/** Null for a folder without a desktop's records. Throws what SQLite throws for a file that is none. */
export function readDesktopFolder(folder: string): DesktopFolder | null {
  const file = join(folder, DB_FILE);
  if (!existsSync(file)) return null;
  const { kept, heads } = reading(file, (raw) => ({
    kept: rowsOf<{ value: string }>(raw, 'sync_state', "SELECT value FROM sync_state WHERE key = 'portal'")[0],
    heads: rowsOf<{ unitId: string; count: number; hash: string }>(
      raw,
      'sync_unit',
      'SELECT unit_id AS unitId, audit_count AS count, audit_hash AS hash FROM sync_unit WHERE audit_count > 0',
    ),
  }));
  const portal = (kept === undefined ? {} : JSON.parse(kept.value)) as { kind?: unknown; url?: unknown };
  const byDeal = new Map(heads.map(({ unitId, count, hash }) => [unitId, { count, hash }]));
  return {
    sharedUrl: portal.kind === 'shared' ? String(portal.url) : null,
    mirrorOf: (dealId) => byDeal.get(dealId) ?? null,
  };
}

function reading<T>(file: string, work: (raw: Database.Database) => T): T {
  const raw = new Database(file, { readonly: true, timeout: 5_000 });
  try {
    return work(raw);
  } finally {
    raw.close();
  }
}

/** Records of an older desktop have no such table, and so nothing to say. */
function rowsOf<Row>(raw: Database.Database, table: string, sql: string): Row[] {
  const isThere = raw.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table);
  return isThere === undefined ? [] : raw.prepare<[], Row>(sql).all();
}
