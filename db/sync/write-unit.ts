import { insert, isSame, remove, update } from '../../core/commands/changes.ts';
import type { Change } from '../../core/commands/types.ts';
import type { Deal, DealTable, Id } from '../../core/deals/model.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';
import { emptyUnit, type HeldUnit } from '../../core/sync/rebase.ts';
import { dealOfRows, type JournalRow, type Rows, rowKey, rowsBetween, type SyncRow } from '../../core/sync/rows.ts';
import type { Write } from '../handles.ts';
import { removeDealFromSearch } from '../search/index-deal.ts';
import { applyRows, keepInStep, logChanges } from '../write/apply-changes.ts';
import { forgetPlace } from '../write/forget-place.ts';
import { isOwnJournal, UNIT_SQL } from './load-unit.ts';

export interface UnitStep {
  readonly before: HeldUnit;
  /** Null when nothing of the unit is left to keep here. */
  readonly after: HeldUnit | null;
  readonly summarise: (deal: Deal) => SummaryRow;
  /** What else is kept in step with a deal's rows: the inbox. Not asked when the whole deal goes. */
  readonly follow?: ((write: Write, changes: readonly Change[]) => void) | undefined;
}

export interface UnitWritten {
  readonly changes: readonly Change[];
  readonly deal: Deal | null;
}

const JOURNAL_SQL = {
  seqOf: 'SELECT seq FROM command_log WHERE command_id = ?',
  add: `INSERT INTO command_log (command_id, deal_id, name, args, actor_id, at, label, changes, undone_by, number,
    accepted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  put: `UPDATE command_log SET name = ?, args = ?, actor_id = ?, at = ?, label = ?, changes = ?, undone_by = ?,
    number = ?, accepted_at = ? WHERE seq = ?`,
  drop: 'DELETE FROM command_log WHERE seq = ?',
  dropChanges: 'DELETE FROM change_log WHERE seq = ?',
} as const;

/**
 * Writes the difference between a unit as it was loaded and as it is: its rows, its journal, the server's copies, and
 * what follows them (summary, search, inbox). In the caller's transaction; the deal cache is the caller's.
 */
export function writeUnit(write: Write, { before, after, summarise, follow }: UnitStep): UnitWritten {
  const next = after ?? emptyUnit(before.unitId);
  const between = rowsBetween(before.shown, next.shown);
  const changes = between.flatMap((row) => (row.table === 'journal' ? [] : changesOf(before.shown, row)));
  for (const row of between) if (row.table === 'journal') writeJournal(write, before, row);
  writeFacts(write, before, after);
  writeCopies(write, before, next);
  const deal = changes.length === 0 ? undefined : dealOfRows(next.shown);
  if (deal === undefined) return { changes, deal: dealOfRows(next.shown) };
  if (deal === null) leave(write, before.unitId, changes);
  else {
    applyRows(write, changes);
    keepInStep(write, { dealId: before.unitId, changes, summary: summarise(deal) });
    follow?.(write, changes);
  }
  return { changes, deal };
}

/** The deal is not here any more: nothing of it stays but what still waits, and files that no server has. */
function leave(write: Write, dealId: Id, changes: readonly Change[]): void {
  removeDealFromSearch(write, dealId);
  forgetPlace(write, dealId);
  write.run('DELETE FROM summary WHERE deal_id = ?', dealId);
  applyRows(write, changes);
}

function changesOf(before: Rows, { table, rowId, row }: SyncRow): readonly Change[] {
  const kind = table as DealTable;
  const was = before.get(rowKey({ table, rowId }))?.row ?? null;
  if (row === null) return was === null ? [] : [remove(kind, was as never)];
  return was === null ? [insert(kind, row as never)] : update(kind, was as never, row as never);
}

function writeJournal(write: Write, { unitId, shown }: HeldUnit, { rowId, row }: SyncRow): void {
  const was = (shown.get(rowKey({ table: 'journal', rowId }))?.row ?? null) as unknown as JournalRow | null;
  const seq = was === null ? undefined : write.get<{ seq: number }>(JOURNAL_SQL.seqOf, rowId)?.seq;
  const entry = row as unknown as JournalRow | null;
  if (seq !== undefined && entry === null) {
    write.run(JOURNAL_SQL.dropChanges, seq);
    write.run(JOURNAL_SQL.drop, seq);
  }
  if (entry === null) return;
  if (seq === undefined) {
    logChanges(write, addJournal(write, unitId, entry), entry.changes);
    return;
  }
  if (isSame(was, entry)) return;
  const { name, args, actorId, at, label, undoneBy, number, acceptedAt } = entry;
  const words = [name, JSON.stringify(args), actorId, at, label, entry.changes.length] as const;
  write.run(JOURNAL_SQL.put, ...words, undoneBy, number, acceptedAt, seq);
  if (isSame(was?.changes, entry.changes)) return;
  write.run(JOURNAL_SQL.dropChanges, seq);
  logChanges(write, seq, entry.changes);
}

function addJournal(write: Write, unitId: Id, entry: JournalRow): number {
  const { commandId, name, args, actorId, at, label, changes, undoneBy, number, acceptedAt } = entry;
  const words = [commandId, unitId, name, JSON.stringify(args), actorId, at, label, changes.length] as const;
  return Number(write.run(JOURNAL_SQL.add, ...words, undoneBy, number, acceptedAt).lastInsertRowid);
}

function writeFacts(write: Write, before: HeldUnit, after: HeldUnit | null): void {
  const { unitId } = before;
  if (after === null || (after.version === 0 && !after.isGone)) {
    write.run(UNIT_SQL.drop, unitId);
    return;
  }
  const { version, isStale, isGone } = after;
  const isKept = version === before.version && isStale === before.isStale && isGone === before.isGone;
  if (!isKept) write.run(UNIT_SQL.put, unitId, version, isStale ? 1 : 0, isGone ? 1 : 0);
}

function writeCopies(write: Write, before: HeldUnit, after: HeldUnit): void {
  const were = onDisk(before);
  const are = onDisk(after);
  for (const [key, { table, rowId }] of were)
    if (!are.has(key)) write.run(UNIT_SQL.dropCopy, before.unitId, table, rowId);
  for (const [key, copy] of are) {
    const was = were.get(key);
    if (was !== undefined && isSame(was.row, copy.row)) continue;
    const json = copy.row === null ? null : JSON.stringify(copy.row);
    write.run(UNIT_SQL.putCopy, before.unitId, copy.table, copy.rowId, copy.version, json);
  }
}

/**
 * The copies that are written: all but those that `loadUnit` knows by itself. Also of rows that neither side has (made
 * and taken back here before they were sent): one that stayed behind would hide the row when the server gets it after all.
 */
function onDisk({ version, shown, copies }: HeldUnit): ReadonlyMap<string, SyncRow> {
  if (version === 0) return new Map();
  const kept = [...copies].filter(([key, copy]) => {
    const row = shown.get(key);
    return copy.row !== null || row === undefined || !isOwnJournal(row);
  });
  return new Map(kept);
}
