import { countText, dayText, listText } from './day-text.ts';
import { type PlainDate, weekdayOf } from './plain-date.ts';
import type { DayKind, Direction, MetDay } from './steps.ts';

/** Time zones that a US property can be in, and how people there call them. */
export const ZONES: Readonly<Record<string, string>> = {
  'America/New_York': 'Eastern time',
  'America/Detroit': 'Eastern time',
  'America/Indiana/Indianapolis': 'Eastern time',
  'America/Chicago': 'Central time',
  'America/Denver': 'Mountain time',
  'America/Boise': 'Mountain time',
  'America/Phoenix': 'Mountain time without daylight saving',
  'America/Los_Angeles': 'Pacific time',
  'America/Anchorage': 'Alaska time',
  'Pacific/Honolulu': 'Hawaii time',
};

const UNITS: Readonly<Record<DayKind, string>> = {
  calendar: 'calendar day',
  business: 'business day',
  trid: 'specific business day',
};

export interface CountWords {
  readonly days: number;
  readonly direction: Direction;
  readonly dayKind: DayKind;
  readonly skipped: readonly MetDay[];
  /** The longest period that counts business days only, when that is why this one does. */
  readonly shortUpTo: number | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly year: number;
}

export function zoneText(zone: string): string {
  return ZONES[zone] ?? zone;
}

export function describeCount({ days, direction, dayKind, skipped, shortUpTo, from, to, year }: CountWords): string {
  const unit = UNITS[dayKind];
  if (days === 0) return `No days are added: it is ${dayText(to, year)} itself.`;
  const count = `${countText(days, unit)} ${direction} ${dayText(from, year)} is ${dayText(to, year)}.`;
  const short = shortUpTo === null ? '' : ` Periods of ${shortUpTo} days or less count business days only.`;
  const passed = skipped.length === 0 ? '' : ` Not counted: ${describeDays(skipped, year)}.`;
  return count + short + passed;
}

export function describeRoll(
  met: readonly MetDay[],
  to: PlainDate,
  direction: 'next' | 'previous',
  year: number,
): string {
  const day = direction === 'next' ? 'next' : 'earlier';
  return `It cannot fall on ${describeDays(met, year, 'or')}, so it moves to the ${day} open day, ${dayText(to, year)}.`;
}

export function describeStay(met: readonly MetDay[], year: number, isOpen: boolean): string {
  return isOpen
    ? `It falls on ${describeDays(met, year)} and is shown there, unmoved.`
    : `It falls on ${describeDays(met, year)}, and this period does not move for that.`;
}

/** "Sat, July 4 (Independence Day) and Sun, July 5"; long runs of weekends in a count are named once. */
function describeDays(days: readonly MetDay[], year: number, joint: 'and' | 'or' = 'and'): string {
  const holidays = days.filter((day) => !isPlainWeekend(day));
  if (days.length - holidays.length <= 4) {
    return listText(
      sorted(days).map((day) => dayWithName(day, year)),
      joint,
    );
  }
  return listText(['weekends', ...sorted(holidays).map((day) => dayWithName(day, year))], joint);
}

function dayWithName(day: MetDay, year: number): string {
  return isPlainWeekend(day) ? dayText(day.on, year) : `${dayText(day.on, year)} (${day.name})`;
}

function isPlainWeekend({ on, name }: MetDay): boolean {
  return weekdayOf(on) >= 6 && (name === 'Saturday' || name === 'Sunday');
}

function sorted(days: readonly MetDay[]): readonly MetDay[] {
  return [...days].sort((a, b) => (a.on < b.on ? -1 : 1));
}
