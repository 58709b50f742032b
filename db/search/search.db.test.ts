import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Deal, VersionRow } from '../../core/deals/model.ts';
import { type Db, inWrite } from '../handles.ts';
import { findByText } from '../read/find.ts';
import { makeDeal, mustOpen, TODAY, tempFolder } from '../testing.ts';
import { ENTRY_SQL, type SearchKind } from './entries.ts';
import { INDEX_SQL } from './index-deal.ts';
import { FOUND_SQL } from './read-found.ts';
import { SEARCH_SQL, type SearchQuery, searchAll } from './search.ts';
import { open, putText } from './testing.ts';

let db: Db;
let remove: () => void;
const AT = (day: number) => `2026-05-${String(day).padStart(2, '0')}T09:00:00.000Z`;

/** A deal where every word is known: two documents, two people, one note. */
function dealAt(n: number, street: string, over: Partial<Deal['row']> = {}): Deal {
  const made = makeDeal(n);
  const id = made.row.id;
  const [line, version] = [made.lines[0], made.versions[0]];
  if (line === undefined || version === undefined) throw new Error('no document');
  const open = { side: 'buyer', closedOn: null, outcome: null, openedAt: AT(n), facts: {}, priceCents: null } as const;
  const row = { ...made.row, ...open, street, unit: '', city: 'Ashford', state: 'CA', zip: '90210', ...over };
  const people = [
    { ...made.people[0], name: `Ida Verne${n}`, role: 'client', company: '', email: `ida${n}@mail.example` },
    { ...made.people[1], name: `Kit Moss${n}`, role: 'lender', company: 'Harbor Lending', email: '' },
  ] as Deal['people'];
  const version2: VersionRow = {
    ...version,
    id: `${id}-v1`,
    number: 2,
    sha256: sha(n, 1),
    isHeld: true,
    originalName: 'scan.pdf',
    suffix: null,
  };
  return {
    ...made,
    row,
    people,
    notes: [{ id: `${id}-n0`, dealId: id, body: `Zebra note ${n}\nsecond line`, authorId: 'm', writtenAt: AT(n) }],
    lines: [{ ...line, title: 'Inspection report' }],
    versions: [{ ...version, sha256: sha(n, 0), receivedAt: AT(n) }, version2],
  };
}

function sha(n: number, which: number): string {
  return `${n}${which}`.padStart(64, '0');
}

const deals = [
  dealAt(1, '1847 Marlowe Ave'),
  dealAt(2, '12 Hollow Ln', { side: 'seller' }),
  dealAt(3, '90 Marlowe Ct', { closedOn: TODAY, outcome: 'closed' }),
];
beforeAll(() => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
  for (const deal of deals) open(db, deal);
  putText(db, sha(1, 0), 'The roof leaks above the garage. Zebra mussels in the pipes. Señor Núñez was there.');
  putText(db, sha(2, 0), 'The roof is sound. The garage door sticks, the garage is cold, garage garage.');
  putText(db, sha(3, 0), 'The roof is gone and so is the garage of it.');
  putText(db, sha(1, 1), 'Wire the deposit to account 5544 at once, roof.');
});
afterAll(() => {
  db.close();
  remove();
});

const find = (text: string, more: Partial<SearchQuery> = {}) =>
  searchAll(db.read, { text, limit: 50, ...more }).map(({ kind, refId }) => `${kind} ${refId}`);
const id = (n: number, tail = '') => `deal-${String(n).padStart(6, '0')}${tail}`;

describe('what is found', () => {
  test('everything that is shown of it', () => {
    expect(searchAll(db.read, { text: 'nunez', limit: 9 })).toEqual([
      {
        kind: 'document',
        refId: id(1, '-v0'),
        dealId: id(1),
        lineId: id(1, '-l0'),
        title: 'Inspection report',
        plate: '1847',
        streetName: 'Marlowe Ave',
        side: 'buyer',
        isActive: true,
        detail: '2026-06-02_1847-Marlowe-Ave_Inspection-Report_FE_v1.pdf',
        snippet: [
          { text: '…the garage. Zebra mussels in the pipes. Señor ', isMatch: false },
          { text: 'Núñez', isMatch: true },
          { text: ' was there.', isMatch: false },
        ],
        at: AT(1),
      },
    ]);
    expect(searchAll(db.read, { text: '1847', limit: 1 })).toMatchObject([
      {
        kind: 'deal',
        title: '1847 Marlowe Ave',
        detail: 'Ashford, CA 90210 · Ida Verne1',
        snippet: [],
        lineId: null,
        at: AT(1),
      },
    ]);
    expect(searchAll(db.read, { text: 'moss1', limit: 1 })).toMatchObject([
      { kind: 'person', title: 'Kit Moss1', detail: 'Harbor Lending', snippet: [], at: AT(1), plate: '1847' },
    ]);
    expect(searchAll(db.read, { text: 'zebra note 2', limit: 1 })).toMatchObject([
      { kind: 'note', title: 'Zebra note 2', detail: '', at: AT(2), side: 'seller' },
    ]);
  });

  test('all words, the last as a beginning, accents and case aside, phrases side by side', () => {
    expect(find('ROOF gar', { kinds: ['document'] })).toHaveLength(3);
    expect(find('roof cold')).toEqual([`document ${id(2, '-v0')}`]);
    expect(find('roof col')).toEqual([`document ${id(2, '-v0')}`]);
    expect(find('col roof')).toEqual([]);
    expect(find('"garage door" roof')).toEqual([`document ${id(2, '-v0')}`]);
    expect(find('"door garage"')).toEqual([]);
    expect(find('"the garage is c')).toEqual([`document ${id(2, '-v0')}`]);
    expect(find('"col"')).toEqual([]);
    expect(find('marlowe mussels')).toEqual([`document ${id(1, '-v0')}`]);
    expect(find('')).toEqual([]);
    expect(find(' "" -- ')).toEqual([]);
  });

  test('a last letter by itself begins a word of a title and is a word of a text', () => {
    expect(find('i', { kinds: ['person'] })).toEqual([
      `person ${id(2, '-p0')}`,
      `person ${id(1, '-p0')}`,
      `person ${id(3, '-p0')}`,
    ]);
    expect(find('z')).toEqual([]);
    expect(find('zebra n')).toEqual([]);
    expect(find('zebra note 3')).toEqual([`note ${id(3, '-n0')}`]);
  });

  test('of a held document its names and never its text', () => {
    expect(find('5544')).toEqual([]);
    expect(find('scan')).toHaveLength(3);
    // Held a moment ago, and the index is behind: the text is not shown all the same.
    inWrite(db, (handle) => handle.run('UPDATE version SET is_held = 1 WHERE id = ?', id(1, '-v0')));
    expect(searchAll(db.read, { text: 'mussels', limit: 5 })).toMatchObject([{ kind: 'document', snippet: [] }]);
    inWrite(db, (handle) => handle.run('UPDATE version SET is_held = 0 WHERE id = ?', id(1, '-v0')));
  });

  test('an entry whose row is gone is left out', () => {
    inWrite(db, (handle) => handle.run('UPDATE note SET id = ? WHERE id = ?', 'elsewhere', id(3, '-n0')));
    expect(find('zebra note 3')).toEqual([]);
    inWrite(db, (handle) => handle.run('UPDATE note SET id = ? WHERE id = ?', id(3, '-n0'), 'elsewhere'));
    expect(find('zebra note 3')).toHaveLength(1);
  });
});

describe('the order', () => {
  test('titles before texts, active deals before closed ones, then the newest', () => {
    expect(find('marlowe', { kinds: ['deal'] })).toEqual([`deal ${id(1)}`, `deal ${id(3)}`]);
    expect(find('zebra')).toEqual([
      `document ${id(1, '-v0')}`,
      `note ${id(2, '-n0')}`,
      `note ${id(1, '-n0')}`,
      `note ${id(3, '-n0')}`,
    ]);
    expect(find('12')[0]).toBe(`deal ${id(2)}`);
    expect(find('inspection', { kinds: ['document'] }).at(-1)).toBe(`document ${id(3, '-v0')}`);
  });

  test('rare words are weighed, two letters are not', () => {
    expect(find('garage', { kinds: ['document'] })[0]).toBe(`document ${id(2, '-v0')}`);
    expect(find('ga', { kinds: ['document'], onlyActive: true })).toEqual([
      `document ${id(2, '-v0')}`,
      `document ${id(1, '-v0')}`,
    ]);
  });

  test('each kind gets its part, and the rest goes to the best', () => {
    const kinds = (limit: number) => searchAll(db.read, { text: 'marlowe', limit }).map(({ kind }) => kind);
    expect(kinds(4)).toEqual(['deal', 'person', 'document', 'note']);
    expect(kinds(6).filter((kind) => kind === 'deal')).toHaveLength(2);
    expect(kinds(2)).toEqual(['deal', 'person']);
    expect(kinds(0)).toEqual([]);
    expect(kinds(1_000)).toHaveLength(2 + 4 + 4 + 2);
  });
});

describe('filters', () => {
  test.each<[string, Partial<SearchQuery>, readonly number[]]>([
    ['of one deal', { dealId: id(2) }, [2]],
    ['of a deal that is not there', { dealId: 'nowhere' }, []],
    ['of active deals', { onlyActive: true }, [2, 1]],
    ['of one side', { side: 'seller' }, [2]],
    ['of both', { onlyActive: true, side: 'buyer' }, [1]],
    ['of no side that is there', { side: 'landlord' }, []],
    ['of nothing', {}, [2, 1, 3]],
  ])('%s', (_, filter, which) => {
    expect(find('roof is', { kinds: ['document'], ...filter }).toSorted()).toEqual(
      which
        .filter((n) => n !== 1)
        .map((n) => `document ${id(n, '-v0')}`)
        .toSorted(),
    );
    expect(find('zebra not', { kinds: ['note'], ...filter })).toEqual(which.map((n) => `note ${id(n, '-n0')}`));
    expect(find('moss', filter).toSorted()).toEqual(
      which
        .map((n) => `person ${id(n, '-p1')}`)
        .concat(which.map((n) => `deal ${id(n)}`))
        .toSorted(),
    );
  });

  test('kinds', () => {
    const all: readonly SearchKind[] = ['deal', 'person', 'note', 'document'];
    for (const kind of all) {
      const found = searchAll(db.read, { text: 'marlowe', kinds: [kind], limit: 50 });
      expect(new Set(found.map((one) => one.kind))).toEqual(new Set([kind]));
    }
    expect(find('marlowe', { kinds: [] })).toEqual([]);
  });
});

test('no text at all is a problem of syntax', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '"',
      '*',
      '^',
      'NEAR(',
      ' AND ',
      ' OR ',
      ' NOT ',
      ':',
      'text:',
      '-',
      '(',
      ')',
      '{',
      '+',
      "'",
      ' ',
      '\u0000',
      '\uE000',
      'roof',
      '5,',
    ),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, isScoped) => {
      const text = pieces.join('');
      const found = searchAll(db.read, { text, limit: 20, ...(isScoped ? { dealId: id(1) } : {}) });
      expect(found.length).toBeLessThanOrEqual(20);
    }),
    { numRuns: 3_000 },
  );
});

test('the search by address and people beside it still finds', () => {
  expect(findByText(db.read, 'marlowe', 5).deals.map(({ dealId }) => dealId)).toEqual([id(1), id(3)]);
});

describe('plans', () => {
  const plan = (sql: string) =>
    (
      db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from(sql.matchAll(/\?/g), () => 1)) as {
        detail: string;
      }[]
    )
      .map(({ detail }) => detail)
      .join('\n');

  test.each(['search_title', 'search_text'] as const)(
    'hits of %s walk a range of the word index, backwards',
    (table) => {
      for (const filters of ['', 's.is_active = 1 AND s.side = ? AND e.deal_id = ?']) {
        const said = plan(SEARCH_SQL.hits(table, { order: 'rowid DESC', filters }));
        expect(said).toMatch(new RegExp(`SCAN ${table} VIRTUAL TABLE INDEX \\d+:.*M`));
        expect(said).toContain('SEARCH e USING INTEGER PRIMARY KEY');
        expect(said).toContain('SEARCH s USING INDEX');
        expect(said).not.toContain('TEMP B-TREE');
      }
    },
  );

  test.each(Object.entries({ ...ENTRY_SQL, ...FOUND_SQL, ...INDEX_SQL }))('%s finds by key', (_, sql) => {
    const said = plan(sql);
    expect(said).toMatch(/SEARCH/);
    expect(said).not.toMatch(/SCAN|TEMP B-TREE/);
  });
});
