import { createHash } from 'node:crypto';
import type { ClientBase, CustomTypesConfig, QueryArrayResult } from 'pg';
import { bound, type Column, columnsOf, createGuard, type Param, rowOf, type ScopedSql } from './sql.ts';
import { Poke } from './types.ts';

/** The channel of pokes; one database holds one store. */
export const CHANNEL = 'closeboard_poke';

/** `bigint` and the `numeric` of a sum come as text, since they may be longer than a number; ours never are. */
const WHOLE = new Set([20, 1700]);
const TYPES: CustomTypesConfig = {
  getTypeParser: (id: number) => (WHOLE.has(id) ? wholeOf : id === 23 || id === 21 ? Number : asText),
};

/** `scope` is the workspace of a transaction; null for reads and for single statements. */
export function sqlOf(client: ClientBase, scope: string | null): ScopedSql {
  const { use, failure, end } = createGuard(scope);
  const query = (text: string, params: readonly Param[]): Promise<QueryArrayResult> =>
    use(params, () =>
      client.query({ name: nameOf(text), text, values: bound(params), rowMode: 'array', types: TYPES }),
    );
  const all = async <Row>(text: string, params: readonly Param[]): Promise<readonly Row[]> => {
    const result = await query(text, params);
    const columns = columnsIn(text, result);
    return result.rows.map((values) => rowOf<Row>(columns, values));
  };
  return {
    failure,
    end,
    all: (text, ...params) => all(text, params),
    get: async <Row>(text: string, ...params: readonly Param[]) => (await all<Row>(text, params))[0] ?? null,
    run: async (text, ...params) => (await query(text, params)).rowCount ?? 0,
    // Delivered by the database when it commits, in the order of commits, and never after a rollback.
    poke: (poke) =>
      use([], async () => {
        await client.query({ name: 'poke', text: 'SELECT pg_notify($1, $2)', values: [CHANNEL, pokeText(poke)] });
      }),
  };
}

/** Short, since a notification carries at most 8,000 bytes and ids are bounded by their schemas. */
function pokeText(poke: Poke): string {
  return JSON.stringify(poke);
}

/** Null for what we did not send: anyone who may connect to this database may also notify. */
export function pokeOf(payload: string | undefined): Poke | null {
  try {
    const parsed = Poke.safeParse(JSON.parse(payload ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const names = new Map<string, string>();

/** A statement is planned once per connection under this name. Our texts are few and constant. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `s${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

const columns = new Map<string, readonly Column[]>();

function columnsIn(text: string, result: QueryArrayResult): readonly Column[] {
  const known = columns.get(text);
  if (known !== undefined) return known;
  const made = columnsOf(result.fields.map(({ name }) => name));
  columns.set(text, made);
  return made;
}

function wholeOf(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('a number in the store is too long');
  return value;
}

function asText(text: string): string {
  return text;
}
