import type { ProposalView } from '../../../electron/contract/papers.ts';
import type { Mark } from '../../viewer/messages.ts';

export type Reason = ProposalView['reasons'][number];

export interface Numbered {
  readonly reason: Reason;
  /** Null: it speaks against and stands nowhere in the file. */
  readonly number: number | null;
}

/** Those that speak for it first, numbered; one against it has a number when it can be shown on a page. */
export function numbered(reasons: readonly Reason[]): readonly Numbered[] {
  let last = 0;
  const next = (reason: Reason) => {
    if (!reason.isFor && !isOnPage(reason)) return null;
    last += 1;
    return last;
  };
  const sorted = [...reasons.filter((reason) => reason.isFor), ...reasons.filter((reason) => !reason.isFor)];
  return sorted.map((reason) => ({ reason, number: next(reason) }));
}

/** The proofs on the pages, under the numbers of their reasons. */
export function marksOf(reasons: readonly Reason[]): readonly Mark[] {
  return numbered(reasons).flatMap(({ reason, number }) =>
    reason.page === null || reason.quote === '' || number === null
      ? []
      : [{ number, page: reason.page, quote: reason.quote.slice(0, 2000) }],
  );
}

function isOnPage(reason: Reason): boolean {
  return reason.page !== null && reason.quote !== '';
}
