import { z } from 'zod';
import type { Deal, Id } from '../deals/model.ts';
import { err, ok, type Result } from '../result.ts';
import { applyToDeal, rowOf, rowsOf } from './apply.ts';
import { idOf, insert, isSame, remove } from './changes.ts';
import { changedSince } from './refusals.ts';
import { IdArg } from './schemas.ts';
import type { Change, JournalEntry, Refusal, Scope, UpdateOf } from './types.ts';

export const UndoArgs = z.strictObject({ commandId: IdArg });

/**
 * Takes a command back. Values come only from the deal's own journal; every row it touched must still be as it left
 * them, column by column, else the refusal says who changed it since. What was undone can be done again by undoing
 * the undo. What has left the house (mail, links) is not undone here but revoked.
 */
export function undoCommand(scope: Scope, commandId: string): Result<readonly Change[], Refusal> {
  const entry = scope.journal.byCommand(commandId);
  if (entry === null)
    return err({
      type: 'NothingToUndo',
      message: 'That step is not in the history of this deal. Nothing was changed.',
    });
  if (isTakenBack(entry.undoneBy, (id) => scope.journal.byCommand(id)?.undoneBy ?? null)) return ok([]);
  const back: Change[] = [];
  for (const change of [...entry.changes].reverse()) {
    const step = backOf(scope.deal, change);
    if (step === null) return err(changedSince('what it changed', lastOther(scope, change, entry)));
    back.push(step);
  }
  const user = userOfRemoved(scope.deal, back, removedBy(rootOf(scope, commandId)));
  if (user !== null) return err(changedSince('what it added', scope.journal.lastChangeOf(user.table, user.id)));
  return ok(back);
}

/**
 * Whether a step counts as taken back at present. `undoneBy` is the undo that took it back: where that one was undone
 * itself, the step stands again, and so on along the chain.
 */
export function isTakenBack(undoneBy: Id | null, undoneByOf: (commandId: Id) => Id | null): boolean {
  const seen = new Set<Id>();
  let isBack = false;
  for (let by = undoneBy; by !== null && !seen.has(by); by = undoneByOf(by)) {
    seen.add(by);
    isBack = !isBack;
  }
  return isBack;
}

/** The step that a chain of undos goes back to: the right to undo is the right to that. */
export function rootOf(scope: Scope, commandId: string): JournalEntry | null {
  const seen = new Set<string>();
  let entry = scope.journal.byCommand(commandId);
  while (entry !== null && entry.name === 'undo' && !seen.has(entry.commandId)) {
    seen.add(entry.commandId);
    const args = UndoArgs.safeParse(entry.args);
    entry = args.success ? scope.journal.byCommand(args.data.commandId) : null;
  }
  return entry;
}

function backOf(deal: Deal | null, change: Change): Change | null {
  const now = rowOf(deal, change.table, idOf(change));
  if (change.op === 'delete') return now === undefined ? insert(change.table, change.was) : null;
  if (now === undefined) return null;
  if (change.op === 'insert') return isSame(now, change.row) ? remove(change.table, now) : null;
  for (const [column, value] of Object.entries(change.set)) {
    if (!isSame((now as unknown as Record<string, unknown>)[column], value)) return null;
  }
  const back = { ...change, set: change.was, was: change.set };
  return back as UpdateOf<'deal'> as Change;
}

/** A row that needs what these changes take away: anything left of a deal that goes, a task of a person or after a task. */
function userOfRemoved(
  deal: Deal | null,
  changes: readonly Change[],
  meant: ReadonlySet<Id>,
): { readonly table: Change['table']; readonly id: Id } | null {
  const removed = new Set(changes.filter((change) => change.op === 'delete').map(idOf));
  if (deal === null || removed.size === 0) return null;
  const after = applyToDeal(deal, changes);
  if (after === null) {
    const all = Object.entries(rowsOf(deal)) as readonly (readonly [Change['table'], readonly { readonly id: Id }[]])[];
    for (const [table, rows] of all) {
      const left = rows.find((row) => !removed.has(row.id));
      if (left !== undefined) return { table, id: left.id };
    }
    return null;
  }
  const rest = after.readings.find((row) => removed.has(row.versionId) || removed.has(row.personId));
  if (rest !== undefined) return { table: 'reading', id: rest.id };
  const theirs = beside(after).find(({ needs }) =>
    needs.some((id) => id !== null && removed.has(id) && !meant.has(id)),
  );
  if (theirs !== undefined) return theirs;
  const filed = after.versions.find((row) => removed.has(row.lineId));
  if (filed !== undefined) return { table: 'version', id: filed.id };
  const task = after.tasks.find(
    ({ assigneeId, dependsOn }) =>
      (assigneeId !== null && removed.has(assigneeId)) || dependsOn.some((id) => removed.has(id)),
  );
  return task === undefined ? null : { table: 'task', id: task.id };
}

/** What a step takes away by itself is taken away again with all that hangs on it, as it was then. */
function removedBy(root: JournalEntry | null): ReadonlySet<Id> {
  return new Set(root?.changes.filter(({ op }) => op === 'delete').map(idOf));
}

/** What people did and were asked, with the rows without which it means nothing. */
function beside({ messages, forms, papers, consents }: Deal) {
  return [
    ...messages.map(({ id, personId }) => ({ table: 'message' as const, id, needs: [personId] })),
    ...forms.map(({ id, personId }) => ({ table: 'form' as const, id, needs: [personId] })),
    ...consents.map(({ id, byPersonId, toId }) => ({ table: 'consent' as const, id, needs: [byPersonId, toId] })),
    ...papers.map(({ id, sentById }) => ({ table: 'paper' as const, id, needs: [id, sentById] })),
  ];
}

function lastOther(scope: Scope, change: Change, entry: JournalEntry): JournalEntry | null {
  const last = scope.journal.lastChangeOf(change.table, idOf(change));
  return last === null || last.commandId === entry.commandId ? null : last;
}
