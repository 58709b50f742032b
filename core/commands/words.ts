import { monthName, weekdayName } from '../deadlines/day-names.ts';
import { dayOfMonth, monthOf, type PlainDate, weekdayOf, yearOf } from '../deadlines/plain-date.ts';

/** "Monday, June 22, 2026": a day inside a sentence that outlives its year (journals, refusals). */
export function formatDay(day: PlainDate): string {
  return `${weekdayName(weekdayOf(day))}, ${monthName(monthOf(day))} ${dayOfMonth(day)}, ${yearOf(day)}`;
}

/** "$642,000", with cents only when there are some. */
export function formatMoney(cents: number): string {
  const whole = Math.trunc(Math.abs(cents) / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = Math.abs(cents) % 100;
  return `${cents < 0 ? '-' : ''}$${whole}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`;
}

/** "two", "three"; figures from eleven on. */
export function countInWords(count: number): string {
  return (
    ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'][count] ?? String(count)
  );
}

/** Shortens a text that a person wrote for use inside a sentence. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`;
}
