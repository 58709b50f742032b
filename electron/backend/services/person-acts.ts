import { changeTitle, type TermNames } from '../../../core/changes/words.ts';
import { isSame } from '../../../core/commands/changes.ts';
import type { Change } from '../../../core/commands/types.ts';
import { quote } from '../../../core/commands/words.ts';
import type { ChangeRow, Deal, DealRows, DealTable, Id } from '../../../core/deals/model.ts';
import type { PersonAct } from '../../contract/portal-views.ts';

/** What a person did, before the deal is named beside it. */
export type Did = Pick<PersonAct, 'did' | 'to' | 'id'> & { readonly personId: Id };

/**
 * What people of the deal did, read from rows that came from the portal: never what a member did, and nothing of a deal
 * that has only now come to this computer, whose whole past would be news. In the order of the rows, each once.
 */
export function personActs(deal: Deal, changes: readonly Change[], names: TermNames): readonly Did[] {
  if (changes.some(({ op, table }) => op === 'insert' && table === 'deal')) return [];
  const people = new Set(deal.people.map(({ id }) => id));
  const found = changes
    .flatMap((change) => actsOf({ deal, names }, change))
    .filter(({ personId }) => people.has(personId));
  const seen = new Set<string>();
  return found.filter(({ personId, did, id }) => {
    const key = `${personId} ${did} ${id}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

interface Told {
  readonly deal: Deal;
  readonly names: TermNames;
}

function actsOf(told: Told, change: Change): readonly Did[] {
  if (change.op === 'delete') return [];
  return change.op === 'insert' ? insertedActs(told, change) : updatedActs(told, change);
}

function insertedActs({ deal, names }: Told, change: Extract<Change, { op: 'insert' }>): readonly Did[] {
  switch (change.table) {
    case 'message': {
      const { personId, authorId, body } = change.row;
      return personId === authorId ? [{ personId, did: `wrote “${quote(body)}”`, to: 'messages', id: personId }] : [];
    }
    case 'change': {
      const { id, requestedBy: personId } = change.row;
      return [{ personId, did: `asks: ${changeTitle(change.row, names).title}`, to: 'changes', id }];
    }
    case 'paper': {
      const { id, sentById } = change.row;
      const version = deal.versions.find((one) => one.id === id);
      if (sentById === null || version === undefined) return [];
      const title = names.line(version.lineId);
      return [{ personId: sentById, did: `sent ${title || 'a document'}`, to: 'review', id: version.lineId }];
    }
    case 'proposal': {
      const { id, proposedBy: personId, name } = change.row;
      return [{ personId, did: `wants ${name} on the deal`, to: 'people', id }];
    }
    default:
      return [];
  }
}

function updatedActs({ deal, names }: Told, change: Extract<Change, { op: 'update' }>): readonly Did[] {
  switch (change.table) {
    case 'change':
      return answers(
        deal.changes.find(({ id }) => id === change.id),
        change,
        names,
      );
    case 'reading': {
      const row = rowNow(deal.readings, change);
      if (row === null || !gained(change, 'acknowledgedAt')) return [];
      return [
        {
          personId: row.personId,
          did: `has read ${names.line(row.lineId) || 'a document'}`,
          to: 'documents',
          id: row.lineId,
        },
      ];
    }
    case 'form': {
      const row = rowNow(deal.forms, change);
      if (row === null || row.state !== 'sent' || !('state' in change.set)) return [];
      return [{ personId: row.personId, did: `filled in ${row.title}`, to: 'overview', id: row.id }];
    }
    case 'task': {
      const row = rowNow(deal.tasks, change);
      if (row === null || row.doneBy === null || !gained(change, 'doneOn')) return [];
      return [{ personId: row.doneBy, did: `has done: ${row.title}`, to: 'tasks', id: row.id }];
    }
    default:
      return [];
  }
}

/** Approvals that were given, and a no or a withdrawal, as the request's own log says who did it. */
function answers(row: ChangeRow | undefined, change: UpdateOfChange, names: TermNames): readonly Did[] {
  if (row === undefined) return [];
  const title = changeTitle(row, names).title;
  const before = change.was.approvals ?? row.approvals;
  const given = row.approvals
    // What was told to a colleague is the colleague's act.
    .filter((approval) => approval.told === undefined && !before.some((one) => isSame(one, approval)))
    .map(({ byId }): Did => ({ personId: byId, did: `agrees: ${title}`, to: 'changes', id: row.id }));
  const ended = change.set.state;
  const by = row.log.at(-1)?.byId ?? null;
  if (by === null || (ended !== 'declined' && ended !== 'withdrawn')) return given;
  const did = ended === 'declined' ? `says no: ${title}` : `takes the request back: ${title}`;
  return [...given, { personId: by, did, to: 'changes', id: row.id }];
}
type UpdateOfChange = Extract<Change, { op: 'update'; table: 'change' }>;

function rowNow<T extends { readonly id: Id }>(rows: readonly T[], { id }: { readonly id: Id }): T | null {
  return rows.find((row) => row.id === id) ?? null;
}

/** The column was empty and is not any more. */
function gained<T extends DealTable>(
  change: { readonly table: T; readonly set: Partial<DealRows[T]>; readonly was: Partial<DealRows[T]> },
  column: keyof DealRows[T],
): boolean {
  return column in change.set && (change.set[column] ?? null) !== null && (change.was[column] ?? null) === null;
}
