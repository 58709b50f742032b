import type { Deal } from '../../../core/deals/model.ts';
import { isMetadataOnly } from '../../../core/documents/document.ts';
import { dealContextOf, documentFacts, type Filed, filedWith } from '../../../core/documents/document-facts.ts';
import { may } from '../../../core/permissions/may.ts';
import { dealOfRows, rowKey } from '../../../core/sync/rows.ts';
import type { MemberRow } from '../store/areas/members.ts';
import type { Read } from '../store/types.ts';

export interface OfDeal {
  readonly workspaceId: string;
  readonly dealId: string;
}

/** The deal as its rows are now; null for one that no row makes up. */
export async function dealFor(read: Pick<Read, 'rows'>, { workspaceId, dealId }: OfDeal): Promise<Deal | null> {
  const rows = await read.rows.load(workspaceId, dealId, 'journal');
  return dealOfRows(new Map(rows.map((row) => [rowKey(row), row])));
}

/** A deal as one member may be served its files; null when they are not on it, or there is none: both read the same. */
export interface MemberFiles {
  /** The files that these bytes are and that this member may have. */
  filed(sha256: string): readonly Filed[];
}

/**
 * What a member may have of a deal's bytes, from the rows as they are at this moment. Private papers never have bytes
 * here, and a held file is handed to nobody.
 */
export async function filesOfMember(
  read: Pick<Read, 'rows' | 'members'>,
  member: MemberRow,
  of: OfDeal,
): Promise<MemberFiles | null> {
  const { workspaceId, dealId } = of;
  const current = await read.members.get(workspaceId, member.memberId);
  if (current === null || current.revokedAt !== null) return null;
  if (current.role === 'agent' && !(await read.members.isOnDeal(workspaceId, dealId, current.memberId))) return null;
  const deal = await dealFor(read, of);
  if (deal === null) return null;
  // TCs and admins of the server are on every deal; an agent was found on it above.
  const context = dealContextOf(deal, [current.memberId]);
  const actor = { kind: 'member', memberId: current.memberId, role: current.role } as const;
  const isTheirs = (filed: Filed) =>
    !isMetadataOnly(filed.line.class) &&
    may(actor, 'download', { type: 'document', document: documentFacts(deal, filed) }, context).ok;
  return { filed: (sha256) => filedWith(deal, sha256).filter(isTheirs) };
}
