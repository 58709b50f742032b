import Database from 'better-sqlite3';
import fastify from 'fastify';

/**
 * `node bench/lib/bare-child.ts FILE`: the least that could answer what a portal answers. Fastify, statements prepared
 * before, the same rows read from the same file and sent as JSON; no key, no rights, no schema. Prints its address, and
 * ends with its input.
 */
const [file = ''] = process.argv.slice(2);
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('CREATE TABLE IF NOT EXISTS bare_view (at TEXT NOT NULL, who TEXT NOT NULL) STRICT');
const heads = db.prepare(
  'SELECT unit_id AS unitId, version FROM unit WHERE workspace_id = ? AND head > ? ORDER BY head',
);
const page = db.prepare(
  `SELECT table_name AS "table", row_id AS rowId, version, row_json AS row FROM unit_row
    WHERE workspace_id = ? AND unit_id = ? ORDER BY version, table_name, row_id LIMIT 500`,
);
const rows = db.prepare(`SELECT row_json AS row FROM unit_row
  WHERE workspace_id = ? AND unit_id = ? AND is_deleted = 0 AND table_name <> 'journal'`);
const view = db.prepare('INSERT INTO bare_view (at, who) VALUES (?, ?)');
type Kept = { readonly row: string };

const app = fastify({ logger: false });
app.post<{ Body: { since: number } }>('/heads', async ({ body }) => ({ units: heads.all('main', body.since) }));
app.post<{ Body: { unitId: string } }>('/page', async ({ body }) => ({
  rows: (page.all('main', body.unitId) as Kept[]).map((each) => ({ ...each, row: JSON.parse(each.row) as unknown })),
}));
app.post<{ Body: { unitId: string } }>('/home', async ({ body }) => {
  const all = (rows.all('main', body.unitId) as Kept[]).map(({ row }) => JSON.parse(row) as unknown);
  view.run(new Date().toISOString(), body.unitId);
  return { rows: all };
});
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ url })}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
