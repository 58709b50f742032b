import { STAGES, type Stage } from '../../../core/deals/model.ts';
import { boardColumn, boardCounts } from '../../../db/read/board.ts';
import { newLeads } from '../../../db/read/leads.ts';
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
  const cards = page.rows.map((row) => ({ ...cardOf(row, members, today), ...markOf(leads.has(row.dealId)) }));
  return { stage: query.stage, count, cards, after: page.after };
}

function markOf(isNewLead: boolean) {
  return isNewLead ? { isNewLead } : {};
}
