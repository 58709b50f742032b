import type { DueRule } from '../deals/model.ts';
import type { Calendar } from './calendars/calendar.ts';
import { describeCount } from './count-words.ts';
import { dayText } from './day-text.ts';
import type { Pack } from './pack-schema.ts';
import { fromDayNumber, type PlainDate, toDayNumber, yearOf } from './plain-date.ts';
import type { Placing } from './schedule.ts';
import type { MetDay } from './steps.ts';

/** What a due day is worked out from; a task row has all of it. */
export interface DueTask {
  readonly id: string;
  readonly title: string;
  readonly dueOn: PlainDate | null;
  readonly dueRule: DueRule | null;
  readonly doneOn: PlainDate | null;
  readonly waivedOn: PlainDate | null;
}

export interface ScheduledTask {
  readonly id: string;
  readonly title: string;
  readonly dueOn: PlainDate | null;
  /** How the day came, or what it waits for; empty for a task without any due day. */
  readonly why: string;
  readonly isOpen: boolean;
}

/** The day that opens the file has another name on every form; a task that counts from one means this form's. */
const DAY_ZERO_NAMES = ['contract', 'acceptance', 'effective-date', 'mec', 'received-by-both'];

/** Due days of tasks. A day set by hand wins; a rule counts from an anchor or deadline and never rolls. */
export function dueTasks(tasks: readonly DueTask[], placing: Placing): readonly ScheduledTask[] {
  const contract = placing.input.packs[0];
  const calendar = contract && placing.calendars.get(contract.id)?.own;
  return tasks.map((task) => {
    const { id, title, dueOn, dueRule } = task;
    const isOpen = task.doneOn === null && task.waivedOn === null;
    if (dueOn !== null) return { id, title, dueOn, why: `Set by hand to ${dayText(dueOn)}.`, isOpen };
    if (dueRule === null || contract === undefined || calendar === undefined)
      return { id, title, dueOn, why: '', isOpen };
    const base = placing.baseOf(fromOf(dueRule, contract, placing));
    if (base.on === null) return { id, title, dueOn: null, why: base.waitsFor, isOpen };
    return { id, title, isOpen, ...dueDay(dueRule, base.on, base.title, calendar) };
  });
}

function fromOf({ from }: DueRule, contract: Pack, { input }: Placing): string {
  const isKnown = input.anchors[from] !== undefined || contract.anchors.some((anchor) => anchor.id === from);
  return !isKnown && DAY_ZERO_NAMES.includes(from) ? contract.dayZero : from;
}

function dueDay(
  { offset, dayKind }: DueRule,
  from: PlainDate,
  title: string,
  calendar: Calendar,
): { dueOn: PlainDate; why: string } {
  const sign = offset < 0 ? -1 : 1;
  const days = Math.abs(offset);
  const skipped: MetDay[] = [];
  let day = toDayNumber(from);
  if (dayKind === 'calendar') day += offset;
  else
    for (let left = days; left > 0; ) {
      day += sign;
      const closed = calendar.closedOn(day);
      if (closed === null) left -= 1;
      else skipped.push({ on: fromDayNumber(day), name: closed.name });
    }
  const to = fromDayNumber(day);
  if (days === 0) return { dueOn: to, why: `On the day of “${title}”, ${dayText(to)}.` };
  const direction = offset < 0 ? 'before' : 'after';
  const words = { days, direction, dayKind, skipped, shortUpTo: null, from, to, year: yearOf(from) } as const;
  return { dueOn: to, why: `Counted from “${title}”: ${describeCount(words)}` };
}
