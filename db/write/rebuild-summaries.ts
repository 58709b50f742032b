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
