import type { Id } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';

/** Deals with something of a person's that may wait for the team; which of it does is a rule's to say. */
export const WAITING_SQL = `SELECT deal_id AS id FROM message WHERE is_settled = 0
  UNION SELECT deal_id FROM change WHERE state IN ('open', 'approved')
  UNION SELECT deal_id FROM form WHERE state = 'sent'
  UNION SELECT deal_id FROM proposal WHERE state = 'open'
  UNION SELECT deal_id FROM lead WHERE state = 'new'`;

/** Active deals on which a person may wait for an answer, by id. */
export function dealsWaiting(read: Read): readonly Id[] {
  const active = `SELECT deal_id FROM summary WHERE is_active = 1`;
  const sql = `SELECT id FROM (${WAITING_SQL}) WHERE id IN (${active}) ORDER BY id`;
  return read.all<{ id: Id }>(sql).map(({ id }) => id);
}
