import { z } from 'zod';
import { MESSAGE_ABOUT, type MessageRow } from '../deals/model.ts';
import { type Actor, mayChangeDeal } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import { err, ok, type Result } from '../result.ts';
import { insert, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { bankNumberIn, idTaken, notOnDeal } from './refusals.ts';
import { IdArg, InstantArg } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { quote } from './words.ts';

const MessageArgs = z.strictObject({
  messageId: IdArg,
  personId: IdArg,
  aboutType: z.enum(MESSAGE_ABOUT),
  aboutId: z.string().max(200),
  body: z.string().trim().min(1, 'nothing is written there').max(4_000, 'at most 4,000 characters'),
  at: InstantArg,
});

/** The commands on messages between one person of the deal and the team. */
export const messageCommands = {
  writeMessage: defineCommand({
    isOwnWord: true,
    args: MessageArgs,
    mayRun: (actor, _scope, { personId }) => mayWrite(actor, personId),
    decide: (scope, args, actor) => decideWrite(scope, args, actor),
    label: ({ personId, body }, changes, scope) => {
      const isTheirs = changes.some(
        (change) => change.op === 'insert' && change.table === 'message' && change.row.authorId === personId,
      );
      return `Wrote to ${isTheirs ? 'the team' : nameOf(scope, personId)}: “${quote(body)}”`;
    },
  }),

  /** The open messages of one person need no answer any more. */
  settleMessages: defineCommand({
    args: z.strictObject({ personId: IdArg }),
    mayRun: mayChangeDeal,
    decide: (scope, { personId }) => ok(settled(scope, personId)),
    label: ({ personId }, _changes, scope) => `Marked the messages of ${nameOf(scope, personId)} as answered`,
  }),
};

function mayWrite(actor: Actor, personId: string): Verdict {
  if (actor.kind === 'member') return YES;
  if (actor.kind === 'party' && actor.personId === personId) return YES;
  return no('NotYours', 'You write in your own conversation. Call your coordinator about others.');
}

function decideWrite(
  scope: Scope,
  args: z.infer<typeof MessageArgs>,
  actor: Actor,
): Result<readonly Change[], Refusal> {
  const { messageId: id, at, ...words } = args;
  const deal = scope.deal;
  if (deal === null || !deal.people.some((person) => person.id === words.personId)) return err(notOnDeal);
  const bank = bankNumberIn([words.body]);
  if (bank !== null) return err(bank);
  const isTeam = actor.kind === 'member';
  const row: MessageRow = {
    ...words,
    id,
    dealId: deal.row.id,
    authorId: idOf(actor) ?? 'system',
    writtenAt: at,
    isSettled: isTeam,
  };
  const there = deal.messages.find((message) => message.id === id);
  if (there !== undefined)
    return there.body === row.body && there.authorId === row.authorId ? ok([]) : err(idTaken('message'));
  return ok([insert('message', row), ...(isTeam ? settled(scope, words.personId) : [])]);
}

function settled({ deal }: Scope, personId: string): readonly Change[] {
  const open = (deal?.messages ?? []).filter((message) => message.personId === personId && !message.isSettled);
  return open.flatMap((message) => update('message', message, { isSettled: true }));
}

function nameOf({ deal }: Scope, personId: string): string {
  return quote(deal?.people.find(({ id }) => id === personId)?.name ?? 'a person');
}
