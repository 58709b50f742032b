import { addDays, type PlainDate } from '../../core/deadlines/plain-date.ts';
import type { Id, Side, Stage } from '../../core/deals/model.ts';
import { STAGES } from '../../core/deals/model.ts';
import type { SummaryRow } from '../../core/deals/summary.ts';
import type { Param, Read } from '../handles.ts';
import { boardOrderOf } from './board-order.ts';

/** What a board may be narrowed to. All that are given hold together. */
export interface BoardFilter {
  readonly ownerId?: Id | undefined;
  /** An empty list means any. */
  readonly sides?: readonly Side[] | undefined;
  /** Two-letter codes; an empty list means any. */
  readonly states?: readonly string[] | undefined;
  /** Closing at most so many days from today; closings that have passed are included, unknown ones are not. */
  readonly closingWithinDays?: number | undefined;
  /** Only deals whose stage still waits for something. */
  readonly onlyMissing?: boolean | undefined;
}

/** A card: the summary without its search text, and what it needs of the deal itself. */
export interface BoardRow extends Omit<SummaryRow, 'searchText'> {
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly side: Side;
  readonly stage: Stage;
  readonly ownerId: Id;
  readonly isSample: boolean;
}

export interface BoardQuery {
  readonly stage: Stage;
  readonly filter: BoardFilter;
  readonly today: PlainDate;
  /** The `after` of the page before; null for the first page. */
  readonly after: string | null;
  readonly limit: number;
}

export interface BoardPage {
  readonly rows: readonly BoardRow[];
  /** Cursor of the next page; null when this was the last. */
  readonly after: string | null;
}

/** As SQLite gives it: the same but for one 0 or 1. */
type Stored = Omit<BoardRow, 'isSample'> & { isSample: number | boolean };

const CARD = `SELECT s.deal_id AS dealId, s.plate, s.street_name AS streetName, s.client_names AS clientNames,
  s.closing_on AS closingOn, s.next_task_id AS nextTaskId, s.next_title AS nextTitle, s.next_on AS nextOn,
  s.next_role AS nextRole, s.next_assignee_id AS nextAssigneeId, s.next_state AS nextState, s.missing, s.done, s.total,
  d.street, d.unit, d.city, s.state, s.side, s.stage, s.owner_id AS ownerId, d.is_sample AS isSample
  FROM summary AS s CROSS JOIN deal AS d ON d.id = s.deal_id`;

/**
 * One page of a column: active deals of a stage by their next day (none last), then street and number. The cursor is
 * the sort key of the last row, so a page costs the same wherever it starts, and a deal that moved is not shown twice
 * in its old place. Throws on a cursor that this function did not make.
 */
export function boardColumn(read: Read, query: BoardQuery): BoardPage {
  const { sql, params } = boardSql(query);
  const found = read.all<Stored>(sql, ...params);
  const page = found.length > query.limit ? found.slice(0, query.limit) : found;
  const last = page.at(-1);
  const hasMore = found.length > query.limit && last !== undefined;
  return { rows: page.map(rowOf), after: hasMore ? cursorAfter(last) : null };
}

/** Active deals of each stage under a filter, and of all stages together. */
export function boardCounts(
  read: Read,
  { filter, today }: Pick<BoardQuery, 'filter' | 'today'>,
): { readonly total: number; readonly byStage: Readonly<Record<Stage, number>> } {
  const { where, params } = filterSql(filter, today);
  const rows = read.all<{ stage: Stage; n: number }>(
    `SELECT s.stage, count(*) AS n FROM summary AS s WHERE s.is_active = 1${where} GROUP BY s.stage`,
    ...params,
  );
  const byStage = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>;
  for (const row of rows) byStage[row.stage] = row.n;
  return { total: rows.reduce((sum, row) => sum + row.n, 0), byStage };
}

/** The statement of a page and what is bound to it. One row more than asked for tells whether there is a next page. */
export function boardSql(query: BoardQuery): { readonly sql: string; readonly params: readonly Param[] } {
  const { where, params } = filterSql(query.filter, query.today);
  const cursor = query.after === null ? null : cursorOf(query.after);
  const beyond = cursor === null ? '' : ' AND (s.sort_on, s.sort_street, s.deal_id) > (?, ?, ?)';
  const sql = `${CARD} WHERE s.is_active = 1 AND s.stage = ?${beyond}${where}
  ORDER BY s.sort_on, s.sort_street, s.deal_id LIMIT ?`;
  return { sql, params: [query.stage, ...(cursor ?? []), ...params, query.limit + 1] };
}

/** The text depends only on which filters are set (lists go in as JSON), so few statements are ever prepared. */
function filterSql(
  filter: BoardFilter,
  today: PlainDate,
): { readonly where: string; readonly params: readonly Param[] } {
  const terms: string[] = [];
  const params: Param[] = [];
  if (filter.ownerId !== undefined) {
    terms.push('s.owner_id = ?');
    params.push(filter.ownerId);
  }
  for (const [column, list] of [
    ['side', filter.sides],
    ['state', filter.states],
  ] as const) {
    if (list === undefined || list.length === 0) continue;
    // The plus keeps SQLite from walking the list instead of the board's order.
    terms.push(`+s.${column} IN (SELECT value FROM json_each(?))`);
    params.push(JSON.stringify(list));
  }
  if (filter.closingWithinDays !== undefined) {
    terms.push('s.closing_on <= ?');
    params.push(addDays(today, filter.closingWithinDays));
  }
  if (filter.onlyMissing === true) terms.push('s.missing > 0');
  return { where: terms.map((term) => ` AND ${term}`).join(''), params };
}

function cursorOf(text: string): readonly [string, string, string] {
  const value: unknown = JSON.parse(text);
  if (!Array.isArray(value) || value.length !== 3 || !value.every((part) => typeof part === 'string')) {
    throw new Error('not a cursor of the board');
  }
  const [on, street, dealId] = value as [string, string, string];
  return [on, street, dealId];
}

function cursorAfter(row: Stored): string {
  const { sortOn, sortStreet } = boardOrderOf(row);
  return JSON.stringify([sortOn, sortStreet, row.dealId]);
}

/** Changes the row it is given: a copy of each card would cost more than the query. */
function rowOf(stored: Stored): BoardRow {
  stored.isSample = stored.isSample === 1;
  return stored as BoardRow;
}
