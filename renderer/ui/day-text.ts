import { monthName } from '../../core/deadlines/day-names.ts';
import {
  addDays,
  daysBetween,
  daysInMonth,
  type PlainDate,
  parsePlainDate,
  plainDateOf,
  weekdayOf,
  yearOf,
} from '../../core/deadlines/plain-date.ts';
import { weekdayName } from './days.ts';

export type DayText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'day'; readonly day: PlainDate }
  | { readonly kind: 'wrong'; readonly sentence: string; readonly instead: readonly PlainDate[] };

const MONTH_WORDS = Array.from({ length: 12 }, (_, index) => monthName(index + 1).toLowerCase());
const DAY_WORDS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Reads a day as a person types it: "6/2", "6/2/26", "Jun 2", "2 June", "2026-06-02", "today", "fri", "+3".
 * Without a year the nearest such day counts. A day that no calendar has comes with the days it may have meant.
 */
export function parseDayText(text: string, today: PlainDate): DayText {
  const words = text
    .toLowerCase()
    .replace(/(\d)(st|nd|rd|th)\b/g, '$1')
    .replace(/[.,]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (words === '') return { kind: 'empty' };
  const said = relativeDay(words, today);
  if (said !== null) return { kind: 'day', day: said };
  const parts = calendarParts(words);
  if (parts === null)
    return { kind: 'wrong', sentence: 'This does not read as a day. Write it like Jun 2 or 6/2.', instead: [] };
  return dayFromParts(parts, today);
}

interface Parts {
  readonly month: number;
  readonly day: number;
  readonly year: number | null;
}

function relativeDay(words: string, today: PlainDate): PlainDate | null {
  if (words === 'today') return today;
  if (words === 'tomorrow') return addDays(today, 1);
  if (words === 'yesterday') return addDays(today, -1);
  const shift = /^(?:in )?([+-]?)(\d{1,3})(?: ?(d|day|days|w|week|weeks))?$/.exec(words);
  if (shift !== null && (shift[1] !== '' || shift[3] !== undefined)) {
    const size = Number(shift[2]) * (shift[3]?.startsWith('w') ? 7 : 1);
    return addDays(today, shift[1] === '-' ? -size : size);
  }
  return namedWeekday(words.replace(/^(next|this|on) /, ''), today);
}

/** The next such weekday after today. */
function namedWeekday(word: string, today: PlainDate): PlainDate | null {
  if (!/^[a-z]{3,9}$/.test(word)) return null;
  const index = DAY_WORDS.findIndex((name) => name.startsWith(word));
  if (index < 0) return null;
  const ahead = (index + 1 - weekdayOf(today) + 7) % 7;
  return addDays(today, ahead === 0 ? 7 : ahead);
}

function calendarParts(words: string): Parts | null {
  const bare = words.replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]* /, '');
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(bare);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const us = /^(\d{1,2})[/\- ](\d{1,2})(?:[/\- ](\d{2}|\d{4}))?$/.exec(bare);
  if (us) return { month: Number(us[1]), day: Number(us[2]), year: fullYear(us[3]) };
  const monthFirst = /^([a-z]{3,9}) ?(\d{1,2})(?: (\d{2}|\d{4}))?$/.exec(bare);
  if (monthFirst) return named(monthFirst[1], monthFirst[2], monthFirst[3]);
  const dayFirst = /^(\d{1,2}) ?([a-z]{3,9})(?: (\d{2}|\d{4}))?$/.exec(bare);
  return dayFirst ? named(dayFirst[2], dayFirst[1], dayFirst[3]) : null;
}

function named(word: string | undefined, day: string | undefined, year: string | undefined): Parts | null {
  const typed = word === 'sept' ? 'sep' : (word ?? '');
  const index = MONTH_WORDS.findIndex((month) => month.startsWith(typed));
  return index < 0 ? null : { month: index + 1, day: Number(day), year: fullYear(year) };
}

function fullYear(text: string | undefined): number | null {
  if (text === undefined) return null;
  return text.length === 2 ? 2000 + Number(text) : Number(text);
}

function dayFromParts(parts: Parts, today: PlainDate): DayText {
  if (parts.month < 1 || parts.month > 12)
    return {
      kind: 'wrong',
      sentence: 'A year has 12 months. Write the month first, like 6/2.',
      instead: swapped(parts, today),
    };
  const year = parts.year ?? nearestYear(parts, today);
  if (year < 1900 || year > 2200) return { kind: 'wrong', sentence: `The year ${year} is too far away.`, instead: [] };
  const last = daysInMonth(year, parts.month);
  if (parts.day >= 1 && parts.day <= last) return { kind: 'day', day: plainDateOf(year, parts.month, parts.day) };
  const end = plainDateOf(year, parts.month, last);
  return { kind: 'wrong', sentence: `${monthName(parts.month)} has ${last} days.`, instead: [end, addDays(end, 1)] };
}

/** "22/6" was perhaps meant the other way round. */
function swapped(parts: Parts, today: PlainDate): readonly PlainDate[] {
  if (parts.day < 1 || parts.day > 12) return [];
  const turned = dayFromParts({ month: parts.day, day: parts.month, year: parts.year }, today);
  return turned.kind === 'day' ? [turned.day] : [];
}

function nearestYear(parts: Parts, today: PlainDate): number {
  const now = yearOf(today);
  const far = (year: number) => {
    const day = Math.min(Math.max(parts.day, 1), daysInMonth(year, parts.month));
    return Math.abs(daysBetween(today, plainDateOf(year, parts.month, day)));
  };
  return [now, now + 1, now - 1].reduce((best, year) => (far(year) < far(best) ? year : best));
}

/** "Tue, June 30", as a suggestion says it. */
export function suggestionText(day: PlainDate): string {
  return `${weekdayName(day).slice(0, 3)}, ${monthName(Number(day.slice(5, 7)))} ${Number(day.slice(8, 10))}`;
}

/** The text that a known day is edited as. */
export function dayAsTyped(day: PlainDate | null): string {
  if (day === null || parsePlainDate(day) === null) return '';
  return `${monthName(Number(day.slice(5, 7))).slice(0, 3)} ${Number(day.slice(8, 10))}, ${yearOf(day)}`;
}
