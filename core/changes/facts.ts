import type { ChangeRow, Deal, Id } from '../deals/model.ts';
import type { AskedOf, ChangeFacts } from '../permissions/things.ts';
import { missingApprovals, requiredApprovals } from './approvals.ts';
import { noticeRoles } from './effects.ts';
import { previewImpact } from './preview.ts';
import type { ProposedTerm } from './request.ts';
import { type Approver, CHANGE_RULES } from './rules.ts';

/** A deal and the members on it: one of them may be who agreed for us. */
export interface ChangesOfDeal {
  readonly deal: Deal;
  readonly teamIds: readonly Id[];
}

/** A request as the rules of permission read it. Lender and title know of it once they are asked, or told. */
export function changeFactsOf(row: ChangeRow, { deal, teamIds }: ChangesOfDeal): ChangeFacts {
  const context = { deal, teamIds, others: deal.changes };
  const asked = requiredApprovals(row, context).map(({ approver }) => approver);
  const told: readonly string[] = [...asked, ...(row.state === 'executed' ? noticeRoles(row) : [])];
  return {
    id: row.id,
    kind: row.kind,
    title: `A change of ${CHANGE_RULES[row.kind].words}`,
    state: row.state,
    side: row.side,
    requestedBy: row.requestedBy,
    sentToOtherSide: row.sentToOtherSideAt !== null,
    notifiedRoles: (['lender', 'title'] as const).filter((role) => told.includes(role)),
    askedOf: isAsking(row) ? asked.flatMap((approver) => ASKED_OF[approver] ?? []) : [],
    isAgreedByUs: missingApprovals(row, context).every(({ approver }) => !OURS.includes(approver)),
    termTypes: row.terms.map(({ type }) => type),
    terms: termSentences(row, deal).join(' '),
  };
}

/** What a request asks for, as sentences. */
export function termSentences(row: ChangeRow, deal: Deal): readonly string[] {
  const { sentences } = previewImpact(row, { deal, teamIds: [], others: deal.changes }, () => null);
  return sentences.slice(0, row.terms.length);
}

/** A part of a request without what our side says about it: for who is asked and is not of our side. */
export function bareTerm(term: ProposedTerm): ProposedTerm {
  return term.type === 'cancel' ? { ...term, reason: '' } : term;
}

const ASKED_OF: Readonly<Partial<Record<Approver, AskedOf>>> = {
  lender: 'lender',
  title: 'title',
  'other-principal': 'other-side',
};
const OURS: readonly Approver[] = ['own-principal', 'own-agent', 'broker'];

/** One that came to nothing asks nobody any more. Otherwise it would open when somebody who had not agreed left the deal. */
function isAsking({ state }: ChangeRow): boolean {
  return state === 'open' || state === 'approved' || state === 'executed';
}
