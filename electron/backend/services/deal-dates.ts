import { datesCarryingClosing } from '../../../core/checklists/blocking-closing.ts';
import { workflowOfTemplateId } from '../../../core/checklists/compose.ts';
import { WORKFLOW_DAYS } from '../../../core/checklists/workflow-days.ts';
import type { ScheduledTask } from '../../../core/deadlines/due-tasks.ts';
import type { Pack } from '../../../core/deadlines/pack-schema.ts';
import { addDays, type PlainDate, plainDate } from '../../../core/deadlines/plain-date.ts';
import { dueDaysOf, type ScheduledDeadline, scheduleOf } from '../../../core/deadlines/schedule.ts';
import { type Step, tellingSentence } from '../../../core/deadlines/steps.ts';
import { hasContract, isOverride, packsOf, scheduleInputOf } from '../../../core/deals/deal-schedule.ts';
import { isOpen } from '../../../core/deals/definition-of-done.ts';
import type { Deal, DueRule, MilestoneRow, TaskRow } from '../../../core/deals/model.ts';
import type { AnchorView, DateView } from '../../contract/values.ts';
import { DUE_SOON_DAYS } from './item-state.ts';
import type { Resources } from './resources.ts';

/** The dates of one deal as its form counts them. */
export interface DealDates {
  /** The day a task is due: by hand, else by its rule; null when nobody can say yet. */
  dueOf(task: TaskRow): PlainDate | null;
  /** Where that day comes from, as a sentence; empty without a day or a rule. */
  dueWhy(task: TaskRow): string;
  /** The anchors that the form asks for, set or not, and any other that is set. */
  anchors(): readonly AnchorView[];
  /** Every deadline, those with a day first and in order. */
  dates(today: PlainDate): readonly DateView[];
}

/** The dates of a deal by the pack revision it was opened with. Everything is worked out at the first question. */
export function dealDates(deal: Deal, resources: Resources): DealDates {
  const packs = packsOf(deal, resources);
  const input = scheduleInputOf(deal, packs, dayIn);
  const dues = keptDues(deal, packs);
  const dueOfTask = (task: TaskRow): Due => {
    if (task.dueOn !== null || task.dueRule === null) return dueDaysOf({ ...input, tasks: [task] })[0] ?? NO_DAY;
    const key = ruleKey(task.dueRule);
    // The first question fills in all rules of the deal at once: the deadlines they share are placed once.
    if (!dues.has(key)) fillDues(dues, deal.tasks, dueDaysOf({ ...input, tasks: deal.tasks.filter(isByRule) }));
    if (!dues.has(key)) fillDues(dues, [task], dueDaysOf({ ...input, tasks: [task] }));
    return dues.get(key) ?? NO_DAY;
  };
  return {
    dueOf: (task) => task.dueOn ?? (task.dueRule === null ? null : dueOfTask(task).dueOn),
    dueWhy: (task) => dueOfTask(task).why,
    anchors: () => anchorViews(deal, packs),
    dates: (today) => {
      if (!hasContract(deal)) return [];
      const of = { deal, carrying: datesCarryingClosing(deal) };
      return scheduleOf(input)
        .deadlines.map((deadline) => dateView(of, deadline, today))
        .toSorted(byDay);
    },
  };
}

type Due = Pick<ScheduledTask, 'dueOn' | 'why'>;
const NO_DAY: Due = { dueOn: null, why: '' };

interface Kept {
  readonly packs: readonly Pack[];
  readonly milestones: readonly MilestoneRow[];
  readonly openedAt: string;
  readonly days: Map<string, Due>;
}

/**
 * Due days by rule, for as long as all they depend on is the very same: ticking a task moves no date, so the next
 * summary of the deal counts none again. Rows are never changed in place, so the same list is the same content.
 */
const kept = new WeakMap<Deal['anchors'], Kept>();

function keptDues(deal: Deal, packs: readonly Pack[]): Map<string, Due> {
  const known = kept.get(deal.anchors);
  const isSame =
    known !== undefined &&
    known.milestones === deal.milestones &&
    known.openedAt === deal.row.openedAt &&
    known.packs.length === packs.length &&
    known.packs.every((pack, index) => pack === packs[index]);
  if (isSame) return known.days;
  const fresh = { packs, milestones: deal.milestones, openedAt: deal.row.openedAt, days: new Map<string, Due>() };
  kept.set(deal.anchors, fresh);
  return fresh.days;
}

function fillDues(dues: Map<string, Due>, tasks: readonly TaskRow[], days: readonly ScheduledTask[]): void {
  const byId = new Map(days.map((day) => [day.id, day]));
  for (const { id, dueRule } of tasks) {
    const day = byId.get(id);
    if (dueRule !== null && day !== undefined) dues.set(ruleKey(dueRule), { dueOn: day.dueOn, why: day.why });
  }
}

function isByRule(task: TaskRow): boolean {
  return task.dueOn === null && task.dueRule !== null;
}

function ruleKey({ from, offset, dayKind }: DueRule): string {
  return `${from} ${offset} ${dayKind}`;
}

function anchorViews(deal: Deal, packs: readonly Pack[]): readonly AnchorView[] {
  const workflow = workflowOfTemplateId(deal.row.templateId) ?? 'contract-to-close';
  const shown = hasContract(deal) ? packs : [];
  const form = shown[0];
  const own = form === undefined ? [] : form.anchors.filter(({ id }) => id === form.dayZero);
  const closing = form === undefined ? [] : form.anchors.filter(({ id }) => id === 'closing');
  const rest = shown
    .flatMap((pack) => pack.anchors)
    .filter((each) => ![...own, ...closing].some(({ id }) => id === each.id));
  const titles = new Map<string, string>();
  for (const { id, title } of [...own, ...closing]) titles.set(id, title);
  for (const { name, title } of WORKFLOW_DAYS[workflow]) titles.set(name, title);
  for (const { id, title } of rest) titles.set(id, title);
  for (const { name } of deal.anchors) if (!titles.has(name)) titles.set(name, name.replaceAll('-', ' '));
  return [...titles].map(([name, title]) => {
    const set = deal.anchors.find((anchor) => anchor.name === name);
    return { name, title, on: set?.on ?? null, evidence: set?.evidence ?? '' };
  });
}

const LABELS: Readonly<Record<Step['rule'], string>> = {
  'day-zero': 'Anchor',
  'received-late': 'Received',
  'anchor-roll': 'Anchor',
  count: 'Count',
  roll: 'Roll',
  stays: 'Roll',
  override: 'Set to',
  warning: 'Ask',
  ends: 'Ends',
};

function dateView(
  { deal, carrying }: { readonly deal: Deal; readonly carrying: ReadonlySet<string> },
  deadline: ScheduledDeadline,
  today: PlainDate,
): DateView {
  const { id, rule, on, at, steps, form, revision } = deadline;
  const row = deal.milestones.find((milestone) => milestone.deadlineId === id);
  const warnings = steps.filter((step) => step.rule === 'warning').map((step) => step.why);
  return {
    id,
    title: rule.title,
    on,
    at: on === null ? '' : at,
    state: dateState(deal, deadline, today),
    waitsFor: deadline.waitsFor ?? '',
    sentence: tellingSentence(steps),
    clause: rule.clause === null ? `${form} ${revision}` : `${form} ${revision}, ${rule.clause}`,
    steps: steps
      .filter((step) => step.rule !== 'warning')
      .map((step) => ({ label: LABELS[step.rule], text: step.why })),
    from: steps[0]?.from ?? null,
    raw: deadline.raw,
    isCritical: carrying.has(id),
    closedDays: [...new Set(steps.flatMap(closedDaysOf))],
    ifMissed: rule.onMiss,
    warnings: [...new Set(rule.warning === undefined ? warnings : [...warnings, rule.warning])],
    formDays: rule.days,
    asks: rule.asks ?? '',
    override: row !== undefined && isOverride(row) ? { days: row.days, on: row.on, reason: row.reason } : null,
    mark: { state: deadline.state, on: row?.stateOn ?? null, reason: deadline.stateReason },
  };
}

/**
 * Done when somebody said so, or when every task on that very day is done. Late only where a task for it is still open:
 * a day that has passed says nothing by itself, and on many forms nothing ends with it. Nothing is due once the deal has ended.
 */
function dateState(deal: Deal, { id, state, on, rule }: ScheduledDeadline, today: PlainDate): DateView['state'] {
  if (state === 'completed') return 'done';
  if (state !== 'open' || on === null) return 'none';
  // Nobody does anything about a deal that has ended.
  if (deal.row.closedOn !== null) return 'none';
  const tasks = deal.tasks.filter(({ dueRule }) => dueRule?.from === id && dueRule.offset === 0);
  if (tasks.length > 0 && tasks.every((task) => !isOpen(task))) return 'done';
  if (on < today) return tasks.length > 0 && rule.finds === 'last-day' ? 'late' : 'none';
  return on <= addDays(today, DUE_SOON_DAYS) ? 'due' : 'none';
}

function closedDaysOf(step: Step): readonly PlainDate[] {
  if (step.rule === 'count') return step.skipped.map((day) => day.on);
  if (step.rule === 'roll' || step.rule === 'anchor-roll' || step.rule === 'stays')
    return step.met.map((day) => day.on);
  return [];
}

function byDay(a: DateView, b: DateView): number {
  const key = ({ on, title }: DateView) => `${on ?? '9999-99-99'} ${title}`;
  return key(a) < key(b) ? -1 : 1;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a zone. */
export function dayIn(zone: string, instant: string): PlainDate {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(zone, format);
  }
  return plainDate(format.format(new Date(instant)));
}
