import type { Id } from '../../core/deals/model.ts';
import { type ArrivalRow, arrivals, type BlobRow, blobs, fileTexts } from '../files-tables.ts';
import type { Read } from '../handles.ts';

/** States in which an arrival waits for a person. */
const WAITS = "state IN ('new', 'held', 'refused')";
const OPEN = "state IN ('reading', 'new', 'held', 'refused')";

/** The opened copy of a file behind a password is named by the file, until that is thrown away. */
const NAMELESS = `NOT EXISTS (SELECT 1 FROM version WHERE sha256 = b.sha256)
    AND NOT EXISTS (SELECT 1 FROM arrival WHERE sha256 = b.sha256)
    AND b.sha256 NOT IN (SELECT opened_sha256 FROM blob WHERE opened_sha256 IS NOT NULL AND trashed_at IS NULL)`;

/** Pinned by files.db.test.ts: each walks one index. */
export const FILES_SQL = {
  openCount: `SELECT count(*) AS n FROM arrival WHERE ${OPEN} AND ${WAITS}`,
  openArrivals: `WHERE ${OPEN} ORDER BY at DESC, id DESC LIMIT ?`,
  cameOpen: `SELECT count(*) AS n FROM arrival WHERE ${OPEN} AND at >= ?`,
  cameDone: `SELECT count(*) AS n FROM arrival WHERE decided_at IS NOT NULL AND decided_at >= ? AND at >= ? AND state <> 'opened'`,
  filedSince: `SELECT count(*) AS n FROM arrival WHERE decided_at IS NOT NULL AND decided_at >= ? AND state = 'filed'`,
  doneArrivals: 'WHERE decided_at IS NOT NULL ORDER BY decided_at DESC, id DESC LIMIT ?',
  readingArrivals: "WHERE state = 'reading' ORDER BY at, id LIMIT ?",
  arrivalsOf: 'WHERE sha256 = ? ORDER BY at, id',
  parts: 'SELECT count(*) AS n FROM arrival WHERE parent_id = ?',
  versionsOf: `SELECT v.id AS versionId, v.deal_id AS dealId, v.line_id AS lineId, v.number
    FROM version AS v WHERE v.sha256 = ? ORDER BY v.received_at, v.id`,
  unnamed: `SELECT sha256 FROM blob AS b WHERE trashed_at IS NULL AND added_at < ? AND ${NAMELESS}`,
  isUnnamed: `SELECT 1 AS n FROM blob AS b WHERE sha256 = ? AND ${NAMELESS}`,
  named: `SELECT sha256 FROM blob AS b WHERE trashed_at IS NOT NULL AND NOT (${NAMELESS})`,
  suspect: `SELECT 1 AS n FROM arrival WHERE sha256 = ? AND (state = 'held' OR (state = 'set-aside' AND decided_by = 'suspect'))
    UNION ALL SELECT 1 FROM version WHERE sha256 = ? AND is_held = 1 LIMIT 1`,
  toReview: `SELECT DISTINCT deal_id AS dealId FROM line WHERE state IN ('received', 'needs-review')`,
  toReviewCount: `SELECT count(*) AS n FROM line WHERE state IN ('received', 'needs-review')`,
} as const;

/** How many arrivals wait for a person. */
export function openArrivalCount(read: Read): number {
  return read.get<{ n: number }>(FILES_SQL.openCount)?.n ?? 0;
}

/** How many came in and were filed since an instant. What came since then waits still, or was decided since. */
export function countsSince(read: Read, since: string): { readonly came: number; readonly filed: number } {
  const count = (sql: string, ...params: readonly string[]) => read.get<{ n: number }>(sql, ...params)?.n ?? 0;
  const { cameOpen, cameDone, filedSince } = FILES_SQL;
  return { came: count(cameOpen, since) + count(cameDone, since, since), filed: count(filedSince, since) };
}

/** Newest first, those still being read as well. */
export function openArrivals(read: Read, limit: number): readonly ArrivalRow[] {
  return arrivals.all(read, FILES_SQL.openArrivals, limit);
}

/** Decided last, first. */
export function doneArrivals(read: Read, limit: number): readonly ArrivalRow[] {
  return arrivals.all(read, FILES_SQL.doneArrivals, limit);
}

/** Oldest first. */
export function readingArrivals(read: Read, limit: number): readonly ArrivalRow[] {
  return arrivals.all(read, FILES_SQL.readingArrivals, limit);
}

export function arrivalOf(read: Read, id: Id): ArrivalRow | null {
  return arrivals.get(read, 'WHERE id = ?', id);
}

export function arrivalsWith(read: Read, sha256: string): readonly ArrivalRow[] {
  return arrivals.all(read, FILES_SQL.arrivalsOf, sha256);
}

/** What came out of an arrival, in the order in which it came. */
export function partsWith(read: Read, arrivalId: Id): readonly ArrivalRow[] {
  return arrivals.all(read, 'WHERE parent_id = ? ORDER BY at, id', arrivalId);
}

export function partsOf(read: Read, arrivalId: Id): number {
  return read.get<{ n: number }>(FILES_SQL.parts, arrivalId)?.n ?? 0;
}

export function blobOf(read: Read, sha256: string): BlobRow | null {
  return blobs.get(read, 'WHERE sha256 = ?', sha256);
}

/** Pages apart by form feeds; null when nobody has read it, or there is none. */
export function textOf(read: Read, sha256: string): string | null {
  return fileTexts.get(read, 'WHERE sha256 = ?', sha256)?.text ?? null;
}

export interface VersionPlace {
  readonly versionId: Id;
  readonly dealId: Id;
  readonly lineId: Id;
  readonly number: number;
}

/** Where a content is filed, oldest first. */
export function versionsWith(read: Read, sha256: string): readonly VersionPlace[] {
  return read.all<VersionPlace>(FILES_SQL.versionsOf, sha256);
}

/** Whether a content is held, or was set aside while it was: it is neither shown nor filed, whoever sends it again. */
export function isSuspect(read: Read, sha256: string): boolean {
  return read.get(FILES_SQL.suspect, sha256, sha256) !== undefined;
}

/** Contents that nothing names any more, of those that came before an instant. */
export function unnamedBlobs(read: Read, before: string): readonly string[] {
  return read.all<{ sha256: string }>(FILES_SQL.unnamed, before).map((row) => row.sha256);
}

export function isUnnamed(read: Read, sha256: string): boolean {
  return read.get(FILES_SQL.isUnnamed, sha256) !== undefined;
}

/** Contents in the trash that something names again, such as after an undo. */
export function namedAgain(read: Read): readonly string[] {
  return read.all<{ sha256: string }>(FILES_SQL.named).map((row) => row.sha256);
}

/** Deals with a document that waits for a reviewer. */
export function dealsToReview(read: Read): readonly Id[] {
  return read.all<{ dealId: Id }>(FILES_SQL.toReview).map((row) => row.dealId);
}

/** Lines that wait for a reviewer, closed deals included. */
export function toReviewCount(read: Read): number {
  return read.get<{ n: number }>(FILES_SQL.toReviewCount)?.n ?? 0;
}
