import { chainOf } from '../../../core/commands/version-rules.ts';
import type { Deal, Id, LineRow } from '../../../core/deals/model.ts';
import { dealsToReview } from '../../../db/read/files.ts';
import type { ReviewItem } from '../../contract/papers.ts';
import type { Open } from '../handlers/context.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { dealMark, lineView } from './views.ts';

/** Every document that waits for a reviewer, the one that came first at the head; of one deal, or of all open ones. */
export function reviewQueue(open: Open, dealId: Id | null): readonly ReviewItem[] {
  const ids = dealId === null ? dealsToReview(open.db.read) : [dealId];
  return ids
    .flatMap((id) => {
      const deal = dealCacheOf(open.db).get(open.db.read, id);
      return deal === null || deal.row.outcome !== null ? [] : itemsOf(open, deal);
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ item }) => item);
}

interface Waiting {
  readonly item: ReviewItem;
  readonly at: string;
}

function itemsOf(open: Open, deal: Deal): readonly Waiting[] {
  return deal.lines.flatMap((line): readonly Waiting[] => {
    const newest = chainOf(deal, line.id).at(-1);
    if (!isWaiting(line) || newest === undefined || newest.isHeld) return [];
    const view = lineView(open.db.read, deal, line, open.office.members());
    const item: ReviewItem = { deal: dealMark(deal), line: view, versionId: newest.id, state: line.state };
    return [{ item, at: newest.receivedAt }];
  });
}

function isWaiting(line: LineRow): line is LineRow & { readonly state: ReviewItem['state'] } {
  return line.state === 'received' || line.state === 'needs-review';
}
