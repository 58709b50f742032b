import type { Change } from '../../core/commands/types.ts';
import type { DealTable, Id, Instant } from '../../core/deals/model.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';
import type { Read, Write } from '../handles.ts';
import { encodeValues, sqlNameOf, tableMap } from '../rows.ts';
import { indexChanges } from '../search/index-deal.ts';
import { deleteSummary, writeSummary } from './write-summary.ts';

/** A decided command as the journal keeps it. `label` is the sentence of the toast and of the activity. */
export interface LoggedCommand {
  readonly id: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly args: unknown;
  readonly actorId: Id;
  readonly at: Instant;
  readonly label: string;
}

export interface Decided {
  readonly command: LoggedCommand;
  readonly changes: readonly Change[];
  /** The deal's summary after the changes; null when the changes take the deal itself away. */
  readonly summary: SummaryRow | null;
}

/**
 * A command of this computer stands above every version that its deal has from the server, in the order of `seq`, which
 * this gives it (AUTOINCREMENT) and which is its place in the outbox, too.
 */
const LOG_COMMAND = `INSERT INTO command_log (command_id, deal_id, name, args, actor_id, at, label, changes, number)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1 + coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'command_log'), 0)
    + coalesce((SELECT version FROM sync_unit WHERE unit_id = ?), 0))`;
const LOG_CHANGE =
  'INSERT INTO change_log (seq, ordinal, table_name, row_id, op, set_json, was_json) VALUES (?, ?, ?, ?, ?, ?, ?)';

/**
 * The only way a row of a deal changes: rows, journal and summary in the transaction of the caller. A change that
 * does not fit the rows (an insert that is there, an update or delete that is not) is a defect and throws, as is a
 * command id that was used before: ask `hasCommand` first. Returns the command's order among all that was done here.
 */
export function applyChanges(write: Write, { command, changes, summary }: Decided): number {
  applyRows(write, changes);
  const order = logCommand(write, command, changes);
  keepInStep(write, { dealId: command.dealId, changes, summary });
  return order;
}

/** The rows of a deal alone: for a pull, which writes the journal as it came. */
export function applyRows(write: Write, changes: readonly Change[]): void {
  for (const change of changes) applyChange(write, change);
}

export interface InStep {
  readonly dealId: Id;
  readonly changes: readonly Change[];
  readonly summary: SummaryRow | null;
}

/** The summary and the search index after rows of a deal were written, in the same transaction. */
export function keepInStep(write: Write, { dealId, changes, summary }: InStep): void {
  if (summary !== null) writeSummary(write, summary);
  else if (write.get('SELECT 1 FROM deal WHERE id = ?', dealId)) throw new Error('a deal without a summary');
  else deleteSummary(write, dealId);
  indexChanges(write, { dealId, changes });
}

/** What a command did when it was run before: a repeat is answered with this. Null when it never was. */
export function hasCommand(read: Read, commandId: Id): { readonly label: string; readonly changes: number } | null {
  const sql = 'SELECT label, changes FROM command_log WHERE command_id = ?';
  return read.get<{ label: string; changes: number }>(sql, commandId) ?? null;
}

/** Notes that `undoId` took `commandId` back. Throws when that command is not in the journal. */
export function markUndone(write: Write, commandId: Id, undoId: Id): void {
  const done = write.run('UPDATE command_log SET undone_by = ? WHERE command_id = ?', undoId, commandId);
  if (done.changes !== 1) throw new Error('undo of a command that is not in the journal');
}

function applyChange(write: Write, change: Change): void {
  if (change.op === 'insert') {
    const { insertSql, keys } = tableMap(change.table);
    write.run(insertSql, ...encodeValues(change.table, change.row, keys));
  } else if (change.op === 'update') {
    const keys = Object.keys(change.set);
    if (keys.length === 0) throw new Error(`update of no column of a ${change.table}`);
    const done = write.run(updateSql(change.table, keys), ...encodeValues(change.table, change.set, keys), change.id);
    mustBeOne(done.changes, change);
  } else {
    mustBeOne(write.run(tableMap(change.table).deleteSql, change.id).changes, change);
  }
}

function updateSql(table: DealTable, keys: readonly string[]): string {
  return `UPDATE "${table}" SET ${keys.map((key) => `"${sqlNameOf(table, key)}" = ?`).join(', ')} WHERE id = ?`;
}

function mustBeOne(rows: number, change: Change): void {
  if (rows !== 1) throw new Error(`${change.op} of a ${change.table} that is not there`);
}

function logCommand(write: Write, command: LoggedCommand, changes: readonly Change[]): number {
  const { id, dealId, name, args, actorId, at, label } = command;
  const words = [id, dealId, name, JSON.stringify(args), actorId, at, label] as const;
  const seq = Number(write.run(LOG_COMMAND, ...words, changes.length, dealId).lastInsertRowid);
  logChanges(write, seq, changes);
  return seq;
}

/** The rows that a command wrote, under its place in the log. */
export function logChanges(write: Write, seq: number, changes: readonly Change[]): void {
  changes.forEach((change, ordinal) => {
    const isInsert = change.op === 'insert';
    const set = isInsert ? change.row : change.op === 'update' ? change.set : null;
    write.run(
      LOG_CHANGE,
      seq,
      ordinal,
      change.table,
      isInsert ? change.row.id : change.id,
      change.op,
      set === null ? null : JSON.stringify(set),
      isInsert ? null : JSON.stringify(change.was),
    );
  });
}
