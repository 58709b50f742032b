import { expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import { readChange } from './read-change.ts';

const TODAY = plainDate('2026-06-17');

test('a bare number is a count of days, anything else a day, nothing goes back to the form', () => {
  expect(readChange('21', TODAY)).toEqual({ days: 21, on: null });
  expect(readChange(' 17 days ', TODAY)).toEqual({ days: 17, on: null });
  expect(readChange('Jun 23', TODAY)).toEqual({ days: null, on: '2026-06-23' });
  expect(readChange('', TODAY)).toEqual({ days: null, on: null });
  expect(readChange('June 31', TODAY)).toEqual({
    sentence: 'June has 30 days.',
    instead: ['2026-06-30', '2026-07-01'],
  });
});
