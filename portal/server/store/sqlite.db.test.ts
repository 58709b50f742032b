import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { storeContract } from './contract/index.ts';
import { digestOfWorkspace } from './digest.ts';
import { openSqliteStore } from './sqlite.ts';
import { AT, must, SILENT, sqlitePlace } from './testing.ts';

storeContract(async () => sqlitePlace());

test('one process at a time; the lock goes with it', async () => {
  const place = sqlitePlace();
  const store = await place.open();
  await expect(place.open()).rejects.toThrow('locked');
  await store.close();
  await (await place.open()).close();
  await place.remove();
});

test('the log is written ahead and to the disk, and readers have connections of their own', async () => {
  const place = sqlitePlace();
  const store = await place.open();
  await store.createWorkspace({ id: 'w', name: 'W', at: AT });
  const reads = Array.from({ length: 20 }, () => store.read((read) => read.workspaces.get('w')));
  expect((await Promise.all(reads)).every((row) => row?.name === 'W')).toBe(true);
  expect(existsSync(`${place.file}-wal`)).toBe(true);
  await store.close();
  expect(existsSync(`${place.file}-wal`)).toBe(false);
  await place.remove();
});

test('a file that is no database, or damaged, is left as it is', async () => {
  const place = sqlitePlace();
  writeFileSync(place.file, 'not a database, but long enough to be taken for one'.repeat(100));
  await expect(place.open()).rejects.toThrow('damaged');
  await place.remove();
});

test('a copy is put aside before a migration, and a backup opens as the same store', async () => {
  const place = sqlitePlace();
  const store = await place.open();
  await store.createWorkspace({ id: 'w', name: 'W', at: AT });
  await store.transaction('w', (tx) => tx.units.bump('w', 'deal-a'));
  const copy = `${place.file}.copy`;
  await store.backup(copy);
  await expect(store.backup(copy)).rejects.toThrow('there is a file');
  const digest = await store.read((read) => digestOfWorkspace(read, 'w'));
  await store.close();
  const restored = must(await openSqliteStore({ file: copy, now: () => AT, log: SILENT }));
  expect(await restored.read((read) => digestOfWorkspace(read, 'w'))).toBe(digest);
  await restored.close();
  // As after an update that brings a migration more: one is not recorded, but its tables are there, so it fails.
  const raw = new Database(place.file);
  raw.exec('DELETE FROM schema_migration');
  raw.close();
  await expect(place.open()).rejects.toThrow('failed');
  const aside = readdirSync(dirname(place.file)).filter((name) => name.includes('.before-'));
  expect(aside).toHaveLength(1);
  await place.remove();
});
