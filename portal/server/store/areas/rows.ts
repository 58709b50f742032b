import { canonicalJson } from '../../../../core/sync/canonical.ts';
import { type Cursor, PAGE_LIMITS, type Page } from '../../../../core/sync/page.ts';
import { rowKey, type SyncRow, type SyncTable } from '../../../../core/sync/rows.ts';
import { type Insert, insertMany, insertText, type Param, type Sql } from '../sql.ts';

/** A row with the command that last changed it: whom an undo or a conflict names. Deleted: `row` is null. */
export type StoredRow = SyncRow & { readonly commandId: string };

/** What a row is after a command; null deletes it. */
export type WrittenRow = Pick<SyncRow, 'table' | 'rowId' | 'row'>;

export interface PageAsk {
  readonly workspaceId: string;
  readonly unitId: string;
  /** `startOf` the version held, or `next` of the page before. */
  readonly after: Cursor;
  /** Rows above this version wait for the next pull; null for the version of the unit at this moment. */
  readonly upTo: number | null;
}

export interface RowReads {
  /** All rows of a unit that are not deleted, by table and id; without those of one table if asked so (the journal). */
  load(workspaceId: string, unitId: string, without?: SyncTable): Promise<readonly StoredRow[]>;
  /** One row, also a deleted one. Null when it never was. */
  get(workspaceId: string, unitId: string, table: SyncTable, rowId: string): Promise<StoredRow | null>;
  /**
   * `pageOf` of core, on what is kept: at most 500 rows and 1 MB of JSON in UTF-8, but always one row. Only when `next` is
   * null and `current` still is `upTo` may the unit be shown: if it has moved on meanwhile, rows may have left this range
   * for a higher version, so the pull goes on from its cursor to the new version before anything is switched over.
   */
  page(ask: PageAsk): Promise<Page>;
}

export interface RowWrites {
  /** Sets rows to what they are after a command. A deleted one leaves a tombstone without content. */
  write(write: UnitWrite): Promise<void>;
}

export interface UnitWrite {
  readonly workspaceId: string;
  readonly unitId: string;
  /** As `units.bump` gave it. */
  readonly version: number;
  readonly commandId: string;
  /** Of two writes to one row the later counts. */
  readonly rows: readonly WrittenRow[];
}

const INSERT: Insert = {
  into: 'INSERT INTO unit_row (workspace_id, unit_id, table_name, row_id, version, is_deleted, command_id, bytes, row_json)',
  columns: 9,
  tail: `ON CONFLICT (workspace_id, unit_id, table_name, row_id) DO UPDATE SET version = excluded.version,
    is_deleted = excluded.is_deleted, command_id = excluded.command_id, bytes = excluded.bytes,
    row_json = excluded.row_json`,
};
const SCOPE = 'workspace_id = $1 AND unit_id = $2';
const ORDER = 'ORDER BY version, table_name, row_id';
const PULLED = 'table_name, row_id, version, row_json';

export const ROW_SQL = {
  load: `SELECT table_name, row_id, version, command_id, row_json FROM unit_row
    WHERE ${SCOPE} AND is_deleted = 0 AND table_name <> $3 ORDER BY table_name, row_id`,
  get: `SELECT ${PULLED}, command_id FROM unit_row WHERE ${SCOPE} AND table_name = $3 AND row_id = $4`,
  version: `SELECT version FROM unit WHERE ${SCOPE}`,
  // The sizes come from the index alone, so a page of huge rows is not read to be thrown away.
  sizes: `SELECT version, table_name, row_id, bytes FROM unit_row
    WHERE ${SCOPE} AND (version, table_name, row_id) > ($3, $4, $5) AND version <= $6 ${ORDER} LIMIT ${PAGE_LIMITS.rows + 1}`,
  range: `SELECT ${PULLED} FROM unit_row WHERE ${SCOPE} AND (version, table_name, row_id) >= ($3, $4, $5)
    AND (version, table_name, row_id) <= ($6, $7, $8) ${ORDER}`,
  write: insertText(INSERT, 1),
} as const;

interface Flat {
  readonly tableName: SyncTable;
  readonly rowId: string;
  readonly version: number;
}

type Sized = Flat & { readonly bytes: number };
type Full = Flat & Pick<SyncRow, 'row'>;

export function rowsOf(sql: Sql): RowReads & RowWrites {
  return {
    load: async (workspaceId, unitId, without) => {
      type Loaded = Full & Pick<StoredRow, 'commandId'>;
      return (await sql.all<Loaded>(ROW_SQL.load, workspaceId, unitId, without ?? '')).map(named);
    },
    get: async (workspaceId, unitId, table, rowId) => {
      type Got = Full & Pick<StoredRow, 'commandId'>;
      const found = await sql.get<Got>(ROW_SQL.get, workspaceId, unitId, table, rowId);
      return found === null ? null : named(found);
    },
    page: (ask) => page(sql, ask),
    write: async ({ workspaceId, unitId, version, commandId, rows }) => {
      const last = new Map(rows.map((row) => [rowKey(row), row]));
      const params = [...last.values()].map(({ table, rowId, row }): readonly Param[] => {
        const bytes = Buffer.byteLength(canonicalJson({ table, rowId, version, row }));
        return [workspaceId, unitId, table, rowId, version, row === null, commandId, bytes, canonicalJson(row)];
      });
      await insertMany(sql, INSERT, params);
    },
  };
}

async function page(sql: Sql, { workspaceId, unitId, after, upTo }: PageAsk): Promise<Page> {
  const unit = await sql.get<{ version: number }>(ROW_SQL.version, workspaceId, unitId);
  const current = unit?.version ?? 0;
  const end = upTo ?? current;
  const asked = { after, upTo: end, current };
  const sized = await sql.all<Sized>(ROW_SQL.sizes, workspaceId, unitId, ...placeOf(after), end);
  const fitting = sized.slice(0, fittingOf(sized));
  const [first, last] = [fitting[0], fitting.at(-1)];
  if (first === undefined || last === undefined) return { ...asked, rows: [], next: null };
  const [from, to] = [cursorOf(first), cursorOf(last)];
  const rows = await sql.all<Full>(ROW_SQL.range, workspaceId, unitId, ...placeOf(from), ...placeOf(to));
  return { ...asked, rows: rows.map(named), next: fitting.length < sized.length ? to : null };
}

/** How many of these rows one page takes. */
function fittingOf(sized: readonly Sized[]): number {
  let bytes = 0;
  for (const [index, row] of sized.entries()) {
    bytes += row.bytes;
    if (index === PAGE_LIMITS.rows || (index > 0 && bytes > PAGE_LIMITS.bytes)) return index;
  }
  return sized.length;
}

function cursorOf({ version, tableName, rowId }: Flat): Cursor {
  return { version, table: tableName, rowId };
}

function placeOf({ version, table, rowId }: Cursor): readonly [number, string, string] {
  return [version, table, rowId];
}

function named<T extends Flat>({ tableName, ...row }: T): Omit<T, 'tableName'> & { readonly table: SyncTable } {
  return { ...row, table: tableName };
}
