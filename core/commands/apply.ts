import type { Deal, DealRow, DealRows, DealTable } from '../deals/model.ts';
import type { Change } from './types.ts';

type RowsByTable = { readonly [T in DealTable]: readonly DealRows[T][] };

/**
 * The deal after some changes, in memory: what the database will hold once they are written. Null when the changes
 * take the deal itself away. A change that does not fit the rows is a defect and throws.
 */
export function applyToDeal(deal: Deal | null, changes: readonly Change[]): Deal | null {
  let rows = rowsOf(deal);
  for (const change of changes) rows = { ...rows, [change.table]: applyToTable(rows[change.table], change) };
  const row = rows.deal[0];
  if (row === undefined) return null;
  return {
    row,
    tasks: byPosition(rows.task),
    people: byPosition(rows.person),
    notes: rows.note,
    anchors: rows.anchor,
    milestones: rows.milestone,
  };
}

/** All rows of a deal by table, as changes see them. */
export function rowsOf(deal: Deal | null): RowsByTable {
  const own: readonly DealRow[] = deal === null ? [] : [deal.row];
  return {
    deal: own,
    task: deal?.tasks ?? [],
    person: deal?.people ?? [],
    note: deal?.notes ?? [],
    anchor: deal?.anchors ?? [],
    milestone: deal?.milestones ?? [],
  };
}

export function rowOf<T extends DealTable>(deal: Deal | null, table: T, id: string): DealRows[T] | undefined {
  return rowsOf(deal)[table].find((row) => row.id === id);
}

function applyToTable(rows: readonly { readonly id: string }[], change: Change): readonly { readonly id: string }[] {
  if (change.op === 'insert') {
    if (rows.some((row) => row.id === change.row.id)) throw new Error(`insert of a ${change.table} that is there`);
    return [...rows, change.row];
  }
  if (!rows.some((row) => row.id === change.id)) throw new Error(`${change.op} of a ${change.table} that is not there`);
  if (change.op === 'delete') return rows.filter((row) => row.id !== change.id);
  return rows.map((row) => (row.id === change.id ? { ...row, ...change.set } : row));
}

function byPosition<R extends { readonly id: string; readonly position: number }>(rows: readonly R[]): readonly R[] {
  return [...rows].sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1));
}
