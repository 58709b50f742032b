import type { Deal, Id, TaskRow } from '../deals/model.ts';
import type { DocumentFacts } from '../documents/document.ts';
import type { Actor, PartyActor } from './actor.ts';
import { COLUMN_CLASSES, type ColumnClass, type Seen, type SeenByParty } from './columns.ts';
import type { DealContext } from './conditions.ts';
import type { Action } from './matrix.ts';
import { columnOf, may } from './may.ts';
import {
  type AuditFacts,
  type ChangeFacts,
  type CommissionFacts,
  type DateFacts,
  dateOfAnchor,
  type Thing,
} from './things.ts';

/** What belongs to a deal but is computed or kept beside its rows. */
export interface Beside {
  readonly deadlines: readonly DateFacts[];
  readonly documents: readonly DocumentFacts[];
  readonly commissions: readonly CommissionFacts[];
  readonly audit: readonly AuditFacts[];
  readonly requests: readonly ChangeFacts[];
}

export interface DealView {
  readonly deal: Seen<'deal'>;
  readonly tasks: readonly Seen<'task'>[];
  readonly people: readonly Seen<'person'>[];
  readonly notes: readonly Seen<'note'>[];
  readonly anchors: readonly Seen<'anchor'>[];
  readonly deadlines: readonly Seen<'deadline'>[];
  readonly documents: readonly Seen<'document'>[];
  readonly commissions: readonly Seen<'commission'>[];
  readonly audit: readonly Seen<'audit'>[];
  readonly requests: readonly Seen<'request'>[];
}

export interface PartyView {
  readonly deal: SeenByParty<'deal'>;
  readonly tasks: readonly SeenByParty<'task'>[];
  readonly people: readonly SeenByParty<'person'>[];
  readonly notes: readonly SeenByParty<'note'>[];
  readonly anchors: readonly SeenByParty<'anchor'>[];
  readonly deadlines: readonly SeenByParty<'deadline'>[];
  readonly documents: readonly SeenByParty<'document'>[];
  readonly commissions: readonly SeenByParty<'commission'>[];
  readonly audit: readonly SeenByParty<'audit'>[];
  readonly requests: readonly SeenByParty<'request'>[];
}

/** A deal with the context its permissions depend on; `context.deal` is taken from `deal`. */
export interface ViewInput {
  readonly deal: Deal;
  readonly beside: Beside;
  readonly context: Omit<DealContext, 'deal'>;
}

/**
 * A deal as somebody sees it, rows and columns. Somebody who holds several roles passes one actor for each: the view is
 * the union, so it never depends on their order. Null when none of them is on the deal.
 */
export function viewFor(actor: PartyActor | readonly PartyActor[], input: ViewInput): PartyView | null;
export function viewFor(actor: Actor | readonly Actor[], input: ViewInput): DealView | null;
export function viewFor(actor: Actor | readonly Actor[], input: ViewInput): DealView | null {
  const { deal, beside } = input;
  const context: DealContext = { ...input.context, deal };
  const hats = (Array.isArray(actor) ? actor : [actor]).filter((hat) => columnOf(hat, context) !== null);
  if (hats.length === 0) return null;
  const eye: Eye = { hats, context };
  const classes = COLUMN_CLASSES;
  return {
    deal: project(eye, deal.row, classes.deal, (type) => see({ type })),
    tasks: projectAll(eye, deal.tasks, classes.task, askTask),
    people: projectAll(eye, deal.people, classes.person, (type, person) => see({ type, person })),
    notes: projectAll(eye, deal.notes, classes.note, (type) => see({ type })),
    anchors: projectAll(eye, deal.anchors, classes.anchor, (type, anchor) =>
      see(type === 'date' ? { type, date: dateOfAnchor(anchor) } : { type }),
    ),
    deadlines: projectAll(eye, beside.deadlines, classes.deadline, (type, date) =>
      see(type === 'date' ? { type, date } : { type }),
    ),
    documents: projectAll(eye, beside.documents, classes.document, askDocument),
    commissions: projectAll(eye, beside.commissions, classes.commission, (type, row) =>
      see({ type, agentId: row.agentId }),
    ),
    audit: projectAll(eye, beside.audit, classes.audit, (type, row) => see({ type, byId: row.byId })),
    requests: projectAll(eye, beside.requests, classes.request, (type, change) =>
      see(type === 'internal' ? { type } : { type, change }),
    ),
  };
}

interface Eye {
  readonly hats: readonly Actor[];
  readonly context: DealContext;
}
interface Ask {
  readonly action: Action;
  readonly thing: Thing;
}

const see = (thing: Thing): Ask => ({ action: 'see', thing });

function askTask(type: 'task' | 'task-wording' | 'internal', task: TaskRow): Ask {
  return see(type === 'internal' ? { type } : { type, task });
}

/** Of a held file only its existence is known, even to the coordinator: a file name can carry an account number. */
function askDocument(type: 'existence' | 'meta' | 'content' | 'internal', document: DocumentFacts): Ask {
  const thing: Thing = { type: 'document', document };
  if (type === 'existence') return { action: 'see-metadata', thing };
  if (type === 'content' || document.class === 'wire-suspect') return see(thing);
  return type === 'meta' ? { action: 'see-metadata', thing } : see({ type });
}

type ClassesOf<R> = Readonly<Record<keyof R, ColumnClass>>;

/** The rows whose id is visible; a row that is not is absent, so not even their number is learnt. */
function projectAll<R extends { readonly id: Id }, C extends ClassesOf<R>>(
  eye: Eye,
  rows: readonly R[],
  classes: C,
  ask: (columnClass: C[keyof R], row: R) => Ask,
): readonly Partial<R>[] {
  return rows.map((row) => project(eye, row, classes, ask)).filter((row) => row.id !== undefined);
}

/**
 * Only classified columns are ever copied: what the table gains is in nobody's view until somebody classifies it.
 * A column counts for a hat that sees the row itself, or two hats together would see what neither does.
 */
function project<R extends { readonly id: Id }, C extends ClassesOf<R>>(
  { hats, context }: Eye,
  row: R,
  classes: C,
  ask: (columnClass: C[keyof R], row: R) => Ask,
): Partial<R> {
  const sees = (hat: Actor, columnClass: C[keyof R]): boolean => {
    const { action, thing } = ask(columnClass, row);
    return may(hat, action, thing, context).ok;
  };
  const hatsOfRow = hats.filter((hat) => sees(hat, classes['id' as keyof R]));
  const answers = new Map<C[keyof R], boolean>();
  const seen: Partial<R> = {};
  for (const column of Object.keys(classes) as (keyof R)[]) {
    const columnClass = classes[column];
    if (!answers.has(columnClass))
      answers.set(
        columnClass,
        hatsOfRow.some((hat) => sees(hat, columnClass)),
      );
    if (answers.get(columnClass)) seen[column] = row[column];
  }
  return seen;
}
