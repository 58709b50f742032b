import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  daysBetween,
  fromDayNumber,
  parsePlainDate,
  plainDate,
  toDayNumber,
  weekdayOf,
} from './plain-date.ts';

describe('plain dates', () => {
  test('refuses days that do not exist', () => {
    for (const text of [
      '2026-06-31',
      '2025-02-29',
      '1900-02-29',
      '2026-13-01',
      '2026-00-10',
      '26-6-1',
      '',
      '0000-01-01',
    ]) {
      expect(parsePlainDate(text)).toBeNull();
    }
    expect(parsePlainDate('2024-02-29')).toBe('2024-02-29');
  });

  test('agrees with the platform on day numbers and weekdays, 1600-2400', () => {
    fc.assert(
      fc.property(fc.integer({ min: -135_140, max: 157_054 }), (n) => {
        const day = fromDayNumber(n);
        const platform = new Date(n * 86_400_000);
        expect(day).toBe(platform.toISOString().slice(0, 10));
        expect(toDayNumber(day)).toBe(n);
        expect(weekdayOf(day) % 7).toBe(platform.getUTCDay());
      }),
    );
  });

  test('adds over leap days and year ends', () => {
    expect(addDays(plainDate('2028-02-28'), 2)).toBe('2028-03-01');
    expect(addDays(plainDate('2026-12-31'), 1)).toBe('2027-01-01');
    expect(daysBetween(plainDate('2026-06-02'), plainDate('2026-06-19'))).toBe(17);
  });
});
