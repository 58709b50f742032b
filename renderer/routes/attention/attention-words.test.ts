import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { AttentionItem } from '../../../electron/contract/sync.ts';
import { inKinds, keepTheirs, readThird } from './attention-words.ts';

const TODAY = plainDate('2026-06-17');

test('choices stand first, then what was sent back, then replaced words; within one the order stays', () => {
  const items = [
    { id: 'a', kind: 'overwrite' },
    { id: 'b', kind: 'refused' },
    { id: 'c', kind: 'conflict' },
    { id: 'd', kind: 'refused' },
  ] as AttentionItem[];
  expect(inKinds(items).map(({ id }) => id)).toEqual(['c', 'b', 'd', 'a']);
});

test('the button names whose value it keeps, and nobody when nobody is named', () => {
  expect(keepTheirs('Theo Lindqvist')).toBe('Keep Theo’s');
  expect(keepTheirs('James Okafor')).toBe('Keep James’');
  expect(keepTheirs('')).toBe('Keep theirs');
  expect(keepTheirs('A colleague')).toBe('Keep theirs');
  expect(keepTheirs('You, on another computer,')).toBe('Keep the other one');
});

test('a third value is read as the field asks for it', () => {
  expect(readThird('day', 'Jul 2', TODAY)).toEqual({ kind: 'value', value: '2026-07-02' });
  expect(readThird('day', 'June 31', TODAY)).toMatchObject({ kind: 'wrong', sentence: 'June has 30 days.' });
  expect(readThird('money', '$642,000', TODAY)).toEqual({ kind: 'value', value: 64_200_000 });
  expect(readThird('money', 'lots', TODAY)).toMatchObject({ kind: 'wrong' });
  expect(readThird('choice', 'cash', TODAY)).toEqual({ kind: 'value', value: 'cash' });
  expect(readThird('days-or-day', '21', TODAY)).toEqual({ kind: 'value', value: { days: 21, on: null } });
  expect(readThird('days-or-day', 'Jun 23', TODAY)).toEqual({ kind: 'value', value: { days: null, on: '2026-06-23' } });
  for (const input of ['day', 'money', 'choice', 'days-or-day'] as const)
    expect(readThird(input, '  ', TODAY)).toMatchObject({ kind: 'empty' });
});
