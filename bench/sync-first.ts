import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DB_FILE } from '../db/files.ts';
import { mustOpen, tempFolder } from '../db/testing.ts';
import { startBenchDesk } from './lib/desk.ts';
import { startBenchPortal } from './lib/portal.ts';
import { fillDeals } from './lib/portal-rows.ts';
import { type BenchOptions, type BenchRow, NONE } from './row.ts';

const FULL = { deals: 5_000, rowsEach: 100 };
const SMOKE = { deals: 12, rowsEach: 20 };

/** Tables whose rows come from the portal, and what a desktop keeps of each step. */
const TABLES = [
  'deal',
  'task',
  'person',
  'note',
  'anchor',
  'milestone',
  'line',
  'version',
  'command_log',
  'change_log',
];
/** Deals that the desktop puts into one transaction, too. */
const BATCH = 4;

/**
 * A fresh desktop signs in at a team's portal, a process of its own, and has every deal: beside bare inserts of the very
 * rows that it wrote, all prepared and at hand, into the same tables.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const { deals, rowsEach } = smoke ? SMOKE : FULL;
  const portal = await startBenchPortal((folder) => fillDeals(folder, deals, rowsEach));
  const temp = tempFolder();
  const desk = startBenchDesk(join(temp.folder, 'desk'));
  try {
    await desk.call('workspace:get', {});
    const from = performance.now();
    const before = process.cpuUsage();
    await desk.join({ url: portal.url, code: portal.setupCode, name: 'Noor Haddad' });
    await desk.untilCurrent();
    const ms = performance.now() - from;
    const { user, system } = process.cpuUsage(before);
    await desk.close();
    const bare = insertBarely(join(temp.folder, 'desk'), join(temp.folder, 'bare'), deals);
    const what = `first sync of ${deals * rowsEach} rows`;
    return [
      { name: what, value: ms, unit: 'ms', limit: 60_000 },
      { name: 'of it on a processor, the desktop', value: (user + system) / 1000, unit: 'ms', limit: NONE },
      { name: 'of it on a processor, the portal', value: await portal.close(), unit: 'ms', limit: NONE },
      { name: `${what}, over bare inserts of what it wrote`, value: ms / bare, unit: 'x', limit: NONE },
    ];
  } finally {
    temp.remove();
  }
}

/** Milliseconds of inserting every row of the records of one folder into fresh ones. */
function insertBarely(from: string, to: string, deals: number): number {
  mustOpen(to).close();
  const source = new Database(join(from, DB_FILE), { readonly: true });
  const rows = new Map(TABLES.map((table) => [table, source.prepare(`SELECT * FROM ${table}`).raw().all()] as const));
  const counted = source.prepare('SELECT count(*) AS n FROM deal').get() as { readonly n: number };
  if (counted.n !== deals) throw new Error(`${counted.n} of ${deals} deals came`);
  const inserts = [...rows].map(([table, all]) => ({
    all,
    columns: source.prepare(`SELECT * FROM ${table}`).columns().length,
    table,
  }));
  source.close();
  const plain = new Database(join(to, DB_FILE));
  plain.pragma('journal_mode = WAL');
  plain.pragma('synchronous = FULL');
  plain.pragma('foreign_keys = OFF');
  const begun = performance.now();
  const steps = Math.ceil(deals / BATCH);
  const prepared = inserts.map(({ table, columns, all }) => {
    const insert = plain.prepare(
      `INSERT INTO ${table} VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`,
    );
    return { insert, all, each: Math.ceil(all.length / steps) };
  });
  for (let step = 0; step < steps; step += 1)
    plain.transaction(() => {
      for (const { insert, all, each } of prepared)
        for (const row of all.slice(step * each, (step + 1) * each)) insert.run(...(row as unknown[]));
    })();
  const ms = performance.now() - begun;
  plain.close();
  return ms;
}
