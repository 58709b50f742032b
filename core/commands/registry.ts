import type { Actor } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import { err, ok, type Result } from '../result.ts';
import { askCommands } from './ask-commands.ts';
import { changeAnswerCommands } from './change-answer-commands.ts';
import { changeCommands } from './change-commands.ts';
import { consentCommands } from './consent-commands.ts';
import { dealCommands } from './deal-commands.ts';
import { defineCommand } from './define.ts';
import { documentCommands } from './document-commands.ts';
import { formCommands } from './form-commands.ts';
import { leadCommands } from './lead-commands.ts';
import { lineCommands } from './line-commands.ts';
import { messageCommands } from './message-commands.ts';
import { milestoneCommands } from './milestone-commands.ts';
import { paperCommands } from './paper-commands.ts';
import { peopleCommands } from './people-commands.ts';
import { proposalCommands } from './proposal-commands.ts';
import { readingCommands } from './reading-commands.ts';
import { badArgs, dealClosed, dealNotAvailable } from './refusals.ts';
import { taskCommands } from './task-commands.ts';
import type { Change, Command, CommandSpec, Refusal, Scope } from './types.ts';
import { rootOf, UndoArgs, undoCommand } from './undo.ts';

/** Every command there is. The one list that desktop and server run. */
const specs = {
  ...dealCommands,
  ...taskCommands,
  ...milestoneCommands,
  ...peopleCommands,
  ...lineCommands,
  ...askCommands,
  ...documentCommands,
  ...changeCommands,
  ...changeAnswerCommands,
  ...consentCommands,
  ...formCommands,
  ...leadCommands,
  ...messageCommands,
  ...paperCommands,
  ...proposalCommands,
  ...readingCommands,
  undo: defineCommand({
    args: UndoArgs,
    mayRun: (actor, scope, { commandId }) => mayUndo(actor, scope, commandId),
    isForOpenDeals: false,
    decide: (scope, { commandId }) => undoCommand(scope, commandId),
    label: ({ commandId }, _changes, scope) => undoLabel(scope, commandId),
  }),
};

export type CommandName = keyof typeof specs;
export const COMMAND_NAMES = Object.keys(specs) as readonly CommandName[];

export interface Decided {
  readonly changes: readonly Change[];
  /** What was done, as the start of a sentence in the past; empty when there was nothing to do. */
  readonly label: string;
}

/**
 * Decides one command: its shape, the actor's right to it, whether the deal is open, then its own rule. Pure: the same
 * scope, command and actor decide the same, on the desktop now and on the server later.
 */
export function decideCommand(
  scope: Scope,
  command: Pick<Command, 'name' | 'args'>,
  actor: Actor,
): Result<Decided, Refusal> {
  const spec = specOf(command.name);
  if (spec === null) return err(badArgs(`there is no command ${command.name.slice(0, 60)}`));
  const args = spec.args.safeParse(command.args);
  if (!args.success) return err(badArgs(firstProblem(args.error.issues)));
  const verdict = spec.mayRun(actor, scope, args.data);
  if (!verdict.ok) return err({ type: verdict.code, message: verdict.reason });
  if (scope.deal === null && spec.isForOpenDeals) return err(dealNotAvailable);
  if (spec.isForOpenDeals && scope.deal !== null && scope.deal.row.outcome !== null)
    return err(dealClosed(scope.deal.row));
  const decided = spec.decide(scope, args.data, actor);
  if (!decided.ok) return decided;
  const changes = decided.value;
  if (command.name === 'undo' && !isAllowedOnClosed(scope, changes)) {
    return scope.deal === null ? err(dealNotAvailable) : err(dealClosed(scope.deal.row));
  }
  return ok({ changes, label: changes.length === 0 ? '' : spec.label(args.data, changes, scope) });
}

export function specOf(name: string): CommandSpec | null {
  return Object.hasOwn(specs, name) ? (specs[name as CommandName] as CommandSpec) : null;
}

function mayUndo(actor: Actor, scope: Scope, commandId: string): Verdict {
  const root = rootOf(scope, commandId);
  const spec = root === null ? null : specOf(root.name);
  // A step that is not in this history is answered by the rule itself, for those who coordinate; others learn nothing.
  if (root === null || spec === null)
    return actor.kind === 'member' ? YES : no('NotYours', 'That step is not yours to take back. Ask your coordinator.');
  if (spec.isOwnWord && root.actorId !== idOf(actor))
    return no('NotYours', 'Somebody else said that for themselves, so it stays in the record. Ask them, or answer it.');
  const args = spec.args.safeParse(root.args);
  return args.success ? spec.mayRun(actor, scope, args.data) : YES;
}

/** Whether this member's desk offers to take a step back; the rule itself may still refuse. */
export function isTakeable({ name, actorId }: { readonly name: string; readonly actorId: string }, memberId: string) {
  return specOf(name)?.isOwnWord !== true || actorId === memberId;
}

/** A closed deal changes only by reopening: an undo may touch it when it takes back what closed it. */
function isAllowedOnClosed(scope: Scope, changes: readonly Change[]): boolean {
  if (scope.deal === null || scope.deal.row.outcome === null || changes.length === 0) return true;
  return changes.some((change) => change.op === 'update' && change.table === 'deal' && 'outcome' in change.set);
}

function undoLabel(scope: Scope, commandId: string): string {
  const entry = scope.journal.byCommand(commandId);
  return entry?.name === 'undo' ? 'Did it again' : 'Took it back';
}

function firstProblem(issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string {
  const issue = issues[0];
  if (issue === undefined) return 'the words do not fit';
  const where = issue.path.map(String).join(' ');
  return where === '' ? issue.message : `${where}: ${issue.message}`;
}
