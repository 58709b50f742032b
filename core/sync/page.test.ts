import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePlaces, compareText, type Page, pageOf, startOf } from './page.ts';
import { type Rows, type SyncRow, writeRows } from './rows.ts';
import { addPage, openStage } from './stage.ts';

const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('😀', '\uFFFD', 'ﬀ', '\uE000'));

test('text is ordered as its UTF-8 bytes, which is how both databases order it', () => {
  fc.assert(
    fc.property(anyText, anyText, (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareText(a, b))).toBe(bytes);
    }),
    { numRuns: 5000 },
  );
});

const row = (rowId: string, version: number, row: SyncRow['row'] = { id: rowId }): SyncRow => ({
  table: 'note',
  rowId,
  version,
  row,
});

test('pages of any size hold every row up to the version once, in order, and one that is too large by itself', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(anyText, fc.integer({ min: 1, max: 9 })), { selector: ([id]) => id, maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 10, max: 300 }),
      (rows, most, bytes) => {
        const unit = { version: 9, rows: rows.map(([id, version]) => row(id, version)) };
        const seen: SyncRow[] = [];
        let page: Page | null = pageOf(unit, { after: startOf(2), upTo: 7 }, { rows: most, bytes });
        while (page !== null) {
          expect(page.rows.length).toBeLessThanOrEqual(most);
          seen.push(...page.rows);
          page = page.next === null ? null : pageOf(unit, { after: page.next, upTo: 7 }, { rows: most, bytes });
        }
        const wanted = unit.rows.filter(({ version }) => version > 2 && version <= 7).sort(comparePlaces);
        expect(seen).toEqual(wanted);
      },
    ),
    { numRuns: 300 },
  );
});

test('a unit that moved while it was paged goes on to where it moved, and is one state of it', () => {
  const before = { version: 2, rows: [row('a', 1), row('b', 2), row('c', 2)] };
  const after = { version: 3, rows: [row('a', 1), row('b', 2), row('c', 3, null)] };
  const limits = { rows: 1, bytes: 1000 };
  let stage = openStage('d', 0);
  stage = addPage(stage, pageOf(before, { after: stage.at, upTo: stage.upTo }, limits));
  // "c" moves on to version 3: up to version 2 it is in no page any more.
  for (let page = 0; page < 5 && !stage.isComplete; page += 1)
    stage = addPage(stage, pageOf(after, { after: stage.at, upTo: stage.upTo }, limits));
  expect(stage).toMatchObject({ isComplete: true, upTo: 3 });
  const rows: Rows = writeRows(new Map(), stage.rows);
  expect([...rows.keys()]).toEqual(['note/a', 'note/b']);
});

test('a page for another place is left alone', () => {
  const unit = { version: 2, rows: [row('a', 1), row('b', 2)] };
  const limits = { rows: 1, bytes: 1000 };
  const stage = openStage('d', 0);
  const first = pageOf(unit, { after: stage.at, upTo: null }, limits);
  const next = addPage(stage, first);
  expect(next.rows).toHaveLength(1);
  expect(addPage(next, first)).toBe(next);
});
