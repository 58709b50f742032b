import { workflowOfTemplateId } from '../checklists/compose.ts';
import { WORKFLOW_DAYS } from '../checklists/workflow-days.ts';
import { diffSchedules } from '../deadlines/diff-schedules.ts';
import type { ScheduledTask } from '../deadlines/due-tasks.ts';
import { daysBetween, type PlainDate } from '../deadlines/plain-date.ts';
import { type ScheduledDeadline, scheduleOf } from '../deadlines/schedule.ts';
import { tellingSentence } from '../deadlines/steps.ts';
import { hasContract, type PackLibrary, packsOf, scheduleInputOf } from './deal-schedule.ts';
import { conflictsOf } from './impact-conflicts.ts';
import type { Impact, ImpactDate, ImpactKind, ImpactRow, SaidDay, Side, Stay } from './impact-shape.ts';
import type { Deal, Id, Instant } from './model.ts';

export interface ImpactOf {
  readonly before: Deal;
  /** The deal with the step's changes in it, as `applyToDeal` gives it. */
  readonly after: Deal;
  readonly library: PackLibrary;
  /** The calendar day of an instant in a zone. */
  readonly dayIn: (zone: string, instant: Instant) => PlainDate;
  readonly today: PlainDate;
}

/**
 * What a step would do, from the deal before and after it. Both are counted as the deal's own page counts them, so what
 * this says is what committing does. Any command that gives changes can be looked at.
 */
export function impactOf(of: ImpactOf): Impact {
  const was = sideOf(of.before, of);
  const will = sideOf(of.after, of);
  const said = saidDays(was, will);
  const dates = withSaid(dateRows(was, will, said), anchorRows(said)).toSorted(byDay);
  const tasks = taskRows(was, will).toSorted(byDay);
  const touched = new Set(tasks.map(({ id }) => id));
  return {
    said,
    dates,
    stays: staysOf(will, new Set(dates.map(({ id }) => id))),
    tasks,
    tasksThatStay: will.schedule.tasks.filter((task) => task.isOpen && !touched.has(task.id)).length,
    finishedTasks: will.schedule.tasks.filter((task) => !task.isOpen && !touched.has(task.id)).length,
    conflicts: conflictsOf({ was, will, said, dates, tasks, today: of.today }),
    isTermOfContract: said.some((day) => isTerm(will, day)),
  };
}

/** Before there is a contract the form's dates stand nowhere: only the tasks have days. */
function sideOf(deal: Deal, { library, dayIn }: ImpactOf): Side {
  const packs = packsOf(deal, library);
  const schedule = scheduleOf(scheduleInputOf(deal, packs, dayIn));
  return { deal, packs, schedule: hasContract(deal) ? schedule : { ...schedule, deadlines: [] } };
}

function saidDays(was: Side, will: Side): readonly SaidDay[] {
  const names = new Set([...was.deal.anchors, ...will.deal.anchors].map(({ name }) => name));
  const anchors = [...names].flatMap((name): readonly SaidDay[] => {
    const from = anchorDay(was, name);
    const to = anchorDay(will, name);
    return from === to ? [] : [{ kind: 'anchor', id: name, title: anchorTitle(will, name), from, to }];
  });
  const dates = will.schedule.deadlines.flatMap((deadline): readonly SaidDay[] => {
    const before = was.schedule.deadlines.find(({ id }) => id === deadline.id);
    const old = before?.override ?? null;
    const { id, rule, override } = deadline;
    if (old?.days === override?.days && old?.on === override?.on) return [];
    return [{ kind: 'date', id, title: rule.title, from: before?.on ?? null, to: deadline.on }];
  });
  return [...anchors, ...dates];
}

/** What the parties agreed on: acceptance, closing, and the dates of the form. A notice that was given is no term, it happened. */
function isTerm({ deal, packs }: Side, { kind, id }: SaidDay): boolean {
  if (!hasContract(deal)) return false;
  return kind === 'date' || id === 'closing' || packs.some((pack) => !pack.isOverlay && pack.dayZero === id);
}

function anchorDay({ deal }: Side, name: string): PlainDate | null {
  return deal.anchors.find((anchor) => anchor.name === name)?.on ?? null;
}

function anchorTitle({ deal, packs }: Side, name: string): string {
  const ofForm = packs.flatMap((pack) => pack.anchors).find(({ id }) => id === name)?.title;
  const days = WORKFLOW_DAYS[workflowOfTemplateId(deal.row.templateId) ?? 'contract-to-close'];
  return ofForm ?? days.find((day) => day.name === name)?.title ?? name.replaceAll('-', ' ');
}

function anchorRows(said: readonly SaidDay[]): readonly ImpactDate[] {
  return said.flatMap(({ kind, id, title, from, to }) => {
    if (kind !== 'anchor') return [];
    const why = to === null ? 'Nobody says when any more.' : 'The day asked for.';
    return [{ id, title, from, to, kind: dayKind(from, to), days: between(from, to), why, isSaid: true }];
  });
}

/** A form may list the anchor itself among its dates; then one row stands for both. */
function withSaid(counted: readonly ImpactDate[], anchors: readonly ImpactDate[]): readonly ImpactDate[] {
  const isSame = (one: ImpactDate, other: ImpactDate) =>
    one.title === other.title && one.from === other.from && one.to === other.to;
  const rows = counted.map((row) => {
    const anchor = anchors.find((each) => isSame(each, row));
    return anchor === undefined ? row : { ...anchor, id: row.id };
  });
  return [...anchors.filter((anchor) => !counted.some((row) => isSame(anchor, row))), ...rows];
}

function dateRows(was: Side, will: Side, said: readonly SaidDay[]): readonly ImpactDate[] {
  const diff = diffSchedules(was.schedule, will.schedule);
  const moved = new Set(diff.movedDates.map(({ id }) => id));
  const before = new Map(was.schedule.deadlines.map((deadline) => [deadline.id, deadline]));
  const after = new Map(will.schedule.deadlines.map((deadline) => [deadline.id, deadline]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const old = before.get(id);
    const now = after.get(id);
    const kind = moved.has(id) ? dayKind(old?.on ?? null, now?.on ?? null) : stateKind(asItem(old), asItem(now));
    if (kind === null) return [];
    const from = old?.on ?? null;
    const to = kind === 'closes' ? from : (now?.on ?? null);
    const title = (now ?? old)?.rule.title ?? id;
    const isSaid = said.some((day) => day.kind === 'date' && day.id === id) || kind === 'closes' || kind === 'opens';
    return [{ id, title, kind, from, to, days: between(from, to), why: whyOf(now), isSaid }];
  });
}

function whyOf(deadline: ScheduledDeadline | undefined): string {
  if (deadline === undefined) return 'This form asks for it no more.';
  return deadline.on === null ? (deadline.waitsFor ?? '') : tellingSentence(deadline.steps);
}

function taskRows(was: Side, will: Side): readonly ImpactRow[] {
  const moved = new Set(diffSchedules(was.schedule, will.schedule).movedTasks.map(({ id }) => id));
  const before = new Map(was.schedule.tasks.map((task) => [task.id, task]));
  const after = new Map(will.schedule.tasks.map((task) => [task.id, task]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const old = before.get(id);
    const now = after.get(id);
    const from = old?.dueOn ?? null;
    const to = now?.dueOn ?? null;
    const kind = moved.has(id) ? dayKind(from, to) : stateKind(old, now);
    if (kind === null) return [];
    return [{ id, title: titleOf(now, old), kind, from, to, days: between(from, to), why: now?.why ?? '' }];
  });
}

function titleOf(now: ScheduledTask | undefined, old: ScheduledTask | undefined): string {
  return (now ?? old)?.title ?? '';
}

type Item = { readonly isOpen: boolean } | undefined;

function asItem(deadline: ScheduledDeadline | undefined): Item {
  return deadline && { isOpen: deadline.state === 'open' || deadline.state === 'tbd' };
}

/** What became of the item itself; null when it is as it was. */
function stateKind(old: Item, now: Item): ImpactKind | null {
  if (old === undefined) return now?.isOpen ? 'new' : null;
  if (now === undefined) return old.isOpen ? 'dropped' : null;
  if (old.isOpen === now.isOpen) return null;
  return now.isOpen ? 'opens' : 'closes';
}

function dayKind(from: PlainDate | null, to: PlainDate | null): ImpactKind {
  if (from === null) return 'gets';
  return to === null ? 'loses' : 'moves';
}

function between(from: PlainDate | null, to: PlainDate | null): number | null {
  return from === null || to === null ? null : daysBetween(from, to);
}

function staysOf(will: Side, touched: ReadonlySet<Id>): readonly Stay[] {
  const groups = new Map<string, string[]>();
  for (const deadline of will.schedule.deadlines) {
    if (touched.has(deadline.id) || deadline.on === null || !asItem(deadline)?.isOpen) continue;
    const because = deadline.override?.on ? 'set by hand' : `counted from ${rootTitle(will, deadline)}`;
    groups.set(because, [...(groups.get(because) ?? []), deadline.rule.title]);
  }
  return [...groups].map(([because, titles]) => ({ because, titles }));
}

/** The anchor at the far end of the counts that lead to a date, or the date set by hand on the way. */
function rootTitle({ packs, deal, schedule }: Side, deadline: ScheduledDeadline): string {
  const byId = new Map(schedule.deadlines.map((each) => [each.id, each]));
  const isSet = (id: string) => deal.anchors.some(({ name }) => name === id) || (byId.get(id)?.on ?? null) !== null;
  let { from, fallback } = deadline.rule;
  // A pack is checked to have no circle (pack-schema.ts), so this ends.
  for (;;) {
    const at = isSet(from) ? from : (fallback ?? from);
    const next = byId.get(at);
    const anchor = packs.flatMap((pack) => pack.anchors).find(({ id }) => id === at);
    if (anchor !== undefined || next === undefined) return anchor?.title ?? at;
    if (next.override?.on) return next.rule.title;
    ({ from, fallback } = next.rule);
  }
}

function byDay(one: ImpactRow, other: ImpactRow): number {
  const key = ({ to, from, title }: ImpactRow) => `${to ?? '9999'} ${from ?? '9999'} ${title}`;
  return key(one) < key(other) ? -1 : 1;
}
