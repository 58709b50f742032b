import type { DealRow, Facts, Id, LineRow, TaskRow } from '../deals/model.ts';
import { err, ok, type Result } from '../result.ts';
import { type Instantiated, instantiateTemplate, type PackNames } from './instantiate.ts';
import { countOf, documentGoes, reasonGone, summaryOf } from './migrate-words.ts';
import type { Template } from './template-schema.ts';

/** The columns that a template gives a task; what a person changed in them is theirs. */
const TEMPLATE_COLUMNS = [
  'title',
  'short',
  'clientTitle',
  'stage',
  'assigneeRole',
  'dueRule',
  'isRequired',
  'dependsOn',
] as const;
type TemplateColumn = (typeof TEMPLATE_COLUMNS)[number];

/** One version of a template under the facts it was, or will be, instantiated with. */
export interface TemplateUse {
  readonly template: Template;
  readonly facts: Facts;
  readonly pack: PackNames;
}

export interface MigrateArgs {
  readonly dealId: Id;
  readonly tasks: readonly TaskRow[];
  /** What the deal's rows came from. It tells what a person has changed since. */
  readonly from: TemplateUse;
  readonly to: TemplateUse;
  readonly ids: (templateTaskId: string) => Id;
}

export interface TaskMove {
  readonly id: Id;
  readonly title: string;
  /** The columns that change, with their new values. */
  readonly set: Partial<Pick<TaskRow, TemplateColumn>>;
  readonly was: Partial<Pick<TaskRow, TemplateColumn>>;
}

export interface KeptTask {
  readonly id: Id;
  readonly title: string;
  readonly because: 'done' | 'waived' | 'edited' | 'by-hand';
  /** A sentence for the preview. */
  readonly sentence: string;
}

export interface DroppedLine {
  readonly id: Id;
  readonly title: string;
  readonly isLegal: boolean;
  readonly sentence: string;
}

/** What a migration would do. Nothing has changed yet. */
export interface Migration {
  readonly added: readonly TaskRow[];
  readonly removed: readonly DroppedLine[];
  readonly moved: readonly TaskMove[];
  /** Tasks that only take another place in the list. */
  readonly reordered: readonly { readonly id: Id; readonly position: number }[];
  readonly kept: readonly KeptTask[];
  readonly documentsAdded: readonly LineRow[];
  readonly documentsRemoved: readonly DroppedLine[];
  readonly summary: string;
}

export interface MigrationRefused {
  readonly type: 'OtherWorkflow';
  readonly message: string;
}

/**
 * The preview of bringing a running deal to another version of its template, or to the same version after an unknown
 * fact was answered. Done, waived and hand-edited tasks stay as they are, so do tasks added by hand; the others are
 * added, taken away or moved. Every document line that goes is listed with its reason.
 */
export function migrateDeal(args: MigrateArgs): Result<Migration, MigrationRefused> {
  const { from, to } = args;
  if (from.template.workflow !== to.template.workflow)
    return err({
      type: 'OtherWorkflow',
      message: `This deal runs on "${from.template.title}". Choose a version of that, or open a new deal for "${to.template.title}".`,
    });
  const before = instantiate(args, from);
  const after = instantiate(args, to);
  const rows = new Map(
    args.tasks.flatMap((task) => (task.templateTaskId === null ? [] : [[task.templateTaskId, task] as const])),
  );
  const origin = byName(before.tasks);
  const target = byName(after.tasks);
  const kept = args.tasks.flatMap((task) => keptTask(task, origin, target));
  const keptIds = new Set(kept.map((task) => task.id));
  const free = [...rows.values()].filter((task) => !keptIds.has(task.id));
  const added = after.tasks.filter(
    (task) => !rows.has(task.templateTaskId ?? '') && !origin.has(task.templateTaskId ?? ''),
  );
  const removed = free.filter((task) => !target.has(task.templateTaskId ?? ''));
  const present = new Set([...args.tasks, ...added].map((task) => task.id));
  for (const task of removed) present.delete(task.id);
  const moved = free.flatMap((task) => moveTo(task, target.get(task.templateTaskId ?? ''), present));
  const documents = diffDocuments(before, after, to.template);
  return ok({
    added: added.map((task) => ({ ...task, dependsOn: task.dependsOn.filter((id) => present.has(id)) })),
    removed: removed.map((task) => dropped(task, args)),
    moved,
    reordered: free.flatMap((task) => newPlace(task, target.get(task.templateTaskId ?? ''))),
    kept,
    ...documents,
    summary: summaryOf({
      tasks: { added: added.length, removed: removed.length, moved: moved.length, kept: kept.length },
      documents: { added: documents.documentsAdded.length, removed: documents.documentsRemoved.length },
    }),
  });
}

/** The preview on a deal that does not exist: what a template makes of it from nothing. */
export function dryRun(
  deal: Pick<DealRow, 'id' | 'facts'>,
  to: Omit<TemplateUse, 'facts'>,
  ids: (templateTaskId: string) => Id,
): Instantiated & { readonly summary: string } {
  const made = instantiateTemplate({ ...to, dealId: deal.id, facts: deal.facts, ids });
  const asks = made.unknownFacts.length === 0 ? '' : ` ${countOf(made.unknownFacts.length, 'question')} still open.`;
  return {
    ...made,
    summary: `${countOf(made.tasks.length, 'task')} and ${countOf(made.documents.length, 'document')}.${asks} Nothing has changed yet.`,
  };
}

/** The task rows after a migration was accepted; for tests and for the screen that shows the result. */
export function applyMigration(tasks: readonly TaskRow[], migration: Migration): readonly TaskRow[] {
  const gone = new Set(migration.removed.map((line) => line.id));
  const sets = new Map(migration.moved.map((move) => [move.id, move.set]));
  const places = new Map(migration.reordered.map(({ id, position }) => [id, { position }]));
  const left = tasks
    .filter((task) => !gone.has(task.id))
    .map((task) => ({ ...task, ...sets.get(task.id), ...places.get(task.id) }));
  return [...left, ...migration.added].map((task) => ({
    ...task,
    dependsOn: task.dependsOn.filter((id) => !gone.has(id)),
  }));
}

function instantiate({ dealId, ids }: MigrateArgs, use: TemplateUse): Instantiated {
  return instantiateTemplate({ ...use, dealId, ids });
}

function byName(tasks: readonly TaskRow[]): ReadonlyMap<string, TaskRow> {
  return new Map(tasks.map((task) => [task.templateTaskId ?? '', task]));
}

function keptTask(
  task: TaskRow,
  origin: ReadonlyMap<string, TaskRow>,
  target: ReadonlyMap<string, TaskRow>,
): readonly KeptTask[] {
  const keep = (because: KeptTask['because'], sentence: string) => [
    { id: task.id, title: task.title, because, sentence },
  ];
  if (task.doneOn !== null) return keep('done', `"${task.title}" is done and stays.`);
  if (task.waivedOn !== null) return keep('waived', `"${task.title}" was waived and stays so.`);
  if (task.templateTaskId === null) return keep('by-hand', `"${task.title}" was added by hand and stays.`);
  const first = origin.get(task.templateTaskId);
  const isGone = !target.has(task.templateTaskId);
  if (first !== undefined && isEdited(task, first))
    return keep(
      'edited',
      isGone
        ? `"${task.title}" was changed by hand and stays, though the new version has it no longer.`
        : `"${task.title}" was changed by hand and stays as it is.`,
    );
  return [];
}

/** A date set by hand is a person's decision; so is any template column that they changed. An assignee stays through a move anyway. */
function isEdited(task: TaskRow, first: TaskRow): boolean {
  if (task.dueOn !== null) return true;
  return TEMPLATE_COLUMNS.some((column) => {
    // A row that was written before its template had short titles has none, and nobody touched it.
    if (column === 'dependsOn' || (column === 'short' && task.short === '')) return false;
    return !same(task[column], first[column]);
  });
}

function moveTo(task: TaskRow, target: TaskRow | undefined, present: ReadonlySet<Id>): readonly TaskMove[] {
  if (target === undefined) return [];
  const wanted = { ...target, dependsOn: target.dependsOn.filter((id) => present.has(id)) };
  const columns = TEMPLATE_COLUMNS.filter((column) => !same(task[column], wanted[column]));
  if (columns.length === 0) return [];
  const pick = (row: TaskRow) => Object.fromEntries(columns.map((column) => [column, row[column]]));
  return [{ id: task.id, title: wanted.title, set: pick(wanted), was: pick(task) }];
}

function newPlace(task: TaskRow, target: TaskRow | undefined) {
  return target === undefined || target.position === task.position ? [] : [{ id: task.id, position: target.position }];
}

function diffDocuments(
  before: Instantiated,
  after: Instantiated,
  to: Template,
): Pick<Migration, 'documentsAdded' | 'documentsRemoved'> {
  const had = new Set(before.documents.map((line) => line.templateDocumentId ?? ''));
  const has = new Set(after.documents.map((line) => line.templateDocumentId ?? ''));
  const still = new Set(to.documents.map((line) => line.id));
  return {
    documentsAdded: after.documents.filter((line) => !had.has(line.templateDocumentId ?? '')),
    documentsRemoved: before.documents
      .filter((line) => !has.has(line.templateDocumentId ?? ''))
      .map(({ id, title, isLegal, condition, templateDocumentId }) => {
        const reason = reasonGone(still.has(templateDocumentId ?? '') ? condition : '');
        return { id, title, isLegal, sentence: documentGoes(title, isLegal, reason) };
      }),
  };
}

function dropped(task: TaskRow, { from, to }: MigrateArgs): DroppedLine {
  const name = task.templateTaskId ?? '';
  const fact = name.startsWith('ask-') ? name.slice(4) : '';
  const isAnswered = fact !== '' && !same(to.facts[fact], from.facts[fact]);
  const still = to.template.tasks.find((line) => line.id === name);
  const sentence = isAnswered
    ? `"${task.title}" is answered.`
    : `"${task.title}" goes: ${reasonGone(still?.because ?? '')}`;
  return { id: task.id, title: task.title, isLegal: false, sentence };
}

/** Columns are plain JSON. Dependencies are a set: their order says nothing. */
function same(left: unknown, right: unknown): boolean {
  const text = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? null), (_key, part) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort())
        : part,
    );
  return text(left) === text(right);
}
