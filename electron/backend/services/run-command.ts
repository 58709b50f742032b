import { applyToDeal } from '../../../core/commands/apply.ts';
import { isSame } from '../../../core/commands/changes.ts';
import { idTaken } from '../../../core/commands/refusals.ts';
import { decideCommand } from '../../../core/commands/registry.ts';
import type { Change, Command, Refusal, Scope, Workspace } from '../../../core/commands/types.ts';
import type { Deal } from '../../../core/deals/model.ts';
import type { SummaryRow } from '../../../core/deals/summary.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import { type Db, inWrite, type Read, type Write } from '../../../db/handles.ts';
import { journalEntry, lastChangeOf } from '../../../db/read/journal.ts';
import { keepCopies } from '../../../db/sync/keep-copies.ts';
import { addToOutbox } from '../../../db/sync/outbox.ts';
import { applyChanges, hasCommand, markUndone } from '../../../db/write/apply-changes.ts';
import { dealCacheOf } from './deal-cache.ts';

export type CommandOutcome =
  | { readonly outcome: 'done'; readonly label: string; readonly changes: number }
  | { readonly outcome: 'refused'; readonly refusal: Refusal };

export interface CommandRunner {
  readonly db: Db;
  readonly workspace: () => Workspace;
  readonly actor: () => Actor;
  readonly summarise: (deal: Deal) => SummaryRow;
  /** What is kept in step with a deal's rows, in the same transaction: the search, the inbox. */
  readonly follow?: ((write: Write, done: Followed) => void) | undefined;
}

/** What a command did, to whatever follows it. `deal` is null when it took the deal away. */
export interface Followed {
  readonly dealId: string;
  readonly changes: readonly Change[];
  readonly deal: Deal | null;
}

/**
 * Runs one command on this computer: reads the deal, decides, writes rows, journal, summary and outbox in one
 * transaction. When this returns `done`, it is on disk, and the portal gets it when it can be reached. Sample deals
 * stay here. A repeat is answered as it was before.
 */
export function runCommand(runner: CommandRunner, command: Command): CommandOutcome {
  try {
    return inWrite(runner.db, (write) => runInside(runner, write, command));
  } catch (error) {
    // Rolled back: what was kept in step with it is not the deal any more.
    dealCacheOf(runner.db).forget(command.dealId);
    throw error;
  }
}

/** The same, inside a transaction of the caller, who forgets the deal in the cache when it is rolled back. */
export function runInside(runner: CommandRunner, write: Write, command: Command): CommandOutcome {
  const before = hasCommand(write, command.id);
  if (before !== null) return answerRepeat(write, command, before);
  const cache = dealCacheOf(runner.db);
  const deal = cache.get(write, command.dealId);
  const actor = runner.actor();
  const decided = decideCommand(scopeOf(runner, write, command.dealId, deal), command, actor);
  if (!decided.ok) return { outcome: 'refused', refusal: decided.error };
  const { changes, label } = decided.value;
  if (changes.length === 0) return { outcome: 'done', label, changes: 0 };
  const after = applyToDeal(deal, changes);
  const actorId = actor.kind === 'member' ? actor.memberId : actor.kind === 'party' ? actor.personId : 'system';
  const isSynced = (after ?? deal)?.row.isSample !== true;
  if (isSynced) keepCopies(write, { command, deal, changes });
  const order = applyChanges(write, {
    command: { ...command, actorId, label },
    changes,
    summary: after === null ? null : runner.summarise(after),
  });
  if (isSynced) addToOutbox(write, { order, command, first: changes });
  if (command.name === 'undo')
    markUndone(write, (command.args as { readonly commandId: string }).commandId, command.id);
  runner.follow?.(write, { dealId: command.dealId, changes, deal: after });
  cache.put(command.dealId, after);
  return { outcome: 'done', label, changes: changes.length };
}

/** Another command under an id that was used was never run, so it must not be answered as if it had been. */
function answerRepeat(
  write: Write,
  { id, dealId, name, args }: Command,
  before: { readonly label: string; readonly changes: number },
): CommandOutcome {
  const entry = journalEntry(write, id);
  // As the journal keeps it: JSON leaves out what is undefined.
  const sent: unknown = JSON.parse(JSON.stringify(args));
  const isRepeat = entry?.dealId === dealId && entry.name === name && isSame(entry.args, sent);
  return isRepeat ? { outcome: 'done', ...before } : { outcome: 'refused', refusal: idTaken('step') };
}

/** What a command of that deal is decided on. */
export function scopeOf(runner: CommandRunner, read: Read, dealId: string, deal: Deal | null): Scope {
  return {
    dealId,
    deal,
    workspace: runner.workspace(),
    journal: {
      // A command of another deal is not in this deal's history, whatever its id.
      byCommand: (commandId) => {
        const entry = journalEntry(read, commandId);
        return entry?.dealId === dealId ? entry : null;
      },
      lastChangeOf: (table, id) => lastChangeOf(read, table, id),
    },
  };
}
