import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blobs } from '../files-tables.ts';
import { type Db, inWrite } from '../handles.ts';
import { AT, mustOpen, tempFolder } from '../testing.ts';
import { FILES_SQL, isUnnamed, namedAgain, unnamedBlobs } from './files.ts';
import { GLANCE_SQL } from './glance.ts';

let db: Db;
let remove: () => void;
beforeAll(() => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
});
afterAll(() => {
  db.close();
  remove();
});

function planOf(sql: string): string {
  const whole = sql.startsWith('SELECT') ? sql : `SELECT * FROM arrival ${sql}`;
  const params = whole.match(/\?/g)?.map(() => 'x') ?? [];
  const steps = db.read.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${whole}`, ...params);
  return steps.map((step) => step.detail).join('; ');
}

/** What each walks. A scan of a partial index is of the few rows that are in it. */
const PLANS: Partial<Record<keyof typeof FILES_SQL, string>> = {
  openCount: 'SCAN arrival USING INDEX arrival_open',
  openArrivals: 'SCAN arrival USING INDEX arrival_open',
  heldArrivals: 'SCAN arrival USING INDEX arrival_held',
  cameOpen: 'SEARCH arrival USING INDEX arrival_open (at>?)',
  cameDone: 'SEARCH arrival USING INDEX arrival_done (decided_at>?)',
  filedSince: 'SEARCH arrival USING INDEX arrival_done (decided_at>?)',
  doneArrivals: 'SEARCH arrival USING INDEX arrival_done',
  readingArrivals: 'SCAN arrival USING INDEX arrival_reading',
  arrivalsOf: 'SEARCH arrival USING INDEX arrival_sha',
  parts: 'SEARCH arrival USING COVERING INDEX arrival_parent',
  versionsOf: 'SEARCH v USING INDEX version_sha',
  named: 'SEARCH b USING INDEX blob_trashed',
  isUnnamed: 'SEARCH b USING',
  toReview: 'SCAN l USING INDEX line_review',
  toReviewCount: 'SCAN l USING INDEX line_review',
};

describe('the queries on files', () => {
  for (const [name, plan] of Object.entries(PLANS))
    test(`${name} walks an index`, () => {
      expect(planOf(FILES_SQL[name as keyof typeof FILES_SQL])).toContain(plan);
    });

  test('suspect content is found by its hash in each table', () => {
    const plan = planOf(FILES_SQL.suspect);
    expect(plan.match(/SCAN (?!asked)/g)).toBeNull();
    for (const index of ['arrival_sha', 'version_sha', 'blob_opened']) expect(plan).toContain(index);
    expect(planOf(`SELECT * FROM blob ${FILES_SQL.blobsOf}`)).toContain('SEARCH blob USING');
  });

  test('what waits for a review asks each deal and file by an index', () => {
    for (const sql of [FILES_SQL.toReview, FILES_SQL.toReviewCount]) {
      const plan = planOf(sql);
      expect(plan.match(/SCAN/g)).toHaveLength(1);
      for (const index of ['version_held', 'COVERING INDEX version_deal', 'SEARCH d USING'])
        expect(plan).toContain(index);
    }
  });

  test('a glance at a deal finds each row by its key', () => {
    for (const sql of Object.values(GLANCE_SQL)) {
      const plan = planOf(sql);
      expect(plan).toContain('SEARCH');
      expect(plan).not.toContain('SCAN');
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });
});

test('the opened copy of a locked file is named by it until that is thrown away, and again when it comes back', () => {
  const [locked, opened] = ['a'.repeat(64), 'b'.repeat(64)] as const;
  const row = { bytes: 1, kind: 'pdf', extension: 'pdf', pages: 1, addedAt: AT, checkedAt: null, sentence: '' };
  inWrite(db, (write) => {
    blobs.insert(write, { ...row, sha256: locked, trashedAt: null, reading: 'password', openedSha256: opened });
    blobs.insert(write, { ...row, sha256: opened, trashedAt: null, reading: 'ok', openedSha256: null });
  });
  expect(unnamedBlobs(db.read, '2027-01-01')).toEqual([locked]);
  expect([isUnnamed(db.read, locked), isUnnamed(db.read, opened)]).toEqual([true, false]);
  const trash = (sha256: string, at: string | null) =>
    inWrite(db, (write) => blobs.update(write, { trashedAt: at }, 'sha256 = ?', sha256));
  trash(locked, AT);
  expect(unnamedBlobs(db.read, '2027-01-01')).toEqual([opened]);
  trash(opened, AT);
  expect(namedAgain(db.read)).toEqual([]);
  trash(locked, null);
  expect(namedAgain(db.read)).toEqual([opened]);
});
