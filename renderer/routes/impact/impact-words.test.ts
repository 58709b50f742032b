import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { impactWith, rowOf } from '../../testing/impact.ts';
import { cellsOf, countWords, datesHead, inSentence, staysWords, stepWords, tasksHead } from './impact-words.ts';

const TODAY = plainDate('2026-06-17');
const said = (from: string | null, to: string | null) => ({
  ...{ kind: 'anchor' as const, id: 'closing', title: 'Close of escrow' },
  from: from === null ? null : plainDate(from),
  to: to === null ? null : plainDate(to),
});

test('a step on a day is called by what it does to it', () => {
  expect(stepWords(said('2026-07-02', '2026-07-10'), TODAY)).toEqual({
    title: 'Move close of escrow',
    verb: 'Move it to Jul 10',
    leave: 'Keep Jul 2',
  });
  expect(stepWords(said(null, '2027-01-04'), TODAY)).toMatchObject({
    title: 'Set close of escrow',
    verb: 'Set it to Jan 4, 2027',
    leave: 'Leave it open',
  });
  expect(stepWords(said('2026-07-02', null), TODAY).verb).toBe('Take the day away');
  expect(stepWords(said('2026-07-02', '2026-07-02'), TODAY).title).toBe('Set close of escrow');
  expect(inSentence('MEC')).toBe('MEC');
});

test('the head over the dates says how many move and by how much', () => {
  const one = rowOf('a', 'A', '2026-07-01', '2026-07-09', { days: 8, isSaid: true });
  const other = rowOf('b', 'B', '2026-07-02', '2026-07-07', { days: 5 });
  const moved = said('2026-07-01', '2026-07-09');
  expect(datesHead(impactWith())).toEqual(['No date moves', '']);
  expect(datesHead(impactWith({ said: [moved], dates: [one] }))).toEqual(['1 date moves', '']);
  expect(datesHead(impactWith({ said: [moved], dates: [one, { ...other, days: 8 }] }))[1]).toBe('8 days later');
  expect(datesHead(impactWith({ said: [moved], dates: [one, other] }))).toEqual([
    '2 dates move',
    '8 days later, unless a rule says otherwise',
  ]);
  expect(datesHead(impactWith({ dates: [one, rowOf('c', 'C', null, '2026-07-01')] }))).toEqual([
    '2 dates change',
    '1 moves, 1 gets its day',
  ]);
  const gone = { ...other, kind: 'dropped' as const };
  expect(datesHead(impactWith({ dates: [gone, { ...gone, id: 'd' }] }))[0]).toBe('2 dropped dates');
});

test('each kind of row says where it stood and where it would stand', () => {
  const row = rowOf('a', 'A', '2026-07-01', '2026-07-09');
  const cells = (kind: typeof row.kind) => cellsOf({ ...row, kind }, TODAY);
  expect(cells('moves')).toEqual(['Wed, Jul 1', 'Thu, Jul 9']);
  expect(cells('new')).toEqual(['new', 'Thu, Jul 9']);
  expect(cells('dropped')).toEqual(['Wed, Jul 1', 'not asked for']);
  expect(cells('closes')).toEqual(['Wed, Jul 1', 'counts no more']);
  expect(cells('opens')).toEqual(['counts again', 'Thu, Jul 9']);
  expect(cellsOf(rowOf('a', 'A', null, '2026-07-09'), TODAY)).toEqual(['no day yet', 'Thu, Jul 9']);
  expect(cellsOf(rowOf('a', 'A', '2026-07-01', null), TODAY)).toEqual(['Wed, Jul 1', 'no day']);
});

test('counts and what stays are told in words', () => {
  const row = rowOf('a', 'A', '2026-07-01', '2026-07-09');
  expect(countWords([row, row, { kind: 'new' }, { kind: 'dropped' }])).toBe('2 move, 1 new, 1 dropped');
  const stays = [
    { because: 'counted from Acceptance', titles: ['Deposit', 'Appraisal'] },
    { because: 'set by hand', titles: ['Walk-through'] },
  ];
  expect(staysWords(impactWith({ stays }))).toEqual([
    3,
    'Deposit, Appraisal (counted from Acceptance); Walk-through (set by hand)',
  ]);
});

test('the tasks are told as a person would say it', () => {
  const row = rowOf('a', 'A', '2026-07-01', '2026-07-09');
  const dates = [row, { ...row, id: 'b' }];
  const tasks = Array.from({ length: 12 }, (_, at) => ({ ...row, id: `t${at}` }));
  expect(tasksHead({ dates, tasks })).toEqual(['12 tasks move with them', '']);
  expect(tasksHead({ dates: [row], tasks: [row] })).toEqual(['1 task moves with it', '']);
  expect(tasksHead({ dates: [], tasks })).toEqual(['12 tasks move', '']);
  expect(tasksHead({ dates, tasks: [{ ...row, kind: 'new' as const }] })).toEqual(['1 new task', '']);
  expect(tasksHead({ dates, tasks: [row, { ...row, id: 'n', kind: 'new' as const }] })).toEqual([
    '2 tasks change',
    '1 moves, 1 new',
  ]);
  expect(tasksHead({ dates, tasks: [] })).toEqual(['', '']);
});
