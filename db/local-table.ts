import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import type { Param, Read, Write } from './handles.ts';

/** Reading and writing one table whose rows are not of a deal: what is only on this computer. */
export interface LocalTable<Row> {
  /** Rows of `SELECT ... FROM table` and what comes after it. The text must be constant. */
  all(read: Read, rest: string, ...params: readonly Param[]): readonly Row[];
  get(read: Read, rest: string, ...params: readonly Param[]): Row | null;
  insert(write: Write, row: Row): void;
  /** Writes over the row with the same key. */
  put(write: Write, row: Row): void;
  /** Changes some columns of the rows that `where` names; how many there were. */
  update(write: Write, set: Partial<Row>, where: string, ...params: readonly Param[]): number;
}

interface MappedColumn {
  readonly key: string;
  readonly sqlName: string;
  readonly toDb: (value: unknown) => Param;
  readonly fromDb: (value: unknown) => unknown;
}

export function localTable<T extends Table>(table: T): LocalTable<T['$inferSelect']> {
  type Row = T['$inferSelect'];
  const name = getTableName(table);
  const columns: readonly MappedColumn[] = Object.entries(getTableColumns(table)).map(([key, column]) => ({
    key,
    sqlName: column.name,
    toDb: (value) => (value === null || value === undefined ? null : (column.mapToDriverValue(value) as Param)),
    fromDb: (value) => (value === null ? null : column.mapFromDriverValue(value)),
  }));
  const select = `SELECT ${columns.map(({ key, sqlName }) => `"${sqlName}" AS "${key}"`).join(', ')} FROM "${name}" `;
  const values = `("${columns.map(({ sqlName }) => sqlName).join('", "')}") VALUES (${columns.map(() => '?').join(', ')})`;
  const decode = (stored: Record<string, unknown>): Row =>
    Object.fromEntries(columns.map(({ key, fromDb }) => [key, fromDb(stored[key])])) as Row;
  const encode = (row: Row) => columns.map(({ key, toDb }) => toDb((row as Record<string, unknown>)[key]));
  return {
    all: (read, rest, ...params) => read.all<Record<string, unknown>>(select + rest, ...params).map(decode),
    get: (read, rest, ...params) => {
      const stored = read.get<Record<string, unknown>>(select + rest, ...params);
      return stored === undefined ? null : decode(stored);
    },
    insert: (write, row) => void write.run(`INSERT INTO "${name}" ${values}`, ...encode(row)),
    put: (write, row) => void write.run(`INSERT OR REPLACE INTO "${name}" ${values}`, ...encode(row)),
    update: (write, set, where, ...params) => {
      const changed = columns.filter(({ key }) => key in (set as object));
      if (changed.length === 0) return 0;
      const sets = changed.map(({ sqlName }) => `"${sqlName}" = ?`).join(', ');
      const given = changed.map(({ key, toDb }) => toDb((set as Record<string, unknown>)[key]));
      return write.run(`UPDATE "${name}" SET ${sets} WHERE ${where}`, ...given, ...params).changes;
    },
  };
}
