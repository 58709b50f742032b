import type { Id } from '../deals/model.ts';
import type { SyncRow, SyncTable } from './rows.ts';

/** A place in the order of a unit's rows: after this one. Empty texts stand before every row of that version. */
export interface Cursor {
  readonly version: number;
  readonly table: SyncTable | '';
  readonly rowId: Id;
}

export interface Page {
  readonly after: Cursor;
  /** The version that the pages go up to. */
  readonly upTo: number;
  /** The version of the unit when this page was read. */
  readonly current: number;
  readonly rows: readonly SyncRow[];
  /** Where the next page begins; null when nothing is left up to `upTo`. */
  readonly next: Cursor | null;
}

export interface PageLimits {
  readonly rows: number;
  /** Of the rows as JSON; Infinity for no limit. One row that is larger travels by itself. */
  readonly bytes: number;
}

export const PAGE_LIMITS: PageLimits = { rows: 500, bytes: 1_000_000 };

export function startOf(version: number): Cursor {
  return { version: version + 1, table: '', rowId: '' };
}

/**
 * One page of a unit's rows and tombstones, in the order of version, table, row. The reference for the stores, which
 * do the same in SQL: text is compared as its UTF-8 bytes (SQLite BINARY, PostgreSQL COLLATE "C").
 */
export function pageOf(
  unit: { readonly version: number; readonly rows: readonly SyncRow[] },
  { after, upTo }: { readonly after: Cursor; readonly upTo: number | null },
  limits: PageLimits = PAGE_LIMITS,
): Page {
  const end = upTo ?? unit.version;
  const found = unit.rows.filter((row) => row.version <= end && comparePlaces(row, after) > 0).sort(comparePlaces);
  const rows = cutRows(found, limits);
  const last = rows.at(-1);
  const next = rows.length < found.length && last !== undefined ? placeOf(last) : null;
  return { after, upTo: end, current: unit.version, rows, next };
}

/** The first of some rows that fit on one page; always at least one. */
export function cutRows(rows: readonly SyncRow[], { rows: most, bytes }: PageLimits): readonly SyncRow[] {
  if (bytes === Number.POSITIVE_INFINITY) return rows.slice(0, Math.max(1, most));
  let size = 0;
  let count = 0;
  for (const row of rows) {
    size += JSON.stringify(row).length;
    if (count >= most || (count > 0 && size > bytes)) break;
    count += 1;
  }
  return rows.slice(0, count);
}

export function placeOf({ version, table, rowId }: SyncRow): Cursor {
  return { version, table, rowId };
}

export function comparePlaces(a: Cursor, b: Cursor): number {
  return a.version - b.version || compareText(a.table, b.table) || compareText(a.rowId, b.rowId);
}

/** By code point, which is the order of UTF-8 bytes; `<` would put an emoji before U+FFFD. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return orderOfUnit(x) - orderOfUnit(y);
  }
  return a.length - b.length;
}

/** UTF-16 units in the order of the code points they begin: halves of pairs come after all others. */
function orderOfUnit(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
