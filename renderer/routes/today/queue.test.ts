import { expect, test } from 'vitest';
import type { TodayItem } from '../../../electron/contract/values.ts';
import { heldInPlace, inGroups } from './queue.ts';

const item = (taskId: string) => ({ taskId }) as TodayItem;
const ids = (items: readonly TodayItem[]) => items.map(({ taskId }) => taskId).join('');
const shown = ['a', 'b', 'c', 'd'].map(item);

test('the finished row keeps its place while it is selected', () => {
  expect(ids(heldInPlace(shown, ['a', 'c', 'd'].map(item), 'b'))).toBe('abcd');
});

test('it leaves when another row is selected', () => {
  expect(ids(heldInPlace(shown, ['a', 'c', 'd'].map(item), 'c'))).toBe('acd');
});

test('rows that arrive or go around it do not move it past its neighbours', () => {
  expect(ids(heldInPlace(shown, ['c', 'x', 'd'].map(item), 'b'))).toBe('bcxd');
  expect(ids(heldInPlace(shown, [], 'b'))).toBe('b');
});

test('a selection that was never shown changes nothing', () => {
  expect(ids(heldInPlace(shown, ['a'].map(item), 'z'))).toBe('a');
});

test('groups do not mix, and within one the order of the records stays', () => {
  const items = [
    { taskId: 'a', state: 'late' },
    { taskId: 'b', state: 'blocked' },
    { taskId: 'c', state: 'due' },
    { taskId: 'd', state: 'blocked' },
    { taskId: 'e', state: 'late' },
  ] as TodayItem[];
  expect(ids(inGroups(items))).toBe('aecbd');
});
