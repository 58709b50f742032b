import type { Id } from '../../core/deals/model.ts';
import type { Write } from '../handles.ts';
import { removeDealFromSearch } from '../search/index-deal.ts';

/** Children before their deal, the changes before their command. */
const PURGE = [
  'DELETE FROM change_log WHERE seq IN (SELECT seq FROM command_log WHERE deal_id = ?)',
  'DELETE FROM command_log WHERE deal_id = ?',
  'DELETE FROM summary WHERE deal_id = ?',
  // A file of the person's own that was filed on a made-up deal waits in the inbox again.
  "UPDATE arrival SET state = 'reading', decided_at = NULL, decided_by = '', proposal = NULL WHERE deal_id = ? AND state = 'filed'",
  'UPDATE arrival SET deal_id = NULL, line_id = NULL, version_id = NULL, command_id = NULL WHERE deal_id = ?',
  // What was dropped on it is looked at anew, too.
  "UPDATE arrival SET state = 'reading', proposal = NULL WHERE hint_deal_id = ? AND state = 'new'",
  'UPDATE arrival SET hint_deal_id = NULL, hint_line_id = NULL WHERE hint_deal_id = ?',
  'DELETE FROM outbox WHERE deal_id = ?',
  'DELETE FROM attention WHERE deal_id = ?',
  'DELETE FROM file_task WHERE deal_id = ?',
  'DELETE FROM deal_folder_file WHERE deal_id = ?',
  'DELETE FROM deal_folder WHERE deal_id = ?',
  'DELETE FROM paper WHERE deal_id = ?',
  'DELETE FROM change WHERE deal_id = ?',
  'DELETE FROM message WHERE deal_id = ?',
  'DELETE FROM reading WHERE deal_id = ?',
  'DELETE FROM proposal WHERE deal_id = ?',
  'DELETE FROM form WHERE deal_id = ?',
  'DELETE FROM lead WHERE deal_id = ?',
  'DELETE FROM consent WHERE deal_id = ?',
  'DELETE FROM version WHERE deal_id = ?',
  'DELETE FROM line WHERE deal_id = ?',
  'DELETE FROM anchor WHERE deal_id = ?',
  'DELETE FROM milestone WHERE deal_id = ?',
  'DELETE FROM note WHERE deal_id = ?',
  'DELETE FROM person WHERE deal_id = ?',
  'DELETE FROM task WHERE deal_id = ?',
  'DELETE FROM deal WHERE id = ? AND is_sample = 1',
] as const;
/** Deals between two reports of progress. */
const SLICE = 5;

/**
 * Takes every sample deal away with all that belongs to it, journal included, so nothing of it can be undone: the one
 * exception to `applyChanges`. All or none, with the caller's transaction. Returns how many there were.
 */
export function purgeSamples(write: Write, onProgress: (done: number, total: number) => void = () => {}): number {
  const ids = write.all<{ id: Id }>('SELECT id FROM deal WHERE is_sample = 1').map((row) => row.id);
  ids.forEach((id, index) => {
    removeDealFromSearch(write, id);
    for (const sql of PURGE) write.run(sql, id);
    const done = index + 1;
    if (done % SLICE === 0 || done === ids.length) onProgress(done, ids.length);
  });
  write.run("DELETE FROM arrival WHERE source = 'sample'");
  return ids.length;
}
