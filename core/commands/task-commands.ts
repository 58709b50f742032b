import { z } from 'zod';
import { openDependencies } from '../deals/definition-of-done.ts';
import { type Deal, PARTY_ROLES, STAGES, type TaskRow } from '../deals/model.ts';
import { type Actor, mayChangeDeal, mayCompleteTask } from '../permissions/actor.ts';
import type { Verdict } from '../permissions/verdict.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, isSame, remove, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { guardedWish, idTaken, moved, needsReason, notHere, notOnDeal } from './refusals.ts';
import { DayArg, IdArg, Line, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { countInWords, formatDay, quote } from './words.ts';

const Assignee = { assigneeRole: z.enum(PARTY_ROLES), assigneeId: IdArg.nullable() };
const OnTask = z.strictObject({ taskId: IdArg });

/** The commands on tasks. Ticking asks for the right to that task; everything else for the right to the deal. */
export const taskCommands = {
  addTask: defineCommand({
    args: z.strictObject({
      taskId: IdArg,
      stage: z.enum(STAGES),
      title: Line,
      ...Assignee,
      dueOn: DayArg.nullable(),
      isRequired: z.boolean(),
    }),
    mayRun: mayChangeDeal,
    decide: (scope, { taskId, ...words }) =>
      decideAdd(scope, { ...blankTask, ...words, id: taskId, dealId: scope.dealId }),
    label: ({ title }) => `Added the task “${quote(title)}”`,
  }),

  editTask: defineCommand({
    args: z.strictObject({
      taskId: IdArg,
      title: Line.optional(),
      dueOn: DayArg.nullable().optional(),
      /** The day set by hand that the person saw. A step of before there was this has none. */
      expectedDueOn: DayArg.nullable().optional(),
      stage: z.enum(STAGES).optional(),
      isRequired: z.boolean().optional(),
    }),
    mayRun: mayChangeDeal,
    decide: (scope, { taskId, dueOn, expectedDueOn, ...wanted }) =>
      onTask(scope, taskId, (task) => {
        const wish = guardedWish(task.dueOn, dueOn, expectedDueOn);
        if (wish.type === 'moved')
          return err(moved(`when “${quote(task.title)}” is due`, dueText(expectedDueOn ?? null), dueText(task.dueOn)));
        const due = wish.type === 'write' ? { dueOn: wish.value } : {};
        return ok(update('task', task, { ...wanted, ...due, ...shortOf(task, wanted.title) }));
      }),
    label: ({ taskId }, _changes, scope) => `Changed the task ${titleOf(scope, taskId)}`,
  }),

  assignTask: defineCommand({
    args: z.strictObject({ taskId: IdArg, ...Assignee }),
    mayRun: mayChangeDeal,
    decide: (scope, { taskId, ...assignee }) =>
      onTask(scope, taskId, (task, deal) => {
        if (assignee.assigneeId !== null && !isOnDeal(scope, deal, assignee.assigneeId)) return err(notOnDeal);
        return ok(update('task', task, assignee));
      }),
    label: ({ taskId, assigneeId }, _changes, scope) =>
      `Gave ${titleOf(scope, taskId)} to ${nameOf(scope, assigneeId) ?? 'another role'}`,
  }),

  completeTask: defineCommand({
    args: OnTask.extend({ on: DayArg }),
    mayRun: mayTick,
    decide: (scope, { taskId, on }, actor) =>
      onTask(scope, taskId, (task, deal) => {
        if (task.doneOn !== null) return ok([]);
        const waitingFor = openDependencies(deal, task);
        if (waitingFor.length > 0) return err(waitingForTasks(waitingFor));
        return ok(update('task', task, { doneOn: on, doneBy: idOfActor(actor), waivedOn: null, waiverReason: '' }));
      }),
    label: ({ taskId }, _changes, scope) => `Marked ${titleOf(scope, taskId)} done`,
  }),

  reopenTask: defineCommand({
    args: OnTask,
    mayRun: mayTick,
    decide: (scope, { taskId }) =>
      onTask(scope, taskId, (task) =>
        ok(update('task', task, { doneOn: null, doneBy: null, waivedOn: null, waiverReason: '' })),
      ),
    label: ({ taskId }, _changes, scope) => `Reopened ${titleOf(scope, taskId)}`,
  }),

  waiveTask: defineCommand({
    args: OnTask.extend({ on: DayArg, reason: OptionalLine }),
    mayRun: mayChangeDeal,
    decide: (scope, { taskId, on, reason }) =>
      onTask(scope, taskId, (task) => {
        if (reason === '') return err(needsReason('why this task is not needed'));
        if (task.doneOn !== null)
          return err({ type: 'TaskDone', message: 'This task is done already. Reopen it first if it was not needed.' });
        return ok(update('task', task, { waivedOn: task.waivedOn ?? on, waiverReason: reason }));
      }),
    label: ({ taskId, reason }, _changes, scope) => `Waived ${titleOf(scope, taskId)}: ${quote(reason)}`,
  }),

  removeTask: defineCommand({
    args: OnTask,
    mayRun: mayChangeDeal,
    decide: (scope, { taskId }) => onTask(scope, taskId, (task, deal) => ok(withoutTask(deal, task))),
    label: ({ taskId }, _changes, scope) => `Removed the task ${titleOf(scope, taskId)}`,
  }),
};

/** A new title makes the short one of the checklist wrong; the card then shows the new title. */
function shortOf(task: TaskRow, title: string | undefined): Pick<TaskRow, 'short'> {
  return { short: title === undefined || title === task.title ? task.short : '' };
}

export const blankTask = {
  short: '',
  clientTitle: '',
  dueRule: null,
  dependsOn: [],
  position: 0,
  templateTaskId: null,
  doneOn: null,
  doneBy: null,
  waivedOn: null,
  waiverReason: '',
};

function decideAdd(scope: Scope, wanted: TaskRow): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  const there = deal.tasks.find((task) => task.id === wanted.id);
  if (there !== undefined) return isSame({ ...there, position: 0 }, wanted) ? ok([]) : err(idTaken('task'));
  if (wanted.assigneeId !== null && !isOnDeal(scope, deal, wanted.assigneeId)) return err(notOnDeal);
  const position = Math.max(0, ...deal.tasks.map((task) => task.position)) + 1;
  return ok([insert('task', { ...wanted, position })]);
}

/** Removing a task frees those that waited for it, in the same step, so that undo puts both back. */
function withoutTask(deal: Deal, task: TaskRow): readonly Change[] {
  const freed = deal.tasks.filter((other) => other.dependsOn.includes(task.id));
  return [
    ...freed.flatMap((other) => update('task', other, { dependsOn: other.dependsOn.filter((id) => id !== task.id) })),
    remove('task', task),
  ];
}

function onTask(
  scope: Scope,
  taskId: string,
  rule: (task: TaskRow, deal: Deal) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const task = scope.deal?.tasks.find((other) => other.id === taskId);
  if (scope.deal === null || task === undefined) return err(notHere('TaskNotAvailable', 'task'));
  return rule(task, scope.deal);
}

/** "Missing" and "not yours" read the same: a task that is not there is judged as nobody's. */
function mayTick(actor: Actor, scope: Scope, { taskId }: { readonly taskId: string }): Verdict {
  const task = scope.deal?.tasks.find((other) => other.id === taskId);
  return mayCompleteTask(actor, task ?? { assigneeRole: 'other-principal', assigneeId: 'nobody', clientTitle: '' });
}

function waitingForTasks(waitingFor: readonly TaskRow[]): Refusal {
  const first = waitingFor[0]?.title ?? '';
  const rest = waitingFor.length - 1;
  const others = rest === 0 ? '' : rest === 1 ? ' and one other task' : ` and ${countInWords(rest)} other tasks`;
  return {
    type: 'WaitingForTasks',
    message: `This waits for “${quote(first)}”${others}. Finish it first, or say that it is not needed.`,
    details: { waitingFor: waitingFor.map((task) => task.id) },
  };
}

function dueText(on: TaskRow['dueOn']): string {
  return on === null ? 'no day set by hand' : formatDay(on);
}

function isOnDeal(scope: Scope, deal: Deal, id: string): boolean {
  return deal.people.some((person) => person.id === id) || scope.workspace.members.some((member) => member.id === id);
}

function nameOf(scope: Scope, id: string | null): string | null {
  const everyone = [...(scope.deal?.people ?? []), ...scope.workspace.members];
  return everyone.find((person) => person.id === id)?.name ?? null;
}

function titleOf(scope: Scope, taskId: string): string {
  const title = scope.deal?.tasks.find((task) => task.id === taskId)?.title;
  return title === undefined ? 'a task' : `“${quote(title)}”`;
}

function idOfActor(actor: Actor): string {
  return actor.kind === 'member' ? actor.memberId : actor.kind === 'party' ? actor.personId : 'system';
}
