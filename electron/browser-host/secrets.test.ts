import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecretFile } from './secrets.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-secret-file-'));
  file = join(folder, 'secrets.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('secrets come back after a restart, each under its name, and can be forgotten', async () => {
  const secrets = createSecretFile(file);
  expect(await secrets.keep('sync', 'hunter2')).toEqual({ problem: '' });
  expect(await secrets.keep('__proto__', 'x')).toEqual({ problem: '' });
  const later = createSecretFile(file);
  expect(await later.get('sync')).toEqual({ secret: 'hunter2', problem: '' });
  expect(await later.get('constructor')).toEqual({ secret: null, problem: '' });
  expect(await later.keep('sync', null)).toEqual({ problem: '' });
  expect(await later.get('sync')).toEqual({ secret: null, problem: '' });
});

test('the file is for this user only, and nothing else is left beside it', async () => {
  await createSecretFile(file).keep('sync', 'hunter2');
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
  expect(readdirSync(folder)).toEqual(['secrets.json']);
});

test('forgetting what was never kept writes nothing', async () => {
  expect(await createSecretFile(file).keep('sync', null)).toEqual({ problem: '' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a damaged file holds no secrets and can be written again', async () => {
  writeFileSync(file, '{"sync": 5');
  const secrets = createSecretFile(file);
  expect(await secrets.get('sync')).toEqual({ secret: null, problem: '' });
  expect(await secrets.keep('sync', 'x')).toEqual({ problem: '' });
  expect(await secrets.get('sync')).toEqual({ secret: 'x', problem: '' });
});

test('where nothing can be written, one sentence says so', async () => {
  mkdirSync(file);
  expect(await createSecretFile(file).keep('sync', 'x')).toEqual({
    problem: expect.stringMatching(/could not write its secrets file/),
  });
});
