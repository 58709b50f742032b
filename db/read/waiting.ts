import type { Id } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';

/** Deals with something of a person's that may wait for the team; which of it does is a rule's to say. */
export const WAITING_SQL = `SELECT deal_id AS id FROM message WHERE is_settled = 0
  UNION SELECT deal_id FROM change WHERE state IN ('open', 'approved')
  UNION SELECT deal_id FROM form WHERE state = 'sent'
  UNION SELECT deal_id FROM proposal WHERE state = 'open'
  UNION SELECT deal_id FROM lead WHERE state = 'new'`;

/** Pinned by waiting.db.test.ts: walks the index of what is to be reviewed. */
export const SENT_SQL = `SELECT l.deal_id AS id, count(*) AS count FROM line AS l
  JOIN version AS v ON v.deal_id = l.deal_id AND v.line_id = l.id
  JOIN paper AS p ON p.id = v.id
  WHERE l.state IN ('received', 'needs-review') AND l.deal_id IN (SELECT value FROM json_each(?))
    AND p.sent_by_id IS NOT NULL AND v.is_held = 0
    AND v.number = (SELECT max(number) FROM version WHERE deal_id = l.deal_id AND line_id = l.id)
  GROUP BY l.deal_id`;

/** How many documents that people sent wait for a review, by deal; of these deals alone. */
export function sentToReview(read: Read, dealIds: readonly Id[]): ReadonlyMap<Id, number> {
  const rows = read.all<{ id: Id; count: number }>(SENT_SQL, JSON.stringify(dealIds));
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Active deals on which a person may wait for an answer, by id. */
export function dealsWaiting(read: Read): readonly Id[] {
  const active = `SELECT deal_id FROM summary WHERE is_active = 1`;
  const sql = `SELECT id FROM (${WAITING_SQL}) WHERE id IN (${active}) ORDER BY id`;
  return read.all<{ id: Id }>(sql).map(({ id }) => id);
}
