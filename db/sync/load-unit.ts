import { rowsOf } from '../../core/commands/apply.ts';
import type { Deal, DealTable, Id } from '../../core/deals/model.ts';
import type { HeldUnit } from '../../core/sync/rebase.ts';
import {
  type JournalRow,
  type RowJson,
  type Rows,
  rowKey,
  type SyncRow,
  type SyncTable,
} from '../../core/sync/rows.ts';
import type { Read } from '../handles.ts';
import { readDeal } from '../read/deal.ts';
import { journalOfDeal } from '../read/journal.ts';

/** What is kept of a unit beside its rows. */
export interface UnitFacts {
  readonly version: number;
  readonly isStale: boolean;
  readonly isGone: boolean;
}

/** Pinned by sync.db.test.ts. */
export const UNIT_SQL = {
  facts: 'SELECT version, is_stale AS isStale, is_gone AS isGone FROM sync_unit WHERE unit_id = ?',
  all: 'SELECT unit_id AS unitId, version, is_stale AS isStale, is_gone AS isGone FROM sync_unit',
  put: `INSERT INTO sync_unit (unit_id, version, is_stale, is_gone, audit_count, audit_hash) VALUES (?, ?, ?, ?, 0, '')
    ON CONFLICT (unit_id) DO UPDATE SET version = excluded.version, is_stale = excluded.is_stale, is_gone = excluded.is_gone`,
  auditOf: 'SELECT audit_count AS count, audit_hash AS hash FROM sync_unit WHERE unit_id = ?',
  audit: 'UPDATE sync_unit SET audit_count = ?, audit_hash = ? WHERE unit_id = ?',
  drop: 'DELETE FROM sync_unit WHERE unit_id = ?',
  hasHistory: 'SELECT 1 AS n FROM command_log WHERE deal_id = ? LIMIT 1',
  copies: 'SELECT table_name AS "table", row_id AS rowId, version, row_json AS row FROM sync_copy WHERE unit_id = ?',
  putCopy: 'INSERT OR REPLACE INTO sync_copy (unit_id, table_name, row_id, version, row_json) VALUES (?, ?, ?, ?, ?)',
  addCopy: 'INSERT OR IGNORE INTO sync_copy (unit_id, table_name, row_id, version, row_json) VALUES (?, ?, ?, ?, ?)',
  dropCopy: 'DELETE FROM sync_copy WHERE unit_id = ? AND table_name = ? AND row_id = ?',
  dropCopies: 'DELETE FROM sync_copy WHERE unit_id = ?',
} as const;

interface StoredFacts {
  readonly version: number;
  readonly isStale: number;
  readonly isGone: number;
}

/** What is known of a unit without its rows; undefined for one of which nothing is here, whatever of it waits. */
export function unitFacts(read: Read, unitId: Id): UnitFacts | undefined {
  const stored = read.get<StoredFacts>(UNIT_SQL.facts, unitId);
  if (stored !== undefined) return factsOf(stored);
  return hasHistory(read, unitId) ? { version: 0, isStale: false, isGone: false } : undefined;
}

/** Whether nothing of a unit is here: no rows, no history, no version. */
export function isAbsent(read: Read, unitId: Id, facts: UnitFacts | undefined): boolean {
  if ((facts?.version ?? 0) > 0) return false;
  return !hasHistory(read, unitId);
}

function hasHistory(read: Read, unitId: Id): boolean {
  return read.get(UNIT_SQL.hasHistory, unitId) !== undefined;
}

/** Every unit that some server gave this computer. */
export function knownUnits(read: Read): ReadonlyMap<Id, UnitFacts> {
  const rows = read.all<StoredFacts & { unitId: Id }>(UNIT_SQL.all);
  return new Map(rows.map((row) => [row.unitId, factsOf(row)]));
}

/**
 * A unit as core's rules read it: rows of the tables, the journal, and the server's copy of each row that the outbox
 * dirtied. What no server knows has no copies on disk: there, the server has nothing.
 */
export function loadUnit(read: Read, unitId: Id, deal: Deal | null = readDeal(read, unitId)): HeldUnit {
  const facts = read.get<StoredFacts>(UNIT_SQL.facts, unitId);
  const { version, isStale, isGone } = facts === undefined ? NOTHING : factsOf(facts);
  const journal = journalOfDeal(read, unitId);
  const shown = shownOf(deal, journal, version);
  return { unitId, version, shown, copies: copiesOf(read, { unitId, version, shown }), isStale, isGone };
}

const NOTHING: UnitFacts = { version: 0, isStale: false, isGone: false };

function shownOf(deal: Deal | null, journal: readonly JournalRow[], version: number): Map<string, SyncRow> {
  const shown = new Map<string, SyncRow>();
  const put = (table: SyncTable, rowId: Id, row: RowJson) =>
    shown.set(rowKey({ table, rowId }), { table, rowId, version, row });
  for (const [table, rows] of Object.entries(rowsOf(deal)) as [DealTable, readonly { readonly id: Id }[]][])
    for (const row of rows) put(table, row.id, row as unknown as RowJson);
  for (const row of journal) put('journal', row.commandId, row as unknown as RowJson);
  return shown;
}

function copiesOf(read: Read, { unitId, version, shown }: Pick<HeldUnit, 'unitId' | 'version' | 'shown'>): Rows {
  const copies = new Map<string, SyncRow>();
  for (const row of shown.values()) {
    // What the server has not confirmed is not in its journal, whatever else it has.
    if (version === 0 || isOwnJournal(row)) copies.set(rowKey(row), { ...row, row: null });
  }
  if (version === 0) return copies;
  for (const stored of read.all<StoredCopy>(UNIT_SQL.copies, unitId)) {
    const row = stored.row === null ? null : (JSON.parse(stored.row) as RowJson);
    copies.set(rowKey(stored), { ...stored, row });
  }
  return copies;
}

interface StoredCopy {
  readonly table: SyncTable;
  readonly rowId: Id;
  readonly version: number;
  readonly row: string | null;
}

/** A journal row that this computer wrote and no server has given back. */
export function isOwnJournal({ table, row }: SyncRow): boolean {
  return table === 'journal' && row !== null && (row as unknown as JournalRow).acceptedAt === null;
}

function factsOf({ version, isStale, isGone }: StoredFacts): UnitFacts {
  return { version, isStale: isStale === 1, isGone: isGone === 1 };
}
