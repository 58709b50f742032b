import { expect, test } from 'vitest';
import { plainDate } from '../../core/deadlines/plain-date.ts';
import { dayAsTyped, parseDayText, suggestionText } from './day-text.ts';

const TODAY = plainDate('2026-06-17');
const dayOf = (text: string) => {
  const read = parseDayText(text, TODAY);
  return read.kind === 'day' ? read.day : read.kind;
};

test.each([
  ['6/2', '2026-06-02'],
  ['6/2/27', '2027-06-02'],
  ['06-02-2026', '2026-06-02'],
  ['Jun 2', '2026-06-02'],
  ['june 2nd', '2026-06-02'],
  ['2 June', '2026-06-02'],
  ['Tue, June 2', '2026-06-02'],
  ['Sept. 9, 2026', '2026-09-09'],
  ['2026-06-02', '2026-06-02'],
  ['today', '2026-06-17'],
  ['Tomorrow', '2026-06-18'],
  ['fri', '2026-06-19'],
  ['next wednesday', '2026-06-24'],
  ['+3', '2026-06-20'],
  ['in 2 weeks', '2026-07-01'],
  ['-1', '2026-06-16'],
])('reads %s as %s', (text, day) => {
  expect(dayOf(text)).toBe(day);
});

test('without a year the nearest such day counts', () => {
  expect(parseDayText('Jan 5', TODAY)).toEqual({ kind: 'day', day: '2026-01-05' });
  expect(parseDayText('1/5', plainDate('2026-11-22'))).toEqual({ kind: 'day', day: '2027-01-05' });
  expect(parseDayText('12/28', plainDate('2027-01-03'))).toEqual({ kind: 'day', day: '2026-12-28' });
});

test('a day that no calendar has comes with the days it may have meant', () => {
  const read = parseDayText('June 31', TODAY);
  expect(read).toEqual({ kind: 'wrong', sentence: 'June has 30 days.', instead: ['2026-06-30', '2026-07-01'] });
  expect(parseDayText('2/29/2026', TODAY)).toMatchObject({
    sentence: 'February has 28 days.',
    instead: ['2026-02-28', '2026-03-01'],
  });
  expect(parseDayText('22/6', TODAY)).toMatchObject({ kind: 'wrong', instead: ['2026-06-22'] });
});

test('text that is no day says so, and nothing is no day', () => {
  expect(dayOf('soon')).toBe('wrong');
  expect(dayOf('6/2/0001')).toBe('wrong');
  expect(dayOf('   ')).toBe('empty');
});

test('what a day is edited as reads back as the same day, and so does a suggestion of this year', () => {
  const day = plainDate('2028-02-29');
  expect(parseDayText(dayAsTyped(day), TODAY)).toEqual({ kind: 'day', day });
  expect(parseDayText(suggestionText(plainDate('2026-06-30')), TODAY)).toEqual({ kind: 'day', day: '2026-06-30' });
});
