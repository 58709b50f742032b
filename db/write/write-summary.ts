import type { Id } from '../../core/deals/model.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';
import type { Param, Write } from '../handles.ts';
import { boardOrderOf } from '../read/board-order.ts';

type Columns = Readonly<Record<string, Param>>;

/** The deal's own columns that the board filters by, as stored. */
const OF_DEAL = 'SELECT stage, owner_id, side, state, outcome IS NULL AS is_active FROM deal WHERE id = ?';
const STORED = 'SELECT * FROM summary WHERE deal_id = ?';

/**
 * Writes the summary of a deal that is there, with copies of the deal's columns that the board filters by. Only what
 * changed is written: most commands leave the address and the people alone, and with them the indexes over those.
 */
export function writeSummary(write: Write, row: SummaryRow): void {
  const copied = write.get<Columns>(OF_DEAL, row.dealId);
  if (copied === undefined) throw new Error('summary of a deal that is not there');
  const wanted = { ...columnsOf(row), ...copied };
  const stored = write.get<Columns>(STORED, row.dealId);
  if (stored === undefined) insert(write, wanted);
  else update(write, row.dealId, { stored, wanted });
}

export function deleteSummary(write: Write, dealId: Id): void {
  write.run('DELETE FROM summary WHERE deal_id = ?', dealId);
}

function update(
  write: Write,
  dealId: Id,
  { stored, wanted }: { readonly stored: Columns; readonly wanted: Columns },
): void {
  const changed = Object.keys(wanted).filter((name) => wanted[name] !== stored[name]);
  if (changed.length === 0) return;
  const sql = `UPDATE summary SET ${changed.map((name) => `${name} = ?`).join(', ')} WHERE deal_id = ?`;
  write.run(sql, ...changed.map((name) => wanted[name] ?? null), dealId);
}

function insert(write: Write, columns: Columns): void {
  const names = Object.keys(columns);
  const sql = `INSERT INTO summary (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  write.run(sql, ...Object.values(columns));
}

function columnsOf(row: SummaryRow): Columns {
  const { sortOn, sortStreet } = boardOrderOf(row);
  return {
    deal_id: row.dealId,
    plate: row.plate,
    street_name: row.streetName,
    client_names: row.clientNames,
    closing_on: row.closingOn,
    next_task_id: row.nextTaskId,
    next_title: row.nextTitle,
    next_on: row.nextOn,
    next_role: row.nextRole,
    next_assignee_id: row.nextAssigneeId,
    next_state: row.nextState,
    missing: row.missing,
    done: row.done,
    total: row.total,
    search_text: row.searchText,
    sort_on: sortOn,
    sort_street: sortStreet,
  };
}
