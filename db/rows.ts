import { type Column, getTableColumns } from 'drizzle-orm';
import type { DealRows, DealTable } from '../core/deals/model.ts';
import type { Param } from './handles.ts';
import { anchor } from './schema/anchor.ts';
import { deal } from './schema/deal.ts';
import { line, version } from './schema/document.ts';
import { milestone } from './schema/milestone.ts';
import { note } from './schema/note.ts';
import { person } from './schema/person.ts';
import { change, consent, form, lead, message, paper, proposal, reading } from './schema/portal.ts';
import { task } from './schema/task.ts';

const portal = { paper, change, message, reading, proposal, form, lead, consent };

/** A column as rows (camel case, typed) and SQLite (snake case, text and integers) each know it. */
interface Mapped {
  readonly key: string;
  readonly sqlName: string;
  readonly encode: (value: unknown) => Param;
  /** Null when the stored value is the row's value. */
  readonly decode: ((value: unknown) => unknown) | null;
}

export interface TableMap {
  readonly table: DealTable;
  /** `"street" AS "street", "price_cents" AS "priceCents"`, for a SELECT. */
  readonly select: string;
  readonly insertSql: string;
  readonly deleteSql: string;
  readonly keys: readonly string[];
  readonly mapped: ReadonlyMap<string, Mapped>;
  readonly decoded: readonly Mapped[];
}

export const SCHEMA = {
  deal,
  task,
  person,
  note,
  anchor,
  milestone,
  line,
  version,
  ...portal,
} as const satisfies Record<DealTable, unknown>;

const MAPS: { readonly [T in DealTable]: TableMap } = {
  deal: mapOf('deal', getTableColumns(deal)),
  task: mapOf('task', getTableColumns(task)),
  person: mapOf('person', getTableColumns(person)),
  note: mapOf('note', getTableColumns(note)),
  anchor: mapOf('anchor', getTableColumns(anchor)),
  milestone: mapOf('milestone', getTableColumns(milestone)),
  line: mapOf('line', getTableColumns(line)),
  version: mapOf('version', getTableColumns(version)),
  paper: mapOf('paper', getTableColumns(portal.paper)),
  change: mapOf('change', getTableColumns(portal.change)),
  message: mapOf('message', getTableColumns(portal.message)),
  reading: mapOf('reading', getTableColumns(portal.reading)),
  proposal: mapOf('proposal', getTableColumns(portal.proposal)),
  form: mapOf('form', getTableColumns(portal.form)),
  lead: mapOf('lead', getTableColumns(portal.lead)),
  consent: mapOf('consent', getTableColumns(portal.consent)),
};

export function tableMap(table: DealTable): TableMap {
  return MAPS[table];
}

/** A stored row as the rules know it: JSON columns parsed, 0/1 as booleans. Changes the object it is given. */
export function decodeRow<T extends DealTable>(table: T, stored: Record<string, unknown>): DealRows[T] {
  for (const { key, decode } of MAPS[table].decoded) {
    if (stored[key] !== null && stored[key] !== undefined) stored[key] = decode?.(stored[key]);
  }
  return stored as unknown as DealRows[T];
}

/** The values of some columns, in the order of `keys`. Throws on a column the table does not have. */
export function encodeValues(table: DealTable, row: object, keys: readonly string[]): readonly Param[] {
  const { mapped } = MAPS[table];
  return keys.map((key) => {
    const column = mapped.get(key);
    if (column === undefined) throw new Error(`${table} has no column ${key}`);
    return column.encode((row as Record<string, unknown>)[key]);
  });
}

export function sqlNameOf(table: DealTable, key: string): string {
  const column = MAPS[table].mapped.get(key);
  if (column === undefined) throw new Error(`${table} has no column ${key}`);
  return column.sqlName;
}

function mapOf(table: DealTable, columns: Readonly<Record<string, Column>>): TableMap {
  const all = Object.entries(columns).map(([key, column]) => mappedOf(key, column));
  const keys = all.map((column) => column.key);
  const names = all.map((column) => `"${column.sqlName}"`);
  return {
    table,
    select: all.map((column) => `"${column.sqlName}" AS "${column.key}"`).join(', '),
    insertSql: `INSERT INTO "${table}" (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    deleteSql: `DELETE FROM "${table}" WHERE id = ?`,
    keys,
    mapped: new Map(all.map((column) => [column.key, column])),
    decoded: all.filter((column) => column.decode !== null),
  };
}

function mappedOf(key: string, column: Column): Mapped {
  const isPlain = column.columnType === 'SQLiteText' || column.columnType === 'SQLiteInteger';
  return {
    key,
    sqlName: column.name,
    encode: (value) => {
      if (value === null || value === undefined) return null;
      return (isPlain ? value : column.mapToDriverValue(value)) as Param;
    },
    decode: isPlain ? null : decoderOf(column),
  };
}

/** Drizzle's own mapping, by hand where a deal is read: a task row alone has three such columns. */
function decoderOf(column: Column): (value: unknown) => unknown {
  if (column.columnType === 'SQLiteBoolean') return (value) => value === 1;
  if (column.columnType === 'SQLiteTextJson') return (value) => (value === '[]' ? NO_ITEMS : JSON.parse(String(value)));
  return (value) => column.mapFromDriverValue(value);
}

const NO_ITEMS: readonly never[] = Object.freeze([]);
