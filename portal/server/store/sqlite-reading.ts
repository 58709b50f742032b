import { existsSync } from 'node:fs';
import { err, ok, type Result } from '../../../core/result.ts';
import { detailOf, refusalOf, refused } from './failures.ts';
import { judgeMigrations, loadStoreMigrations } from './migrations.ts';
import { type Connection, openConnection } from './sqlite-connection.ts';
import { readersOf } from './sqlite-readers.ts';
import type { Store, StoreRefusal } from './types.ts';

export interface ReadingOptions {
  /** Absolute. */
  readonly file: string;
  /** The folder with `sqlite/`; beside the source or the bundle when not given. */
  readonly migrationsFolder?: string;
}

/** The records of a portal server that may be running meanwhile: no lock is taken and nothing is ever written. */
export type ReadingStore = Pick<Store, 'driver' | 'read' | 'close'>;

/** Opens records for reading alone. Those of another version than this program's are refused as they are. */
export async function openSqliteForReading(options: ReadingOptions): Promise<Result<ReadingStore, StoreRefusal>> {
  const { file } = options;
  if (!existsSync(file)) return err(refused('not-ours', 'no file'));
  let looking: Connection | null = null;
  try {
    looking = openConnection(file, 'read');
    const refusal = versionRefusal(looking, options);
    if (refusal !== null) return err(refusal);
    const readers = readersOf(file);
    return ok({ driver: 'sqlite', read: readers.use, close: readers.close });
  } catch (error) {
    const refusal = refusalOf(error);
    return err(refusal.type === 'failed' ? { ...refusal, detail: detailOf(error) } : refusal);
  } finally {
    looking?.close();
  }
}

const OLDER =
  'These records were last used by an older portal server, and nothing was changed. Start the portal once with this program, then try again.';

function versionRefusal({ raw }: Connection, { migrationsFolder }: ReadingOptions): StoreRefusal | null {
  const isThere = raw.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'").get();
  if (isThere === undefined) return refused('not-ours', 'no record of migrations');
  const done = raw.prepare<[], { name: string; hash: string }>('SELECT name, hash FROM schema_migration').all();
  const known = new Map(done.map(({ name, hash }) => [name, hash]));
  const judged = judgeMigrations(known, loadStoreMigrations('sqlite', migrationsFolder));
  if (judged.type === 'newer') return refused('newer', judged.names.join(' '));
  if (judged.type === 'changed') return refused('failed', `migration ${judged.name}`);
  return judged.pending.length === 0 ? null : { type: 'failed', sentence: OLDER, detail: 'older' };
}
