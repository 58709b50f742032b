import type { Id } from '../../core/deals/model.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';
import type { Read } from '../handles.ts';

const SQL = `SELECT deal_id AS dealId, plate, street_name AS streetName, client_names AS clientNames,
  closing_on AS closingOn, next_task_id AS nextTaskId, next_title AS nextTitle, next_on AS nextOn,
  next_role AS nextRole, next_assignee_id AS nextAssigneeId, next_state AS nextState, missing, done, total,
  search_text AS searchText FROM summary WHERE deal_id = ?`;

/** The stored summary of a deal, as core computed it when the deal last changed. */
export function readSummary(read: Read, dealId: Id): SummaryRow | null {
  return read.get<SummaryRow>(SQL, dealId) ?? null;
}
