import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import { parseDayText } from '../../ui/day-text.ts';

type Change = { readonly days: number | null; readonly on: PlainDate | null };

/** "21" or "21 days" is a count, anything else a day; nothing goes back to the form. */
export function readChange(
  text: string,
  today: PlainDate,
): Change | { readonly sentence: string; readonly instead: readonly PlainDate[] } {
  const count = /^(\d{1,4})(?: days?)?$/.exec(text.trim());
  if (count !== null) return { days: Number(count[1]), on: null };
  const read = parseDayText(text, today);
  if (read.kind === 'wrong') return { sentence: read.sentence, instead: read.instead };
  return { days: null, on: read.kind === 'day' ? read.day : null };
}
