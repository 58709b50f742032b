import type { Id } from '../deals/model.ts';
import { type Cursor, type Page, startOf } from './page.ts';
import type { SyncRow } from './rows.ts';

/** Pages of one unit that came so far. They lie apart: a unit switches whole or not at all. */
export interface Stage {
  readonly unitId: Id;
  /** The version that the rows are added to; 0 for everything. */
  readonly from: number;
  /** What the next page must begin after. */
  readonly at: Cursor;
  /** Null until the first page says. */
  readonly upTo: number | null;
  readonly rows: readonly SyncRow[];
  /** All is there: `upTo` is the version that the unit switches to. */
  readonly isComplete: boolean;
}

export function openStage(unitId: Id, heldVersion: number): Stage {
  return { unitId, from: heldVersion, at: startOf(heldVersion), upTo: null, rows: [], isComplete: false };
}

/**
 * Adds a page. A page for another place (late, twice, of an older stage) is left alone: the same stage comes back.
 *
 * The server keeps each row only as it is now. A row that changed after `upTo` while we were paging is missing from
 * these pages, so rows up to `upTo` are one state of the unit only if the unit still was at `upTo` when the last page
 * was read. If it had moved on, the stage goes on to where it moved.
 */
export function addPage(stage: Stage, page: Page): Stage {
  if (stage.isComplete || !isSamePlace(stage.at, page.after)) return stage;
  if (stage.upTo !== null && stage.upTo !== page.upTo) return stage;
  const rows = [...stage.rows, ...page.rows];
  if (page.next !== null) return { ...stage, rows, at: page.next, upTo: page.upTo };
  if (page.current === page.upTo) return { ...stage, rows, upTo: page.upTo, isComplete: true };
  return { ...stage, rows, at: startOf(page.upTo), upTo: page.current };
}

function isSamePlace(a: Cursor, b: Cursor): boolean {
  return a.version === b.version && a.table === b.table && a.rowId === b.rowId;
}
