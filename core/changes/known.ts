import type { Deal, Facts } from '../deals/model.ts';
import type { ProposedTerm } from './request.ts';
import type { ChangeFactsKnown } from './rules.ts';

/**
 * What the deal itself says about a request: whom it has to be asked of hangs on it. What nobody has said stays unknown,
 * and then the approver is asked.
 */
export function factsKnownOf(deal: Pick<Deal, 'row' | 'versions'>, terms: readonly ProposedTerm[]): ChangeFactsKnown {
  return {
    isFinanced: isFinanced(deal.row),
    // Repairs alone may cost or not; a credit among them says it.
    hasCostOrCredit: terms.some(({ type }) => type === 'credit') ? true : null,
    hasDeposit: null,
    wasSigned: wasSigned(deal, terms),
  };
}

/** A rental has no loan; a purchase has one or not as intake said, and "unknown" says nothing. */
function isFinanced({ side, scenario, facts }: Pick<Deal['row'], 'side' | 'scenario' | 'facts'>): boolean | null {
  if (scenario === 'rent' || side === 'tenant' || side === 'landlord') return false;
  const said: Facts[string] | undefined = facts.financing;
  if (typeof said !== 'string' || said === '' || said === 'unknown') return null;
  return said !== 'cash';
}

/** Whether a paper that is replaced was signed by anybody; null where nothing is replaced, or nobody has marked it. */
function wasSigned({ versions }: Pick<Deal, 'versions'>, terms: readonly ProposedTerm[]): boolean | null {
  const lineIds = terms.flatMap((term) =>
    term.type === 'new-version' || term.type === 'amended-disclosure' ? [term.lineId] : [],
  );
  return versions.some(({ lineId, suffix }) => lineIds.includes(lineId) && suffix !== null) ? true : null;
}
