import type { Id, Instant } from '../deals/model.ts';

/**
 * A principal lets one more person read papers that show the principal's figures (GLBA, domain.md section 4 [PR1]).
 * Logged once, never edited; withdrawing sets `withdrawnAt`.
 */
export interface Consent {
  readonly id: Id;
  /** The person of the deal whose figures they are. */
  readonly byPersonId: Id;
  /** The agent who may read: a member's id or a person's. */
  readonly toId: Id;
  readonly covers: 'closing-disclosure' | 'settlement';
  readonly givenAt: Instant;
  readonly withdrawnAt: Instant | null;
}

/** Whether everybody whose figures are shown has agreed. Nobody named means that nobody has agreed. */
export function isConsented(
  consents: readonly Consent[],
  aboutPersonIds: readonly Id[],
  toId: Id,
  covers: Consent['covers'],
): boolean {
  return (
    aboutPersonIds.length > 0 &&
    aboutPersonIds.every((personId) =>
      consents.some(
        (consent) =>
          consent.byPersonId === personId &&
          consent.toId === toId &&
          consent.covers === covers &&
          consent.withdrawnAt === null,
      ),
    )
  );
}
