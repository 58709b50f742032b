import { err, ok, type Result } from '../result.ts';
import type { Calendar } from './calendars/calendar.ts';
import { describeCount, describeRoll, describeStay, zoneText } from './count-words.ts';
import { dayText, timeText } from './day-text.ts';
import { fromDayNumber, type PlainDate, toDayNumber, yearOf } from './plain-date.ts';
import type { DayKind, Direction, MetDay, Step } from './steps.ts';

/** The years for which holidays are known. */
export const FIRST_YEAR = 2020;
export const LAST_YEAR = 2060;
export const MOST_DAYS = 3650;

export interface Roll {
  readonly to: 'next' | 'previous' | 'none';
  /** A sentence for when the count does land on a weekend or holiday, because the form leaves it open. */
  readonly warning: string | null;
}

/** Every parameter of one count (domain.md section 1), with nothing left open. */
export interface CountRule {
  readonly direction: Direction;
  readonly dayKind: DayKind;
  /** Periods of at most `upTo` days count business days only. */
  readonly shortPeriod: { readonly upTo: number } | null;
  readonly roll: Roll;
  /** An anchor on a day that does not count is taken as the counting day before it (closing disclosures). */
  readonly anchorRolls: boolean;
  /** What arrives after this local time counts as the next day. */
  readonly lateAfter: string | null;
  /** Local end of the last day, `HH:MM`. */
  readonly endsAt: string;
  readonly endWarning: string | null;
  /** Whether the day found is the last day to do it, or the first day on which it may happen. */
  readonly finds: 'last-day' | 'first-day';
  /** Sentences said with every result of this rule. */
  readonly remarks: readonly string[];
  readonly zone: string;
  readonly calendar: Calendar;
}

export interface CountRequest {
  readonly from: PlainDate;
  readonly days: number;
  /** What the day is: "Acceptance". */
  readonly anchor: string;
  /** Local time of receipt, where the form asks for it. */
  readonly receivedAt?: string | undefined;
}

export interface CountResult {
  readonly on: PlainDate;
  /** Local end of the day, `HH:MM`. */
  readonly at: string;
  readonly zone: string;
  /** Where the count landed before any roll. */
  readonly raw: PlainDate;
  readonly steps: readonly Step[];
}

export type CountError =
  | { readonly type: 'DayOutOfRange'; readonly on: PlainDate; readonly message: string }
  | { readonly type: 'DaysOutOfRange'; readonly days: number; readonly message: string };

/** Counts days by one rule and says how. Source of the parameters: domain.md section 1. */
export function countDays(rule: CountRule, request: CountRequest): Result<CountResult, CountError> {
  const refusal = refuse(request);
  if (refusal !== null) return err(refusal);
  const year = yearOf(request.from);
  const steps: Step[] = [];
  const start = startDay(rule, request, steps);
  const raw = countFrom(rule, request.days, start, steps, year);
  const landed = land(rule, raw, steps, year);
  warn(rule, steps, raw, landed);
  steps.push(endStep(rule, landed));
  return ok({ on: fromDayNumber(landed), at: rule.endsAt, zone: rule.zone, raw: fromDayNumber(raw), steps });
}

export function outOfRange(on: PlainDate): CountError | null {
  const year = yearOf(on);
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return null;
  return {
    type: 'DayOutOfRange',
    on,
    message: `Holidays are known from ${FIRST_YEAR} to ${LAST_YEAR}, and ${on} is outside. Check the year.`,
  };
}

function refuse({ from, days }: CountRequest): CountError | null {
  if (!Number.isInteger(days) || days < 0 || days > MOST_DAYS) {
    const back = days < 0 ? ' To count back, ask for days before.' : '';
    const message = `A period is a whole number of days from 0 to ${MOST_DAYS}, and this one is ${days}.${back}`;
    return { type: 'DaysOutOfRange', days, message };
  }
  return outOfRange(from);
}

function startDay(rule: CountRule, { from, anchor, receivedAt }: CountRequest, steps: Step[]): number {
  const day = toDayNumber(from);
  steps.push({
    rule: 'day-zero',
    from,
    to: from,
    anchor,
    why: `Day 0 is ${dayText(from)} (${anchor}). It is not counted.`,
  });
  if (rule.lateAfter !== null && receivedAt !== undefined && receivedAt > rule.lateAfter) {
    const to = fromDayNumber(day + 1);
    const why = `It came at ${timeText(receivedAt)}, after ${timeText(rule.lateAfter)}, so it counts as received on ${dayText(to, yearOf(from))}.`;
    steps.push({ rule: 'received-late', from, to, receivedAt, after: rule.lateAfter, why });
    return day + 1;
  }
  return rule.anchorRolls ? rollAnchor(rule, day, steps) : day;
}

function rollAnchor(rule: CountRule, start: number, steps: Step[]): number {
  const { day, met } = walkPastClosed(rule.calendar, start, -1);
  if (met.length === 0) return start;
  const from = fromDayNumber(start);
  const to = fromDayNumber(day);
  const why = `${dayText(from)} does not count (${met[0]?.name}), so the count starts from ${dayText(to, yearOf(from))}, the counting day before it.`;
  steps.push({ rule: 'anchor-roll', from, to, met, why });
  return day;
}

function countFrom(rule: CountRule, days: number, start: number, steps: Step[], year: number): number {
  const sign = rule.direction === 'after' ? 1 : -1;
  const isShort = rule.shortPeriod !== null && days <= rule.shortPeriod.upTo && rule.dayKind === 'calendar';
  const dayKind = isShort ? 'business' : rule.dayKind;
  const skipped: MetDay[] = [];
  let day = start;
  if (dayKind === 'calendar') day += sign * days;
  else
    for (let left = days; left > 0; ) {
      day += sign;
      const closed = rule.calendar.closedOn(day);
      if (closed === null) left -= 1;
      else skipped.push({ on: fromDayNumber(day), name: closed.name });
    }
  const from = fromDayNumber(start);
  const to = fromDayNumber(day);
  const words = {
    days,
    direction: rule.direction,
    dayKind,
    skipped,
    shortUpTo: isShort ? rule.shortPeriod.upTo : null,
  };
  const why = describeCount({ ...words, from, to, year });
  steps.push({ rule: 'count', from, to, days, direction: rule.direction, dayKind, skipped, why });
  return day;
}

function land(rule: CountRule, raw: number, steps: Step[], year: number): number {
  const closed = rule.calendar.closedOn(raw);
  if (closed === null) return raw;
  const from = fromDayNumber(raw);
  if (rule.roll.to === 'none') {
    const met = [{ on: from, name: closed.name }];
    steps.push({ rule: 'stays', from, to: from, met, why: describeStay(met, year, rule.roll.warning !== null) });
    return raw;
  }
  const { day, met } = walkPastClosed(rule.calendar, raw, rule.roll.to === 'next' ? 1 : -1);
  const to = fromDayNumber(day);
  steps.push({ rule: 'roll', from, to, direction: rule.roll.to, met, why: describeRoll(met, to, rule.roll.to, year) });
  return day;
}

function walkPastClosed(calendar: Calendar, start: number, sign: 1 | -1): { day: number; met: MetDay[] } {
  const met: MetDay[] = [];
  let day = start;
  for (let closed = calendar.closedOn(day); closed !== null; closed = calendar.closedOn(day)) {
    met.push({ on: fromDayNumber(day), name: closed.name });
    day += sign;
  }
  return { day, met };
}

/** Adds a sentence for everything that is open: the form's silence, a holiday that may or may not be one, a list that is not confirmed. */
function warn(rule: CountRule, steps: Step[], raw: number, landed: number): void {
  const to = fromDayNumber(landed);
  const said = new Map<string, PlainDate | null>();
  const didNotFit = rule.calendar.closedOn(raw) !== null;
  if (didNotFit && rule.roll.warning !== null) said.set(rule.roll.warning, null);
  if (consultsCalendar(rule, steps)) warnOfDays(rule, steps, landed, said);
  if (receivedIntoClosed(rule, steps)) said.set(LATE_INTO_CLOSED, null);
  if (rule.endWarning !== null) said.set(rule.endWarning, null);
  if (outOfRange(to) !== null) said.set(AFTER_KNOWN_YEARS, to);
  for (const remark of rule.remarks) said.set(remark, null);
  for (const [why, about] of said) steps.push({ rule: 'warning', from: to, to, about, why });
}

const AFTER_KNOWN_YEARS = `Holidays are known from ${FIRST_YEAR} to ${LAST_YEAR}. Beyond that they are counted as if no law changes.`;
const LATE_INTO_CLOSED =
  'The next day is a weekend or holiday. If the clause means the next business day, the period ends one business day later; this is the earlier reading.';

function receivedIntoClosed(rule: CountRule, steps: readonly Step[]): boolean {
  return steps.some((step) => step.rule === 'received-late' && rule.calendar.closedOn(toDayNumber(step.to)) !== null);
}

function consultsCalendar(rule: CountRule, steps: readonly Step[]): boolean {
  return rule.roll.to !== 'none' || steps.some((step) => step.rule === 'count' && step.dayKind !== 'calendar');
}

function warnOfDays(
  rule: CountRule,
  steps: readonly Step[],
  landed: number,
  said: Map<string, PlainDate | null>,
): void {
  let touchedHoliday = false;
  for (const day of touchedDays(steps, landed)) {
    const closed = rule.calendar.closedOn(day);
    if (closed?.isHoliday) touchedHoliday = true;
    for (const warning of closed?.warnings ?? []) said.set(warning, fromDayNumber(day));
    const doubt = rule.calendar.doubtAbout(day);
    if (doubt !== null) said.set(doubt, fromDayNumber(day));
    const gap = rule.calendar.gapAt(day);
    if (gap !== null) said.set(gap, null);
  }
  if (touchedHoliday && rule.calendar.unconfirmed !== null) said.set(rule.calendar.unconfirmed, null);
}

/** The days whose standing decided the result: all days of a business count, and where it landed. */
function touchedDays(steps: readonly Step[], landed: number): ReadonlySet<number> {
  const days = new Set<number>();
  for (const step of steps) {
    if (step.rule === 'roll' || step.rule === 'anchor-roll') for (const met of step.met) days.add(toDayNumber(met.on));
    if (step.rule !== 'count' || step.dayKind === 'calendar') continue;
    const sign = step.direction === 'after' ? 1 : -1;
    const end = toDayNumber(step.to);
    for (let day = toDayNumber(step.from); day !== end; ) {
      day += sign;
      days.add(day);
    }
  }
  return days.add(landed);
}

function endStep(rule: CountRule, landed: number): Step {
  const on = fromDayNumber(landed);
  const why =
    rule.finds === 'first-day'
      ? `The first day is ${dayText(on)}. Days count here, not hours.`
      : `The day ends at ${timeText(rule.endsAt)}, ${zoneText(rule.zone)}.`;
  return { rule: 'ends', from: on, to: on, at: rule.endsAt, zone: rule.zone, why };
}
