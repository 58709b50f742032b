import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createBackend } from '../electron/backend/index.ts';
import { createLog } from '../electron/contract/log.ts';

/** The commands on records, as processes of their own on a folder that the backend wrote. */
let folder = '';
const cli = fileURLToPath(new URL('./index.ts', import.meta.url));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-cli-'));
  let isOver = (): void => {};
  const over = new Promise<void>((resolve) => {
    isOver = resolve;
  });
  const backend = createBackend({
    folder: join(folder, 'data'),
    log: createLog({ append: () => {} }, () => ''),
    now: () => new Date(),
    emit: (event) => {
      // The deals come first, then their papers.
      if (event.type === 'job:progress' && event.title.endsWith('papers') && event.state !== 'running') isOver();
    },
  });
  await backend.handle('samples:add', {});
  await over;
  await backend.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: string[]) {
  const done = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8', cwd: folder });
  return { status: done.status, said: done.stderr, json: done.stdout === '' ? null : JSON.parse(done.stdout) };
}

test('doctor finds the records whole, derived rows included', () => {
  const { status, json } = run('doctor', '--data', 'data');
  expect(status).toBe(0);
  const bad = json.findings.filter((finding: { isGood: boolean }) => !finding.isGood);
  expect(bad).toEqual([]);
  expect(json.isGood).toBe(true);
});

test('a backup is written, never over another file, and put back', () => {
  expect(run('backup', '--data', 'data', '--out', 'copy.db').json).toMatchObject({ deals: 25 });
  expect(run('backup', '--data', 'data', '--out', 'copy.db')).toMatchObject({
    status: 1,
    json: { error: { type: 'FileExists' } },
  });
  expect(run('restore', '--data', 'elsewhere', '--from', 'copy.db').json).toMatchObject({ deals: 25, setAside: null });
  expect(run('restore', '--data', 'elsewhere', 'copy.db').json.setAside).toContain('set-aside');
  // A folder that was restored a moment ago has no backup of its own yet, and a backup of the records holds no files.
  const { findings } = run('doctor', '--data', 'elsewhere').json;
  const bad = findings.filter((finding: { isGood: boolean }) => !finding.isGood);
  expect(bad.map((finding: { check: string }) => finding.check)).toEqual(['backups', 'files']);
});

test('refuses in words: no records, no such file, a file of another kind, wrong usage', () => {
  expect(run('doctor', '--data', 'nowhere')).toMatchObject({ status: 1, json: { error: { type: 'NoRecords' } } });
  expect(run('restore', '--data', 'data', '--from', 'missing.db')).toMatchObject({ status: 1 });
  writeFileSync(join(folder, 'letter.txt'), 'Dear Priya');
  expect(run('restore', '--data', 'data', '--from', 'letter.txt').json.error.message).toMatch(/backup/);
  expect(run('doctor').status).toBe(2);
  expect(run('backup', '--data', 'data').said).toContain('--out is missing');
  expect(run('doctor', '--data', 'data').json.isGood).toBe(true);
});
