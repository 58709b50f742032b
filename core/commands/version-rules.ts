import type { Deal, Id, LineRow, VersionRow } from '../deals/model.ts';
import type { DocumentVersion, DocumentLine as LineState } from '../documents/line.ts';
import { err, type Result } from '../result.ts';
import { notHere } from './refusals.ts';
import type { Change, Refusal, Scope } from './types.ts';
import { quote } from './words.ts';

/** What the commands on lines and on versions share. */

/** Runs a rule on a line of the deal; "not there" is a refusal. */
export function onLine(
  { deal }: Scope,
  lineId: Id,
  rule: (line: LineRow, deal: Deal) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const line = deal?.lines.find((row) => row.id === lineId);
  return deal === null || line === undefined ? err(notHere('DocumentNotAvailable', 'document')) : rule(line, deal);
}

/** Runs a rule on a filed version and its line. */
export function onVersion(
  scope: Scope,
  versionId: Id,
  rule: (version: VersionRow, line: LineRow, deal: Deal) => Result<readonly Change[], Refusal>,
): Result<readonly Change[], Refusal> {
  const version = scope.deal?.versions.find((row) => row.id === versionId);
  if (version === undefined) return err(notHere('DocumentNotAvailable', 'file'));
  return onLine(scope, version.lineId, (line, deal) => rule(version, line, deal));
}

/** The versions of a line, oldest first. */
export function chainOf(deal: Pick<Deal, 'versions'>, lineId: Id): readonly VersionRow[] {
  return deal.versions.filter((row) => row.lineId === lineId).sort((a, b) => a.number - b.number);
}

/** A line as the rules of core/documents/line.ts read it. */
export function lineStateOf(line: LineRow, chain: readonly VersionRow[]): LineState {
  return { state: line.state, reason: line.reason, versions: chain.map(versionState) };
}

export function titleOfLine({ deal }: Scope, lineId: Id): string {
  const line = deal?.lines.find((row) => row.id === lineId);
  return line === undefined ? 'a document' : `“${quote(line.title)}”`;
}

function versionState(row: VersionRow): DocumentVersion {
  const { id, number, suffix, sha256, originalName, receivedAt, isHeld } = row;
  return { id, number, suffix, sha256, originalName, receivedAt, isHeld };
}
