import { monthName, weekdayName } from './day-names.ts';
import { dayOfMonth, monthOf, type PlainDate, weekdayOf, yearOf } from './plain-date.ts';

/** "Tue, June 2", with the year when it is not the one that the reader has in mind: "Mon, January 4, 2027". */
export function dayText(day: PlainDate, knownYear?: number): string {
  const text = `${weekdayName(weekdayOf(day)).slice(0, 3)}, ${monthName(monthOf(day))} ${dayOfMonth(day)}`;
  const year = yearOf(day);
  return year === knownYear ? text : `${text}, ${year}`;
}

/** In a row: "Mon, Jun 22", with the year when it is not the known one. */
export function rowDayText(day: PlainDate, knownYear?: number): string {
  const text = `${weekdayName(weekdayOf(day)).slice(0, 3)}, ${monthName(monthOf(day)).slice(0, 3)} ${dayOfMonth(day)}`;
  const year = yearOf(day);
  return year === knownYear ? text : `${text}, ${year}`;
}

/** "11:59 PM" of "23:59". */
export function timeText(time: string): string {
  const hours = Number(time.slice(0, 2));
  return `${hours % 12 === 0 ? 12 : hours % 12}:${time.slice(3)} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** "A", "A and B", "A, B and C", or with "or". */
export function listText(parts: readonly string[], joint: 'and' | 'or' = 'and'): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} ${joint} ${parts[parts.length - 1]}`;
}

/** "1 day", "3 days". */
export function countText(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
