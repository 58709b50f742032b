import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf, type Migration } from '../../../db/migrate/runner.ts';
import type { Store } from './types.ts';

/**
 * The migrations of one driver, oldest first, with the hashes they are pinned to (`pinned.json`, name -> hash). Throws
 * when a file has no pin or a pin no file: both are mistakes of the build, not of a person.
 */
export function loadStoreMigrations(driver: Store['driver'], folder?: string): readonly Migration[] {
  const place = join(folder ?? defaultFolder(), driver);
  const pinned = JSON.parse(readFileSync(join(place, 'pinned.json'), 'utf8')) as Record<string, string>;
  const names = readdirSync(place)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .toSorted();
  const missing = Object.keys(pinned).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`pinned migrations are missing: ${missing.join(', ')}`);
  return names.map((name) => {
    const hash = pinned[name];
    if (hash === undefined) throw new Error(`migration ${name} is not pinned: run "node portal/server/store/pin.ts"`);
    return { name, sql: readFileSync(join(place, `${name}.sql`), 'utf8'), hash };
  });
}

export type MigrationsJudged =
  | { readonly type: 'pending'; readonly pending: readonly Migration[] }
  | { readonly type: 'newer'; readonly names: readonly string[] }
  | { readonly type: 'changed'; readonly name: string };

/** What is still to be run on a database where these (name -> hash) have been; by set, not by the newest name. */
export function judgeMigrations(done: ReadonlyMap<string, string>, migrations: readonly Migration[]): MigrationsJudged {
  const edited = migrations.find(({ sql, hash }) => hashOf(sql) !== hash);
  if (edited !== undefined) return { type: 'changed', name: edited.name };
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  const names = [...done.keys()].filter((name) => !byName.has(name));
  if (names.length > 0) return { type: 'newer', names };
  const differing = [...done].find(([name, hash]) => byName.get(name)?.hash !== hash);
  if (differing !== undefined) return { type: 'changed', name: differing[0] };
  return { type: 'pending', pending: migrations.filter(({ name }) => !done.has(name)) };
}

/** `migrations` beside the source; `store-migrations` beside the folder of the bundle when built. */
function defaultFolder(): string {
  const candidates = ['./migrations', '../store-migrations', '../../store-migrations'];
  const folders = candidates.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  const found = folders.find((folder) => existsSync(join(folder, 'sqlite', 'pinned.json')));
  if (found === undefined) throw new Error(`no migrations of the store found: looked in ${folders.join(' and ')}`);
  return found;
}
