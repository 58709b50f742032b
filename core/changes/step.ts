import type { Id, Instant } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { type ChangeContext, capacitiesOf, missingApprovals, requiredApprovals } from './approvals.ts';
import { blockedBy, blockersOf, isLive, log } from './conflicts.ts';
import type { ChangeRefusal } from './refusals.ts';
import type { ChangeRequest, ChangeState } from './request.ts';
import { APPROVER_WORDS, type Approver, CHANGE_RULES } from './rules.ts';

/** Everything that may happen to a request short of taking effect (execute.ts does that). */
export type ChangeStep = { readonly at: Instant } & (
  | { readonly type: 'open' }
  | { readonly type: 'approve'; readonly as: Approver }
  | { readonly type: 'decline'; readonly as: Approver; readonly reason: string }
  | { readonly type: 'withdraw' }
  | { readonly type: 'expire' }
  | {
      readonly type: 'call-back';
      readonly channel: 'phone' | 'in-person' | 'e-mail' | 'text';
      /** Where the number came from; one that came with the request verifies nothing. */
      readonly number: 'known-before' | 'from-the-request';
    }
);

/**
 * One step of a request: draft, open, approved, or an end (declined, expired, withdrawn). Terms never move here: an
 * approval permits drafting, and only the executed, reviewed document makes a change (architecture.md section 1).
 * Refused with a sentence; the request is then as it was.
 */
export function stepChange(
  request: ChangeRequest,
  step: ChangeStep,
  by: Actor,
  context: ChangeContext,
): Result<ChangeRequest, ChangeRefusal> {
  switch (step.type) {
    case 'open':
      return open(request, step.at, by, context);
    case 'approve':
      return approve(request, step, by, context);
    case 'decline':
      return decline(request, step, by, context);
    case 'withdraw':
      return withdraw(request, step.at, by, context);
    case 'expire':
      return expire(request, step.at, by);
    case 'call-back':
      return callBack(request, step, by, context);
  }
}

type Step<T extends ChangeStep['type']> = Extract<ChangeStep, { readonly type: T }>;
type Stepped = Result<ChangeRequest, ChangeRefusal>;

function open(request: ChangeRequest, at: Instant, by: Actor, context: ChangeContext): Stepped {
  if (request.state !== 'draft') return err(wrongState(request.state));
  if (!isRequesterOrReviewer(request, by, context)) return err(notYours());
  if (isPast(request.expiresAt, at)) return err(expired());
  const opened: ChangeRequest = { ...request, state: 'open', openedAt: at };
  const blockers = blockersOf(opened, context.others, at);
  const waits =
    blockers.length === 0 ? '' : ` It waits for ${blockers.map(({ id }) => id).join(', ')}, which came first.`;
  const what = `Asked to change ${CHANGE_RULES[request.kind].words}.${waits}`;
  return ok(log(opened, { at, byId: idOf(by), what }));
}

function approve(request: ChangeRequest, step: Step<'approve'>, by: Actor, context: ChangeContext): Stepped {
  const { at, as } = step;
  if (!isLive(request)) return err(wrongState(request.state));
  const byId = idOf(by);
  if (byId === null || !isAskedAs(request, as, by, context)) return err(notAnApprover());
  const there = request.approvals.find((approval) => approval.approver === as && approval.byId === byId);
  if (there !== undefined && there.told === undefined) return ok(request);
  const refusal = tooLate(request, at) ?? blocked(request, at, context);
  if (refusal !== null) return err(refusal);
  // Their own yes stands in place of one that somebody wrote down for them.
  const approvals = [...request.approvals.filter((one) => one !== there), { approver: as, byId, at }];
  const approved = { ...request, approvals };
  return ok(
    settle(log(approved, { at, byId, what: `Approved as ${APPROVER_WORDS[as]}. Nothing has changed yet.` }), context),
  );
}

/** Any asked approver may say no until the change is executed, also after having said yes. */
function decline(request: ChangeRequest, step: Step<'decline'>, by: Actor, context: ChangeContext): Stepped {
  if (!isLive(request)) return err(wrongState(request.state));
  if (!isAskedAs(request, step.as, by, context)) return err(notAnApprover());
  const why = step.reason === '' ? '' : ` Reason: ${step.reason}`;
  const what = `Declined as ${APPROVER_WORDS[step.as]}.${why}`;
  return ok(log({ ...request, state: 'declined' }, { at: step.at, byId: idOf(by), what }));
}

function withdraw(request: ChangeRequest, at: Instant, by: Actor, context: ChangeContext): Stepped {
  if (!isLive(request) && request.state !== 'draft') return err(wrongState(request.state));
  if (!isRequesterOrReviewer(request, by, context)) return err(notYours());
  return ok(log({ ...request, state: 'withdrawn' }, { at, byId: idOf(by), what: 'Withdrawn. Nothing has changed.' }));
}

/** Only an open request expires: once approved it waits for its document. A job or the team may note it. */
function expire(request: ChangeRequest, at: Instant, by: Actor): Stepped {
  if (request.state !== 'open') return err(wrongState(request.state));
  if (by.kind === 'party') return err(notYours());
  if (!isPast(request.expiresAt, at) && !isPast(request.periodEndsAt, at))
    return err({ type: 'NotExpired', sentence: 'This request still has time. Withdraw it if it is not wanted.' });
  return ok(log({ ...request, state: 'expired' }, { at, byId: idOf(by), what: 'Expired. Nothing has changed.' }));
}

function callBack(request: ChangeRequest, step: Step<'call-back'>, by: Actor, context: ChangeContext): Stepped {
  if (request.state !== 'open') return err(wrongState(request.state));
  if (CHANGE_RULES[request.kind].evidence !== 'call-back')
    return err({ type: 'NotACallBack', sentence: 'This request is agreed by signatures, not by a call.' });
  if (by.kind !== 'member' || !isReviewer(by, context))
    return err({ type: 'NotAllowed', sentence: 'The coordinator calls back. Nobody else can confirm this.' });
  const isKnown = step.number === 'known-before' || step.channel === 'in-person';
  if (step.channel === 'e-mail' || step.channel === 'text' || !isKnown)
    return err({
      type: 'NotACallBack',
      sentence:
        'Call a number you had before this request. E-mails, texts and numbers that came with it prove nothing.',
    });
  if (isPast(request.expiresAt, step.at)) return err(expired());
  const refusal = blocked(request, step.at, context);
  if (refusal !== null) return err(refusal);
  const what = `Confirmed ${step.channel === 'phone' ? 'by phone on a known number' : 'in person'}.`;
  const confirmed: ChangeRequest = { ...request, state: 'approved', callBack: { byId: by.memberId, at: step.at } };
  return ok(log(confirmed, { at: step.at, byId: by.memberId, what }));
}

/** Open becomes approved when nothing is missing: a function of the set of approvals, so their order does not matter. */
export function settle(request: ChangeRequest, context: ChangeContext): ChangeRequest {
  if (request.state !== 'open' || missingApprovals(request, context).length > 0) return request;
  return { ...request, state: 'approved' };
}

function isAskedAs(request: ChangeRequest, as: Approver, by: Actor, context: ChangeContext): boolean {
  if (!capacitiesOf(by, context).includes(as)) return false;
  const id = idOf(by);
  return requiredApprovals(request, context).some(
    (slot) => slot.approver === as && (slot.personId === null || slot.personId === id),
  );
}

export function isReviewer(by: Actor, context: ChangeContext): boolean {
  return by.kind === 'member' && capacitiesOf(by, context).includes('reviewer');
}

function isRequesterOrReviewer(request: ChangeRequest, by: Actor, context: ChangeContext): boolean {
  return idOf(by) === request.requestedBy || isReviewer(by, context);
}

/** Why an agreement given at that instant does not count any more; null while it does. */
export function tooLate({ expiresAt, periodEndsAt }: ChangeRequest, at: Instant): ChangeRefusal | null {
  if (isPast(expiresAt, at)) return expired();
  return isPast(periodEndsAt, at) ? periodOver() : null;
}

export function blocked(request: ChangeRequest, at: Instant, { others }: ChangeContext): ChangeRefusal | null {
  const blockers = blockersOf(request, others, at);
  return blockers.length > 0 ? blockedBy(blockers) : null;
}

/** The last instant still counts. Instants are UTC text of one shape, so text order is time order. */
function isPast(end: Instant | null, at: Instant): boolean {
  return end !== null && at > end;
}

function idOf(by: Actor): Id | null {
  if (by.kind === 'system') return null;
  return by.kind === 'member' ? by.memberId : by.personId;
}

export function wrongState(state: ChangeState): ChangeRefusal {
  const words: Readonly<Record<ChangeState, string>> = {
    draft: 'This request is still a draft. Send it first.',
    open: 'This request is open and waits for approvals.',
    approved: 'This request is approved and waits for the signed document.',
    executed: 'This change has taken effect. Make a new request to change it again.',
    declined: 'This request was declined. Make a new one if things have changed.',
    expired: 'This request has expired and nothing changed. Make a new one.',
    withdrawn: 'This request was withdrawn and nothing changed. Make a new one.',
  };
  return { type: 'WrongState', state, sentence: words[state] };
}

const notYours = (): ChangeRefusal => ({
  type: 'NotAllowed',
  sentence: 'That is for whoever asked, or the coordinator. Send the coordinator a message.',
});
export const notAnApprover = (): ChangeRefusal => ({
  type: 'NotAnApprover',
  sentence: 'Your approval is not one that this request needs. Ask the coordinator if you expected to be asked.',
});
const expired = (): ChangeRefusal => ({
  type: 'Expired',
  sentence: 'The time to agree on this request is over. Nothing has changed; make a new request.',
});
export const periodOver = (): ChangeRefusal => ({
  type: 'PeriodOver',
  sentence:
    'The period ended before this was agreed, so it cannot be extended this way. Ask the agent what the form allows.',
});
