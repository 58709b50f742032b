import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyToDeal } from '../../core/commands/apply.ts';
import { insert, remove as removed, update } from '../../core/commands/changes.ts';
import type { Change } from '../../core/commands/types.ts';
import type { Deal, Id, PersonRow } from '../../core/deals/model.ts';
import { type Db, inWrite } from '../handles.ts';
import { readDeal } from '../read/deal.ts';
import { AT, insertsOf, makeDeal, mustOpen, TODAY, tempFolder } from '../testing.ts';
import { indexChanges, rebuildSearch, removeDealFromSearch, searchGaps } from './index-deal.ts';
import { searchAll } from './search.ts';
import { contents, open, putText, write } from './testing.ts';

let db: Db;
let remove: () => void;
const deal = makeDeal(7);
const dealId = deal.row.id;
beforeEach(() => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
});
afterEach(() => {
  db.close();
  remove();
});

const find = (text: string) => searchAll(db.read, { text, limit: 50 }).map((found) => `${found.kind} ${found.refId}`);
const mustRead = (id: Id = dealId): Deal => {
  const found = readDeal(db.read, id);
  if (found === null) throw new Error('no deal');
  return found;
};
/** Runs changes on the deal as it is, rows and index in one transaction. */
const change = (changes: readonly Change[]) => {
  write(db, changes, { dealId, after: applyToDeal(mustRead(), changes) });
};
const sizes = () => db.raw.prepare('SELECT (SELECT total_changes()) AS n').pluck().get() as number;

describe('the index follows the rows', () => {
  test('a deal, its people, notes and documents come and go with it', () => {
    open(db, deal);
    expect(searchGaps(db.read)).toEqual({ missing: 0, extra: 0 });
    expect(find('gate code')).toEqual([`note ${dealId}-n0`]);
    const gone = insertsOf(deal).flatMap((made): Change[] =>
      made.op === 'insert' ? [{ op: 'delete', table: made.table, id: made.row.id, was: made.row } as Change] : [],
    );
    write(db, gone.toReversed(), { dealId, after: null });
    expect(contents(db)).toEqual([]);
    expect(searchGaps(db.read)).toEqual({ missing: 0, extra: 0 });
    open(db, deal);
    expect(find('gate code')).toEqual([`note ${dealId}-n0`]);
  });

  test('a person renamed, added and taken away, also as one of the deal', () => {
    open(db, deal);
    const person = mustRead().people[0] as PersonRow;
    change(update('person', person, { name: "Siobhán O'Brien", role: 'client', phone: '+15125550148' }));
    for (const typed of ["o'brien", 'OBRIEN', 'siobhan', 'brien sio']) {
      expect(find(typed).toSorted()).toEqual([`deal ${dealId}`, `person ${person.id}`]);
    }
    for (const typed of ['512-555-0148', '(512) 555 01', '+15125550148', '51255501']) {
      expect(find(typed)).toEqual([`person ${person.id}`]);
    }
    change([removed('person', { ...person, name: "Siobhán O'Brien", role: 'client', phone: '+15125550148' })]);
    expect(find("o'brien")).toEqual([]);
    change([insert('person', { ...person, id: 'p9', role: 'lender', name: 'Quentin Zed' })]);
    expect(find('quentin')).toEqual(['person p9', `deal ${dealId}`]);
  });

  test('a new address is in every entry of the deal, price and facts in its own', () => {
    open(db, deal);
    change(
      update('deal', deal.row, {
        street: '12-345 Zinfandel Way',
        priceCents: 64_200_000,
        facts: { escrow: 'ZX-991/4' },
      }),
    );
    expect(find('zinfandel')).toHaveLength(1 + 2 + 1 + 1);
    expect(find('12-345')[0]).toBe(`deal ${dealId}`);
    expect(find('zinfandel gate')).toEqual([`note ${dealId}-n0`]);
    for (const typed of ['642,000', '642000', '$642,0', 'zx-991', 'ZX-991/4'])
      expect(find(typed)).toEqual([`deal ${dealId}`]);
    expect(find(deal.row.street)).toEqual([]);
  });

  test('a version by its line, its names, its sender and its text', () => {
    open(db, deal);
    const id = `document ${dealId}-v0`;
    const { sha256 } = mustRead().versions[0] ?? { sha256: '' };
    expect(putText(db, sha256, 'Buyer waives the ﬁnancing contingency of $642,000.')).toBe(1);
    for (const typed of [
      'executed contr',
      'document(3)',
      'kwame',
      'financing conting',
      '642000',
      '"the financing"',
      '_FE_v1.pdf',
    ]) {
      expect(find(typed)).toEqual([id]);
    }
    expect(putText(db, sha256, 'Another reading')).toBe(1);
    expect(find('financing')).toEqual([]);
    const line = mustRead().lines[0];
    if (line === undefined) throw new Error('no line');
    change(update('line', line, { title: 'Zoning letter' }));
    expect(find('zoning')).toEqual([id]);
    expect(putText(db, 'f'.repeat(64), 'nobody has this')).toBe(0);
  });

  test('a held file and a pay stub are found by name and never by text', () => {
    open(db, deal);
    const version = mustRead().versions[0];
    const line = mustRead().lines[0];
    if (version === undefined || line === undefined) throw new Error('no version');
    putText(db, version.sha256, 'routing number 021000021');
    expect(find('routing')).toHaveLength(1);
    change(update('version', version, { isHeld: true }));
    expect(find('routing')).toEqual([]);
    expect(find('executed')).toHaveLength(1);
    change(update('version', { ...version, isHeld: true }, { isHeld: false }));
    expect(find('routing')).toHaveLength(1);
    for (const documentClass of ['npi-financial', 'npi-identity', 'wire-suspect'] as const) {
      change(update('line', { ...mustRead().lines[0], ...line }, { class: documentClass }));
      expect(find('routing')).toEqual([]);
      change(update('line', { ...line, class: documentClass }, { class: line.class }));
    }
  });

  test('a tick, a move and a date write nothing in it', () => {
    open(db, deal);
    const task = deal.tasks[0];
    if (task === undefined) throw new Error('no task');
    const before = sizes();
    inWrite(db, (handle) =>
      indexChanges(handle, {
        dealId,
        changes: [
          ...update('task', task, { title: 'Other', doneOn: TODAY }),
          ...update('deal', deal.row, { stage: 'closing', ownerId: 'm-x', closedOn: TODAY }),
          ...update('anchor', deal.anchors[0] as Deal['anchors'][number], { evidence: 'letter' }),
          ...update('version', deal.versions[0] as Deal['versions'][number], { verdict: 'approved', verdictOn: TODAY }),
          ...update('line', deal.lines[0] as Deal['lines'][number], { state: 'approved' }),
        ],
      }),
    );
    expect(sizes()).toBe(before);
  });

  test('what rolls back leaves no word behind', () => {
    open(db, deal);
    const before = contents(db);
    expect(() =>
      inWrite(db, (handle) => {
        removeDealFromSearch(handle, dealId);
        throw new Error('stopped');
      }),
    ).toThrow('stopped');
    expect(contents(db)).toEqual(before);
  });
});

describe('made again', () => {
  test('in slices it is what the commands left, and finds the same in the same order', () => {
    const name = fc.constantFrom('Ana', "O'Brien", 'Zoë 642,000', '', 'x y z');
    const step = fc.record({ what: fc.nat({ max: 7 }), deal: fc.nat({ max: 3 }), name });
    for (let n = 0; n < 4; n += 1) open(db, makeDeal(n));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        for (const { what, deal: n, name: text } of steps) oneStep(makeDeal(n).row.id, what, text);
        const before = contents(db);
        const found = find('a');
        rebuild(2);
        expect(contents(db)).toEqual(before);
        expect(find('a')).toEqual(found);
        expect(searchGaps(db.read)).toEqual({ missing: 0, extra: 0 });
      }),
      { numRuns: 60 },
    );
  });

  test('it finds what was written before there was an index, and loses what is gone', () => {
    for (let n = 0; n < 5; n += 1) {
      open(db, makeDeal(n));
      inWrite(db, (handle) => removeDealFromSearch(handle, makeDeal(n).row.id));
    }
    expect(searchGaps(db.read)).toEqual({ missing: 5 * 5, extra: 0 });
    open(db, deal);
    db.raw.prepare("INSERT INTO search_entry (id, kind, ref_id, deal_id) VALUES (99, 'document', 'x', 'gone')").run();
    db.raw.prepare("INSERT INTO search_text (rowid, text) VALUES (99, 'gone')").run();
    expect(searchGaps(db.read)).toEqual({ missing: 5 * 5, extra: 1 });
    expect(rebuild(2)).toBe(4);
    expect(searchGaps(db.read)).toEqual({ missing: 0, extra: 0 });
    expect(find('gate')).toHaveLength(6);
  });

  test('half way it says what is missing, and commands go on', () => {
    for (let n = 0; n < 4; n += 1) open(db, makeDeal(n));
    inWrite(db, (handle) => rebuildSearch(handle, { after: null, limit: 1 }));
    expect(searchGaps(db.read)).toEqual({ missing: 3 * 5, extra: 0 });
    const other = makeDeal(3);
    const note = { id: 'n9', dealId: other.row.id, body: 'Zebra crossing', authorId: 'm', writtenAt: AT };
    write(db, [insert('note', note)], { dealId: other.row.id, after: other });
    write(db, [removed('note', note)], { dealId: other.row.id, after: other });
    write(db, [insert('note', note)], { dealId: other.row.id, after: other });
    rebuild(10);
    expect(find('zebra')).toEqual(['note n9']);
    expect(searchGaps(db.read)).toEqual({ missing: 0, extra: 0 });
    expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

/** All slices; returns how many there were. */
function rebuild(limit: number): number {
  let after: Id | null = null;
  for (let slices = 1; ; slices += 1) {
    const last: Id | null = inWrite(db, (handle) => rebuildSearch(handle, { after, limit }));
    if (last === null) return slices;
    after = last;
  }
}

/** One small edit of one deal, of a kind that touches the index or not. */
function oneStep(id: Id, what: number, text: string): void {
  const now = mustRead(id);
  const [person, note, line, version, task] = [
    now.people[0],
    now.notes[0],
    now.lines[0],
    now.versions[0],
    now.tasks[0],
  ];
  const spare = {
    id: `${id}-p9`,
    dealId: id,
    name: text,
    role: 'lender',
    company: '',
    email: '',
    phone: '',
    position: 9,
  } as const;
  const added = now.people.find((one) => one.id === spare.id);
  const changes =
    [
      () => update('deal', now.row, { street: text }),
      () => (person ? update('person', person, { name: text }) : []),
      () => (note ? update('note', note, { body: text }) : []),
      () => (line ? update('line', line, { title: text }) : []),
      () => (version ? update('version', version, { sentBy: text, isHeld: !version.isHeld }) : []),
      () => (task ? update('task', task, { title: text }) : []),
      () => [added === undefined ? insert('person', spare) : removed('person', added)],
      () => [],
    ][what]?.() ?? [];
  if (changes.length > 0) write(db, changes, { dealId: id, after: applyToDeal(now, changes) });
  if (what === 7 && version) putText(db, version.sha256, text);
}
