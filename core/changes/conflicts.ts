import type { Id, Instant } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { err, ok, type Result } from '../result.ts';
import { type ChangeContext, capacitiesOf } from './approvals.ts';
import type { ChangeRefusal } from './refusals.ts';
import { type ChangeLogLine, type ChangeRequest, type ChangeState, fieldsOf } from './request.ts';
import { CHANGE_RULES } from './rules.ts';

/**
 * The requests that came first and touch a field of this one. While there is one, this one waits. One whose time has run
 * out at `at` holds up nothing: nobody can agree to it any more.
 */
export function blockersOf(
  request: ChangeRequest,
  others: readonly ChangeRequest[],
  at: Instant | null = request.openedAt,
): readonly ChangeRequest[] {
  return others.filter(
    (other) => isLive(other) && doConflict(request, other) && isBefore(other, request) && !hasRunOut(other, at),
  );
}

/** An open request whose time is over. Its paper may still come, if it was signed in time (execute.ts). */
export function hasRunOut(
  { state, expiresAt, periodEndsAt }: Pick<ChangeRequest, 'state' | 'expiresAt' | 'periodEndsAt'>,
  at: Instant | null,
): boolean {
  if (state !== 'open' || at === null) return false;
  return [expiresAt, periodEndsAt].some((end) => end !== null && end < at);
}

/** How a request stands at an instant: no job marks one as expired, its time does. */
export function stateAt(
  request: Pick<ChangeRequest, 'state' | 'expiresAt' | 'periodEndsAt'>,
  at: Instant,
): ChangeState {
  return hasRunOut(request, at) ? 'expired' : request.state;
}

export function doConflict(one: ChangeRequest, other: ChangeRequest): boolean {
  if (one.id === other.id || one.dealId !== other.dealId) return false;
  const fields = fieldsOf(one.terms);
  return fieldsOf(other.terms).some((field) => fields.includes(field));
}

/** A request still on its way: it can block and be blocked. */
export function isLive(request: ChangeRequest): boolean {
  return request.state === 'open' || request.state === 'approved';
}

export interface Resolution {
  readonly kept: ChangeRequest;
  readonly dropped: ChangeRequest;
}

/**
 * A reviewer decides between two requests that touch the same field: one is declined, and both say so in their logs.
 * Refused by `NotAllowed` (no reviewer of this deal) and `NoConflict` (they do not touch, or one has ended).
 */
export function resolveConflict(
  { kept, dropped }: Resolution,
  by: Actor,
  { at, reason }: { readonly at: Instant; readonly reason: string },
  context: ChangeContext,
): Result<Resolution, ChangeRefusal> {
  if (by.kind !== 'member' || !capacitiesOf(by, context).includes('reviewer'))
    return err({ type: 'NotAllowed', sentence: 'The coordinator decides between two requests. Send them a message.' });
  if (!isLive(kept) || !isLive(dropped) || !doConflict(kept, dropped))
    return err({
      type: 'NoConflict',
      sentence: 'These two requests do not touch the same thing any more. Both stand.',
    });
  const why = reason === '' ? '' : ` Reason: ${reason}`;
  const words = CHANGE_RULES[kept.kind].words;
  const line = (what: string): ChangeLogLine => ({ at, byId: by.memberId, what });
  return ok({
    kept: log(kept, line(`Kept over request ${dropped.id}, which asked for the same: ${words}.${why}`)),
    dropped: log(
      { ...dropped, state: 'declined' },
      line(`Declined in favor of request ${kept.id}, which asked for the same: ${words}.${why}`),
    ),
  });
}

export function log(request: ChangeRequest, line: ChangeLogLine): ChangeRequest {
  return { ...request, log: [...request.log, line] };
}

/** The ids of blockers in a refusal, with what the person can do. */
export function blockedBy(blockers: readonly ChangeRequest[]): ChangeRefusal {
  const by: readonly Id[] = blockers.map(({ id }) => id);
  return {
    type: 'Blocked',
    by,
    sentence:
      'Another request for the same came first and is still open. This one waits until the coordinator decides.',
  };
}

function isBefore(one: ChangeRequest, other: ChangeRequest): boolean {
  if (one.openedAt === null) return false;
  if (other.openedAt === null) return true;
  return one.openedAt === other.openedAt ? one.id < other.id : one.openedAt < other.openedAt;
}
