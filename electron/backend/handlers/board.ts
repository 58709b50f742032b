import { type Id, STAGES, type Stage } from '../../../core/deals/model.ts';
import { boardColumn, boardCounts } from '../../../db/read/board.ts';
import { newLeads } from '../../../db/read/leads.ts';
import { dealsWaiting, sentToReview } from '../../../db/read/waiting.ts';
import type { BoardFilter, Column } from '../../contract/values.ts';
import { cardOf } from '../services/board-view.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

export function boardColumns(open: Open, { filter, limit }: ParsedInput<'board:columns'>) {
  const today = open.today();
  const { total, byStage } = boardCounts(open.db.read, { filter, today });
  const columns = STAGES.map((stage) => column(open, { stage, filter, limit, after: null, count: byStage[stage] }));
  return { columns, total };
}

export function boardColumnPage(open: Open, { stage, filter, after, limit }: ParsedInput<'board:column'>): Column {
  const { byStage } = boardCounts(open.db.read, { filter, today: open.today() });
  return column(open, { stage, filter, limit, after: after ?? null, count: byStage[stage] });
}

interface ColumnOf {
  readonly stage: Stage;
  readonly filter: BoardFilter;
  readonly after: string | null;
  readonly limit: number;
  readonly count: number;
}

function column(open: Open, { count, ...query }: ColumnOf): Column {
  const today = open.today();
  const page = boardColumn(open.db.read, { ...query, today });
  const members = open.office.members();
  // What came in waits in the first stage, until somebody has decided about it or moved it on.
  const leads = new Set(newLeads(open.db.read));
  const waits = waitsOf(open, ids(page.rows));
  const cards = page.rows.map((row) => ({
    ...cardOf(row, members, today),
    ...marksOf(leads.has(row.dealId), waits(row.dealId)),
  }));
  return { stage: query.stage, count, cards, after: page.after };
}

/** How many things people wait for on each of these deals: what they asked and wrote, and what they sent to be reviewed. */
function waitsOf(open: Open, dealIds: readonly Id[]): (dealId: Id) => number {
  const today = open.today();
  const asked = new Set(dealsWaiting(open.db.read));
  const sent = sentToReview(open.db.read, dealIds);
  return (id) => (asked.has(id) ? open.todayList.waitsOf(id, today) : 0) + (sent.get(id) ?? 0);
}

function marksOf(isNewLead: boolean, waits: number) {
  return { ...(isNewLead && { isNewLead }), ...(waits > 0 && { waits }) };
}

const ids = (rows: readonly { readonly dealId: Id }[]) => rows.map(({ dealId }) => dealId);
