import { monthName } from '../../../core/deadlines/day-names.ts';
import { dayOfMonth, monthOf, type PlainDate } from '../../../core/deadlines/plain-date.ts';

/** "Aug 1": a day of these months, in a line of a list. */
export function shortDay(day: PlainDate): string {
  return `${monthName(monthOf(day)).slice(0, 3)} ${dayOfMonth(day)}`;
}
