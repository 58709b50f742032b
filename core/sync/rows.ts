import { applyToDeal, rowOf } from '../commands/apply.ts';
import { idOf, insert } from '../commands/changes.ts';
import type { Change, JournalEntry, Scope } from '../commands/types.ts';
import type { Deal, DealTable, Id, Instant } from '../deals/model.ts';

export const SYNC_TABLES = [
  'deal',
  'task',
  'person',
  'note',
  'anchor',
  'milestone',
  'line',
  'version',
  'paper',
  'change',
  'message',
  'reading',
  'proposal',
  'form',
  'lead',
  'consent',
  'journal',
] as const;
/** The tables of a deal, and its journal: what was done travels as rows too, so that undo works on every desktop. */
export type SyncTable = (typeof SYNC_TABLES)[number];

export type RowJson = Readonly<Record<string, unknown>>;

/** One row of a unit as it travels and as the server keeps it. */
export interface SyncRow {
  readonly table: SyncTable;
  readonly rowId: Id;
  /** The version of the unit that last changed it. */
  readonly version: number;
  /** Null once it was taken away: the tombstone stays, so that others learn of it. */
  readonly row: RowJson | null;
}

/** A journal entry as a row. */
export interface JournalRow extends JournalEntry {
  /** The version of the unit that this command made; the order of the journal. */
  readonly number: number;
  readonly label: string;
  /** The server's time; null while it is only on the desktop that made it. */
  readonly acceptedAt: Instant | null;
}

/** The rows of a unit by `rowKey`. */
export type Rows = ReadonlyMap<string, SyncRow>;

export function rowKey({ table, rowId }: Pick<SyncRow, 'table' | 'rowId'>): string {
  return `${table}/${rowId}`;
}

/** Rows with others written over them; a tombstone takes its row away. */
export function writeRows(rows: Rows, incoming: Iterable<SyncRow>): Map<string, SyncRow> {
  const after = new Map(rows);
  for (const row of incoming) putRow(after, row);
  return after;
}

export function putRow(rows: Map<string, SyncRow>, row: SyncRow): void {
  if (row.row === null) rows.delete(rowKey(row));
  else rows.set(rowKey(row), row);
}

/** What to write so that `before` becomes `after`: rows, and tombstones for those that went. */
export function rowsBetween(before: Rows, after: Rows): readonly SyncRow[] {
  const put = [...after.values()].filter((row) => before.get(rowKey(row))?.row !== row.row);
  const gone = [...before.values()].filter((row) => !after.has(rowKey(row)));
  return [...gone.map((row) => ({ ...row, row: null })), ...put];
}

/** The deal that rows make up; null when the deal itself is not among them. */
export function dealOfRows(rows: Rows): Deal | null {
  const inserts: Change[] = [];
  for (const { table, row } of rows.values()) {
    if (row !== null && table !== 'journal') inserts.push(insert(table, row as never));
  }
  return applyToDeal(null, inserts);
}

/** The rows that changes leave behind, at the version that they make; a tombstone for each row they take away. */
export function rowsAfter(after: Deal | null, changes: readonly Change[], version: number): readonly SyncRow[] {
  const touched = new Map(changes.map((change) => [`${change.table}/${idOf(change)}`, change]));
  return [...touched.values()].map((change) => {
    const row = rowOf(after, change.table as DealTable, idOf(change)) as unknown as RowJson | undefined;
    return { table: change.table, rowId: idOf(change), version, row: row ?? null };
  });
}

/** The journal rows of one command: its own, and for an undo the entry that it takes back. */
export function journalRows(journal: Scope['journal'], entry: JournalRow): readonly SyncRow[] {
  const own = journalSyncRow(entry, entry.number);
  if (entry.name !== 'undo') return [own];
  const undone = journal.byCommand((entry.args as { readonly commandId: Id }).commandId);
  return undone === null ? [own] : [journalSyncRow({ ...undone, undoneBy: entry.commandId }, entry.number), own];
}

/** The journal that rows hold, as rules read it. */
export function journalOf(rows: Rows): Scope['journal'] {
  return {
    byCommand: (commandId) => journalRow(rows, commandId),
    lastChangeOf: (table, id) => {
      let last: JournalRow | null = null;
      for (const { table: kind, row } of rows.values()) {
        if (kind !== 'journal') continue;
        const entry = row as unknown as JournalRow;
        const isNewer = last === null || entry.number > last.number;
        if (isNewer && entry.changes.some((change) => change.table === table && idOf(change) === id)) last = entry;
      }
      return last;
    },
  };
}

export function journalRow(rows: Rows, commandId: Id): JournalRow | null {
  return (rows.get(`journal/${commandId}`)?.row as unknown as JournalRow | undefined) ?? null;
}

function journalSyncRow(entry: JournalEntry, version: number): SyncRow {
  return { table: 'journal', rowId: entry.commandId, version, row: entry as unknown as RowJson };
}
