import {
  addDays,
  daysInMonth,
  type PlainDate,
  plainDate,
  plainDateOf,
  type Weekday,
  weekdayOf,
} from '../plain-date.ts';
import { goodFriday } from './easter.ts';
import { lunarNewYear } from './lunar-new-year.ts';

/** When a holiday falls in a year. */
export type When =
  | { readonly kind: 'fixed'; readonly month: number; readonly day: number }
  | { readonly kind: 'nth'; readonly month: number; readonly weekday: Weekday; readonly nth: 1 | 2 | 3 | 4 }
  | { readonly kind: 'last'; readonly month: number; readonly weekday: Weekday }
  | { readonly kind: 'day-after-thanksgiving' }
  | { readonly kind: 'election-day' }
  | { readonly kind: 'good-friday' }
  | { readonly kind: 'lunar-new-year' }
  /** A list of days; other years have none, because no source was found for them. */
  | { readonly kind: 'listed'; readonly days: readonly string[] };

/**
 * What a holiday on a weekend does to the days around it:
 * `none` nothing; `monday` a Sunday moves to Monday; `both` also a Saturday to Friday.
 */
export type Shift = 'none' | 'monday' | 'both';

export interface HolidayRule {
  readonly id: string;
  readonly name: string;
  readonly when: When;
  readonly shift: Shift;
  /** First and last year in which it is a holiday; absent means before and after 2020-2060. */
  readonly since?: number;
  readonly until?: number;
  /** Where the rule and its effective year were read. */
  readonly source: string;
  /** An office may turn it on or off, because no source settles it. `isOn` is how it stands when nobody has. */
  readonly isSwitch?: true;
  readonly isOn?: boolean;
  /** A sentence for everyone whose date it touches (or would touch, were it on). */
  readonly warning?: string;
  /** A sentence for those whose date its observed Monday or Friday touches. */
  readonly shiftWarning?: string;
}

/** The day in a year, or null when it is no holiday that year. */
export function occurrence(rule: HolidayRule, year: number): PlainDate | null {
  if (year < (rule.since ?? year) || year > (rule.until ?? year)) return null;
  const { when } = rule;
  switch (when.kind) {
    case 'fixed':
      return plainDateOf(year, when.month, when.day);
    case 'nth':
      return nthWeekday(year, when.month, when.weekday, when.nth);
    case 'last':
      return lastWeekday(year, when.month, when.weekday);
    case 'day-after-thanksgiving':
      return addDays(nthWeekday(year, 11, 4, 4), 1);
    case 'election-day':
      return addDays(nthWeekday(year, 11, 1, 1), 1);
    case 'good-friday':
      return goodFriday(year);
    case 'lunar-new-year':
      return lunarNewYear(year).on;
    case 'listed': {
      const day = when.days.find((text) => text.startsWith(`${year}-`));
      return day === undefined ? null : plainDate(day);
    }
  }
}

export function observedDay(on: PlainDate, shift: Shift): PlainDate {
  const weekday = weekdayOf(on);
  if (weekday === 7 && shift !== 'none') return addDays(on, 1);
  if (weekday === 6 && shift === 'both') return addDays(on, -1);
  return on;
}

function nthWeekday(year: number, month: number, weekday: Weekday, nth: number): PlainDate {
  const first = plainDateOf(year, month, 1);
  return addDays(first, ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1));
}

function lastWeekday(year: number, month: number, weekday: Weekday): PlainDate {
  const last = plainDateOf(year, month, daysInMonth(year, month));
  return addDays(last, -((weekdayOf(last) - weekday + 7) % 7));
}
