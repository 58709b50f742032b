import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Migration } from './runner.ts';

/**
 * Reads `*.sql` and `pinned.json` (name -> hash) of a migrations folder, oldest first. Throws when a file has no pin
 * or a pin has no file: both are mistakes of the build, not of a person.
 */
export function loadMigrations(folder: string = defaultMigrationsFolder()): readonly Migration[] {
  const pinned = JSON.parse(readFileSync(join(folder, 'pinned.json'), 'utf8')) as Record<string, string>;
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .toSorted();
  const missing = Object.keys(pinned).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`pinned migrations are missing: ${missing.join(', ')}`);
  return names.map((name) => {
    const hash = pinned[name];
    if (hash === undefined) throw new Error(`migration ${name} is not pinned: run "node db/migrate/pin.ts"`);
    return { name, sql: readFileSync(join(folder, `${name}.sql`), 'utf8'), hash };
  });
}

/** `db/migrations` beside the source; beside the folder of the bundle (`out/main` -> `out/migrations`) when built. */
export function defaultMigrationsFolder(from: string = import.meta.url): string {
  const candidates = ['../migrations', '../../migrations'].map((path) => fileURLToPath(new URL(path, from)));
  const found = candidates.find((folder) => existsSync(join(folder, 'pinned.json')));
  if (found === undefined) throw new Error(`no migrations found: looked in ${candidates.join(' and ')}`);
  return found;
}
