import { canonicalJson } from '../../audit/canonical-json.ts';
import { type Insert, insertMany, insertText, type Param, type Sql } from '../sql.ts';

/** A row of a unit as it stands. `row` is the domain row as JSON (a task, an anchor, ...). */
export interface StoredRow {
  readonly table: string;
  readonly rowId: string;
  /** The version of the unit that last changed it. */
  readonly version: number;
  /** The command that last changed it: whom an undo or a conflict names. */
  readonly commandId: string;
  readonly row: unknown;
}

/** A row of a page; `row` is null for one that was deleted. */
export interface PulledRow {
  readonly table: string;
  readonly rowId: string;
  readonly version: number;
  readonly isDeleted: boolean;
  readonly row: unknown;
}

/** Place of a row in the order of pages. */
export interface PageCursor {
  readonly version: number;
  readonly table: string;
  readonly rowId: string;
}

export interface PageAsk {
  readonly workspaceId: string;
  readonly unitId: string;
  /** The version the desktop holds, 0 for none: rows above it are sent. */
  readonly held: number;
  /** The last row of the page before; null for the first page. */
  readonly after: PageCursor | null;
  /** Rows above this version wait for the next pull. */
  readonly upTo: number;
}

/**
 * By version, table and id. The unit may be shown at `upTo` only when `next` is null and `unitVersion` still is `upTo`:
 * if it has moved on meanwhile, rows may have left this range for a higher version, so the pull goes on from its cursor
 * to the new version before anything is switched over.
 */
export interface Page {
  readonly rows: readonly PulledRow[];
  readonly next: PageCursor | null;
  readonly unitVersion: number;
}

export interface RowReads {
  /** All rows of a unit that are not deleted, by table and id. */
  load(workspaceId: string, unitId: string): Promise<readonly StoredRow[]>;
  /** One row, also a deleted one (`row` null). Null when it never was. */
  get(workspaceId: string, unitId: string, table: string, rowId: string): Promise<(PulledRow & StoredRow) | null>;
  /** At most 500 rows and 1 MB of JSON, but always one row. */
  page(ask: PageAsk): Promise<Page>;
}

export interface RowWrites {
  /** Sets rows to what they are after a command; null deletes and leaves a tombstone without content. */
  write(write: UnitWrite): Promise<void>;
}

export interface UnitWrite {
  readonly workspaceId: string;
  readonly unitId: string;
  /** As `units.bump` gave it. */
  readonly version: number;
  readonly commandId: string;
  /** Of two writes to one row the later counts. */
  readonly rows: readonly { readonly table: string; readonly rowId: string; readonly row: unknown | null }[];
}

export const PAGE_ROWS = 500;
/** Of the rows' JSON, in bytes of UTF-8. */
export const PAGE_BYTES = 1_000_000;

const INSERT: Insert = {
  into: 'INSERT INTO unit_row (workspace_id, unit_id, table_name, row_id, version, is_deleted, command_id, bytes, row_json)',
  columns: 9,
  tail: `ON CONFLICT (workspace_id, unit_id, table_name, row_id) DO UPDATE SET version = excluded.version,
    is_deleted = excluded.is_deleted, command_id = excluded.command_id, bytes = excluded.bytes,
    row_json = excluded.row_json`,
};
const SCOPE = 'workspace_id = $1 AND unit_id = $2';
const ORDER = 'ORDER BY version, table_name, row_id';
const PULLED = 'table_name, row_id, version, is_deleted, row_json';

export const ROW_SQL = {
  load: `SELECT table_name, row_id, version, command_id, row_json FROM unit_row
    WHERE ${SCOPE} AND is_deleted = 0 ORDER BY table_name, row_id`,
  get: `SELECT ${PULLED}, command_id FROM unit_row WHERE ${SCOPE} AND table_name = $3 AND row_id = $4`,
  version: `SELECT version FROM unit WHERE ${SCOPE}`,
  // The sizes come from the index alone, so a page of huge rows is not read to be thrown away.
  firstSizes: `SELECT version, table_name, row_id, bytes FROM unit_row
    WHERE ${SCOPE} AND version > $3 AND version <= $4 ${ORDER} LIMIT ${PAGE_ROWS + 1}`,
  nextSizes: `SELECT version, table_name, row_id, bytes FROM unit_row
    WHERE ${SCOPE} AND (version, table_name, row_id) > ($3, $4, $5) AND version <= $6 ${ORDER} LIMIT ${PAGE_ROWS + 1}`,
  range: `SELECT ${PULLED} FROM unit_row WHERE ${SCOPE} AND (version, table_name, row_id) >= ($3, $4, $5)
    AND (version, table_name, row_id) <= ($6, $7, $8) ${ORDER}`,
  write: insertText(INSERT, 1),
} as const;

interface Flat {
  readonly tableName: string;
  readonly rowId: string;
  readonly version: number;
}

type Sized = Flat & { readonly bytes: number };

export function rowsOf(sql: Sql): RowReads & RowWrites {
  return {
    load: async (workspaceId, unitId) => {
      type Loaded = Flat & Pick<StoredRow, 'commandId' | 'row'>;
      return (await sql.all<Loaded>(ROW_SQL.load, workspaceId, unitId)).map(named);
    },
    get: async (workspaceId, unitId, table, rowId) => {
      type Got = Flat & Pick<StoredRow, 'commandId' | 'row'> & Pick<PulledRow, 'isDeleted'>;
      const found = await sql.get<Got>(ROW_SQL.get, workspaceId, unitId, table, rowId);
      return found === null ? null : named(found);
    },
    page: (ask) => page(sql, ask),
    write: async ({ workspaceId, unitId, version, commandId, rows }) => {
      const last = new Map(rows.map((row) => [`${row.table}\0${row.rowId}`, row]));
      const params = [...last.values()].map(({ table, rowId, row }): readonly Param[] => {
        const json = canonicalJson(row);
        const isDeleted = row === null;
        return [workspaceId, unitId, table, rowId, version, isDeleted, commandId, Buffer.byteLength(json), json];
      });
      await insertMany(sql, INSERT, params);
    },
  };
}

async function page(sql: Sql, { workspaceId, unitId, held, after, upTo }: PageAsk): Promise<Page> {
  const unit = await sql.get<{ version: number }>(ROW_SQL.version, workspaceId, unitId);
  const unitVersion = unit?.version ?? 0;
  const sized =
    after === null
      ? await sql.all<Sized>(ROW_SQL.firstSizes, workspaceId, unitId, held, upTo)
      : await sql.all<Sized>(ROW_SQL.nextSizes, workspaceId, unitId, ...placeOf(after), upTo);
  const fitting = sized.slice(0, fittingOf(sized));
  const [first, last] = [fitting[0], fitting.at(-1)];
  if (first === undefined || last === undefined) return { rows: [], next: null, unitVersion };
  const [from, to] = [cursorOf(first), cursorOf(last)];
  type Got = Flat & Pick<PulledRow, 'isDeleted' | 'row'>;
  const rows = await sql.all<Got>(ROW_SQL.range, workspaceId, unitId, ...placeOf(from), ...placeOf(to));
  return { rows: rows.map(named), next: fitting.length < sized.length ? to : null, unitVersion };
}

/** How many of these rows one page takes. */
function fittingOf(sized: readonly Sized[]): number {
  let bytes = 0;
  for (const [index, row] of sized.entries()) {
    bytes += row.bytes;
    if (index === PAGE_ROWS || (index > 0 && bytes > PAGE_BYTES)) return index;
  }
  return sized.length;
}

function cursorOf({ version, tableName, rowId }: Flat): PageCursor {
  return { version, table: tableName, rowId };
}

function placeOf({ version, table, rowId }: PageCursor): readonly [number, string, string] {
  return [version, table, rowId];
}

function named<T extends Flat>({ tableName, ...row }: T): Omit<T, 'tableName'> & { readonly table: string } {
  return { ...row, table: tableName };
}
