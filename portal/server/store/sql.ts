import { createQueue } from './serial.ts';
import type { Poke } from './types.ts';

/** What a statement takes. Numbers are whole; truth is kept as 0 or 1. */
export type Param = string | number | boolean | null;

/**
 * One connection of either database, as the areas see it. The text is a constant of ours that both databases read, with
 * `$1`, `$2`; `$1` is always the workspace, and a transaction refuses a statement for another one than its own.
 *
 * Columns come back in camelCase: `is_x` and `may_x` as booleans, `x_json` parsed and named `x`.
 */
export interface Sql {
  all<Row>(text: string, ...params: readonly Param[]): Promise<readonly Row[]>;
  /** The first row, or null. */
  get<Row>(text: string, ...params: readonly Param[]): Promise<Row | null>;
  /** How many rows were written. */
  run(text: string, ...params: readonly Param[]): Promise<number>;
  /** Told to every server process when the transaction is committed, and never if it is not. */
  poke(poke: Poke): Promise<void>;
}

/**
 * The handle of one transaction. After `end` every call throws: a handle that was kept must not write into somebody
 * else's transaction. `failure` is the first error of a statement: PostgreSQL then has given the transaction up, and so
 * it is rolled back on both, also when `work` caught the error and went on.
 */
export interface ScopedSql extends Sql {
  readonly failure: () => { readonly error: unknown } | null;
  end(): void;
}

/**
 * The guards that each statement of a handle passes; `scope` is the workspace of a transaction, null for any. Statements
 * of a read take turns. Those of a transaction may not be asked for at once: what is counted in two steps (a place in a
 * chain, a version) would be counted twice, so that throws on both.
 */
export function createGuard(scope: string | null): Pick<ScopedSql, 'failure' | 'end'> & {
  readonly use: <T>(params: readonly Param[], work: () => T | Promise<T>) => Promise<T>;
} {
  const queue = createQueue();
  let isOver = false;
  let isBusy = false;
  let failure: { readonly error: unknown } | null = null;
  const judge = (params: readonly Param[]) => {
    if (scope === null) return;
    if (isBusy) throw new Error('two calls at once in one transaction');
    mustBeIn(scope, params);
  };
  return {
    failure: () => failure,
    end: () => {
      isOver = true;
    },
    use: async (params, work) => {
      if (isOver) throw new Error('this read or transaction is over');
      try {
        judge(params);
        isBusy = true;
        return await queue(async () => work());
      } catch (error) {
        failure ??= { error };
        throw error;
      } finally {
        isBusy = false;
      }
    },
  };
}

export interface Column {
  readonly name: string;
  readonly kind: 'plain' | 'flag' | 'json';
}

/** How a result with these column names is read. */
export function columnsOf(names: readonly string[]): readonly Column[] {
  return names.map((name) => {
    if (name.endsWith('_json')) return { name: camel(name.slice(0, -'_json'.length)), kind: 'json' };
    return { name: camel(name), kind: /^(is|may)_/.test(name) ? 'flag' : 'plain' };
  });
}

export function rowOf<Row>(columns: readonly Column[], values: readonly unknown[]): Row {
  const row: Record<string, unknown> = {};
  for (const [index, { name, kind }] of columns.entries()) {
    const value = values[index];
    if (value === null || kind === 'plain') row[name] = value;
    else row[name] = kind === 'flag' ? value === 1 : (JSON.parse(String(value)) as unknown);
  }
  return row as Row;
}

/**
 * What is bound. Throws a TypeError for a value that one of the two databases would refuse or change: text with a NUL
 * or half a character, and numbers that are not whole. Such a value is a defect of the caller, on both alike.
 */
export function bound(params: readonly Param[]): (string | number | null)[] {
  return params.map((param) => {
    if (typeof param === 'boolean') return param ? 1 : 0;
    if (typeof param === 'number' && !Number.isSafeInteger(param)) throw new TypeError('not a whole number');
    if (typeof param === 'string' && (param.includes('\0') || !param.isWellFormed()))
      throw new TypeError('text that no database can keep');
    if (param === undefined) throw new TypeError('a value is missing');
    return param;
  });
}

/** Rows of one INSERT: as few statement texts as there are sizes, each prepared once. */
const SIZES = [64, 16, 4, 1] as const;

export interface Insert {
  /** `INSERT INTO t (a, b)`. */
  readonly into: string;
  readonly columns: number;
  /** `ON CONFLICT ...`, or empty. */
  readonly tail: string;
}

/** The statement for `rows` rows at once. Made from constants and numbers only. */
export function insertText({ into, columns, tail }: Insert, rows: number): string {
  const groups = Array.from({ length: rows }, (_, row) => {
    const marks = Array.from({ length: columns }, (__, column) => `$${row * columns + column + 1}`);
    return `(${marks.join(', ')})`;
  });
  return `${into} VALUES ${groups.join(', ')} ${tail}`.trim();
}

/** Writes many rows with few statements. Each row begins with its workspace. */
export async function insertMany(sql: Sql, insert: Insert, rows: readonly (readonly Param[])[]): Promise<void> {
  let from = 0;
  while (from < rows.length) {
    const left = rows.length - from;
    const size = SIZES.find((candidate) => candidate <= left) ?? 1;
    await sql.run(insertText(insert, size), ...rows.slice(from, from + size).flat());
    from += size;
  }
}

/** Refuses a statement whose first value is not the workspace of the transaction; without values it names none. */
function mustBeIn(workspaceId: string, params: readonly Param[]): void {
  if (params.length > 0 && params[0] !== workspaceId)
    throw new Error('a statement for another workspace than the transaction is for');
}

function camel(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
