import type { Id } from '../deals/model.ts';
import type { Follow } from './heads.ts';
import type { LoggedEntry } from './outbox.ts';
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
 * `least`: a version that the unit is known to have (`leastOf`). A page that was read before that was long under way;
 * taken for a deal that was purged and given back, it would show it without what we did to it since.
 *
 * The server keeps each row only as it is now. A row that changed after `upTo` while we were paging is missing from
 * these pages, so rows up to `upTo` are one state of the unit only if the unit still was at `upTo` when the last page
 * was read. If it had moved on, the stage goes on to where it moved.
 */
export function addPage(stage: Stage, page: Page, least = 0): Stage {
  if (page.current < least) return stage;
  if (stage.isComplete || !isSamePlace(stage.at, page.after)) return stage;
  if (stage.upTo !== null && stage.upTo !== page.upTo) return stage;
  const rows = [...stage.rows, ...page.rows];
  if (page.next !== null) return { ...stage, rows, at: page.next, upTo: page.upTo };
  if (page.current === page.upTo) return { ...stage, rows, upTo: page.upTo, isComplete: true };
  return { ...stage, rows, at: startOf(page.upTo), upTo: page.current };
}

/**
 * The version that a unit has at least: what heads and pokes said, and what was answered to commands of ours, those that
 * left the outbox too (at a change of store they come back to it, unless the store still holds them). For a unit of
 * which a version is held that one is the least already, so the log need be looked at for version 0 only.
 */
export function leastOf(
  unitId: Id,
  { wanted }: Pick<Follow, 'wanted'>,
  entries: Iterable<Pick<LoggedEntry, 'command' | 'acceptedVersion'>>,
): number {
  let least = wanted.get(unitId) ?? 0;
  for (const { command, acceptedVersion } of entries)
    if (command.dealId === unitId) least = Math.max(least, acceptedVersion ?? 0);
  return least;
}

function isSamePlace(a: Cursor, b: Cursor): boolean {
  return a.version === b.version && a.table === b.table && a.rowId === b.rowId;
}
