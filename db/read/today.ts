import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { Id } from '../../core/deals/model.ts';
import type { Read } from '../handles.ts';

/** Pinned by board.db.test.ts. */
export const TODAY_SQL = {
  byNext: `SELECT deal_id AS id, next_on AS "on" FROM summary
    WHERE is_active = 1 AND next_on <= ?`,
  byHand: `SELECT deal_id AS id, due_on AS "on" FROM task
    WHERE done_on IS NULL AND waived_on IS NULL AND due_on IS NOT NULL AND due_on <= ?`,
  activeIds: 'SELECT deal_id AS id FROM summary WHERE is_active = 1',
  active: 'SELECT count(*) AS n FROM summary WHERE is_active = 1',
} as const;

/**
 * Active deals with something due by a day, the most urgent first: their next task, or any open one with a day set by
 * hand. Days that a rule gives are not stored, so a blocked task that only a rule dates does not bring its deal here.
 */
export function dealsDueBy(read: Read, day: PlainDate): readonly Id[] {
  const active = new Set(read.all<{ id: Id }>(TODAY_SQL.activeIds).map((row) => row.id));
  const first = new Map<Id, PlainDate>();
  for (const sql of [TODAY_SQL.byNext, TODAY_SQL.byHand]) {
    for (const { id, on } of read.all<{ id: Id; on: PlainDate }>(sql, day)) {
      const known = first.get(id);
      if (active.has(id) && (known === undefined || on < known)) first.set(id, on);
    }
  }
  const key = ([id, on]: readonly [Id, PlainDate]) => `${on} ${id}`;
  return [...first].toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(([id]) => id);
}

/** Deals that are neither closed nor withdrawn. */
export function activeDealCount(read: Read): number {
  return read.get<{ n: number }>(TODAY_SQL.active)?.n ?? 0;
}
