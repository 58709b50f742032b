import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeBackup } from './backup.ts';
import { examine, type Finding } from './doctor.ts';
import type { Db } from './handles.ts';
import { inWrite } from './handles.ts';
import { systemProbe } from './place.ts';
import { makeDeal, mustOpen, putDeal, summarise, tempFolder } from './testing.ts';
import { rebuildSummaries } from './write/rebuild-summaries.ts';

let db: Db;
let remove: () => void;
beforeEach(async () => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
  for (let n = 0; n < 10; n += 1) putDeal(db, makeDeal(n));
  await takeBackup(db);
});
afterEach(() => {
  db.close();
  remove();
});

test('finds nothing wrong with sound records', () => {
  expect(bad()).toEqual([]);
  expect(examine(db, { summarise })).toHaveLength(9);
});

test('finds a summary that is not what its deal says, and one that is missing; a rebuild mends both', () => {
  db.raw.exec("UPDATE summary SET missing = missing + 1 WHERE deal_id = 'deal-000003'");
  db.raw.exec("DELETE FROM summary WHERE deal_id = 'deal-000004'");
  expect(bad()).toMatchObject([{ check: 'summaries', sentence: expect.stringContaining('behind on 2 deals') }]);
  expect(inWrite(db, (write) => rebuildSummaries(write, summarise))).toBe(10);
  expect(bad()).toEqual([]);
});

test('finds a row without its deal', () => {
  db.raw.pragma('foreign_keys = OFF');
  db.raw.exec("UPDATE task SET deal_id = 'nobody' WHERE id = 'deal-000002-t1'");
  db.raw.pragma('foreign_keys = ON');
  expect(bad().map((finding) => finding.check)).toContain('links');
});

test('finds a mode that could lose a change', () => {
  db.raw.pragma('synchronous = NORMAL');
  expect(bad()).toMatchObject([{ check: 'mode', sentence: expect.stringContaining('Restart Closeboard') }]);
});

test('finds a schema it does not know, and a place that is synced', () => {
  db.raw.prepare("INSERT INTO schema_migration VALUES ('29990101000000_future', 'x', 'then')").run();
  const list = (folder: string) => (folder === join(db.folder, '..') ? [{ name: '.dropbox', isFile: true }] : []);
  const found = examine(db, { summarise, place: { ...systemProbe(), list } }).filter((finding) => !finding.isGood);
  expect(found.map((finding) => finding.check).toSorted()).toEqual(['place', 'schema']);
});

function bad(): readonly Finding[] {
  return examine(db, { summarise }).filter((finding) => !finding.isGood);
}
