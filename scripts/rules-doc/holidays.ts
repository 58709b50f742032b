import { createCalendar } from '../../core/deadlines/calendars/calendar.ts';
import type { HolidayRule } from '../../core/deadlines/calendars/holiday-rule.ts';
import { HOLIDAY_SETS, type HolidaySetId, SETS } from '../../core/deadlines/calendars/sets.ts';
import { dayText, listText } from '../../core/deadlines/day-text.ts';

const YEARS = [2026, 2027, 2028];
const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];
const SHIFTS = {
  none: 'kept on its own day',
  monday: 'a Sunday moves to Monday',
  both: 'a Saturday moves to Friday, a Sunday to Monday',
} as const;

/** One section for each holiday set: its rules, its switches, and its days in the coming years. */
export function holidaySections(): readonly string[] {
  return ['## Holidays', ...HOLIDAY_SETS.map(holidaySection)];
}

function holidaySection(setId: HolidaySetId): string {
  const set = SETS[setId];
  const never = listText(set.weekend.map((weekday) => WEEKDAYS[weekday - 1] ?? ''));
  return [
    `### ${set.title} (\`${setId}\`)`,
    '',
    `Source: ${set.source}. ${never} are never business days.${set.unconfirmed ? ` ${set.unconfirmed}` : ''}`,
    '',
    ...set.rules.map(ruleLine),
    '',
    ...YEARS.map((year) => `- ${year}: ${daysOf(setId, year)}`),
  ].join('\n');
}

function ruleLine(rule: HolidayRule): string {
  const years = rule.since === undefined ? '' : `, since ${rule.since}`;
  const kept = rule.when.kind === 'fixed' || rule.shift !== 'none' ? `, ${SHIFTS[rule.shift]}` : '';
  const toggle = rule.isSwitch ? ` Switch \`${rule.id}\`, ${rule.isOn ? 'on' : 'off'} until an office changes it.` : '';
  const warnings = [rule.warning, rule.shiftWarning]
    .filter((warning) => warning !== undefined)
    .map((warning) => ` “${warning}”`);
  return `- ${rule.name.replace(/\.$/, '')}${years}${kept}. Source: ${rule.source}.${toggle}${warnings.join('')}`;
}

function daysOf(setId: HolidaySetId, year: number): string {
  const calendar = createCalendar({ setId, countsObserved: true });
  return calendar
    .holidaysOf(year)
    .map(({ on, name, observedOn }) => {
      const kept = observedOn === on ? '' : `, observed ${dayText(observedOn, year)}`;
      return `${dayText(on, year)} (${name}${kept})`;
    })
    .join('; ');
}
