import type { JournalEntry, Scope } from '../../../core/commands/types.ts';
import { UndoArgs } from '../../../core/commands/undo.ts';
import type { DealTable } from '../../../core/deals/model.ts';
import type { Tx } from '../store/types.ts';

interface LastAsk {
  readonly table: DealTable;
  readonly id: string;
}

/**
 * The journal of one deal as rules read it, without loading it: what a rule asked for and is not here yet is noted, read
 * afterwards, and the rule decides again. Few rules ask at all, and a journal may be the longest part of a deal.
 */
export interface LazyJournal {
  readonly journal: Scope['journal'];
  /** Reads what was asked for in vain since the last time; false when there was nothing. */
  load(tx: Tx): Promise<boolean>;
}

export function lazyJournal(workspaceId: string, unitId: string): LazyJournal {
  const entries = new Map<string, JournalEntry | null>();
  const lasts = new Map<string, JournalEntry | null>();
  const wantedEntries = new Set<string>();
  const wantedLasts = new Map<string, LastAsk>();
  const readEntry = async (tx: Tx, commandId: string): Promise<JournalEntry | null> => {
    const known = entries.get(commandId);
    if (known !== undefined) return known;
    const row = (await tx.rows.get(workspaceId, unitId, 'journal', commandId))?.row ?? null;
    const entry = row as unknown as JournalEntry | null;
    entries.set(commandId, entry);
    return entry;
  };
  return {
    journal: {
      byCommand: (commandId) => {
        const entry = entries.get(commandId);
        if (entry === undefined) wantedEntries.add(commandId);
        return entry ?? null;
      },
      lastChangeOf: (table, id) => {
        const key = `${table}/${id}`;
        const entry = lasts.get(key);
        if (entry === undefined) wantedLasts.set(key, { table, id });
        return entry ?? null;
      },
    },
    load: async (tx) => {
      if (wantedEntries.size === 0 && wantedLasts.size === 0) return false;
      for (const commandId of wantedEntries) await readChain(commandId, (id) => readEntry(tx, id));
      for (const [key, { table, id }] of wantedLasts) {
        const last = await tx.commands.lastOfRow({ workspaceId, unitId, table, rowId: id });
        lasts.set(key, last === null ? null : await readEntry(tx, last.commandId));
      }
      wantedEntries.clear();
      wantedLasts.clear();
      return true;
    },
  };
}

/** With an entry what an undo of it would ask for next, so that a long chain of undos is decided twice, not once a link. */
async function readChain(commandId: string, read: (id: string) => Promise<JournalEntry | null>): Promise<void> {
  const seen = new Set<string>();
  const next = [commandId];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const entry = await read(id);
    if (entry === null) continue;
    if (entry.undoneBy !== null) next.push(entry.undoneBy);
    const undone = entry.name === 'undo' ? UndoArgs.safeParse(entry.args) : null;
    if (undone?.success) next.push(undone.data.commandId);
  }
}
