import type { ChangeRow, Deal } from '../deals/model.ts';
import type { ChangeFacts } from '../permissions/things.ts';
import { requiredApprovals } from './approvals.ts';
import { noticeRoles } from './effects.ts';
import { previewImpact } from './preview.ts';
import { CHANGE_RULES } from './rules.ts';

/** A request as the rules of permission read it. Lender and title know of it once they are asked, or told. */
export function changeFactsOf(row: ChangeRow, deal: Deal): ChangeFacts {
  const context = { deal, teamIds: [], others: deal.changes };
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
    terms: termSentences(row, deal).join(' '),
  };
}

/** What a request asks for, as sentences. */
export function termSentences(row: ChangeRow, deal: Deal): readonly string[] {
  const { sentences } = previewImpact(row, { deal, teamIds: [], others: deal.changes }, () => null);
  return sentences.slice(0, row.terms.length);
}
