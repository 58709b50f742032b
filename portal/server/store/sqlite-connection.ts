import Database from 'better-sqlite3';
import { bound, type Column, columnsOf, createGuard, type Param, rowOf, type ScopedSql } from './sql.ts';
import type { Poke } from './types.ts';

/** The statements of one connection, each prepared once. */
export interface Connection {
  readonly raw: Database.Database;
  all<Row>(text: string, params: readonly Param[]): readonly Row[];
  run(text: string, params: readonly Param[]): number;
  close(): void;
}

interface Prepared {
  readonly statement: Database.Statement<unknown[], unknown>;
  readonly columns: readonly Column[];
}

/** `busyMs`: how long to wait for another program that holds the file. */
export function openConnection(file: string, mode: 'write' | 'read', busyMs: number = 5_000): Connection {
  const raw = new Database(file, { timeout: busyMs, readonly: mode === 'read' });
  const kept = new Map<string, Prepared>();
  const prepared = (text: string): Prepared => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const statement = raw.prepare<unknown[], unknown>(text);
    const columns = statement.reader ? columnsOf(statement.columns().map(({ name }) => name)) : [];
    if (statement.reader) statement.raw();
    const made = { statement, columns };
    kept.set(text, made);
    return made;
  };
  return {
    raw,
    all: <Row>(text: string, params: readonly Param[]) => {
      const { statement, columns } = prepared(text);
      return (statement.all(named(params)) as unknown[][]).map((values) => rowOf<Row>(columns, values));
    },
    run: (text, params) => {
      const { statement } = prepared(text);
      return statement.run(named(params)).changes;
    },
    close: () => {
      if (raw.open) raw.close();
    },
  };
}

export interface SqliteSql extends ScopedSql {
  /** To be told after the commit. */
  readonly pokes: readonly Poke[];
}

/** `scope` is the workspace of a transaction; null for reads and for single statements. */
export function sqlOf(connection: Connection, scope: string | null): SqliteSql {
  const pokes: Poke[] = [];
  const { use, failure, end } = createGuard(scope);
  return {
    pokes,
    failure,
    end,
    all: (text, ...params) => use(params, () => connection.all(text, params)),
    get: <Row>(text: string, ...params: readonly Param[]) =>
      use(params, () => connection.all<Row>(text, params)[0] ?? null),
    run: (text, ...params) => use(params, () => connection.run(text, params)),
    poke: (poke) => use([], () => void pokes.push(poke)),
  };
}

/** SQLite reads `$1` as a parameter named "1". */
function named(params: readonly Param[]): Record<string, string | number | null> {
  return Object.fromEntries(bound(params).map((value, index) => [String(index + 1), value]));
}
