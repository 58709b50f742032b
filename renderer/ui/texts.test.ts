import { expect, test } from 'vitest';
import { plainDate } from '../../core/deadlines/plain-date.ts';
import { longDay, rowDay, rowDistance } from './days.ts';
import { initialsOf } from './marks.tsx';
import { moneyText, parseMoney } from './money.ts';

const TODAY = plainDate('2026-06-17');

test('a day in a row and in a sentence; the year only if it is another', () => {
  expect(rowDay(plainDate('2026-06-22'), TODAY)).toBe('Mon, Jun 22');
  expect(longDay(plainDate('2026-06-22'), TODAY)).toBe('Monday, June 22');
  expect(longDay(plainDate('2027-01-04'), TODAY)).toBe('Monday, January 4, 2027');
});

test('how far a day is', () => {
  expect(rowDistance(plainDate('2026-06-12'), TODAY)).toBe('5 days late');
  expect(rowDistance(plainDate('2026-06-16'), TODAY)).toBe('1 day late');
  expect(rowDistance(TODAY, TODAY)).toBe('today');
  expect(rowDistance(plainDate('2026-06-18'), TODAY)).toBe('tomorrow');
  expect(rowDistance(plainDate('2026-06-23'), TODAY)).toBe('6 days');
  expect(rowDistance(plainDate('2026-07-10'), TODAY)).toBe('Jul 10');
});

test('money is written in dollars and read in the ways people type it', () => {
  expect(moneyText(64_200_000)).toBe('$642,000');
  expect(moneyText(1_450_050)).toBe('$14,500.50');
  for (const text of ['642000', '$642,000', '642k', '0.642m'])
    expect(parseMoney(text)).toEqual({ kind: 'cents', cents: 64_200_000 });
  expect(parseMoney('')).toEqual({ kind: 'empty' });
  expect(parseMoney('a lot').kind).toBe('wrong');
});

test('initials are those of the first and the last name', () => {
  expect(initialsOf('Noor Haddad')).toBe('NH');
  expect(initialsOf('Ana Lucía de la Vega')).toBe('AV');
  expect(initialsOf('Prince')).toBe('P');
  expect(initialsOf('')).toBe('?');
});
