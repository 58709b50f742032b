import { daysBetween, type PlainDate } from './plain-date.ts';
import type { Schedule, ScheduledDeadline } from './schedule.ts';

export interface MovedDate {
  readonly id: string;
  readonly title: string;
  /** Null on one side: it had no day before, or has none now. */
  readonly from: PlainDate | null;
  readonly to: PlainDate | null;
  /** Days later (positive) or earlier; null when one side has no day. */
  readonly days: number | null;
}

export interface ScheduleDiff {
  readonly movedDates: readonly MovedDate[];
  readonly movedTasks: readonly MovedDate[];
  readonly added: readonly string[];
  readonly dropped: readonly string[];
  /** Open deadlines and tasks whose day stays. */
  readonly unchanged: number;
  /** Deadlines and tasks whose day moved after somebody was told of it: the reminder goes out again. */
  readonly remindersToResend: readonly MovedDate[];
}

interface Item {
  readonly id: string;
  readonly title: string;
  readonly on: PlainDate | null;
}

/**
 * What changes between two schedules of a deal, for a preview before anything is committed.
 * Only what is open can move: what is completed, waived or does not apply stays as it was.
 * `remindedIds` are the deadlines and tasks of which a reminder has gone out.
 */
export function diffSchedules(
  before: Schedule,
  after: Schedule,
  remindedIds: ReadonlySet<string> = new Set(),
): ScheduleDiff {
  const dates = compare(openDates(before), openDates(after));
  const tasks = compare(openTasks(before), openTasks(after));
  const closed = new Set([...closedIds(before), ...closedIds(after)]);
  return {
    movedDates: dates.moved,
    movedTasks: tasks.moved,
    added: [...dates.added, ...tasks.added].filter((id) => !closed.has(id)),
    dropped: [...dates.dropped, ...tasks.dropped].filter((id) => !closed.has(id)),
    unchanged: dates.unchanged + tasks.unchanged,
    remindersToResend: [...dates.moved, ...tasks.moved].filter(({ id }) => remindedIds.has(id)),
  };
}

function compare(before: ReadonlyMap<string, Item>, after: ReadonlyMap<string, Item>) {
  const moved: MovedDate[] = [];
  let unchanged = 0;
  for (const { id, title, on: to } of after.values()) {
    const was = before.get(id);
    if (was === undefined) continue;
    const from = was.on;
    if (from === to) unchanged += 1;
    else moved.push({ id, title, from, to, days: from === null || to === null ? null : daysBetween(from, to) });
  }
  return {
    moved,
    unchanged,
    added: [...after.keys()].filter((id) => !before.has(id)),
    dropped: [...before.keys()].filter((id) => !after.has(id)),
  };
}

function isOpen({ state }: ScheduledDeadline): boolean {
  return state === 'open' || state === 'tbd';
}

function openDates({ deadlines }: Schedule): ReadonlyMap<string, Item> {
  return new Map(deadlines.filter(isOpen).map(({ id, rule, on }) => [id, { id, title: rule.title, on }]));
}

function openTasks({ tasks }: Schedule): ReadonlyMap<string, Item> {
  return new Map(tasks.filter((task) => task.isOpen).map(({ id, title, dueOn: on }) => [id, { id, title, on }]));
}

/** What was closed on either side is no addition and no loss when it opens or closes. */
function closedIds({ deadlines, tasks }: Schedule): readonly string[] {
  return [...deadlines.filter((deadline) => !isOpen(deadline)), ...tasks.filter((task) => !task.isOpen)].map(
    ({ id }) => id,
  );
}
