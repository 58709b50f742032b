import { z } from 'zod';
import type { TaskMove } from '../checklists/migrate.ts';
import { type MigrateArgs, type Migration, migrateDeal } from '../checklists/migrate.ts';
import {
  type Deal,
  type DealRow,
  type LineRow,
  MILESTONE_STATES,
  type MilestoneRow,
  type TaskRow,
} from '../deals/model.ts';
import { mayChangeDeal } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, isSame, remove, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { moved, needsReason } from './refusals.ts';
import { DayArg, IdArg, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { formatDay, quote } from './words.ts';

const Count = z.int().min(0).max(3650);
/** What the person saw of the override: both null when there was none. */
const Seen = z.strictObject({ days: Count.nullable(), on: DayArg.nullable() });
const Answer = z.union([z.string().trim().max(300), z.number(), z.boolean(), z.null()]);

/** The commands on the dates of the form and on what is known about the home and the money. */
export const milestoneCommands = {
  setDeadline: defineCommand({
    args: z.strictObject({
      deadlineId: IdArg,
      days: Count.nullable(),
      on: DayArg.nullable(),
      reason: OptionalLine,
      expected: Seen,
    }),
    mayRun: mayChangeDeal,
    decide: (scope, args) => decideDeadline(scope, args),
    label: ({ deadlineId, days, on }) => {
      if (on !== null) return `Set the date of ${nameOf(deadlineId)} to ${formatDay(on)}`;
      if (days !== null) return `Set ${nameOf(deadlineId)} to ${days} ${days === 1 ? 'day' : 'days'}`;
      return `Put ${nameOf(deadlineId)} back to what the form says`;
    },
  }),

  markDeadline: defineCommand({
    args: z.strictObject({
      deadlineId: IdArg,
      state: z.enum(MILESTONE_STATES),
      on: DayArg,
      reason: OptionalLine,
      expected: z.enum(MILESTONE_STATES),
    }),
    mayRun: mayChangeDeal,
    decide: (scope, args) => decideMark(scope, args),
    label: ({ deadlineId, state }) => `${MARKED[state]} ${nameOf(deadlineId)}`,
  }),

  answerFact: defineCommand({
    args: z.strictObject({ name: z.string().regex(/^[a-zA-Z]{1,40}$/), value: Answer, expected: Answer }),
    mayRun: mayChangeDeal,
    decide: (scope, args) => decideFact(scope, args),
    label: ({ name, value }, changes) => {
      const tasks = changes.filter((change) => change.table === 'task' && change.op !== 'update').length;
      const effect = tasks === 0 ? '' : `; ${tasks} ${tasks === 1 ? 'task' : 'tasks'} came or went`;
      return `Wrote down ${factName(name)}: ${value === null ? 'not known' : quote(String(value))}${effect}`;
    },
  }),
};

const MARKED = {
  open: 'Reopened',
  completed: 'Marked done:',
  waived: 'Waived',
  tbd: 'Left to be decided:',
  'not-applicable': 'Marked as not needed:',
} as const;

type DeadlineArgs = Pick<MilestoneRow, 'deadlineId' | 'days' | 'on' | 'reason'> & {
  readonly expected: Pick<MilestoneRow, 'days' | 'on'>;
};

function decideDeadline(scope: Scope, args: DeadlineArgs): Result<readonly Change[], Refusal> {
  const { deadlineId, days, on, reason, expected } = args;
  if (days !== null && on !== null)
    return err({ type: 'BadArgs', message: 'A date is either counted or set to a day. Choose one of the two.' });
  const deal = scope.deal as Deal;
  const row = rowOf(deal, deadlineId);
  const actual = { days: row.days, on: row.on };
  if (!isSame(actual, { days, on }) && !isSame(actual, expected))
    return err(moved(`the date of ${nameOf(deadlineId)}`, overrideText(expected), overrideText(actual)));
  const isSet = days !== null || on !== null;
  if (isSet && reason === '') return err(needsReason('where this date comes from'));
  return ok(written(deal, row, { days, on, reason: isSet ? reason : '' }));
}

interface MarkArgs {
  readonly deadlineId: string;
  readonly state: MilestoneRow['state'];
  readonly on: NonNullable<MilestoneRow['stateOn']>;
  readonly reason: string;
  readonly expected: MilestoneRow['state'];
}

function decideMark(scope: Scope, args: MarkArgs): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  const row = rowOf(deal, args.deadlineId);
  if (row.state === args.state) return ok([]);
  if (row.state !== args.expected)
    return err(moved(`where ${nameOf(args.deadlineId)} stands`, args.expected, row.state));
  const needsWords = args.state === 'waived' || args.state === 'not-applicable';
  if (needsWords && args.reason === '') return err(needsReason('why this date does not count'));
  const stateOn = args.state === 'completed' || args.state === 'waived' ? args.on : null;
  return ok(written(deal, row, { state: args.state, stateOn, reason: args.reason || row.reason }));
}

/** The row of a deadline as it is, or as it would be before anybody set anything. */
function rowOf(deal: Deal, deadlineId: string): MilestoneRow {
  const id = `${deal.row.id}.milestone.${deadlineId}`;
  const there = deal.milestones.find((row) => row.id === id);
  return there ?? { ...UNSET, id, dealId: deal.row.id, deadlineId };
}

const UNSET = { state: 'open', stateOn: null, days: null, on: null, reason: '', documentId: null } as const;

function written(deal: Deal, row: MilestoneRow, set: Partial<MilestoneRow>): readonly Change[] {
  const isThere = deal.milestones.some((other) => other.id === row.id);
  if (isThere) return update('milestone', row, set);
  const changed = update('milestone', row, set);
  return changed.length === 0 ? [] : [insert('milestone', { ...row, ...set })];
}

interface FactArgs {
  readonly name: string;
  readonly value: z.infer<typeof Answer>;
  readonly expected: z.infer<typeof Answer>;
}

/**
 * Writes an answer down and brings the checklist in step: tasks that the answer calls for come, tasks that it rules out
 * go, and what is done, waived or changed by hand stays. The question's own task is done with it.
 */
function decideFact(scope: Scope, { name, value, expected }: FactArgs): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  const { row } = deal;
  // Own names only: "constructor" is in every object.
  const actual = Object.hasOwn(row.facts, name) ? (row.facts[name] ?? null) : null;
  if (actual === value) return ok([]);
  if (actual !== expected)
    return err(moved(factName(name), String(expected ?? 'not known'), String(actual ?? 'not known')));
  return decideFacts(scope, { [name]: value });
}

/** Writes several answers down at once, over whatever stood there. */
export function decideFacts(scope: Scope, answers: DealRow['facts']): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  const { row } = deal;
  const facts = { ...row.facts, ...answers };
  if (isSame(facts, row.facts)) return ok([]);
  const template = scope.workspace.template(row.templateId, row.templateVersion);
  const pack = scope.workspace.packNames(row.packId, row.packRevision);
  const answered = update('deal', row, { facts });
  // A deal on a checklist that this program no longer holds keeps its tasks; the answer is still kept.
  if (template === null || pack === null) return ok(answered);
  const ids = (task: string) => `${row.id}.${task}`;
  const use = { template, pack };
  const args: MigrateArgs = {
    dealId: row.id,
    tasks: deal.tasks,
    from: { ...use, facts: row.facts },
    to: { ...use, facts },
    ids,
  };
  const migration = migrateDeal(args);
  if (!migration.ok) return ok(answered);
  const gone = new Set(migration.value.removed.map((line) => line.id));
  const sets = mergedSets(migration.value.moved, migration.value.reordered);
  return ok([
    ...answered,
    ...deal.tasks.flatMap((task) => (gone.has(task.id) ? [remove('task', task)] : keptTask(task, gone, sets))),
    ...migration.value.added.map((task) => insert('task', task)),
    ...linesInStep(deal, migration.value),
  ]);
}

/** Document lines come and go with the answer; one that holds a file, or that a person has decided on, stays. */
function linesInStep(deal: Deal, { documentsAdded, documentsRemoved }: Migration): readonly Change[] {
  const gone = new Set(documentsRemoved.map((line) => line.id));
  const added = documentsAdded.filter((line) => !deal.lines.some((there) => there.id === line.id));
  return [
    ...deal.lines.flatMap((line) => (gone.has(line.id) && isUntouched(deal, line) ? [remove('line', line)] : [])),
    ...added.map((line) => insert('line', line)),
  ];
}

function isUntouched(deal: Deal, line: LineRow): boolean {
  return line.state === 'requested' && !deal.versions.some((version) => version.lineId === line.id);
}

function mergedSets(
  moves: readonly TaskMove[],
  places: readonly { readonly id: string; readonly position: number }[],
): ReadonlyMap<string, Partial<TaskRow>> {
  const sets = new Map<string, Partial<TaskRow>>(moves.map(({ id, set }) => [id, set]));
  for (const { id, position } of places) sets.set(id, { ...sets.get(id), position });
  return sets;
}

function keptTask(
  task: TaskRow,
  gone: ReadonlySet<string>,
  sets: ReadonlyMap<string, Partial<TaskRow>>,
): readonly Change[] {
  const set = sets.get(task.id) ?? {};
  const dependsOn = (set.dependsOn ?? task.dependsOn).filter((id) => !gone.has(id));
  return update('task', task, { ...set, dependsOn });
}

function nameOf(deadlineId: string): string {
  return `“${deadlineId.replaceAll('-', ' ')}”`;
}

function factName(name: string): string {
  return name.replace(/([A-Z])/g, ' $1').toLowerCase();
}

function overrideText({ days, on }: Pick<MilestoneRow, 'days' | 'on'>): string {
  if (on !== null) return formatDay(on);
  return days === null ? "the form's own count" : `${days} days`;
}
