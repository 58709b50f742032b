import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { checkTable, lookAt } from './check.ts';
import { makeDeal, mustOpen, putDeal, tempFolder } from './testing.ts';

const temps: { remove: () => void }[] = [];
afterEach(() => {
  for (const temp of temps.splice(0)) temp.remove();
});

function records(deals: number) {
  const temp = tempFolder();
  temps.push(temp);
  const db = mustOpen(temp.folder);
  for (let n = 0; n < deals; n += 1) putDeal(db, makeDeal(n, 30));
  return db;
}

test('a small file that was closed in order is looked at whole, at once', () => {
  const db = records(1);
  expect(lookAt(db.raw, db.file, true)).toEqual({ broken: null, unchecked: [] });
  expect(lookAt(db.raw, db.file, false)).toEqual({ broken: null, unchecked: [] });
  expect(db.unchecked).toEqual([]);
  db.close();
});

test('damage in a table is found by looking at that table later', () => {
  const db = records(40);
  const { folder, file } = db;
  db.close();
  const raw = new Database(file, { readonly: true });
  const page = raw.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'task'").pluck().get() as number;
  const size = raw.pragma('page_size', { simple: true }) as number;
  raw.close();
  expect(statSync(file).size).toBeGreaterThan(page * size);
  const handle = openSync(file, 'r+');
  // The middle of the table's first page: cells that no header speaks of.
  writeSync(handle, Buffer.alloc(size / 2, 0xff), 0, size / 2, (page - 1) * size + size / 2);
  closeSync(handle);
  const broken = new Database(file);
  const db2 = { ...db, raw: broken, folder };
  expect(checkTable(db2, 'deal')).toBeNull();
  expect(checkTable(db2, 'task')).toMatchObject({ type: 'damaged' });
  broken.close();
});
