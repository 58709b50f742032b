import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Db } from '../../../db/handles.ts';
import { mustOpen, tempFolder } from '../../../db/testing.ts';
import type { SeenEntry } from '../watch/types.ts';
import { createSeenStore } from './seen-store.ts';

let db: Db;
let remove: () => void;
beforeEach(() => {
  const temp = tempFolder();
  db = mustOpen(temp.folder);
  remove = temp.remove;
});
afterEach(() => {
  db.close();
  remove();
});

function entry(relPath: string, ino: number, folderId = 'f'): SeenEntry {
  const signs = { dev: 64_513, ino, bytes: 12, mtimeMs: 1_780_000_000_000.25 };
  return { folderId, relPath, ...signs, sha256: '0'.repeat(64), state: 'taken' };
}

test('many paths are found in one go, each under the path that was asked for', () => {
  const store = createSeenStore(db);
  const kept = Array.from({ length: 200 }, (_, n) => entry(`agent/deal ${n}.pdf`, n));
  store.put([...kept, entry('agent/deal 7.pdf', 9000, 'other')]);
  const asked = kept.filter((_, n) => n % 3 !== 0).map(({ relPath }) => relPath);
  const found = store.getMany('f', [...asked, 'agent/never.pdf']);
  expect([...found.keys()].sort()).toEqual(asked.toSorted());
  expect(found.get('agent/deal 7.pdf')).toEqual(kept[7]);
  expect(store.getMany('f', []).size).toBe(0);
  expect(store.count('f')).toBe(200);
  expect(store.count('nobody')).toBe(0);
});

test('a name that is no Unicode is found by the name it has', () => {
  const store = createSeenStore(db);
  const broken = 'scan \ud83d.pdf';
  store.put([entry(broken, 1), entry('scan.pdf', 2)]);
  const found = store.getMany('f', ['scan.pdf', broken]);
  expect([...found].map(([path, { ino }]) => [path, ino])).toEqual([
    ['scan.pdf', 2],
    [broken, 1],
  ]);
});
