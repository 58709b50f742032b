import type { Deal, Id } from '../../core/deals/model.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';
import type { Write } from '../handles.ts';
import { readDeal } from '../read/deal.ts';
import { writeSummary } from './write-summary.ts';

/** Makes every summary again from the rows of its deal. Returns how many there are. Run it when the rule changed. */
export function rebuildSummaries(write: Write, summarise: (deal: Deal) => SummaryRow): number {
  write.run('DELETE FROM summary');
  const ids = write.all<{ id: Id }>('SELECT id FROM deal ORDER BY id');
  for (const { id } of ids) {
    const deal = readDeal(write, id);
    if (deal) writeSummary(write, summarise(deal));
  }
  return ids.length;
}

/**
 * The same in slices, for records that are open: the summaries of up to `limit` deals after `after` (null: from the
 * first). Returns the last id it came to, or null when none was left. Each slice is whole; a later one may fail.
 */
export function rebuildSlice(
  write: Write,
  summarise: (deal: Deal) => SummaryRow,
  { after, limit }: { readonly after: Id | null; readonly limit: number },
): Id | null {
  const ids = write.all<{ id: Id }>('SELECT id FROM deal WHERE id > ? ORDER BY id LIMIT ?', after ?? '', limit);
  for (const { id } of ids) {
    const deal = readDeal(write, id);
    if (deal) writeSummary(write, summarise(deal));
  }
  return ids.at(-1)?.id ?? null;
}
