import type { Id } from '../../core/deals/model.ts';
import type { Write } from '../handles.ts';
import { removeDealFromSearch } from '../search/index-deal.ts';
import { forgetPlace } from './forget-place.ts';

/** Children before their deal, the changes before their command. */
const REMOVE = [
  'DELETE FROM change_log WHERE seq IN (SELECT seq FROM command_log WHERE deal_id = ?)',
  'DELETE FROM command_log WHERE deal_id = ?',
  'DELETE FROM summary WHERE deal_id = ?',
  'DELETE FROM attention WHERE deal_id = ?',
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
  'DELETE FROM deal WHERE id = ?',
] as const;

/**
 * Deals that a team's portal gave this computer, or got from it. Those that are made up stay, and those that were opened
 * since `dropWaiting`: their first step waits for the next portal.
 */
export function teamDeals(write: Write, limit: number): readonly Id[] {
  const sql = `SELECT id FROM deal WHERE is_sample = 0
    AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.deal_id = deal.id AND o.name = 'createDeal') ORDER BY id LIMIT ?`;
  return write.all<{ id: Id }>(sql, limit).map(({ id }) => id);
}

/** Takes a deal off this computer with all that belongs to it, history included: when a person leaves a team with nothing. */
export function removeDeal(write: Write, dealId: Id): void {
  removeDealFromSearch(write, dealId);
  forgetPlace(write, dealId);
  for (const sql of REMOVE) write.run(sql, dealId);
}

/** What waited for a team that is left, in the step that leaves it. */
export function dropWaiting(write: Write): void {
  write.run('DELETE FROM outbox');
}

const REST = [
  'DELETE FROM change_log WHERE seq IN (SELECT seq FROM command_log WHERE deal_id NOT IN (SELECT id FROM deal))',
  'DELETE FROM command_log WHERE deal_id NOT IN (SELECT id FROM deal)',
  'DELETE FROM outbox WHERE deal_id NOT IN (SELECT id FROM deal)',
  'DELETE FROM sent_log',
  'DELETE FROM attention',
  'DELETE FROM sync_unit',
  'DELETE FROM sync_copy',
  'DELETE FROM sync_wanted',
  'DELETE FROM file_task',
] as const;

/** What is left of a team beside its deals: what waited for it, and what it knew of this computer. */
export function removeRest(write: Write): void {
  for (const sql of REST) write.run(sql);
}
