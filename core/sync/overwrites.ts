import { idOf, isSame } from '../commands/changes.ts';
import type { Change } from '../commands/types.ts';
import type { DealTable, Id } from '../deals/model.ts';
import type { OutboxEntry } from './outbox.ts';
import { journalRow, type Rows } from './rows.ts';

/** Words of somebody else that our later word replaced without our having seen them. Restorable: undo that command. */
export interface Overwrite {
  readonly commandId: Id;
  readonly dealId: Id;
  readonly table: DealTable;
  readonly rowId: Id;
  readonly column: string;
  readonly wrote: unknown;
  /** What stood there, which its person had not seen. */
  readonly replaced: unknown;
  readonly seen: unknown;
}

/** What a command of ours replaced on the server that stood differently when it was made. `rows`: the server's. */
export function overwritesOf({ command, first }: OutboxEntry, rows: Rows): readonly Overwrite[] {
  const entry = journalRow(rows, command.id);
  if (entry === null) return [];
  return entry.changes.flatMap((change) => {
    const made = first.find((other) => other.table === change.table && idOf(other) === idOf(change));
    // A step of a request is added to those that others took meanwhile: it takes no word of theirs away.
    if (change.table === 'change') return [];
    return change.op === 'update' && made?.op === 'update' ? columnsOf(change, made, command) : [];
  });
}

type Update = Extract<Change, { op: 'update' }>;

function columnsOf(change: Update, made: Update, command: OutboxEntry['command']): readonly Overwrite[] {
  const set = change.set as Readonly<Record<string, unknown>>;
  const was = change.was as Readonly<Record<string, unknown>>;
  const seen = made.was as Readonly<Record<string, unknown>>;
  // A column that was not written when the step was made already stood as it wants it: that is what the person saw.
  const seenOf = (column: string) => (column in seen ? seen[column] : set[column]);
  const columns = Object.keys(set).filter(
    (column) => column !== 'position' && isLost({ was: was[column], seen: seenOf(column), set: set[column] }),
  );
  return columns.map((column) => ({
    commandId: command.id,
    dealId: command.dealId,
    table: change.table,
    rowId: change.id,
    column,
    wrote: set[column],
    replaced: was[column],
    seen: seenOf(column),
  }));
}

/** Whether somebody's unseen word is gone. Of several words in one column (facts), each is looked at by itself. */
function isLost({ was, seen, set }: { readonly was: unknown; readonly seen: unknown; readonly set: unknown }): boolean {
  if (isSame(was, seen)) return false;
  if (!isRecord(was) || !isRecord(seen) || !isRecord(set)) return true;
  const names = [...Object.keys(was), ...Object.keys(seen)];
  return names.some((name) => !isSame(was[name], seen[name]) && !isSame(was[name], set[name]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
