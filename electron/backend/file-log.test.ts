import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileLog } from './file-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the log is cut into four files at most, the newest line in the first', () => {
  const log = createFileLog(folder, () => new Date('2026-06-01T10:00:00Z'), 500);
  for (let number = 0; number < 100; number += 1) log.info('line', { number });
  const logs = join(folder, 'logs');
  expect(readdirSync(logs).sort()).toEqual(['backend.1.log', 'backend.2.log', 'backend.3.log', 'backend.log']);
  expect(readFileSync(join(logs, 'backend.log'), 'utf8')).toContain('"number":99}\n');
  for (const file of readdirSync(logs)) expect(statSync(join(logs, file)).size).toBeLessThan(700);
});

test('an older log is carried on', () => {
  createFileLog(folder, () => new Date()).info('before');
  createFileLog(folder, () => new Date()).info('after');
  expect(
    readFileSync(join(folder, 'logs', 'backend.log'), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(2);
});

test('a folder that takes no files costs the log and nothing else', () => {
  const file = join(folder, 'not-a-folder');
  writeFileSync(file, '');
  expect(() => createFileLog(file, () => new Date()).info('x')).not.toThrow();
});
