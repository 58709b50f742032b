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

/** Lines with a newest file that a reviewer may look at: closed deals are done with, and held files are looked at by nobody. */
const TO_REVIEW = `FROM line AS l JOIN deal AS d ON d.id = l.deal_id
  WHERE l.state IN ('received', 'needs-review') AND d.outcome IS NULL
    AND EXISTS (SELECT 1 FROM version WHERE deal_id = l.deal_id AND line_id = l.id)
    AND NOT EXISTS (SELECT 1 FROM version AS h WHERE h.is_held = 1 AND h.line_id = l.id
      AND h.number = (SELECT max(number) FROM version WHERE deal_id = l.deal_id AND line_id = l.id))`;

/** Held, or set aside while it was: of the content that a column names. */
function isSuspectSql(sha256: string): string {
  return `EXISTS (SELECT 1 FROM arrival AS a WHERE a.sha256 = ${sha256}
      AND (a.state = 'held' OR (a.state = 'set-aside' AND a.decided_by IN ('suspect', 'fraud'))))
    OR EXISTS (SELECT 1 FROM version AS v WHERE v.sha256 = ${sha256} AND v.is_held = 1)`;
}

/** Pinned by files.db.test.ts: each walks one index. */
export const FILES_SQL = {
  openCount: `SELECT count(*) AS n FROM arrival WHERE ${OPEN} AND ${WAITS}`,
  openArrivals: `WHERE ${OPEN} AND state <> 'held' ORDER BY at DESC, id DESC LIMIT ?`,
  heldArrivals: "WHERE state = 'held' ORDER BY at DESC, id DESC",
  cameOpen: `SELECT count(*) AS n FROM arrival WHERE ${OPEN} AND at >= ?`,
  cameDone: `SELECT count(*) AS n FROM arrival WHERE decided_at IS NOT NULL AND decided_at >= ? AND at >= ? AND state <> 'opened'`,
  filedSince: `SELECT count(*) AS n FROM arrival WHERE decided_at IS NOT NULL AND decided_at >= ? AND state = 'filed'`,
  doneArrivals: 'WHERE decided_at IS NOT NULL ORDER BY decided_at DESC, id DESC LIMIT ?',
  readingArrivals: "WHERE state = 'reading' ORDER BY at, id LIMIT ?",
  arrivalsOf: 'WHERE sha256 = ? ORDER BY at, id',
  parts: 'SELECT count(*) AS n FROM arrival WHERE parent_id = ?',
  versionsOf: `SELECT v.id AS versionId, v.deal_id AS dealId, v.line_id AS lineId, v.number
    FROM version AS v WHERE v.sha256 = ? ORDER BY v.received_at, v.id`,
  sentUnjudged: `SELECT v.id AS versionId, v.deal_id AS dealId, v.line_id AS lineId, v.number, v.sha256,
    v.original_name AS originalName FROM paper AS p JOIN version AS v ON v.id = p.id
    JOIN file_text AS t ON t.sha256 = v.sha256
    WHERE p.sent_by_id IS NOT NULL AND v.is_held = 0 AND v.verdict IS NULL ORDER BY v.id`,
  unnamed: `SELECT sha256 FROM blob AS b WHERE trashed_at IS NULL AND added_at < ? AND ${NAMELESS}`,
  isUnnamed: `SELECT 1 AS n FROM blob AS b WHERE sha256 = ? AND ${NAMELESS}`,
  named: `SELECT sha256 FROM blob AS b WHERE trashed_at IS NOT NULL AND NOT (${NAMELESS})`,
  suspect: `SELECT asked.value AS sha256 FROM json_each(?) AS asked WHERE ${isSuspectSql('asked.value')}
    OR EXISTS (SELECT 1 FROM blob AS b WHERE b.opened_sha256 IS NOT NULL AND b.opened_sha256 = asked.value
      AND (${isSuspectSql('b.sha256')}))`,
  blobsOf: 'WHERE sha256 IN (SELECT value FROM json_each(?))',
  toReview: `SELECT DISTINCT l.deal_id AS dealId ${TO_REVIEW}`,
  toReviewCount: `SELECT count(*) AS n ${TO_REVIEW}`,
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

/** Newest first, those still being read as well; without the held ones. */
export function openArrivals(read: Read, limit: number): readonly ArrivalRow[] {
  return arrivals.all(read, FILES_SQL.openArrivals, limit);
}

/** Every one, newest first: none may drop out of sight because more came after it. */
export function heldArrivals(read: Read): readonly ArrivalRow[] {
  return arrivals.all(read, FILES_SQL.heldArrivals);
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

/** Those of them that are here, in no order. */
export function blobsOf(read: Read, hashes: readonly string[]): readonly BlobRow[] {
  return blobs.all(read, FILES_SQL.blobsOf, JSON.stringify(hashes));
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

export interface SentPlace extends VersionPlace {
  readonly sha256: string;
  readonly originalName: string;
}

/** What people sent through the portal, nobody has judged, and has words that were read on this computer. */
export function sentUnjudged(read: Read): readonly SentPlace[] {
  return read.all<SentPlace>(FILES_SQL.sentUnjudged);
}

/**
 * Which contents are held, or were set aside while they were: neither shown nor filed, whoever sends them again. The
 * opened copy of a locked file is what that file is.
 */
export function suspectAmong(read: Read, hashes: readonly string[]): ReadonlySet<string> {
  const found = read.all<{ sha256: string }>(FILES_SQL.suspect, JSON.stringify(hashes));
  return new Set(found.map((row) => row.sha256));
}

export function isSuspect(read: Read, sha256: string): boolean {
  return suspectAmong(read, [sha256]).has(sha256);
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

/** Open deals with a document that waits for a reviewer. */
export function dealsToReview(read: Read): readonly Id[] {
  return read.all<{ dealId: Id }>(FILES_SQL.toReview).map((row) => row.dealId);
}

/** How many documents wait for a reviewer: as many as the queue of them is long. */
export function toReviewCount(read: Read): number {
  return read.get<{ n: number }>(FILES_SQL.toReviewCount)?.n ?? 0;
}
