import { fromDayNumber, type PlainDate, toDayNumber } from './plain-date.ts';

/** A day that a count passed over or a landing met, and why: "Juneteenth", "Saturday". */
export interface MetDay {
  readonly on: PlainDate;
  readonly name: string;
}

export type Direction = 'after' | 'before';
export type DayKind = 'calendar' | 'business' | 'trid';

interface StepBase {
  readonly from: PlainDate;
  readonly to: PlainDate;
  /** A finished sentence for a person. */
  readonly why: string;
}

/** One step of a count. The data alone is enough to walk it again (`replay`), without any calendar. */
export type Step =
  | (StepBase & { readonly rule: 'day-zero'; readonly anchor: string })
  | (StepBase & { readonly rule: 'received-late'; readonly receivedAt: string; readonly after: string })
  | (StepBase & { readonly rule: 'anchor-roll'; readonly met: readonly MetDay[] })
  | (StepBase & {
      readonly rule: 'count';
      readonly days: number;
      readonly direction: Direction;
      readonly dayKind: DayKind;
      /** Days passed over because they do not count; none for calendar days. */
      readonly skipped: readonly MetDay[];
    })
  | (StepBase & { readonly rule: 'roll'; readonly direction: 'next' | 'previous'; readonly met: readonly MetDay[] })
  | (StepBase & { readonly rule: 'stays'; readonly met: readonly MetDay[] })
  | (StepBase & { readonly rule: 'override'; readonly documentId: string | null; readonly reason: string })
  | (StepBase & { readonly rule: 'warning'; readonly about: PlainDate | null })
  | (StepBase & { readonly rule: 'ends'; readonly at: string; readonly zone: string });

export type StepRule = Step['rule'];

/** The sentences of a count, in order. */
export function explain(steps: readonly Step[]): readonly string[] {
  return steps.map((step) => step.why);
}

const TELLING: readonly StepRule[] = ['received-late', 'count', 'roll', 'override'];

/** The sentences that carry the date, without where it starts and when the day ends. */
export function tellingSentence(steps: readonly Step[]): string {
  return explain(steps.filter(({ rule }) => TELLING.includes(rule))).join(' ');
}

/**
 * Walks the steps again from their data alone and gives the day they lead to.
 * Null when a step does not start where the one before ended, or does not reach the day it names.
 */
export function replay(steps: readonly Step[]): PlainDate | null {
  let at: PlainDate | null = null;
  for (const step of steps) {
    if (at !== null && step.from !== at) return null;
    const reached = walk(step);
    if (reached !== step.to) return null;
    at = reached;
  }
  return at;
}

function walk(step: Step): PlainDate {
  switch (step.rule) {
    case 'received-late':
      return fromDayNumber(toDayNumber(step.from) + 1);
    case 'count':
      return walkCount(step);
    case 'anchor-roll':
      return walkPast(step.from, -1, step.met);
    case 'roll':
      return walkPast(step.from, step.direction === 'next' ? 1 : -1, step.met);
    case 'override':
      return step.to;
    default:
      return step.from;
  }
}

function walkCount(step: Step & { rule: 'count' }): PlainDate {
  const sign = step.direction === 'after' ? 1 : -1;
  const skipped = new Set<string>(step.skipped.map((day) => day.on));
  let day = toDayNumber(step.from);
  for (let left = step.days; left > 0; ) {
    day += sign;
    if (!skipped.has(fromDayNumber(day))) left -= 1;
  }
  return fromDayNumber(day);
}

function walkPast(from: PlainDate, sign: 1 | -1, met: readonly MetDay[]): PlainDate {
  const days = new Set<string>(met.map((day) => day.on));
  let day = toDayNumber(from);
  while (days.has(fromDayNumber(day))) day += sign;
  return fromDayNumber(day);
}
