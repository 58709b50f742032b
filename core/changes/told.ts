import type { Id, Instant, PersonRow } from '../deals/model.ts';
import type { Actor, MemberActor } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { type ChangeContext, capacitiesOfRole, requiredApprovals } from './approvals.ts';
import { isLive, log } from './conflicts.ts';
import type { ChangeRefusal } from './refusals.ts';
import type { Approval, ChangeRequest, ToldBy } from './request.ts';
import { APPROVER_WORDS, type Approver } from './rules.ts';
import { blocked, isReviewer, notAnApprover, settle, tooLate, wrongState } from './step.ts';

/** Whose answer can be taken by telephone. Broker and reviewer are of the team and answer at their own desk. */
export const TELLERS = ['own-principal', 'other-principal', 'own-agent', 'lender', 'title'] as const;
export type Teller = (typeof TELLERS)[number];

export interface ToldAnswer {
  readonly personId: Id;
  readonly as: Teller;
  readonly answer: 'yes' | 'no';
  readonly by: ToldBy;
  /** When they said it: that counts, not when it was written down. */
  readonly saidAt: Instant;
  readonly at: Instant;
  readonly reason: string;
}

/** Who hears it, by the name that the log gives them. */
export interface Hearer {
  readonly by: Actor;
  readonly name: string;
}

export const TOLD_WORDS: Readonly<Record<ToldBy, string>> = {
  phone: 'by phone',
  'e-mail': 'by e-mail',
  text: 'by text message',
  'in-person': 'in person',
};

/**
 * What a person who is asked said to the coordinator, written down by the coordinator: it fills their place and stays
 * known as told. A no ends the request, as their own would. Terms still move only with the executed paper.
 *
 * Refused by `NotAllowed` (no reviewer of this deal), `NotAnApprover` (nobody on the deal whom this asks), `WrongTime`
 * (before it was asked, or not yet), and by all that refuses their own yes.
 */
export function recordAnswer(
  request: ChangeRequest,
  told: ToldAnswer,
  hearer: Hearer,
  context: ChangeContext,
): Result<ChangeRequest, ChangeRefusal> {
  const { by } = hearer;
  if (!isLive(request)) return err(wrongState(request.state));
  if (by.kind !== 'member' || !isReviewer(by, context)) return err(notYours());
  const person = context.deal.people.find(({ id }) => id === told.personId);
  if (person === undefined || !isAskedOf(request, told.as, person, context)) return err(notAnApprover());
  if (told.saidAt > told.at || (request.openedAt !== null && told.saidAt < request.openedAt))
    return err({
      type: 'WrongTime',
      sentence: 'They can have answered only since this was asked, and until now. Correct the day or the hour.',
    });
  const line = (does: string) => ({
    at: told.at,
    byId: by.memberId,
    what: `Told to ${hearer.name} ${TOLD_WORDS[told.by]}: ${person.name} ${does} as ${APPROVER_WORDS[told.as]}.`,
  });
  if (told.answer === 'no') {
    const { at, byId, what } = line('declines');
    const why = told.reason === '' ? '' : ` Reason: ${told.reason}`;
    return ok(log({ ...request, state: 'declined' }, { at, byId, what: `${what}${why}` }));
  }
  if (request.approvals.some((approval) => isOf(approval, told))) return ok(request);
  const refusal = tooLate(request, told.saidAt) ?? blocked(request, told.at, context);
  if (refusal !== null) return err(refusal);
  const approval: Approval = {
    ...{ approver: told.as, byId: person.id, at: told.saidAt },
    told: { toId: by.memberId, by: told.by },
  };
  return ok(settle(log({ ...request, approvals: [...request.approvals, approval] }, line('agrees')), context));
}

/** Takes back a yes that was written down: by whoever wrote it, or an admin. A person's own yes is nobody else's to take back. */
export function takeBackAnswer(
  request: ChangeRequest,
  told: Pick<ToldAnswer, 'personId' | 'as' | 'at'>,
  { by, name }: Hearer,
  context: ChangeContext,
): Result<ChangeRequest, ChangeRefusal> {
  if (!isLive(request)) return err(wrongState(request.state));
  const approval = request.approvals.find((one) => isOf(one, told));
  if (approval?.told === undefined)
    return err({ type: 'NotTold', sentence: 'No answer of theirs was written down here. Nothing was changed.' });
  if (by.kind !== 'member' || !mayTakeBack(by, approval.told.toId)) return err(notYours());
  const person = context.deal.people.find(({ id }) => id === told.personId)?.name ?? 'a person';
  const what = `${name} took back what was written down ${TOLD_WORDS[approval.told.by]}: ${person} has not agreed.`;
  const rest: ChangeRequest = {
    ...request,
    state: 'open',
    approvals: request.approvals.filter((one) => one !== approval),
  };
  return ok(settle(log(rest, { at: told.at, byId: by.memberId, what }), context));
}

export function mayTakeBack(by: MemberActor, toId: Id): boolean {
  return by.memberId === toId || by.role === 'admin';
}

/** Whoever is asked in one of these capacities, by the place on the deal that they answer from. */
export function isAskedOf(
  request: ChangeRequest,
  as: Approver,
  person: Pick<PersonRow, 'id' | 'role'>,
  context: ChangeContext,
): boolean {
  return (
    capacitiesOfRole(person.role).includes(as) &&
    requiredApprovals(request, context).some(
      (slot) => slot.approver === as && (slot.personId === null || slot.personId === person.id),
    )
  );
}

function isOf({ approver, byId }: Approval, { as, personId }: Pick<ToldAnswer, 'as' | 'personId'>): boolean {
  return approver === as && byId === personId;
}

const notYours = (): ChangeRefusal => ({
  type: 'NotAllowed',
  sentence:
    'What was told is written down by the coordinator, and taken back by whoever wrote it. Send them a message.',
});
