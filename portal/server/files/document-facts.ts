import { chainOf } from '../../../core/commands/version-rules.ts';
import type { Deal, LineRow, VersionRow } from '../../../core/deals/model.ts';
import type { DocumentFacts, LineState } from '../../../core/documents/document.ts';
import { fileNameFor } from '../../../core/documents/file-name.ts';
import type { DealContext } from '../../../core/permissions/conditions.ts';
import { isExecuted } from '../../../core/permissions/things.ts';

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
    side: deal.row.side,
    uploadedBy: null,
    aboutPersonIds: [],
    // A statement that a coordinator filed was given to the team, by whoever owes it.
    sharedBy: line.ownerRole === 'lender' ? 'lender' : 'title',
    paidBySide: null,
    requiredByLender: false,
    sentWithRequestId: null,
    sharedWithOtherSide: false,
    isDisbursementAuthorization: false,
  };
}

/** The line's state speaks of its newest file; an older one is what its own review said. */
function stateOf(deal: Deal, version: VersionRow, line: LineRow): LineState {
  if (chainOf(deal, line.id).at(-1)?.id === version.id) return line.state;
  return version.verdict ?? 'received';
}

/** What a member's rights on a deal depend on. Nothing is consented and nothing private is taken: no row says so. */
export function contextOfDeal(deal: Deal, teamIds: readonly string[]): DealContext {
  const isContractExecuted = deal.versions.some((version) => {
    const filed = filedAs(deal, version.id);
    return filed !== null && isExecuted(documentFacts(deal, filed));
  });
  return { deal, teamIds, consents: [], isContractExecuted, takesNpi: false, downloadsOffFor: [] };
}
