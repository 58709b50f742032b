import { daysBetween, type PlainDate, plainDate, toDayNumber } from '../deadlines/plain-date.ts';
import { countOwed, isOpen, type Owed, owedIn } from './definition-of-done.ts';
import { documentNeed } from './document-needs.ts';
import type { Deal, Id, PartyRole, Stage, TaskRow } from './model.ts';

/** What a board card shows of its next thing, in the words of design.md. */
export type NextState = 'late' | 'due' | 'blocked' | 'waiting' | 'review' | 'done';

export interface NextItem {
  readonly title: string;
  readonly state: NextState;
  /** The day it is due, or was done; null when it has none. */
  readonly on: PlainDate | null;
  readonly ownerRole: PartyRole;
  /** Null for something a stage needs beside its tasks: "Name the lender", "Review “Home insurance binder”". */
  readonly taskId: Id | null;
}

export interface Progress {
  /** What the present stage still needs: required tasks and documents, and names, days and answers. */
  readonly missing: number;
  readonly late: number;
  /** Due today or within the next seven days. */
  readonly due: number;
  /** Waiting for another open task. A blocked task may be late as well. */
  readonly blocked: number;
  readonly open: number;
  readonly done: number;
  readonly waived: number;
  readonly total: number;
  readonly next: NextItem | null;
  readonly daysInStage: number;
}

/** How far ahead the count of due tasks looks, in days. */
const DUE_WITHIN_DAYS = 7;

/**
 * Counts and the next thing of one deal, on a given day. `dueOn` gives the day a task is due, or null when that cannot
 * be said. Derived: nothing of it is stored as truth. A closed deal owes nothing: what stayed open is late no more.
 */
export function progressOf(deal: Deal, today: PlainDate, dueOn: (task: TaskRow) => PlainDate | null): Progress {
  if (deal.row.closedOn !== null) return progressOfClosed(deal, today);
  const openIds = new Set<Id>();
  for (const task of deal.tasks) if (isOpen(task)) openIds.add(task.id);
  const owed = owedIn(deal, deal.row.stage);
  const counts = { missing: countOwed(owed), late: 0, due: 0, blocked: 0, open: openIds.size, done: 0, waived: 0 };
  const scope = { openIds, todayNumber: toDayNumber(today), dueOn };
  const items: Item[] = [];
  for (const task of deal.tasks) {
    if (task.doneOn !== null) counts.done += 1;
    else if (task.waivedOn !== null) counts.waived += 1;
    else {
      const item = itemOf(task, scope);
      items.push(item);
      if (item.days !== null && item.days < 0) counts.late += 1;
      if (item.days !== null && item.days >= 0 && item.days <= DUE_WITHIN_DAYS) counts.due += 1;
      if (item.isBlocked) counts.blocked += 1;
    }
  }
  return {
    ...counts,
    total: deal.tasks.length,
    next: nextItem(deal, items, owed),
    daysInStage: daysInStage(deal, today),
  };
}

/** Whole days since the present stage began, by the calendar day of the instant in UTC; never negative. */
export function daysInStage(deal: Pick<Deal, 'row'>, today: PlainDate): number {
  return Math.max(0, daysBetween(plainDate(deal.row.stageSince.slice(0, 10)), today));
}

function progressOfClosed(deal: Deal, today: PlainDate): Progress {
  const done = deal.tasks.filter((task) => task.doneOn !== null).length;
  const waived = deal.tasks.filter((task) => task.doneOn === null && task.waivedOn !== null).length;
  return {
    missing: 0,
    late: 0,
    due: 0,
    blocked: 0,
    open: deal.tasks.length - done - waived,
    done,
    waived,
    total: deal.tasks.length,
    next: lastDone(deal.tasks),
    daysInStage: daysInStage(deal, today),
  };
}

interface Item {
  readonly task: TaskRow;
  readonly on: PlainDate | null;
  /** Days from today until it is due; negative when late; null without a day. */
  readonly days: number | null;
  readonly isBlocked: boolean;
}

interface ItemScope {
  readonly openIds: ReadonlySet<Id>;
  /** Today as a whole day number: a day is read once a deal, not once a task. */
  readonly todayNumber: number;
  readonly dueOn: (task: TaskRow) => PlainDate | null;
}

function itemOf(task: TaskRow, { openIds, todayNumber, dueOn }: ItemScope): Item {
  const on = dueOn(task);
  return {
    task,
    on,
    days: on === null ? null : toDayNumber(on) - todayNumber,
    isBlocked: task.dependsOn.some((id) => openIds.has(id)),
  };
}

/**
 * Late first, then what is due within a week, then what the stage lacks, then what can be done later, then what is
 * blocked. With nothing open: what was done last.
 */
function nextItem(deal: Deal, items: readonly Item[], owed: Owed): NextItem | null {
  const first = firstBy(items, (item) => rankOf(item, deal.row.stage));
  // Late and due tasks rank below 200 and go before what the stage lacks.
  if (first !== null && first.rank < 200) return taskItem(first.item);
  return lackingItem(deal, owed) ?? (first === null ? lastDone(deal.tasks) : taskItem(first.item));
}

/** Tens of thousands of days apart never meet: the day is the finer part of a rank. */
function rankOf({ days, isBlocked, task }: Item, stage: Stage): number {
  const fine = (days ?? 9_999) / 100_000;
  if (days !== null && days < 0) return (isBlocked ? 50 : 0) + fine;
  if (isBlocked) return 500 + fine;
  if (days !== null && days <= DUE_WITHIN_DAYS) return 100 + fine;
  if (days !== null) return 200 + fine;
  return task.stage === stage ? 300 : 400;
}

function firstBy(items: readonly Item[], rank: (item: Item) => number): { item: Item; rank: number } | null {
  let best: { item: Item; rank: number } | null = null;
  for (const item of items) {
    const own = rank(item);
    if (best === null || own < best.rank || (own === best.rank && item.task.position < best.item.task.position))
      best = { item, rank: own };
  }
  return best;
}

function taskItem({ task, on, days, isBlocked }: Item): NextItem {
  const isLate = days !== null && days < 0;
  const state = isLate ? 'late' : isBlocked ? 'blocked' : isTeam(task.assigneeRole) ? 'due' : 'waiting';
  return { title: task.title, state, on, ownerRole: task.assigneeRole, taskId: task.id };
}

/** A name, day or answer first; then a document that waits for our review, then one that somebody has to send. */
function lackingItem(deal: Deal, { needs, lines }: Owed): NextItem | null {
  const papers = lines.map((line) => documentNeed(deal, line));
  const lacking = needs[0] ?? papers.find(({ isInReview }) => isInReview) ?? papers[0];
  if (lacking === undefined) return null;
  const { what, ownerRole } = lacking;
  const isReview = 'isInReview' in lacking && lacking.isInReview;
  const state = isReview ? 'review' : isTeam(ownerRole) ? 'due' : 'waiting';
  return { title: what, state, on: null, ownerRole, taskId: null };
}

function lastDone(tasks: readonly TaskRow[]): NextItem | null {
  let last: TaskRow | null = null;
  for (const task of tasks)
    if (task.doneOn !== null && (last === null || task.doneOn >= (last.doneOn ?? ''))) last = task;
  if (last === null) return null;
  return { title: last.title, state: 'done', on: last.doneOn, ownerRole: last.assigneeRole, taskId: last.id };
}

function isTeam(role: PartyRole): boolean {
  return role === 'tc' || role === 'admin' || role === 'agent';
}
