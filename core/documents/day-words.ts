import { dayOfMonth, monthOf, type PlainDate, parsePlainDate, yearOf } from '../deadlines/plain-date.ts';
import type { Instant } from '../deals/model.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** "June 3, 2026": a day in a sentence that may be read years later, so with its year. */
export function dayInWords(day: PlainDate): string {
  return `${MONTHS[monthOf(day) - 1]} ${dayOfMonth(day)}, ${yearOf(day)}`;
}

/** The UTC day of an instant, in words. */
export function instantInWords(instant: Instant): string {
  const day = parsePlainDate(instant.slice(0, 10));
  return day === null ? instant : dayInWords(day);
}
