import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { ExtraClosedDay } from '../core/deadlines/calendars/calendar.ts';
import type { HolidaySetId } from '../core/deadlines/calendars/sets.ts';
import { dayProblem } from '../core/deadlines/day-problem.ts';
import type { OptionValues } from '../core/deadlines/pack.ts';
import { type PlainDate, parsePlainDate } from '../core/deadlines/plain-date.ts';
import { err, ok, type Result } from '../core/result.ts';
import { type Answer, refusal, usage } from './answer.ts';

export type Words<T extends NonNullable<ParseArgsConfig['options']>> = ReturnType<
  typeof parseArgs<{ options: T; strict: true; allowPositionals: false }>
>['values'];

/** The flags of a command, or the sentence that says what is wrong with them. */
export function readWords<const T extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  options: T,
): Result<Words<T>, Answer> {
  try {
    const args = joinNegatives(words);
    const { values, tokens } = parseArgs({ args, options, strict: true, allowPositionals: false, tokens: true });
    const fault = flagFault(tokens, options);
    return fault === null ? ok(values) : err(usage(fault));
  } catch (error) {
    // parseArgs throws its findings; anything else is a defect.
    if (!(error instanceof TypeError) || !('code' in error)) throw error;
    return err(usage(`${error.message.split('.')[0]}.`));
  }
}

/** An empty value, or a second one where one is taken: the last would win in silence and the count be another. */
function flagFault(
  tokens: readonly { readonly kind: string; readonly name?: string; readonly value?: string | undefined }[],
  options: NonNullable<ParseArgsConfig['options']>,
): string | null {
  const seen = new Set<string>();
  for (const { kind, name, value } of tokens) {
    if (kind !== 'option' || name === undefined || options[name]?.type !== 'string') continue;
    if (value === '') return `--${name} is missing.`;
    if (seen.has(name) && !options[name].multiple) return `--${name} is given twice. Keep one of them.`;
    seen.add(name);
  }
  return null;
}

/** A flag that has to be given. */
export function needed(flag: string, text: string | undefined): Result<string, Answer> {
  return text === undefined ? err(usage(`${flag} is missing.`)) : ok(text);
}

export function readDay(flag: string, text: string): Result<PlainDate, Answer> {
  const day = parsePlainDate(text);
  return day === null ? err(refusal({ type: 'NotADay', message: `${flag}: ${dayProblem(text)}` })) : ok(day);
}

export function readWholeNumber(flag: string, text: string): Result<number, Answer> {
  if (/^-?\d{1,15}$/.test(text)) return ok(Number(text));
  const message = `${flag}: ${text} is no whole number of days. Write it in digits, such as 17.`;
  return err(refusal({ type: 'NotANumber', message }));
}

/** `NAME=VALUE` words as a record; a name given twice is refused. */
export function readPairs(flag: string, texts: readonly string[] = []): Result<OptionValues, Answer> {
  const pairs = new Map<string, string>();
  for (const text of texts) {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) return err(usage(`${flag} takes NAME=VALUE, and was given ${text}.`));
    const name = text.slice(0, at);
    if (pairs.has(name)) {
      return err(refusal({ type: 'GivenTwice', message: `${flag} ${name} is given twice. Keep one of them.` }));
    }
    pairs.set(name, text.slice(at + 1));
  }
  return ok(Object.fromEntries(pairs));
}

/** `YYYY-MM-DD` or `YYYY-MM-DD=Why` words, as closed days of one holiday set. */
export function readClosedDays(
  setId: HolidaySetId,
  texts: readonly string[] = [],
): Result<readonly ExtraClosedDay[], Answer> {
  const days: ExtraClosedDay[] = [];
  for (const text of texts) {
    const at = text.indexOf('=');
    const day = readDay('--closed', at < 0 ? text : text.slice(0, at));
    if (!day.ok) return day;
    days.push({ setId, on: day.value, name: at < 0 ? 'closed in this office' : text.slice(at + 1) });
  }
  return ok(days);
}

/** `--days -3` is a number to refuse with a sentence, not a flag called 3. */
function joinNegatives(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const next = words[i + 1] ?? '';
    if (word === '--days' && /^-\d/.test(next)) {
      joined.push(`${word}=${next}`);
      i += 1;
    } else joined.push(word);
  }
  return joined;
}
