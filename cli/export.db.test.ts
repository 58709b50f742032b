import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { DB_FILE } from '../db/files.ts';
import { openDatabase } from '../db/open.ts';
import { DEAL_ID, file, openTestDeal } from '../portal/server/export/testing.ts';
import { openSqliteStore, type SqliteStore } from '../portal/server/store/sqlite.ts';
import { must, type Postgres, SILENT, startPostgres } from '../portal/server/store/testing.ts';

// Each test starts processes of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const cli = fileURLToPath(new URL('./index.ts', import.meta.url));
let folder = '';
let postgres: Postgres | null = null;
const AT = '2026-06-02T16:12:00.000Z';

/** A desktop's data folder with its own portal in it, as the desktop leaves them. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-cli-export-'));
  const desktop = openDatabase({ folder: join(folder, 'data'), now: () => AT, log: SILENT });
  if (!desktop.ok) throw new Error(desktop.error.message);
  desktop.value.close();
  const store = await openPortal();
  const deal = await openTestDeal(store);
  await file(deal, 1);
  await store.close();
  const started = await startPostgres();
  if ('reason' in started) console.warn(`PostgreSQL was not tested, since it does not start here: ${started.reason}`);
  else postgres = started;
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await postgres?.stop();
});

async function openPortal(): Promise<SqliteStore> {
  const portalDb = join(folder, 'data', 'portal', 'portal.db');
  return must(await openSqliteStore({ file: portalDb, now: () => AT, log: SILENT }));
}

function run(...words: string[]) {
  const done = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8', cwd: folder });
  return { status: done.status, said: done.stderr, json: done.stdout === '' ? null : JSON.parse(done.stdout) };
}

/** What the desktop keeps of the trail's end, written as its pulls write it. */
function mirror(count: number, hash: string, kind: 'own' | 'shared' = 'own'): void {
  const raw = new Database(join(folder, 'data', DB_FILE));
  raw.prepare('DELETE FROM sync_unit').run();
  raw
    .prepare(
      'INSERT INTO sync_unit (unit_id, version, is_stale, is_gone, audit_count, audit_hash) VALUES (?, 1, 0, 0, ?, ?)',
    )
    .run(DEAL_ID, count, hash);
  raw
    .prepare(
      "INSERT INTO sync_state (key, value) VALUES ('portal', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )
    .run(JSON.stringify({ kind, url: kind === 'own' ? '' : 'https://portal.fennimore.example' }));
  raw.close();
}

test('a deal is exported from a desktop folder and from a portal folder, verifies, and is in the trail', () => {
  const first = run('export', '--data', 'data', '--deal', DEAL_ID, '--out', 'a.zip');
  expect(first).toMatchObject({ status: 0, json: { deal: { id: DEAL_ID }, isInTrail: true, entries: 6, files: 0 } });
  // Its bytes were never sent to this portal: said, not hidden.
  expect(first.json.notIncluded).toMatchObject([{ versionId: 'v-1', reason: 'missing' }]);
  expect(first.said).toContain('not in it');
  const checked = run('verify', 'a.zip');
  expect(checked).toMatchObject({ status: 0, json: { ok: true, problem: null, checkedAgainst: [] } });
  expect(checked.json.audit).toEqual(first.json.audit);
  expect(checked.said).toContain('cut off');
  const second = run('export', '--data', join('data', 'portal'), '--deal', DEAL_ID, '--out', 'b.zip');
  expect(second.json.audit.count).toBe(first.json.audit.count + 1);
  const { count, hash } = second.json.audit;
  expect(run('verify', 'b.zip', '--head', `${count}:${hash}`)).toMatchObject({
    status: 0,
    said: '',
    json: { unknown: '' },
  });
  expect(run('export', '--data', 'data', '--deal', DEAL_ID, '--out', 'a.zip')).toMatchObject({
    status: 1,
    json: { error: { type: 'FileExists' } },
  });
});

test('while the portal runs, the export is made beside it and says that it is not in the trail', async () => {
  const store = await openPortal();
  try {
    const { status, said, json } = run('export', '--data', 'data', '--deal', DEAL_ID, '--out', 'beside.zip');
    expect(status).toBe(0);
    expect(json.isInTrail).toBe(false);
    expect(said).toContain('not in its trail');
    expect(await store.read(({ audit }) => audit.head('main', DEAL_ID))).toEqual(json.audit);
    expect(run('verify', 'beside.zip').json.unknown).toContain('not in the trail');
  } finally {
    await store.close();
  }
});

test('a desktop’s mirror finds a cut end, and a trail written anew', () => {
  const { audit } = run('export', '--data', 'data', '--deal', DEAL_ID, '--out', 'c.zip').json;
  mirror(audit.count, audit.hash);
  expect(run('verify', 'c.zip', '--data', 'data')).toMatchObject({
    status: 0,
    said: '',
    json: { checkedAgainst: [audit] },
  });
  mirror(audit.count + 1, 'f'.repeat(64));
  expect(run('verify', 'c.zip', '--data', 'data')).toMatchObject({
    status: 1,
    json: { error: { type: 'NotIntact', message: expect.stringContaining('audit.jsonl: This trail ends before row') } },
  });
  mirror(audit.count, 'f'.repeat(64));
  expect(run('verify', 'c.zip', '--data', 'data').json.error.message).toContain('written anew');
});

test('a desktop of a team is told where to export', () => {
  mirror(1, 'f'.repeat(64), 'shared');
  const { status, json } = run('export', '--data', 'data', '--deal', DEAL_ID, '--out', 'd.zip');
  expect({ status, type: json.error.type }).toEqual({ status: 1, type: 'SharedPortal' });
  expect(json.error.message).toContain('https://portal.fennimore.example');
  mirror(1, 'f'.repeat(64));
});

test('an export that was changed names the first entry that does not fit', () => {
  run('export', '--data', 'data', '--deal', DEAL_ID, '--out', 'e.zip');
  const bytes = readFileSync(join(folder, 'e.zip'));
  // Inside the packed bytes of the README, which is the first entry.
  bytes[60] = (bytes[60] ?? 0) ^ 0xff;
  writeFileSync(join(folder, 'changed.zip'), bytes);
  expect(run('verify', 'changed.zip')).toMatchObject({
    status: 1,
    json: { error: { type: 'NotIntact', message: expect.stringMatching(/^README\.txt: /) } },
  });
});

test('refuses in words: no records, no deal, no place to write, no file, wrong usage', () => {
  const to = (...words: string[]) => run('export', ...words);
  expect(to('--data', 'nowhere', '--deal', 'x', '--out', 'z.zip')).toMatchObject({
    status: 1,
    json: { error: { type: 'NoRecords' } },
  });
  expect(to('--data', 'data', '--deal', 'x', '--out', 'z.zip')).toMatchObject({
    status: 1,
    json: { error: { type: 'NoSuchDeal' } },
  });
  expect(to('--data', 'data', '--deal', DEAL_ID, '--out', join('none', 'z.zip'))).toMatchObject({
    json: { error: { type: 'NotWritten' } },
  });
  const away = to(
    '--data',
    'data',
    '--deal',
    'x',
    '--out',
    'z.zip',
    '--database',
    'postgres://a:secret@127.0.0.1:9/none',
  );
  expect(away).toMatchObject({ status: 1, json: { error: { type: 'Records-unavailable' } } });
  expect(JSON.stringify(away)).not.toContain('secret');
  expect(to('--data', 'data').status).toBe(2);
  expect(run('verify')).toMatchObject({ status: 2 });
  expect(run('verify', 'a.zip', '--head', '3')).toMatchObject({ status: 2 });
  expect(run('verify', 'missing.zip')).toMatchObject({ status: 1, json: { error: { type: 'NotRead' } } });
  expect(run('verify', 'a.zip', '--data', 'nowhere')).toMatchObject({
    status: 1,
    json: { error: { type: 'NoRecords' } },
  });
  writeFileSync(join(folder, 'letter.txt'), 'Dear Priya');
  expect(run('verify', 'letter.txt')).toMatchObject({ status: 1, json: { error: { type: 'NotIntact' } } });
});

test('from PostgreSQL, also while a server uses it', async ({ skip }) => {
  if (postgres === null) return skip();
  const place = await postgres.place();
  const store = await place.open();
  await openTestDeal(store);
  const { status, json } = run(
    'export',
    '--data',
    'server',
    '--database',
    place.url,
    '--deal',
    DEAL_ID,
    '--out',
    'p.zip',
  );
  expect({ status, isInTrail: json.isInTrail }).toEqual({ status: 0, isInTrail: true });
  expect(await store.read(({ audit }) => audit.head('main', DEAL_ID))).toEqual(json.audit);
  await store.close();
  expect(run('verify', 'p.zip', '--head', `${json.audit.count}:${json.audit.hash}`)).toMatchObject({
    status: 0,
    said: '',
  });
});
