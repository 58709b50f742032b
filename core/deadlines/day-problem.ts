import { monthName } from './day-names.ts';
import { addDays, daysInMonth, plainDateOf } from './plain-date.ts';

/** Why a text is no calendar day, and what to write instead. Only for texts that `parsePlainDate` refuses. */
export function dayProblem(text: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return `Write a day as YYYY-MM-DD, such as 2026-06-02. This was given: ${text}.`;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  if (year < 1) return 'There is no year 0000.';
  if (month < 1 || month > 12) return `There is no month ${parts[2]}. Months are 01 to 12.`;
  if (day < 1) return 'There is no day 00. The first day of a month is 01.';
  const last = plainDateOf(year, month, daysInMonth(year, month));
  return `${monthName(month)} ${year} has ${daysInMonth(year, month)} days. Use ${last} or ${addDays(last, 1)}.`;
}
