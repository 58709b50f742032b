import { monthName } from '../deadlines/day-names.ts';
import { daysInMonth, monthOf, type PlainDate, parsePlainDate, plainDateOf, yearOf } from '../deadlines/plain-date.ts';
import { readPhone } from '../parties/phone.ts';
import { err, ok, type Result } from '../result.ts';
import { readState } from './address-states.ts';
import type { Question } from './intake-schema.ts';

/** A checked answer. Null: the person skipped it. "unknown": the person does not know. */
export type Answer = string | number | boolean | null;

export interface BadAnswer {
  readonly type: 'BadAnswer';
  readonly questionId: string;
  /** Says what to write instead. */
  readonly message: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/;
const TOP_CENTS = 100_000_000_000;

/** Checks what was typed or chosen and brings it to the form in which it is kept. */
export function readAnswer(question: Question, value: unknown, today: PlainDate): Result<Answer, BadAnswer> {
  const bad = (message: string) => err({ type: 'BadAnswer' as const, questionId: question.id, message });
  const given = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : value;
  if (given === null || given === undefined || given === '')
    return question.required ? bad(needed(question)) : ok(null);
  if (given === 'unknown') return question.allowUnknown ? ok('unknown') : bad(needed(question));
  const read = READERS[question.kind](given, question, today);
  return 'wrong' in read ? bad(read.wrong) : ok(read.value);
}

type Read = { readonly value: Answer } | { readonly wrong: string };
type Reader = (given: unknown, question: Question, today: PlainDate) => Read;

const READERS: Readonly<Record<Question['kind'], Reader>> = {
  choice: (given, { options }) =>
    options.some((option) => option.value === given)
      ? { value: String(given) }
      : { wrong: `Choose one of these: ${options.map((option) => option.label).join(', ')}.` },
  'yes-no': (given) => {
    if (typeof given === 'boolean') return { value: given };
    if (given === 'yes' || given === 'no') return { value: given === 'yes' };
    return { wrong: 'Answer yes or no.' };
  },
  year: readYear,
  money: readMoney,
  text: (given) => {
    if (typeof given !== 'string') return { wrong: 'Write it in words.' };
    return given.length > 200 ? { wrong: 'That is too long. Use 200 letters or fewer.' } : { value: given };
  },
  email: (given) =>
    typeof given === 'string' && EMAIL.test(given) && given.length <= 254
      ? { value: given.toLowerCase() }
      : { wrong: 'That is no e-mail address. It looks like name@example.com.' },
  phone: (given) => {
    const number = typeof given === 'string' ? readPhone(given) : null;
    return number === null
      ? { wrong: 'Write the whole number with its area code, like (916) 555-0123.' }
      : { value: number };
  },
  state: (given) => {
    const code = typeof given === 'string' ? readState(given) : null;
    return code === null
      ? { wrong: 'Write the state by its name or its two letters, like California or CA.' }
      : { value: code };
  },
  zip: (given) => {
    const found = typeof given === 'string' ? /^(\d{5})(?:-?\d{4})?$/.exec(given) : null;
    return found === null ? { wrong: 'A ZIP code has five digits.' } : { value: found[1] ?? null };
  },
  day: readDay,
};

function readYear(given: unknown, _question: Question, today: PlainDate): Read {
  const year =
    typeof given === 'number' ? given : typeof given === 'string' && /^\d{4}$/.test(given) ? Number(given) : 0;
  // Two years ahead: homes are sold before they are finished.
  const last = yearOf(today) + 2;
  if (!Number.isInteger(year) || year < 1600 || year > last)
    return {
      wrong: `Write the year with four digits, 1600 to ${last}. If you are not sure, say that you do not know.`,
    };
  return { value: year };
}

/** Dollars as typed ("$650,000", "1450.50") or a number of dollars, to whole cents. */
function readMoney(given: unknown): Read {
  const text = typeof given === 'number' ? String(given) : typeof given === 'string' ? given : '';
  const found = /^\$? ?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/.exec(text);
  if (found === null) return { wrong: 'Write an amount in dollars, like 650,000.' };
  const cents = Number((found[1] ?? '').replaceAll(',', '')) * 100 + Number((found[2] ?? '').padEnd(2, '0'));
  return cents > TOP_CENTS ? { wrong: 'That is more than a home costs. Check the zeros.' } : { value: cents };
}

function readDay(given: unknown): Read {
  const text = typeof given === 'string' ? given : '';
  const day = parsePlainDate(text);
  if (day !== null) return { value: day };
  const month = Number(text.slice(5, 7));
  const year = Number(text.slice(0, 4));
  const isShort =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && month >= 1 && month <= 12 && Number(text.slice(8)) > 28 && year > 0;
  if (!isShort) return { wrong: 'Choose a day from the calendar.' };
  const last = plainDateOf(year, month, daysInMonth(year, month));
  const name = monthName(month);
  const next = monthName((monthOf(last) % 12) + 1);
  return {
    wrong: `${name} has ${daysInMonth(year, month)} days. Use ${name} ${daysInMonth(year, month)} or ${next} 1.`,
  };
}

function needed(question: Question): string {
  return question.allowUnknown
    ? `Please answer "${question.ask}", or say that you do not know.`
    : `Please answer "${question.ask}"`;
}
