import { dayText } from '../day-text.ts';
import { addDays, fromDayNumber, type PlainDate, toDayNumber, weekdayOf, yearOf } from '../plain-date.ts';
import { type HolidayRule, observedDay, occurrence } from './holiday-rule.ts';
import { lunarNewYear } from './lunar-new-year.ts';
import { type HolidaySetId, SETS } from './sets.ts';

export interface Holiday {
  readonly id: string;
  readonly on: PlainDate;
  readonly name: string;
  /** The Monday or Friday kept instead, or `on` itself. */
  readonly observedOn: PlainDate;
}

/** A day that is no landing and no business day. */
export interface Closed {
  /** "Juneteenth", "Independence Day, observed", "Saturday". */
  readonly name: string;
  readonly isHoliday: boolean;
  readonly warnings: readonly string[];
}

/**
 * A day that an office adds to one set because somebody it needs is closed: a proclamation, a county, a lender.
 * It names its set, so that a closed lender never changes the days of the closing disclosure rule by accident.
 */
export interface ExtraClosedDay {
  readonly setId: HolidaySetId;
  readonly on: PlainDate;
  readonly name: string;
}

export interface CalendarOptions {
  readonly setId: HolidaySetId;
  /** Whether the observed Monday or Friday is a holiday too. */
  readonly countsObserved: boolean;
  /** Switches of the set that differ from how it stands by itself. */
  readonly switches?: Readonly<Record<string, boolean>>;
  readonly extraClosed?: readonly ExtraClosedDay[];
}

/** One way of counting days. Its answers are kept by year, so asking again costs a look-up. Day numbers as in `plain-date.ts`. */
export interface Calendar {
  readonly setId: HolidaySetId;
  readonly unconfirmed: string | null;
  /** The holidays of a year in order, whatever is observed. */
  holidaysOf(year: number): readonly Holiday[];
  closedOn(dayNumber: number): Closed | null;
  /** A sentence when the day is open here but would not be under another reading of the list. */
  doubtAbout(dayNumber: number): string | null;
  /** A sentence when a holiday that is switched on has no known day in the year of this day. */
  gapAt(dayNumber: number): string | null;
}

export function createCalendar(options: CalendarOptions): Calendar {
  const set = SETS[options.setId];
  const days = createDays(options);
  return {
    setId: options.setId,
    unconfirmed: set.unconfirmed,
    holidaysOf: (year) => holidaysOf(set.rules.filter(days.isOn), year),
    closedOn(day) {
      days.need(day);
      const holiday = days.closed.get(day);
      if (holiday !== undefined) return holiday;
      return set.weekend.includes(weekdayNumber(day)) ? (WEEKEND[weekdayNumber(day) - 6] ?? null) : null;
    },
    doubtAbout(day) {
      days.need(day);
      return days.closed.has(day) ? null : (days.doubts.get(day) ?? null);
    },
    gapAt(day) {
      days.need(day);
      return days.gaps.size === 0 ? null : (days.gaps.get(yearOf(fromDayNumber(day))) ?? null);
    },
  };
}

/** What is closed and what is doubtful by day number, and which switched-on holidays lack a day by year; filled as years are needed. */
function createDays({ setId, countsObserved, switches = {}, extraClosed = [] }: CalendarOptions) {
  const closed = new Map<number, Closed>();
  const doubts = new Map<number, string>();
  const gaps = new Map<number, string>();
  const loaded = new Set<number>();
  const isOn = (rule: HolidayRule) => !rule.isSwitch || (switches[rule.id] ?? rule.isOn ?? false);
  for (const extra of extraClosed) if (extra.setId === setId) close(closed, toDayNumber(extra.on), extra.name, []);

  function load(rule: HolidayRule, year: number): void {
    const on = occurrence(rule, year);
    if (on === null) {
      if (isOn(rule) && lacksDay(rule, year)) gaps.set(year, gapText(rule, year));
      return;
    }
    const day = toDayNumber(on);
    if (!isOn(rule)) {
      doubts.set(day, `${rule.warning} It is switched off in this office.`);
      return;
    }
    close(closed, day, rule.name, warningsOf(rule, year));
    const observed = toDayNumber(observedDay(on, rule.shift));
    if (observed === day) return;
    const warnings = rule.shiftWarning ? [shiftText(rule.name, on, fromDayNumber(observed), rule.shiftWarning)] : [];
    if (countsObserved) close(closed, observed, `${rule.name}, observed`, warnings);
    else doubts.set(observed, observedDoubt(rule.name, fromDayNumber(observed)));
  }

  /** Loads the years around a day: an observed New Year's Day lies in the year before. */
  function need(day: number): void {
    const middle = 1970 + Math.floor(day / 365.2425);
    for (let year = middle - 1; year <= middle + 1; year += 1) {
      if (loaded.has(year)) continue;
      loaded.add(year);
      for (const rule of SETS[setId].rules) load(rule, year);
    }
  }

  return { closed, doubts, gaps, isOn, need };
}

function close(closed: Map<number, Closed>, day: number, name: string, warnings: readonly string[]): void {
  const already = closed.get(day);
  const both = already === undefined ? { name, warnings } : join(already, name, warnings);
  closed.set(day, { ...both, isHoliday: true });
}

function join(already: Closed, name: string, warnings: readonly string[]): Pick<Closed, 'name' | 'warnings'> {
  return { name: `${already.name}, ${name}`, warnings: [...already.warnings, ...warnings] };
}

function lacksDay(rule: HolidayRule, year: number): boolean {
  return rule.when.kind === 'listed' && year >= (rule.since ?? year);
}

const WEEKEND: readonly Closed[] = [
  { name: 'Saturday', isHoliday: false, warnings: [] },
  { name: 'Sunday', isHoliday: false, warnings: [] },
];

/** ISO weekday, Monday 1, of a day number. */
function weekdayNumber(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

function holidaysOf(rules: readonly HolidayRule[], year: number): readonly Holiday[] {
  const holidays: Holiday[] = [];
  for (const rule of rules) {
    const on = occurrence(rule, year);
    if (on !== null) holidays.push({ id: rule.id, on, name: rule.name, observedOn: observedDay(on, rule.shift) });
  }
  return holidays.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function warningsOf(rule: HolidayRule, year: number): readonly string[] {
  const warnings = rule.warning ? [rule.warning] : [];
  if (rule.when.kind !== 'lunar-new-year') return warnings;
  const { on, newMoonInCaliforniaOn } = lunarNewYear(year);
  if (on === newMoonInCaliforniaOn) return warnings;
  return [
    ...warnings,
    `Lunar New Year is ${dayText(on)} by its own calendar, but in California that new moon falls on ${dayText(newMoonInCaliforniaOn, yearOf(on))}. The statute names no clock; ask if it matters.`,
  ];
}

function gapText(rule: HolidayRule, year: number): string {
  return `${rule.name} is switched on, but its day in ${year} is not known here. Add it as a closed day of the office.`;
}

function shiftText(name: string, on: PlainDate, observed: PlainDate, warning: string): string {
  return `${name} falls on ${dayText(on)} and is kept on ${dayText(observed, yearOf(on))}. ${warning}`;
}

function observedDoubt(name: string, observed: PlainDate): string {
  const actual = addDays(observed, weekdayOf(observed) === 5 ? 1 : -1);
  return `${name} falls on ${dayText(actual)} and many offices close on ${dayText(observed, yearOf(actual))} instead. That this day counts as a holiday here is not confirmed, so it does not.`;
}
