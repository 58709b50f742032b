import type { Weekday } from './plain-date.ts';

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

/** "June" of 6. Empty for a number that is no month. */
export function monthName(month: number): string {
  return MONTHS[month - 1] ?? '';
}

/** "Monday" of 1, as in ISO 8601. */
export function weekdayName(weekday: Weekday): string {
  return WEEKDAYS[weekday - 1] ?? '';
}
