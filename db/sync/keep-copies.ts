import { rowOf } from '../../core/commands/apply.ts';
import { idOf } from '../../core/commands/changes.ts';
import type { Change, Command } from '../../core/commands/types.ts';
import type { Deal, Id } from '../../core/deals/model.ts';
import type { SyncTable } from '../../core/sync/rows.ts';
import type { Write } from '../handles.ts';
import { journalRowOf } from '../read/journal.ts';
import { UNIT_SQL } from './load-unit.ts';

export interface Dirtied {
  readonly command: Command;
  /** The deal as it was before. */
  readonly deal: Deal | null;
  readonly changes: readonly Change[];
}

/**
 * Keeps the server's copy of each row that a command is about to dirty, if it is not kept yet, so that a pull can put it
 * back. Nothing for a deal that no server knows, nor for the command's own journal row (`loadUnit` knows those).
 */
export function keepCopies(write: Write, { command, deal, changes }: Dirtied): void {
  const unitId = command.dealId;
  const version = write.get<{ version: number }>(UNIT_SQL.facts, unitId)?.version ?? 0;
  if (version === 0) return;
  const keep = (table: SyncTable, rowId: Id, row: unknown) =>
    write.run(UNIT_SQL.addCopy, unitId, table, rowId, version, row === undefined ? null : JSON.stringify(row));
  for (const change of changes) keep(change.table, idOf(change), rowOf(deal, change.table, idOf(change)));
  if (command.name !== 'undo') return;
  const undone = journalRowOf(write, (command.args as { readonly commandId: Id }).commandId);
  if (undone !== null && undone.acceptedAt !== null) keep('journal', undone.commandId, undone);
}
