import { monthName } from '../deadlines/day-names.ts';
import { dayOfMonth, monthOf, type PlainDate, parsePlainDate, yearOf } from '../deadlines/plain-date.ts';
import type { Instant } from '../deals/model.ts';

/** "June 3, 2026": a day in a sentence that may be read years later, so with its year. */
export function dayInWords(day: PlainDate): string {
  return `${monthName(monthOf(day))} ${dayOfMonth(day)}, ${yearOf(day)}`;
}

/** The UTC day of an instant, in words. */
export function instantInWords(instant: Instant): string {
  const day = parsePlainDate(instant.slice(0, 10));
  return day === null ? instant : dayInWords(day);
}
