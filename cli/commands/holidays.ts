import { createCalendar } from '../../core/deadlines/calendars/calendar.ts';
import { HOLIDAY_SETS, type HolidaySetId, switchesOf } from '../../core/deadlines/calendars/sets.ts';
import { FIRST_YEAR, LAST_YEAR } from '../../core/deadlines/count.ts';
import { err, ok, type Result } from '../../core/result.ts';
import { type Answer, type Command, refusal, value } from '../answer.ts';
import { needed, readPairs, readWords } from '../words.ts';

export const holidays: Command = {
  usage: `closeboard holidays --set ${HOLIDAY_SETS.join('|')} --year YYYY [--option NAME=on|off]`,
  run(words) {
    const read = readRequest(words);
    if (!read.ok) return read.error;
    const { setId, year, switches } = read.value;
    const calendar = createCalendar({ setId, countsObserved: true, switches });
    return value(calendar.holidaysOf(year).map(({ on, name, observedOn }) => ({ on, name, observedOn })));
  },
};

interface Request {
  readonly setId: HolidaySetId;
  readonly year: number;
  readonly switches: Readonly<Record<string, boolean>>;
}

function readRequest(words: readonly string[]): Result<Request, Answer> {
  const flags = readWords(words, {
    set: { type: 'string' },
    year: { type: 'string' },
    option: { type: 'string', multiple: true },
  });
  if (!flags.ok) return flags;
  const set = needed('--set', flags.value.set);
  if (!set.ok) return set;
  const year = needed('--year', flags.value.year);
  if (!year.ok) return year;
  const setId = HOLIDAY_SETS.find((id) => id === set.value);
  if (setId === undefined) {
    const message = `There is no holiday set ${set.value}. Use one of: ${HOLIDAY_SETS.join(', ')}.`;
    return err(refusal({ type: 'UnknownSet', message }));
  }
  const number = /^\d{4}$/.test(year.value) ? Number(year.value) : 0;
  if (number < FIRST_YEAR || number > LAST_YEAR) {
    const message = `Holidays are known from ${FIRST_YEAR} to ${LAST_YEAR}, and ${year.value} is outside. Check the year.`;
    return err(refusal({ type: 'YearOutOfRange', message }));
  }
  const switches = readSwitches(setId, flags.value.option);
  return switches.ok ? ok({ setId, year: number, switches: switches.value }) : switches;
}

function readSwitches(
  setId: HolidaySetId,
  texts: readonly string[] | undefined,
): Result<Record<string, boolean>, Answer> {
  const pairs = readPairs('--option', texts);
  if (!pairs.ok) return pairs;
  const names = switchesOf(setId).map((each) => each.id);
  const switches: Record<string, boolean> = {};
  for (const [name, text] of Object.entries(pairs.value)) {
    if (!names.includes(name)) {
      const known = names.length === 0 ? 'This set has none.' : `Use one of: ${names.join(', ')}.`;
      return err(refusal({ type: 'UnknownOption', message: `${setId} has no option ${name}. ${known}` }));
    }
    if (text !== 'on' && text !== 'off') {
      return err(refusal({ type: 'BadOptionValue', message: `Option ${name} is on or off, and was given ${text}.` }));
    }
    switches[name] = text === 'on';
  }
  return ok(switches);
}
