import type { Change, JournalEntry } from '../../core/commands/types.ts';
import type { DealTable, Id, Instant } from '../../core/deals/model.ts';
import type { JournalRow } from '../../core/sync/rows.ts';
import type { Read } from '../handles.ts';

/** One command of a deal as the activity shows it. `number` orders it and is the cursor of the next page. */
export interface ActivityRow {
  readonly number: number;
  readonly commandId: Id;
  readonly name: string;
  readonly args: unknown;
  readonly actorId: Id;
  readonly at: Instant;
  readonly label: string;
  /** How many rows it changed; 0 when all was so already. */
  readonly changes: number;
  readonly undoneBy: Id | null;
}

interface StoredCommand {
  readonly seq: number;
  readonly commandId: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly args: string;
  readonly actorId: Id;
  readonly at: Instant;
  readonly undoneBy: Id | null;
}

interface StoredChange {
  readonly table: DealTable;
  readonly id: Id;
  readonly op: Change['op'];
  readonly set: string | null;
  readonly was: string | null;
}

const ENTRY = `SELECT seq, command_id AS commandId, deal_id AS dealId, name, args, actor_id AS actorId, at,
  undone_by AS undoneBy FROM command_log`;

/** Pinned by board.db.test.ts. */
export const JOURNAL_SQL = {
  byCommand: `${ENTRY} WHERE command_id = ?`,
  // The row of the highest number, which SQLite takes with its max(): nothing is sorted. Null where there is none.
  lastChangeOf: `SELECT l.seq AS seq, max(l.number) AS number FROM change_log AS c
    CROSS JOIN command_log AS l ON l.seq = c.seq WHERE c.table_name = ? AND c.row_id = ?`,
  bySeq: `${ENTRY} WHERE seq = ?`,
  changes: `SELECT table_name AS "table", row_id AS id, op, set_json AS "set", was_json AS was
    FROM change_log WHERE seq = ? ORDER BY ordinal`,
  undoneBy: 'SELECT undone_by AS undoneBy FROM command_log WHERE command_id = ?',
  activity: `SELECT number, command_id AS commandId, name, args, actor_id AS actorId, at, label, changes,
    undone_by AS undoneBy FROM command_log WHERE deal_id = ? AND number < ? ORDER BY number DESC, seq DESC LIMIT ?`,
  ofDeal: `SELECT seq, command_id AS commandId, deal_id AS dealId, name, args, actor_id AS actorId, at,
    undone_by AS undoneBy, number, label, accepted_at AS acceptedAt FROM command_log WHERE deal_id = ?
    ORDER BY number, seq`,
  row: `SELECT seq, command_id AS commandId, deal_id AS dealId, name, args, actor_id AS actorId, at,
    undone_by AS undoneBy, number, label, accepted_at AS acceptedAt FROM command_log WHERE command_id = ?`,
  changesOfDeal: `SELECT c.seq AS seq, c.table_name AS "table", c.row_id AS id, c.op AS op, c.set_json AS "set",
    c.was_json AS was FROM command_log AS l CROSS JOIN change_log AS c ON c.seq = l.seq WHERE l.deal_id = ?
    ORDER BY l.number, l.seq, c.ordinal`,
} as const;

/** A command with its changes, of whichever deal; null for one that never was. */
export function journalEntry(read: Read, commandId: Id): JournalEntry | null {
  const stored = read.get<StoredCommand>(JOURNAL_SQL.byCommand, commandId);
  return stored === undefined ? null : entryOf(read, stored);
}

/** The command that last wrote a row, whichever it was. */
export function lastChangeOf(read: Read, table: DealTable, id: Id): JournalEntry | null {
  const last = read.get<{ seq: number | null }>(JOURNAL_SQL.lastChangeOf, table, id);
  if (last === undefined || last.seq === null) return null;
  const stored = read.get<StoredCommand>(JOURNAL_SQL.bySeq, last.seq);
  return stored === undefined ? null : entryOf(read, stored);
}

/** The undo that took a command back, if one did; it may itself have been undone since (`isTakenBack` of core). */
export function undoneByOf(read: Read, commandId: Id): Id | null {
  return read.get<{ undoneBy: Id | null }>(JOURNAL_SQL.undoneBy, commandId)?.undoneBy ?? null;
}

/** Newest first, those before `before` (all when null), at most `limit`. */
export function activityOf(
  read: Read,
  { dealId, before, limit }: { readonly dealId: Id; readonly before: number | null; readonly limit: number },
): readonly ActivityRow[] {
  return read
    .all<Omit<ActivityRow, 'args'> & { args: string }>(
      JOURNAL_SQL.activity,
      dealId,
      before ?? Number.MAX_SAFE_INTEGER,
      limit,
    )
    .map((row) => ({ ...row, args: JSON.parse(row.args) as unknown }));
}

/** The whole history of one deal, oldest first, as rows of its unit. */
export function journalOfDeal(read: Read, dealId: Id): readonly JournalRow[] {
  const changes = new Map<number, Change[]>();
  for (const { seq, ...stored } of read.all<StoredChange & { seq: number }>(JOURNAL_SQL.changesOfDeal, dealId)) {
    const own = changes.get(seq) ?? [];
    own.push(changeOf(stored));
    changes.set(seq, own);
  }
  return read.all<StoredRow>(JOURNAL_SQL.ofDeal, dealId).map(({ seq, args, ...row }) => ({
    ...row,
    args: JSON.parse(args) as unknown,
    changes: changes.get(seq) ?? [],
  }));
}

/** One command as a row of its unit; null for one that never was. */
export function journalRowOf(read: Read, commandId: Id): JournalRow | null {
  const stored = read.get<StoredRow>(JOURNAL_SQL.row, commandId);
  if (stored === undefined) return null;
  const { seq, args, ...row } = stored;
  const changes = read.all<StoredChange>(JOURNAL_SQL.changes, seq).map(changeOf);
  return { ...row, args: JSON.parse(args) as unknown, changes };
}

interface StoredRow extends StoredCommand {
  readonly number: number;
  readonly label: string;
  readonly acceptedAt: Instant | null;
}

function entryOf(read: Read, { seq, args, ...entry }: StoredCommand): JournalEntry {
  return {
    ...entry,
    args: JSON.parse(args) as unknown,
    changes: read.all<StoredChange>(JOURNAL_SQL.changes, seq).map(changeOf),
  };
}

/** The journal holds what `applyChanges` was given, as JSON: rows as the rules know them. */
function changeOf({ table, id, op, set, was }: StoredChange): Change {
  if (op === 'insert') return { op, table, row: JSON.parse(set ?? 'null') } as Change;
  if (op === 'delete') return { op, table, id, was: JSON.parse(was ?? 'null') } as Change;
  return { op, table, id, set: JSON.parse(set ?? 'null'), was: JSON.parse(was ?? 'null') } as Change;
}
