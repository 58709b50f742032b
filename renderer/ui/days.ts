import { monthName, weekdayName as nameOfWeekday } from '../../core/deadlines/day-names.ts';
import {
  dayOfMonth,
  daysBetween,
  monthOf,
  type PlainDate,
  parsePlainDate,
  weekdayOf,
  yearOf,
} from '../../core/deadlines/plain-date.ts';

export function weekdayName(day: PlainDate): string {
  return nameOfWeekday(weekdayOf(day));
}

/** In rows: "Mon, Jun 22"; the year only if it is not this year's. */
export function rowDay(day: PlainDate, today: PlainDate): string {
  return `${weekdayName(day).slice(0, 3)}, ${shortDay(day, today)}`;
}

/** "Jun 22" */
export function shortDay(day: PlainDate, today: PlainDate): string {
  return `${monthName(monthOf(day)).slice(0, 3)} ${dayOfMonth(day)}${yearText(day, today)}`;
}

/** In sentences: "Monday, June 22". */
export function longDay(day: PlainDate, today: PlainDate): string {
  return `${weekdayName(day)}, ${monthName(monthOf(day))} ${dayOfMonth(day)}${yearText(day, today)}`;
}

/** How far a day is, as a row says it: "5 days late", "today", "tomorrow", "6 days", then the day itself. */
export function rowDistance(day: PlainDate, today: PlainDate): string {
  const days = daysBetween(today, day);
  if (days < 0) return `${days === -1 ? '1 day' : `${-days} days`} late`;
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  return days <= 7 ? `${days} days` : shortDay(day, today);
}

/** An instant in a list: the time if it was today, the weekday within a week, else the day. */
export function rowInstant(at: string, today: PlainDate): string {
  const moment = new Date(at);
  const day = localDay(moment);
  const ago = daysBetween(day, today);
  if (ago <= 0) return clockTime(moment);
  return ago < 7 ? weekdayName(day).slice(0, 3) : shortDay(day, today);
}

/** "Today, 9:00 AM", "Yesterday, 6:00 PM", "Mon, Jun 15, 6:00 PM". */
export function fullInstant(at: string, today: PlainDate): string {
  const moment = new Date(at);
  const day = localDay(moment);
  const ago = daysBetween(day, today);
  const which = ago === 0 ? 'Today' : ago === 1 ? 'Yesterday' : rowDay(day, today);
  return `${which}, ${clockTime(moment)}`;
}

/** "4:12 PM" in the zone of this computer. */
export function clockTime(moment: Date): string {
  const hours = moment.getHours();
  return `${hours % 12 === 0 ? 12 : hours % 12}:${String(moment.getMinutes()).padStart(2, '0')} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** The calendar day of an instant on this computer. */
export function localDay(moment: Date): PlainDate {
  const pad = (value: number) => String(value).padStart(2, '0');
  const text = `${String(moment.getFullYear()).padStart(4, '0')}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
  return parsePlainDate(text) ?? (text as PlainDate);
}

function yearText(day: PlainDate, today: PlainDate): string {
  return yearOf(day) === yearOf(today) ? '' : `, ${yearOf(day)}`;
}
