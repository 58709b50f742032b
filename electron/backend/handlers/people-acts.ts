import type { PortalRows, Sight } from '../../contract/portal-rows.ts';
import { paperViews, sightIf } from '../papers/paper-views.ts';
import { askedLines, knownPapers, openQuestions } from '../services/askable.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { formViews, proposalViews } from '../services/form-views.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

const NOTHING: PortalRows = { papers: [], asked: [], known: [], forms: [], questions: [], proposals: [] };

/** What people sent, read, answered and proposed on a deal, and what they could be asked; nothing of one that is not here. */
export function getPortalRows(open: Open, { dealId }: ParsedInput<'portal-rows:of'>): PortalRows {
  const deal = dealCacheOf(open.db).get(open.db.read, dealId);
  if (deal === null) return NOTHING;
  const { office, resources } = open;
  const members = office.members();
  const template = resources.template(deal.row.templateId, deal.row.templateVersion);
  const questions = resources.questions();
  return {
    papers: [...paperViews({ deal, members, today: open.today() })],
    asked: [...askedLines(deal)],
    known: [...knownPapers(deal, template)],
    forms: [...formViews({ deal, members, questions })],
    questions: [...openQuestions(deal, questions, template)],
    proposals: [...proposalViews({ deal, members })],
  };
}

/** Who would read a file if this were said of it. Of one that is not here, nobody. Nothing is kept. */
export function getSight(open: Open, { dealId, versionId, said }: ParsedInput<'portal-rows:sight'>): Sight {
  const deal = dealCacheOf(open.db).get(open.db.read, dealId);
  return (deal === null ? null : sightIf(deal, versionId, said)) ?? { now: [], onceApproved: [] };
}
