/**
 * Calendar days without time or zone, as ISO text `YYYY-MM-DD` (proleptic Gregorian, years 0001-9999).
 * Text sorts, compares and stores as it is; arithmetic goes through whole day numbers.
 */
export type PlainDate = string & { readonly __brand: 'PlainDate' };

/** Monday is 1, Sunday is 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** The day, or null when the text is no real calendar day (`2026-06-31`, `2025-02-29`, `26-6-1`). */
export function parsePlainDate(text: string): PlainDate | null {
  if (!SHAPE.test(text)) return null;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return text as PlainDate;
}

/** A day that the caller knows to be real (a literal, a computed one). Throws on anything else. */
export function plainDate(text: string): PlainDate {
  const day = parsePlainDate(text);
  if (day === null) throw new RangeError(`not a calendar day: ${text}`);
  return day;
}

export function plainDateOf(year: number, month: number, day: number): PlainDate {
  return plainDate(
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
  );
}

export function yearOf(day: PlainDate): number {
  return Number(day.slice(0, 4));
}

export function monthOf(day: PlainDate): number {
  return Number(day.slice(5, 7));
}

export function dayOfMonth(day: PlainDate): number {
  return Number(day.slice(8, 10));
}

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whole days since 1970-01-01 (negative before). Source: the days-from-civil algorithm of Howard Hinnant. */
export function toDayNumber(day: PlainDate): number {
  const month = monthOf(day);
  const year = yearOf(day) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth(day) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function fromDayNumber(dayNumber: number): PlainDate {
  const shifted = dayNumber + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` as PlainDate;
}

export function addDays(day: PlainDate, days: number): PlainDate {
  return fromDayNumber(toDayNumber(day) + days);
}

/** `to - from` in whole days. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return toDayNumber(to) - toDayNumber(from);
}

export function weekdayOf(day: PlainDate): Weekday {
  return (((((toDayNumber(day) + 3) % 7) + 7) % 7) + 1) as Weekday;
}
