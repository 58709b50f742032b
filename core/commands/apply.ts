import type { Deal, DealRow, DealRows, DealTable } from '../deals/model.ts';
import type { Change } from './types.ts';

type RowsByTable = { readonly [T in DealTable]: readonly DealRows[T][] };

/**
 * The deal after some changes, in memory: what the database will hold once they are written. Null when the changes
 * take the deal itself away. Rows stand in the order in which the database reads them. A change that does not fit the rows is a defect and throws.
 */
export function applyToDeal(deal: Deal | null, changes: readonly Change[]): Deal | null {
  const rows: Record<DealTable, readonly Row[]> = { ...rowsOf(deal) };
  for (const table of new Set(changes.map((change) => change.table)))
    rows[table] = applyToTable(
      rows[table],
      changes.filter((change) => change.table === table),
    );
  const after = rows as unknown as RowsByTable;
  const row = after.deal[0];
  if (row === undefined) return null;
  return {
    row,
    tasks: after.task === deal?.tasks ? after.task : byPosition(after.task),
    people: after.person === deal?.people ? after.person : byPosition(after.person),
    notes: after.note === deal?.notes ? after.note : byTime(after.note),
    anchors: after.anchor === deal?.anchors ? after.anchor : byId(after.anchor),
    milestones: after.milestone === deal?.milestones ? after.milestone : byId(after.milestone),
    lines: after.line === deal?.lines ? after.line : byPosition(after.line),
    versions: after.version === deal?.versions ? after.version : byChain(after.version),
    papers: after.paper === deal?.papers ? after.paper : byId(after.paper),
    changes: after.change === deal?.changes ? after.change : byId(after.change),
    messages: after.message === deal?.messages ? after.message : byTime(after.message),
    readings: after.reading === deal?.readings ? after.reading : byId(after.reading),
    proposals: after.proposal === deal?.proposals ? after.proposal : byId(after.proposal),
    forms: after.form === deal?.forms ? after.form : byId(after.form),
    leads: after.lead === deal?.leads ? after.lead : byId(after.lead),
    consents: after.consent === deal?.consents ? after.consent : byId(after.consent),
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
    line: deal?.lines ?? [],
    version: deal?.versions ?? [],
    paper: deal?.papers ?? [],
    change: deal?.changes ?? [],
    message: deal?.messages ?? [],
    reading: deal?.readings ?? [],
    proposal: deal?.proposals ?? [],
    form: deal?.forms ?? [],
    lead: deal?.leads ?? [],
    consent: deal?.consents ?? [],
  };
}

export function rowOf<T extends DealTable>(deal: Deal | null, table: T, id: string): DealRows[T] | undefined {
  return rowsOf(deal)[table].find((row) => row.id === id);
}

interface Row {
  readonly id: string;
}

/** Rows keep their order; new ones come last. */
function applyToTable(rows: readonly Row[], changes: readonly Change[]): readonly Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const change of changes) {
    const id = change.op === 'insert' ? change.row.id : change.id;
    const there = byId.get(id);
    if (change.op === 'insert') {
      if (there !== undefined) throw new Error(`insert of a ${change.table} that is there`);
      byId.set(id, change.row);
      continue;
    }
    if (there === undefined) throw new Error(`${change.op} of a ${change.table} that is not there`);
    if (change.op === 'delete') byId.delete(id);
    else byId.set(id, { ...there, ...change.set });
  }
  return [...byId.values()];
}

function byPosition<R extends { readonly id: string; readonly position: number }>(rows: readonly R[]): readonly R[] {
  return [...rows].sort((a, b) => a.position - b.position || order(a.id, b.id));
}

function byTime<R extends { readonly id: string; readonly writtenAt: string }>(rows: readonly R[]): readonly R[] {
  return [...rows].sort((a, b) => (a.writtenAt === b.writtenAt ? order(a.id, b.id) : order(a.writtenAt, b.writtenAt)));
}

function byChain<R extends { readonly id: string; readonly lineId: string; readonly number: number }>(
  rows: readonly R[],
): readonly R[] {
  return [...rows].sort((a, b) => order(a.lineId, b.lineId) || a.number - b.number || order(a.id, b.id));
}

function byId<R extends { readonly id: string }>(rows: readonly R[]): readonly R[] {
  return [...rows].sort((a, b) => order(a.id, b.id));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
