import type { SummaryRow } from '../../core/deals/summary.ts';
import type { Param, Write } from '../handles.ts';
import { boardOrderOf } from '../read/board-order.ts';

const OWN = [
  'deal_id',
  'plate',
  'street_name',
  'client_names',
  'closing_on',
  'next_task_id',
  'next_title',
  'next_on',
  'next_role',
  'next_assignee_id',
  'next_state',
  'missing',
  'done',
  'total',
  'search_text',
  'sort_on',
  'sort_street',
] as const;
const COPIED = 'stage, owner_id, side, state, is_active';

const WRITE_SQL = `INSERT INTO summary (${OWN.join(', ')}, ${COPIED})
  SELECT ${OWN.map(() => '?').join(', ')}, stage, owner_id, side, state, outcome IS NULL FROM deal WHERE id = ?
  ON CONFLICT (deal_id) DO UPDATE SET ${[...OWN.slice(1), ...COPIED.split(', ')].map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** Writes the summary of a deal that is there, with copies of the deal's columns that the board filters by. */
export function writeSummary(write: Write, row: SummaryRow): void {
  const done = write.run(WRITE_SQL, ...summaryParams(row), row.dealId);
  if (done.changes !== 1) throw new Error('summary of a deal that is not there');
}

export function deleteSummary(write: Write, dealId: string): void {
  write.run('DELETE FROM summary WHERE deal_id = ?', dealId);
}

function summaryParams(row: SummaryRow): readonly Param[] {
  const { sortOn, sortStreet } = boardOrderOf(row);
  return [
    row.dealId,
    row.plate,
    row.streetName,
    row.clientNames,
    row.closingOn,
    row.nextTaskId,
    row.nextTitle,
    row.nextOn,
    row.nextRole,
    row.nextAssigneeId,
    row.nextState,
    row.missing,
    row.done,
    row.total,
    row.searchText,
    sortOn,
    sortStreet,
  ];
}
