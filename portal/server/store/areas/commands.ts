import { canonicalJson } from '../../../../core/sync/canonical.ts';
import type { SyncTable } from '../../../../core/sync/rows.ts';
import type { Sql } from '../sql.ts';

/** A command as it was judged. The log of a unit is its journal; the log of the workspace, in order, rebuilds all rows. */
export interface CommandRow {
  readonly workspaceId: string;
  /** Place in the workspace's log, from 1 without gaps, in the order of commits. */
  readonly logNo: number;
  readonly commandId: string;
  readonly unitId: string;
  /** As in the audit trail: `member:<id>`, `party:<id>`, `system`. */
  readonly actor: string;
  /** Null for commands of the portal and of jobs. */
  readonly deviceId: string | null;
  readonly name: string;
  readonly args: unknown;
  /** The maker's clock; orders nothing. */
  readonly madeAt: string;
  /** The server's clock. */
  readonly decidedAt: string;
  readonly digest: string;
  readonly outcome: 'accepted' | 'refused' | 'defect';
  /** What was answered, for a repeat. */
  readonly reply: unknown;
  /** `Change[]` of core; empty unless accepted. */
  readonly changes: unknown;
  readonly label: string;
  /** The version of the unit that it made; null when it changed nothing. */
  readonly unitVersion: number | null;
  /** The undo that took it back. */
  readonly undoneBy: string | null;
}

export type NewCommand = Omit<CommandRow, 'logNo' | 'undoneBy'>;

/** That a device's `seq` was consumed, and by what. */
export interface ReceiptRow {
  readonly workspaceId: string;
  readonly deviceId: string;
  readonly seq: number;
  readonly commandId: string;
  readonly digest: string;
  readonly reply: unknown;
}

export interface CommandReads {
  /** For repeats, for the journal's `byCommand`, and for a command that came by another device before. */
  byId(workspaceId: string, commandId: string): Promise<CommandRow | null>;
  /** What a `seq` was answered; null when it was never consumed. */
  receipt(workspaceId: string, deviceId: string, seq: number): Promise<ReceiptRow | null>;
  /** The accepted command that last changed a row, also when it deleted it: the journal's `lastChangeOf`. */
  lastOfRow(ask: {
    readonly workspaceId: string;
    readonly unitId: string;
    readonly table: SyncTable;
    readonly rowId: string;
  }): Promise<CommandRow | null>;
  /** The log of one unit, newest first, those before `before` (all when null), at most `limit`. */
  ofUnit(ask: {
    readonly workspaceId: string;
    readonly unitId: string;
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly CommandRow[]>;
  /** The log of one unit, oldest first, those after `after`, at most `limit`: for an export. */
  ofUnitAfter(ask: {
    readonly workspaceId: string;
    readonly unitId: string;
    readonly after: number;
    readonly limit: number;
  }): Promise<readonly CommandRow[]>;
  /** The log of the workspace, oldest first, those after `after`, at most `limit`. */
  after(workspaceId: string, after: number, limit: number): Promise<readonly CommandRow[]>;
}

export interface CommandWrites {
  /** Its place in the log. Throws when the command id is taken: look it up first. */
  append(command: NewCommand): Promise<number>;
  /** In the transaction of `devices.advance`. Throws when the `seq` was consumed before. */
  putReceipt(receipt: ReceiptRow): Promise<void>;
  /** Names the undo that took a command back. */
  markUndone(workspaceId: string, commandId: string, undoneBy: string): Promise<void>;
}

const NEW = `workspace_id, command_id, unit_id, actor, device_id, name, args_json, made_at, decided_at, digest, outcome,
  reply_json, changes_json, label, unit_version`;
const COLUMNS = `${NEW}, log_no, undone_by`;
/** The same columns, named for a join. */
const JOINED = COLUMNS.split(',')
  .map((column) => `c.${column.trim()}`)
  .join(', ');

export const COMMAND_SQL = {
  byId: `SELECT ${COLUMNS} FROM command WHERE workspace_id = $1 AND command_id = $2`,
  receipt: `SELECT workspace_id, device_id, seq, command_id, digest, reply_json FROM receipt
    WHERE workspace_id = $1 AND device_id = $2 AND seq = $3`,
  lastOfRow: `SELECT ${JOINED} FROM unit_row AS r JOIN command AS c
    ON c.workspace_id = $1 AND c.command_id = r.command_id
    WHERE r.workspace_id = $1 AND r.unit_id = $2 AND r.table_name = $3 AND r.row_id = $4`,
  ofUnit: `SELECT ${COLUMNS} FROM command WHERE workspace_id = $1 AND unit_id = $2 AND log_no < $3
    ORDER BY log_no DESC LIMIT $4`,
  ofUnitAfter: `SELECT ${COLUMNS} FROM command WHERE workspace_id = $1 AND unit_id = $2 AND log_no > $3
    ORDER BY log_no LIMIT $4`,
  after: `SELECT ${COLUMNS} FROM command WHERE workspace_id = $1 AND log_no > $2 ORDER BY log_no LIMIT $3`,
  append: `INSERT INTO command (${NEW}, log_no)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
      (SELECT COALESCE(MAX(log_no), 0) + 1 FROM command WHERE workspace_id = $1)) RETURNING log_no`,
  putReceipt: `INSERT INTO receipt (workspace_id, device_id, seq, command_id, digest, reply_json)
    VALUES ($1, $2, $3, $4, $5, $6)`,
  markUndone: 'UPDATE command SET undone_by = $3 WHERE workspace_id = $1 AND command_id = $2',
} as const;

export function commandsOf(sql: Sql): CommandReads & CommandWrites {
  return {
    byId: (workspaceId, commandId) => sql.get(COMMAND_SQL.byId, workspaceId, commandId),
    receipt: (workspaceId, deviceId, seq) => sql.get(COMMAND_SQL.receipt, workspaceId, deviceId, seq),
    lastOfRow: ({ workspaceId, unitId, table, rowId }) =>
      sql.get(COMMAND_SQL.lastOfRow, workspaceId, unitId, table, rowId),
    ofUnit: ({ workspaceId, unitId, before, limit }) =>
      sql.all(COMMAND_SQL.ofUnit, workspaceId, unitId, before ?? Number.MAX_SAFE_INTEGER, limit),
    ofUnitAfter: ({ workspaceId, unitId, after, limit }) =>
      sql.all(COMMAND_SQL.ofUnitAfter, workspaceId, unitId, after, limit),
    after: (workspaceId, after, limit) => sql.all(COMMAND_SQL.after, workspaceId, after, limit),
    append: (command) => append(sql, command),
    putReceipt: async ({ workspaceId, deviceId, seq, commandId, digest, reply }) => {
      await sql.run(COMMAND_SQL.putReceipt, workspaceId, deviceId, seq, commandId, digest, canonicalJson(reply));
    },
    markUndone: async (workspaceId, commandId, undoneBy) => {
      await sql.run(COMMAND_SQL.markUndone, workspaceId, commandId, undoneBy);
    },
  };
}

async function append(sql: Sql, command: NewCommand): Promise<number> {
  const { workspaceId, commandId, unitId, actor, deviceId, name, madeAt, decidedAt, digest, outcome } = command;
  const written = await sql.get<{ logNo: number }>(
    COMMAND_SQL.append,
    ...[workspaceId, commandId, unitId, actor, deviceId, name],
    ...[canonicalJson(command.args), madeAt, decidedAt, digest, outcome],
    ...[canonicalJson(command.reply), canonicalJson(command.changes), command.label, command.unitVersion],
  );
  if (written === null) throw new Error('the command was not written');
  return written.logNo;
}
