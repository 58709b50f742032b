import { z } from 'zod';
import { type ChangeContext, capacitiesOf, requiredApprovals } from '../changes/approvals.ts';
import { draftChange } from '../changes/draft.ts';
import { executeChange } from '../changes/execute.ts';
import type { ChangeRequest } from '../changes/request.ts';
import { APPROVERS, CHANGE_KINDS, CHANGE_RULES } from '../changes/rules.ts';
import { type ChangeStep, stepChange } from '../changes/step.ts';
import { ProposedTermArg } from '../changes/term-schema.ts';
import type { Deal } from '../deals/model.ts';
import { documentFacts } from '../documents/document-facts.ts';
import type { Actor } from '../permissions/actor.ts';
import { idOf } from '../permissions/conditions.ts';
import { no, type Verdict, YES } from '../permissions/verdict.ts';
import { err, ok, type Result } from '../result.ts';
import { effectChanges } from './change-effects.ts';
import { changeContext, coordinatorsOnly, OnChange, onChange, refusalOf, wordsOf, written } from './change-rules.ts';
import { insert, isSame, update } from './changes.ts';
import { defineCommand } from './define.ts';
import { bankNumberIn, idTaken } from './refusals.ts';
import { DayArg, IdArg, InstantArg, OptionalLine } from './schemas.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { onVersion } from './version-rules.ts';

const Known = z.boolean().nullable();

/** The commands on requests for change: asking, agreeing, sending on, and putting into effect by a reviewed document. */
export const changeCommands = {
  askChange: defineCommand({
    isOwnWord: true,
    args: OnChange.extend({
      kind: z.enum(CHANGE_KINDS),
      terms: z.array(ProposedTermArg).max(20),
      facts: z.strictObject({ isFinanced: Known, hasCostOrCredit: Known, hasDeposit: Known, wasSigned: Known }),
      reason: z.string().trim().max(2_000, 'at most 2,000 characters'),
      expiresAt: InstantArg.nullable(),
      periodEndsAt: InstantArg.nullable(),
    }),
    mayRun: mayAsk,
    decide: (scope, { changeId, ...args }, actor) => decideAsk(scope, { ...args, id: changeId }, actor),
    label: ({ kind }) => `Asked to change ${CHANGE_RULES[kind].words}`,
  }),

  approveChange: defineCommand({
    isOwnWord: true,
    args: OnChange.extend({ as: z.enum(APPROVERS) }),
    mayRun: mayAnswer,
    decide: (scope, { changeId, at, as }, actor) => step(scope, changeId, { type: 'approve', at, as }, actor),
    label: ({ changeId }, _changes, scope) => `Agreed to change ${wordsOf(scope, changeId)}`,
  }),

  declineChange: defineCommand({
    isOwnWord: true,
    args: OnChange.extend({ as: z.enum(APPROVERS), reason: OptionalLine }),
    mayRun: mayAnswer,
    decide: (scope, { changeId, at, as, reason }, actor) => {
      const bank = bankNumberIn([reason]);
      return bank === null ? step(scope, changeId, { type: 'decline', at, as, reason }, actor) : err(bank);
    },
    label: ({ changeId }, _changes, scope) => `Said no to changing ${wordsOf(scope, changeId)}`,
  }),

  withdrawChange: defineCommand({
    isOwnWord: true,
    args: OnChange,
    mayRun: mayAnswer,
    decide: (scope, { changeId, at }, actor) => step(scope, changeId, { type: 'withdraw', at }, actor),
    label: ({ changeId }, _changes, scope) => `Withdrew the request to change ${wordsOf(scope, changeId)}`,
  }),

  callBackChange: defineCommand({
    args: OnChange.extend({
      channel: z.enum(['phone', 'in-person', 'e-mail', 'text']),
      number: z.enum(['known-before', 'from-the-request']),
    }),
    mayRun: coordinatorsOnly,
    decide: (scope, { changeId, at, channel, number }, actor) =>
      step(scope, changeId, { type: 'call-back', at, channel, number }, actor),
    label: ({ changeId }, _changes, scope) => `Confirmed by a call: ${wordsOf(scope, changeId)}`,
  }),

  /** From here on the other side sees that it is asked, and may agree. What our side would settle for stays ours. */
  sendChange: defineCommand({
    args: OnChange,
    mayRun: teamOnly,
    decide: (scope, { changeId, at }) =>
      onChange(scope, changeId, (row) =>
        row.sentToOtherSideAt === null ? ok(update('change', row, { sentToOtherSideAt: at })) : ok([]),
      ),
    label: ({ changeId }, _changes, scope) =>
      `Sent the request to change ${wordsOf(scope, changeId)} to the other side`,
  }),

  executeChange: defineCommand({
    args: OnChange.extend({
      /** The version that was reviewed; null for a change that a call confirms. */
      versionId: IdArg.nullable(),
      /** When the last signature was given. */
      executedAt: InstantArg,
      delivery: z.strictObject({ on: DayArg, mode: z.enum(['personal', 'mail', 'electronic']) }).nullable(),
      /** The calendar day where the property is. */
      on: DayArg,
    }),
    mayRun: coordinatorsOnly,
    decide: decideExecute,
    label: ({ changeId }, _changes, scope) => `Put into effect: ${wordsOf(scope, changeId)}`,
  }),
};

function mayAsk(actor: Actor): Verdict {
  if (actor.kind === 'member') return YES;
  if (actor.kind === 'system') return no('PeopleOnly', 'A person asks for a change. The job leaves this.');
  return ['client', 'co-client', 'agent', 'attorney'].includes(actor.role)
    ? YES
    : no('NotYourRole', 'Changes are asked for by our client, our agent or the coordinator. Tell your own agent.');
}

/** Which approvals count is the request's own rule; here, that a person speaks. */
function mayAnswer(actor: Actor): Verdict {
  return actor.kind === 'system' ? no('PeopleOnly', 'A person decides about a change. The job leaves this.') : YES;
}

function teamOnly(actor: Actor): Verdict {
  return actor.kind === 'member'
    ? YES
    : no('NotYourRole', 'The coordinator does this. Send the coordinator a message.');
}

interface AskArgs extends Omit<Parameters<typeof draftChange>[0], 'facts'> {
  readonly facts: ChangeRequest['facts'];
}

/** Draft and opening are one step for whoever asks, and asking is agreeing wherever their agreement is needed. */
function decideAsk(scope: Scope, args: AskArgs, actor: Actor): Result<readonly Change[], Refusal> {
  const deal = scope.deal as Deal;
  const context = changeContext(scope) as ChangeContext;
  const there = deal.changes.find(({ id }) => id === args.id);
  if (there !== undefined)
    return there.kind === args.kind && isSame(there.terms, args.terms) ? ok([]) : err(idTaken('request'));
  const drafted = draftChange(args, actor, context);
  if (!drafted.ok) return err(refusalOf(drafted.error));
  const opened = stepChange(drafted.value, { type: 'open', at: args.at }, actor, context);
  if (!opened.ok) return err(refusalOf(opened.error));
  let request = opened.value;
  for (const as of capacitiesOf(actor, context)) {
    const isAsked = requiredApprovals(request, context).some(
      (slot) => slot.approver === as && (slot.personId === null || slot.personId === idOf(actor)),
    );
    if (!isAsked || as === 'broker' || as === 'reviewer') continue;
    const agreed = stepChange(request, { type: 'approve', at: args.at, as }, actor, context);
    if (agreed.ok) request = agreed.value;
  }
  return ok([insert('change', { ...request, sentToOtherSideAt: null })]);
}

function step(scope: Scope, changeId: string, wanted: ChangeStep, actor: Actor): Result<readonly Change[], Refusal> {
  return onChange(scope, changeId, (row) => {
    const stepped = stepChange(row, wanted, actor, changeContext(scope) as ChangeContext);
    return stepped.ok ? ok(written(row, stepped.value)) : err(refusalOf(stepped.error));
  });
}

interface ExecuteArgs {
  readonly changeId: string;
  readonly at: string;
  readonly versionId: string | null;
  readonly executedAt: string;
  readonly delivery: {
    readonly on: Deal['anchors'][number]['on'];
    readonly mode: 'personal' | 'mail' | 'electronic';
  } | null;
  readonly on: Deal['anchors'][number]['on'];
}

function decideExecute(scope: Scope, args: ExecuteArgs, actor: Actor): Result<readonly Change[], Refusal> {
  const { changeId, at, versionId, executedAt, delivery, on } = args;
  return onChange(scope, changeId, (row, deal) => {
    if (row.state === 'executed' && row.executedBy === versionId) return ok([]);
    const context = changeContext(scope) as ChangeContext;
    const carryOut = (evidence: Parameters<typeof executeChange>[1]['evidence'], title: string) => {
      const executed = executeChange(row, { at, evidence }, actor, context);
      if (!executed.ok) return err(refusalOf(executed.error));
      const effects = effectChanges(deal, executed.value.effects, { on, title, at, actor, changeId });
      return effects.ok ? ok([...written(row, executed.value.request), ...effects.value]) : effects;
    };
    if (versionId === null) return carryOut(null, '');
    return onVersion(scope, versionId, (version, line) => {
      // Its own review counts, not that of a newer file on its line.
      const document = documentFacts(deal, { version, line });
      // A paper that was here before the request was made carries no answer to it.
      if (row.openedAt !== null && version.receivedAt < row.openedAt) return err(cameBefore);
      return carryOut({ requestId: row.id, document, executedAt, delivery }, line.title);
    });
  });
}

const cameBefore: Refusal = {
  type: 'WrongDocument',
  message:
    'That paper came before the request was made, so it does not answer it. Choose the one that was signed for it. If this was agreed before it was asked for here, withdraw the request and write the day under Dates, with this paper as the reason.',
};
