import { addDays, type PlainDate } from '../../core/deadlines/plain-date.ts';
import type { Id, PartyRole, Side } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';

/** An open task of an active deal whose day has come or comes soon. */
export interface TodayTask {
  readonly dealId: Id;
  readonly taskId: Id;
  readonly title: string;
  readonly on: PlainDate;
  readonly assigneeRole: PartyRole;
  readonly assigneeId: Id | null;
  readonly plate: string;
  readonly streetName: string;
  readonly side: Side;
  readonly ownerId: Id;
  readonly clientNames: string;
}

/** Pinned by today.db.test.ts. */
export const TODAY_SQL = {
  byHand: `SELECT t.deal_id AS dealId, t.id AS taskId, t.title, t.due_on AS "on", t.assignee_role AS assigneeRole,
    t.assignee_id AS assigneeId, s.plate, s.street_name AS streetName, s.side, s.owner_id AS ownerId,
    s.client_names AS clientNames
    FROM task AS t CROSS JOIN summary AS s ON s.deal_id = t.deal_id
    WHERE t.done_on IS NULL AND t.waived_on IS NULL AND t.due_on IS NOT NULL AND t.due_on <= ? AND s.is_active = 1
    ORDER BY t.due_on LIMIT ?`,
  next: `SELECT deal_id AS dealId, next_task_id AS taskId, next_title AS title, next_on AS "on",
    next_role AS assigneeRole, next_assignee_id AS assigneeId, plate, street_name AS streetName, side,
    owner_id AS ownerId, client_names AS clientNames
    FROM summary WHERE is_active = 1 AND next_on IS NOT NULL AND next_on <= ? ORDER BY next_on LIMIT ?`,
  deals:
    'SELECT deal_id AS id FROM summary WHERE is_active = 1 AND next_on IS NOT NULL AND next_on <= ? ORDER BY next_on',
  active: 'SELECT count(*) AS n FROM summary WHERE is_active = 1',
} as const;

/**
 * Open tasks that are late or due within `days` of today, earliest first: those with a day set by hand, and the next
 * task of each deal, whose day may come from a rule. Days of rules are not stored, so a later task of a deal that only
 * a rule gives a day is not here until it is next: compute those from `dealsDueBy` when all are wanted.
 */
export function todayTasks(
  read: Read,
  { today, days, limit }: { readonly today: PlainDate; readonly days: number; readonly limit: number },
): readonly TodayTask[] {
  const until = addDays(today, days);
  const byId = new Map<Id, TodayTask>();
  for (const sql of [TODAY_SQL.byHand, TODAY_SQL.next]) {
    for (const row of read.all<TodayTask>(sql, until, limit)) byId.set(row.taskId, row);
  }
  const order = (task: TodayTask) => `${task.on} ${task.streetName} ${task.taskId}`;
  return [...byId.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1)).slice(0, limit);
}

/** Active deals whose next task is due by a day, earliest first. */
export function dealsDueBy(read: Read, day: PlainDate): readonly Id[] {
  return read.all<{ id: Id }>(TODAY_SQL.deals, day).map((row) => row.id);
}

/** Deals that are neither closed nor withdrawn. */
export function activeDealCount(read: Read): number {
  return read.get<{ n: number }>(TODAY_SQL.active)?.n ?? 0;
}
