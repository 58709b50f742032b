import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../core/deadlines/plain-date.ts';
import { foldText } from '../../core/deals/fold-text.ts';
import { type Deal, SIDES, STAGES, type Stage } from '../../core/deals/model.ts';
import type { Db } from '../handles.ts';
import { makeDeal, mustOpen, putDeal, summarise, TODAY, tempFolder } from '../testing.ts';
import { type BoardFilter, boardColumn, boardCounts, boardSql } from './board.ts';
import { DEAL_SQL, readDeal } from './deal.ts';
import { FIND_SQL, findByText, similarDeals } from './find.ts';
import { JOURNAL_SQL } from './journal.ts';
import { activeDealCount, dealsDueBy, TODAY_SQL } from './today.ts';

const COUNT = 300;
const deals: readonly Deal[] = Array.from({ length: COUNT }, (_, n) => makeDeal(n));
const active = deals.filter((deal) => deal.row.outcome === null);

let db: Db;
let remove: () => void;
beforeAll(() => {
  const temp = tempFolder();
  remove = temp.remove;
  db = mustOpen(temp.folder);
  for (const deal of deals) putDeal(db, deal);
});
afterAll(() => {
  db.close();
  remove();
});

const anyFilter: fc.Arbitrary<BoardFilter> = fc.record(
  {
    ownerId: fc.constantFrom('m-noor', 'm-theo', 'nobody'),
    sides: fc.subarray([...SIDES]),
    states: fc.subarray(['CA', 'TX', 'FL', 'ZZ']),
    closingWithinDays: fc.nat({ max: 70 }),
    onlyMissing: fc.boolean(),
  },
  { requiredKeys: [] },
);

describe('the board', () => {
  test('property: under any filter, page after page, it is what a plain filter and sort give', () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom(...STAGES), fc.integer({ min: 1, max: 40 }), (filter, stage, limit) => {
        expect(allPages(stage, filter, limit)).toEqual(naive(stage, filter).map((deal) => deal.row.id));
      }),
      { numRuns: 150 },
    );
  });

  test('property: its counts are those of its columns', () => {
    fc.assert(
      fc.property(anyFilter, (filter) => {
        const { total, byStage } = boardCounts(db.read, { filter, today: TODAY });
        for (const stage of STAGES) expect(byStage[stage]).toBe(naive(stage, filter).length);
        expect(total).toBe(STAGES.reduce((sum, stage) => sum + byStage[stage], 0));
      }),
      { numRuns: 60 },
    );
  });

  test('a card is the summary with the deal behind it', () => {
    const row = boardColumn(db.read, { stage: 'closing', filter: {}, today: TODAY, after: null, limit: 1 }).rows[0];
    const deal = deals.find((candidate) => candidate.row.id === row?.dealId);
    if (!deal) throw new Error('no such deal');
    const { searchText: _, ...summary } = summarise(deal);
    const { street, unit, city, state, side, stage, ownerId, isSample } = deal.row;
    expect(row).toEqual({ ...summary, street, unit, city, state, side, stage, ownerId, isSample });
  });

  test('a cursor that nobody made is a defect', () => {
    const query = { stage: 'closing', filter: {}, today: TODAY, limit: 1 } as const;
    expect(() => boardColumn(db.read, { ...query, after: '[1]' })).toThrow('not a cursor');
    expect(() => boardColumn(db.read, { ...query, after: 'x' })).toThrow();
  });
});

describe('today', () => {
  test('is the active deals with an open task by hand or a next one that is due, most urgent first', () => {
    const until = addDays(TODAY, 1);
    const days = new Map<string, string>();
    for (const { row, tasks } of active) {
      const due = tasks.flatMap(({ doneOn, dueOn }) =>
        doneOn === null && dueOn !== null && dueOn <= until ? [dueOn] : [],
      );
      const first = due.toSorted()[0];
      if (first !== undefined) days.set(row.id, first);
    }
    const expected = [...days].toSorted(([a, on], [b, other]) => (`${on} ${a}` < `${other} ${b}` ? -1 : 1));
    expect(dealsDueBy(db.read, until)).toEqual(expected.map(([id]) => id));
    expect(activeDealCount(db.read)).toBe(active.length);
  });

  test('a deal whose next task has its day from a rule is there', () => {
    const temp = tempFolder();
    const other = mustOpen(temp.folder);
    const deal = makeDeal(5000);
    putDeal(other, { ...deal, row: { ...deal.row, outcome: null, closedOn: null }, tasks: [] });
    expect(dealsDueBy(other.read, TODAY)).toEqual([]);
    other.raw.exec(`UPDATE summary SET next_task_id = 't1', next_on = '${TODAY}', sort_on = '${TODAY}'`);
    expect(dealsDueBy(other.read, TODAY)).toEqual([deal.row.id]);
    other.close();
    temp.remove();
  });
});

describe('finding', () => {
  test('every deal whose texts hold all words, whatever case and accents', () => {
    for (const text of ['marlowe', 'CANADA', 'nunez', 'san ramon 9', 'harbor', 'achterberg quarry']) {
      const words = foldText(text).split(' ');
      const expected = deals.filter((deal) => words.every((word) => summarise(deal).searchText.includes(word)));
      const found = findByText(db.read, text, 10_000).deals.map((deal) => deal.dealId);
      expect(new Set(found)).toEqual(new Set(expected.map((deal) => deal.row.id)));
    }
  });

  test('an address that begins so comes before a word that does, and active deals before closed ones', () => {
    const first = active[3];
    if (!first) throw new Error('no deal');
    const found = findByText(db.read, first.row.street.slice(0, 6), 20);
    expect(found.deals[0]?.dealId).toBe(first.row.id);
    const states = findByText(db.read, 'marlowe', 10_000).deals.map((deal) => deal.isActive);
    expect(states.lastIndexOf(true)).toBeLessThan(states.indexOf(false));
  });

  test('people are those who hold the words themselves', () => {
    const { people } = findByText(db.read, 'zoe nun', 500);
    expect(people.length).toBeGreaterThan(0);
    for (const person of people) expect(foldText(person.name)).toBe('zoe nunez');
  });

  test('percent, underscore and quotes are letters like any other', () => {
    for (const text of ['%', '_', "'", '"', '\\', '%marlowe']) expect(findByText(db.read, text, 10).deals).toEqual([]);
    expect(findByText(db.read, '   ', 10)).toEqual({ deals: [], people: [] });
    expect(findByText(db.read, 'a b c d e f g h i j k l m', 10).deals.length).toBeLessThanOrEqual(10);
  });

  test('deals that may be at the same address: by house number or ZIP code', () => {
    const deal = deals[10];
    if (!deal) throw new Error('no deal');
    const plate = summarise(deal).plate;
    const found = similarDeals(db.read, { zip: deal.row.zip, plate, limit: 100 }).map((row) => row.dealId);
    const expected = deals.filter((other) => other.row.zip === deal.row.zip || summarise(other).plate === plate);
    expect(new Set(found)).toEqual(new Set(expected.map((other) => other.row.id)));
    expect(similarDeals(db.read, { zip: '', plate: '', limit: 100 })).toEqual([]);
  });
});

describe('plans are part of the contract', () => {
  const page = (filter: BoardFilter, after: string | null = null) =>
    boardSql({ stage: 'closing', filter, today: TODAY, after, limit: 50 });
  const cursor = JSON.stringify(['2026-06-01', 'a', 'b']);
  const all: BoardFilter = { sides: ['buyer'], states: ['CA'], closingWithinDays: 30, onlyMissing: true };

  test.each([
    ['first page', page({}), 'SEARCH s USING INDEX summary_board (stage=?)'],
    [
      'later page',
      page({}, cursor),
      'SEARCH s USING INDEX summary_board (stage=? AND (sort_on,sort_street,deal_id)>(?,?,?))',
    ],
    ['every filter', page(all), 'SEARCH s USING INDEX summary_board (stage=?)'],
    ['of one owner', page({ ownerId: 'm' }), 'SEARCH s USING INDEX summary_board_owner (owner_id=? AND stage=?)'],
    [
      'of one owner, later, filtered',
      page({ ...all, ownerId: 'm' }, cursor),
      'SEARCH s USING INDEX summary_board_owner',
    ],
  ])('board: %s', (_, { sql, params }, walk) => {
    const plan = explain(sql, params);
    expect(plan).toContain(walk);
    expect(plan).toContain('SEARCH d USING INDEX sqlite_autoindex_deal_1 (id=?)');
    expect(plan).not.toMatch(/TEMP B-TREE|SCAN [sd]/);
  });

  test.each([
    [
      'today by hand',
      TODAY_SQL.byHand,
      [TODAY],
      'SEARCH task USING COVERING INDEX task_open_due (due_on>? AND due_on<?)',
    ],
    ['today, next', TODAY_SQL.byNext, [TODAY], 'SEARCH summary USING COVERING INDEX summary_next (next_on<?)'],
    ['deals that are active', TODAY_SQL.activeIds, [], 'SCAN summary USING COVERING INDEX summary_'],
    ['a deal', DEAL_SQL.deal, ['x'], 'SEARCH deal USING INDEX sqlite_autoindex_deal_1 (id=?)'],
    ['its tasks', DEAL_SQL.task, ['x'], 'SEARCH task USING INDEX task_deal (deal_id=?)'],
    ['its people', DEAL_SQL.person, ['x'], 'SEARCH person USING INDEX person_deal (deal_id=?)'],
    ['its notes', DEAL_SQL.note, ['x'], 'SEARCH note USING INDEX note_deal (deal_id=?)'],
    ['its anchors', DEAL_SQL.anchor, ['x'], 'SEARCH anchor USING INDEX anchor_deal (deal_id=?)'],
    ['its milestones', DEAL_SQL.milestone, ['x'], 'SEARCH milestone USING INDEX milestone_deal (deal_id=?)'],
    [
      'its activity',
      JOURNAL_SQL.activity,
      ['x', 9, 9],
      'SEARCH command_log USING INDEX command_log_history (deal_id=? AND number<?)',
    ],
    [
      'last change of a row',
      JOURNAL_SQL.lastChangeOf,
      ['task', 'x'],
      'USING COVERING INDEX change_log_row (table_name=? AND row_id=?)',
    ],
    ['its history', JOURNAL_SQL.ofDeal, ['x'], 'SEARCH command_log USING INDEX command_log_history (deal_id=?)'],
    [
      'the changes of its history',
      JOURNAL_SQL.changesOfDeal,
      ['x'],
      'SEARCH l USING COVERING INDEX command_log_history (deal_id=?)',
    ],
    [
      'changes of a command',
      JOURNAL_SQL.changes,
      [1],
      'SEARCH change_log USING INDEX sqlite_autoindex_change_log_1 (seq=?)',
    ],
    [
      'one command',
      JOURNAL_SQL.byCommand,
      ['x'],
      'SEARCH command_log USING INDEX command_log_command_id_unique (command_id=?)',
    ],
    [
      'what took it back',
      JOURNAL_SQL.undoneBy,
      ['x'],
      'SEARCH command_log USING INDEX command_log_command_id_unique (command_id=?)',
    ],
    ['texts', FIND_SQL.walk(2), ['a', 'b'], 'SCAN summary USING COVERING INDEX summary_search'],
    ['same ZIP code', FIND_SQL.similar, ['1', 9], 'SEARCH d USING INDEX deal_zip (zip=?)'],
    ['same number', FIND_SQL.similarPlate, ['1', 9], 'SEARCH s USING INDEX summary_plate (plate=?)'],
  ])('%s', (_, sql, params, walk) => {
    const plan = explain(sql, params);
    expect(plan).toContain(walk);
    expect(plan).not.toContain('TEMP B-TREE');
  });

  test('counts come from the board indexes alone while nothing narrows them', () => {
    const sql = 'SELECT s.stage, count(*) AS n FROM summary AS s WHERE s.is_active = 1 GROUP BY s.stage';
    expect(explain(sql, [])).toContain('USING COVERING INDEX summary_board');
    expect(explain(sql, [])).not.toContain('TEMP B-TREE');
  });
});

test('a deal that is not here is null', () => {
  expect(readDeal(db.read, 'nowhere')).toBeNull();
});

function allPages(stage: Stage, filter: BoardFilter, limit: number): readonly string[] {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page = boardColumn(db.read, { stage, filter, today: TODAY, after, limit });
    ids.push(...page.rows.map((row) => row.dealId));
    after = page.after;
  } while (after !== null);
  return ids;
}

function naive(stage: Stage, filter: BoardFilter): readonly Deal[] {
  return active
    .filter((deal) => {
      const { closingOn, missing } = summarise(deal);
      if (deal.row.stage !== stage) return false;
      if (filter.ownerId !== undefined && deal.row.ownerId !== filter.ownerId) return false;
      if (filter.sides?.length && !filter.sides.includes(deal.row.side)) return false;
      if (filter.states?.length && !filter.states.includes(deal.row.state)) return false;
      if (filter.onlyMissing && missing === 0) return false;
      if (filter.closingWithinDays === undefined) return true;
      return closingOn !== null && closingOn <= addDays(TODAY, filter.closingWithinDays);
    })
    .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

function sortKey(deal: Deal): string {
  const { nextOn, streetName, plate } = summarise(deal);
  return [nextOn ?? '~', foldText(streetName), plate.padStart(8, '0'), deal.row.id].join('\u0000');
}

function explain(sql: string, params: readonly unknown[]): string {
  const rows = db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...params) as { detail: string }[];
  return rows.map((row) => row.detail).join('\n');
}
