import type { Id } from '../../core/deals/model.ts';
import type { Write } from '../handles.ts';

/** A file that the portal is not known to hold comes back to the inbox; what it holds leaves with its deal. */
const FORGET = [
  `UPDATE arrival SET state = 'reading', decided_at = NULL, decided_by = '', proposal = NULL
    WHERE deal_id = ? AND state = 'filed' AND NOT EXISTS (SELECT 1 FROM file_task AS f
      WHERE f.sha256 = arrival.sha256 AND f.deal_id = arrival.deal_id AND f.way = 'up' AND f.state = 'done')`,
  "DELETE FROM arrival WHERE deal_id = ? AND state = 'filed'",
  'UPDATE arrival SET deal_id = NULL, line_id = NULL, version_id = NULL, command_id = NULL WHERE deal_id = ?',
  // What was dropped on it is looked at anew.
  "UPDATE arrival SET state = 'reading', proposal = NULL WHERE hint_deal_id = ? AND state = 'new'",
  'UPDATE arrival SET hint_deal_id = NULL, hint_line_id = NULL WHERE hint_deal_id = ?',
  'DELETE FROM deal_folder_file WHERE deal_id = ?',
  'DELETE FROM deal_folder WHERE deal_id = ?',
] as const;

/** What this computer noted of a deal that leaves it: where its files came from and where its folder lies. */
export function forgetPlace(write: Write, dealId: Id): void {
  for (const sql of FORGET) write.run(sql, dealId);
}
