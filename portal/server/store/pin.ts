import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hashOf } from '../../../db/migrate/runner.ts';

/** Run by hand after a migration was added: pins what is new. What is pinned already never changes, so it is left alone. */
export function pinNew(folder: string): readonly string[] {
  const file = join(folder, 'pinned.json');
  const pinned = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  const added = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, -'.sql'.length))
    .filter((name) => !(name in pinned));
  for (const name of added) pinned[name] = hashOf(readFileSync(join(folder, `${name}.sql`), 'utf8'));
  const sorted = Object.fromEntries(Object.entries(pinned).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  return added;
}

if (import.meta.main) {
  for (const driver of ['sqlite', 'postgres']) {
    const added = pinNew(fileURLToPath(new URL(`migrations/${driver}`, import.meta.url)));
    process.stdout.write(`${driver}: ${added.length === 0 ? 'nothing new to pin' : `pinned ${added.join(', ')}`}\n`);
  }
}
