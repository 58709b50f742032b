import type { Command } from '../../../core/commands/types.ts';
import type { Deal, DealTable, Id } from '../../../core/deals/model.ts';
import type { Overwrite } from '../../../core/sync/overwrites.ts';

type Step = Pick<Command, 'name' | 'args'>;

/** How plain words of a row are written, by table: the command, and how it names the row. */
const EDITS: Partial<
  Record<DealTable, { readonly name: string; readonly key: string; readonly columns: readonly string[] }>
> = {
  note: { name: 'editNote', key: 'noteId', columns: ['body'] },
  task: { name: 'editTask', key: 'taskId', columns: ['title', 'dueOn'] },
  person: { name: 'editPerson', key: 'personId', columns: ['name', 'role', 'company', 'email', 'phone'] },
  line: { name: 'editLine', key: 'lineId', columns: ['title', 'clientTitle', 'isRequired'] },
};
const ADDRESS = ['street', 'unit', 'city', 'state', 'zip'] as const;

/**
 * The steps that write replaced words back over what stands there now, one a row. Null when some of them are no plain
 * words of a row that is still there: then nothing is written back by halves.
 */
export function wordsBack(deal: Deal, overwrites: readonly Overwrite[]): readonly Step[] | null {
  const rows = new Map<
    string,
    { readonly table: DealTable; readonly rowId: Id; readonly set: Record<string, unknown> }
  >();
  for (const { table, rowId, column, replaced } of overwrites) {
    const key = `${table}/${rowId}`;
    const row = rows.get(key) ?? { table, rowId, set: {} };
    row.set[column] = replaced;
    rows.set(key, row);
  }
  const steps = [...rows.values()].map((row) => stepOf(deal, row));
  return steps.some((step) => step === null) ? null : steps.filter((step) => step !== null);
}

function stepOf(
  deal: Deal,
  {
    table,
    rowId,
    set,
  }: { readonly table: DealTable; readonly rowId: Id; readonly set: Readonly<Record<string, unknown>> },
): Step | null {
  if (table === 'deal') {
    if (!Object.keys(set).every((column) => (ADDRESS as readonly string[]).includes(column))) return null;
    const { street, unit, city, state, zip } = deal.row;
    return { name: 'changeAddress', args: { street, unit, city, state, zip, ...set } };
  }
  const edit = EDITS[table];
  if (edit === undefined || !Object.keys(set).every((column) => edit.columns.includes(column))) return null;
  return { name: edit.name, args: { [edit.key]: rowId, ...set } };
}
