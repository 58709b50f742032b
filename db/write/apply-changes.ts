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

const LOG_COMMAND =
  'INSERT INTO command_log (command_id, deal_id, name, args, actor_id, at, label, changes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
const LOG_CHANGE =
  'INSERT INTO change_log (seq, ordinal, table_name, row_id, op, set_json, was_json) VALUES (?, ?, ?, ?, ?, ?, ?)';

/**
 * The only way a row of a deal changes: rows, journal and summary in the transaction of the caller. A change that
 * does not fit the rows (an insert that is there, an update or delete that is not) is a defect and throws, as is a
 * command id that was used before: ask `hasCommand` first.
 */
export function applyChanges(write: Write, { command, changes, summary }: Decided): void {
  for (const change of changes) applyChange(write, change);
  logCommand(write, command, changes);
  if (summary !== null) writeSummary(write, summary);
  else if (write.get('SELECT 1 FROM deal WHERE id = ?', command.dealId)) throw new Error('a deal without a summary');
  else deleteSummary(write, command.dealId);
  indexChanges(write, { dealId: command.dealId, changes });
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

function logCommand(write: Write, command: LoggedCommand, changes: readonly Change[]): void {
  const { id, dealId, name, args, actorId, at, label } = command;
  const logged = write.run(LOG_COMMAND, id, dealId, name, JSON.stringify(args), actorId, at, label, changes.length);
  changes.forEach((change, ordinal) => {
    const isInsert = change.op === 'insert';
    const set = isInsert ? change.row : change.op === 'update' ? change.set : null;
    write.run(
      LOG_CHANGE,
      logged.lastInsertRowid,
      ordinal,
      change.table,
      isInsert ? change.row.id : change.id,
      change.op,
      set === null ? null : JSON.stringify(set),
      isInsert ? null : JSON.stringify(change.was),
    );
  });
}
