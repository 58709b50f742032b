import { z } from 'zod';
import type { ChangeContext } from '../changes/approvals.ts';
import { resolveConflict } from '../changes/conflicts.ts';
import type { ChangeRefusal } from '../changes/refusals.ts';
import { type ChangeRequest, TOLD_BY } from '../changes/request.ts';
import { recordAnswer, TELLERS, TOLD_WORDS, takeBackAnswer } from '../changes/told.ts';
import type { ChangeRow } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { err, ok, type Result } from '../result.ts';
import { changeContext, coordinatorsOnly, OnChange, onChange, refusalOf, wordsOf, written } from './change-rules.ts';
import { defineCommand } from './define.ts';
import { bankNumberIn, needsReason } from './refusals.ts';
import { IdArg, InstantArg, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { quote } from './words.ts';

/** What the coordinator decides and writes down for others: an answer by telephone, and which of two requests goes on. */
export const changeAnswerCommands = {
  /** What somebody who is asked said to the coordinator. Their own word it is not: only who wrote it down takes it back. */
  recordAnswer: defineCommand({
    isOwnWord: true,
    args: OnChange.extend({
      personId: IdArg,
      as: z.enum(TELLERS),
      answer: z.enum(['yes', 'no']),
      by: z.enum(TOLD_BY),
      saidAt: InstantArg,
      reason: OptionalLine,
    }),
    mayRun: coordinatorsOnly,
    decide: (scope, { changeId, ...told }, actor) => {
      const bank = bankNumberIn([told.reason]);
      if (bank !== null) return err(bank);
      return answered(scope, changeId, (row, context) => recordAnswer(row, told, hearerOf(scope, actor), context));
    },
    label: ({ changeId, personId, answer, by }, _changes, scope) =>
      `Wrote down ${TOLD_WORDS[by]}: ${personName(scope, personId)} ${answer === 'yes' ? 'agrees' : 'says no'} to changing ${wordsOf(scope, changeId)}`,
  }),

  takeBackAnswer: defineCommand({
    isOwnWord: true,
    args: OnChange.extend({ personId: IdArg, as: z.enum(TELLERS) }),
    mayRun: coordinatorsOnly,
    decide: (scope, { changeId, ...told }, actor) =>
      answered(scope, changeId, (row, context) => takeBackAnswer(row, told, hearerOf(scope, actor), context)),
    label: ({ changeId, personId }, _changes, scope) =>
      `Took back that ${personName(scope, personId)} agreed to change ${wordsOf(scope, changeId)}`,
  }),

  /** Of two requests for the same, one goes on and the other is declined; both say so. */
  keepChange: defineCommand({
    args: OnChange.extend({ overId: IdArg, reason: OptionalLine }),
    mayRun: coordinatorsOnly,
    decide: decideKeep,
    label: ({ changeId, reason }, _changes, scope) =>
      `Kept one request to change ${wordsOf(scope, changeId)} over another: ${quote(reason)}`,
  }),
};

/** The row as a rule on answers leaves it. */
function answered(
  scope: Scope,
  changeId: string,
  rule: (row: ChangeRow, context: ChangeContext) => Result<ChangeRequest, ChangeRefusal>,
): Result<readonly Change[], Refusal> {
  return onChange(scope, changeId, (row) => {
    const next = rule(row, changeContext(scope) as ChangeContext);
    return next.ok ? ok(written(row, next.value)) : err(refusalOf(next.error));
  });
}

function hearerOf({ workspace }: Scope, by: Actor) {
  const name = workspace.members.find(({ id }) => id === idOf(by))?.name ?? 'the coordinator';
  return { by, name };
}

interface KeepArgs {
  readonly changeId: string;
  readonly overId: string;
  readonly at: string;
  readonly reason: string;
}

function decideKeep(scope: Scope, args: KeepArgs, actor: Actor): Result<readonly Change[], Refusal> {
  const { changeId, overId, at, reason } = args;
  const bank = bankNumberIn([reason]);
  if (bank !== null) return err(bank);
  if (reason === '') return err(needsReason('why this one and not the other'));
  return onChange(scope, changeId, (kept) =>
    onChange(scope, overId, (dropped) => {
      const context = changeContext(scope) as ChangeContext;
      const resolved = resolveConflict({ kept, dropped }, actor, { at, reason }, context);
      if (!resolved.ok) return err(refusalOf(resolved.error));
      return ok([...written(kept, resolved.value.kept), ...written(dropped, resolved.value.dropped)]);
    }),
  );
}

function personName({ deal }: Scope, personId: string): string {
  return deal?.people.find(({ id }) => id === personId)?.name ?? 'a person';
}
