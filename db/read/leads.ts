import type { Id } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';

const LEAD_SQL = {
  waiting: "SELECT deal_id AS id FROM lead WHERE state = 'new' ORDER BY arrived_at, deal_id",
  /** Phone numbers are no part of a deal's searched text. */
  phone: "SELECT DISTINCT deal_id AS id FROM person WHERE phone = ? AND role IN ('client', 'co-client') LIMIT 100",
} as const;

/** Deals that came in by an intake link and that nobody has decided about, the oldest first. */
export function newLeads(read: Read): readonly Id[] {
  return read.all<{ id: Id }>(LEAD_SQL.waiting).map(({ id }) => id);
}

/** Deals with a client of this number, in E.164. */
export function dealsWithPhone(read: Read, phone: string): readonly Id[] {
  return phone === '' ? [] : read.all<{ id: Id }>(LEAD_SQL.phone, phone).map(({ id }) => id);
}
