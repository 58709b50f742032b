import { expect, test } from 'vitest';
import type { InboxItem, InboxView } from '../../../electron/contract/papers.ts';
import { between, firstRow, headline, nextAfter, rowsOf } from './order.ts';

const item = (id: string, more: Partial<InboxItem> = {}) => ({ id, state: 'new', filed: null, ...more }) as InboxItem;
const filed = (id: string, byRule: boolean) =>
  item(id, { state: 'filed', filed: { byRule } as NonNullable<InboxItem['filed']> });
const viewOf = (more: Partial<InboxView>): InboxView => ({
  held: [],
  reading: [],
  toConfirm: [],
  noIdea: [],
  refused: [],
  done: [],
  open: 0,
  came: 0,
  filed: 0,
  ...more,
});
const all = viewOf({
  held: [item('h')],
  toConfirm: [item('a'), item('b')],
  noIdea: [item('c')],
  reading: [item('r')],
  done: [filed('you', false), filed('rule', true), item('same', { state: 'same' })],
});
const rows = rowsOf(all);

test('the groups stand in the order of what they ask; what filed itself stands apart from what the person filed', () => {
  expect(rows.map((row) => `${row.group}:${row.item.id}`)).toEqual([
    'held:h',
    'confirm:a',
    'confirm:b',
    'unknown:c',
    'reading:r',
    'alone:rule',
    'alone:same',
    'done:you',
  ]);
});

test('the list opens on what can be confirmed, and on what is held only when nothing else waits', () => {
  expect(firstRow(rows)).toBe('a');
  expect(firstRow(rowsOf(viewOf({ held: [item('h')], done: [filed('x', true)] })))).toBe('h');
  expect(firstRow([])).toBeNull();
});

test('after an act the next that waits comes up, then the one above, never what is read or done', () => {
  expect(nextAfter(rows, ['a'])).toBe('b');
  expect(nextAfter(rows, ['b'])).toBe('c');
  expect(nextAfter(rows, ['c'])).toBe('b');
  expect(nextAfter(rows, ['a', 'b'])).toBe('c');
  const last = rowsOf(viewOf({ toConfirm: [item('a')], done: [filed('x', true)] }));
  expect(nextAfter(last, ['a'])).toBe('x');
  expect(nextAfter(rowsOf(viewOf({ toConfirm: [item('a')] })), ['a'])).toBeNull();
});

test('a range takes every row from one to the other, whichever was first', () => {
  expect(between(rows, 'c', 'a')).toEqual(['a', 'b', 'c']);
  expect(between(rows, 'gone', 'a')).toEqual(['a']);
});

test('the headline counts and does not call certain what a person filed', () => {
  const done = [filed('1', true), filed('2', true)];
  expect(headline(viewOf({ came: 11, filed: 2, open: 5, done }))).toBe(
    '11 files came in since yesterday. 2 were certain and are filed. 5 need a look.',
  );
  expect(headline(viewOf({ came: 1, filed: 1, open: 1, done: [filed('1', false)] }))).toBe(
    '1 file came in since yesterday. 1 is filed. 1 needs a look.',
  );
  expect(headline(viewOf({ open: 3, reading: [item('r')] }))).toBe('Nothing new since yesterday. 2 need a look.');
});
