import type { DealRows, DealTable, Id } from '../deals/model.ts';
import type { Change, DeleteOf, InsertOf, UpdateOf } from './types.ts';

/** The few ways to make a Change. Tables are named once, so rows and columns stay of one kind. */

export function insert<T extends DealTable>(table: T, row: DealRows[T]): Change {
  const change: InsertOf<T> = { op: 'insert', table, row };
  return change as Change;
}

export function remove<T extends DealTable>(table: T, row: DealRows[T]): Change {
  const change: DeleteOf<T> = { op: 'delete', table, id: row.id, was: row };
  return change as Change;
}

/** One update of the columns that really differ; nothing when none does. */
export function update<T extends DealTable>(
  table: T,
  row: DealRows[T],
  wanted: Partial<DealRows[T]>,
): readonly Change[] {
  const set: Partial<DealRows[T]> = {};
  const was: Partial<DealRows[T]> = {};
  for (const column of Object.keys(wanted) as (keyof DealRows[T])[]) {
    if (wanted[column] === undefined || isSame(row[column], wanted[column])) continue;
    set[column] = wanted[column];
    was[column] = row[column];
  }
  if (Object.keys(set).length === 0) return [];
  const change: UpdateOf<T> = { op: 'update', table, id: row.id, set, was };
  return [change as Change];
}

export function idOf(change: Change): Id {
  return change.op === 'insert' ? change.row.id : change.id;
}

/** Column values are scalars or small JSON: equal when they are written the same. Key order does not count. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => key in b && isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}
