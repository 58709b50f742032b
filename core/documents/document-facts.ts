import { chainOf } from '../commands/version-rules.ts';
import type { Deal, Id, LineRow, PaperRow, PartyRole, Side, VersionRow } from '../deals/model.ts';
import { sideOfRole } from '../permissions/actor.ts';
import type { DealContext } from '../permissions/conditions.ts';
import { isExecuted } from '../permissions/things.ts';
import type { DocumentFacts, LineState } from './document.ts';
import { fileNameFor } from './file-name.ts';

/** One file of a deal with the line it lies on. */
export interface Filed {
  readonly version: VersionRow;
  readonly line: LineRow;
}

/** Every file of a deal that these bytes are, with its line. */
export function filedWith(deal: Deal, sha256: string): readonly Filed[] {
  return deal.versions
    .filter((version) => version.sha256 === sha256)
    .flatMap((version) => filedAs(deal, version.id) ?? []);
}

export function filedAs(deal: Deal, versionId: string): Filed | null {
  const version = deal.versions.find(({ id }) => id === versionId);
  const line = deal.lines.find(({ id }) => id === version?.lineId);
  return version === undefined || line === undefined ? null : { version, line };
}

/**
 * A file as the rules of permission read it. What the rows do not say is unknown, and unknown grants nothing: whose
 * figures, who paid, whether it went to the other side.
 */
export function documentFacts(deal: Deal, { version, line }: Filed): DocumentFacts {
  const { documentOn: on, suffix, number, extension } = version;
  const paper = deal.papers.find(({ id }) => id === version.id) ?? nothingSaid(version.id, deal.row.id);
  return {
    id: version.id,
    class: version.isHeld ? 'wire-suspect' : line.class,
    title: line.title,
    fileName: fileNameFor({ on, street: deal.row.street, category: line.title, suffix, version: number, extension }),
    originalName: version.originalName,
    sha256: version.sha256,
    version: number,
    suffix,
    state: stateOf(deal, version, line),
    receivedOn: on,
    rejectReason: version.verdictReason,
    side: isFigures(line) ? sideOfFigures(deal, paper) : deal.row.side,
    uploadedBy: paper.sentById,
    aboutPersonIds: paper.aboutPersonIds,
    // A statement that a coordinator filed was given to the team, by whoever owes it.
    sharedBy: paper.sharedBy ?? (line.ownerRole === 'lender' ? 'lender' : 'title'),
    paidBySide: paper.paidBySide,
    requiredByLender: paper.isRequiredByLender,
    sentWithRequestId: paper.sentWithRequestId,
    sharedWithOtherSide: paper.isWithOtherSide,
    isDisbursementAuthorization: paper.isDisbursementAuthorization,
  };
}

/** A file of which nobody has said anything yet. */
export function nothingSaid(versionId: Id, dealId: Id): PaperRow {
  return {
    id: versionId,
    dealId,
    sentById: null,
    aboutPersonIds: [],
    paidBySide: null,
    sharedBy: null,
    isRequiredByLender: false,
    isWithOtherSide: false,
    sentWithRequestId: null,
    isDisbursementAuthorization: false,
  };
}

/** A statement whose figures are private to a side until somebody says whose it shows. */
export function isFigures({ class: documentClass }: Pick<LineRow, 'class'>): boolean {
  return documentClass === 'closing-disclosure' || documentClass === 'settlement';
}

/** What permissions of this deal are judged by. `downloadsOffFor`: persons whose link shows but does not hand out. */
export function dealContextOf(deal: Deal, teamIds: readonly Id[], downloadsOffFor: readonly Id[] = []): DealContext {
  // Asked for each line and person of a page: only files that can be the signed contract are looked at.
  const contracts = new Map(
    deal.lines.flatMap((line) => (line.class === 'contract' ? [[line.id, line] as const] : [])),
  );
  const isContractExecuted = deal.versions.some((version) => {
    const line = version.suffix === 'FE' ? contracts.get(version.lineId) : undefined;
    return line !== undefined && isExecuted(documentFacts(deal, { version, line }));
  });
  return { deal, teamIds, consents: deal.consents, isContractExecuted, takesNpi: false, downloadsOffFor };
}

/**
 * The files of a deal in the words of one role: the newest version of each line, and the newest approved one where that is
 * older. A line without words for clients is not a client's.
 */
export function documentsFor(deal: Deal, role: PartyRole): readonly DocumentFacts[] {
  const isClient = role === 'client' || role === 'co-client';
  return deal.lines.flatMap((line) => {
    const title = isClient ? line.clientTitle : line.title;
    const versions = chainOf(deal, line.id).toReversed();
    const newest = versions[0];
    if (title === '' || newest === undefined) return [];
    const approved = versions.find(({ verdict, isHeld }) => verdict === 'approved' && !isHeld);
    const shown = approved === undefined || approved === newest ? [newest] : [newest, approved];
    return shown.map((version) => documentFacts(deal, { line: { ...line, title }, version }));
  });
}

/** The line's state speaks of its newest file; an older one is what its own review said. */
function stateOf(deal: Deal, version: VersionRow, line: LineRow): LineState {
  if (chainOf(deal, line.id).at(-1)?.id === version.id) return line.state;
  return version.verdict ?? 'received';
}

/** The side of all whose figures it shows; of both while nobody has said, or where it shows both. */
function sideOfFigures({ row, people }: Deal, { aboutPersonIds }: PaperRow): Side | 'both' {
  const roles = aboutPersonIds.map((personId) => people.find(({ id }) => id === personId)?.role);
  const sides = new Set(roles.map((role) => (role === undefined ? 'neutral' : sideOfRole(role, row.side))));
  const [side] = sides;
  return sides.size === 1 && side !== undefined && side !== 'neutral' ? side : 'both';
}
