import type { MemberActor } from '../../../core/permissions/actor.ts';
import type { MemberRow } from '../store/areas/members.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Read } from '../store/types.ts';
import type { Author } from './decide-on.ts';

/** Coordinators are on every deal, also on those that are not there yet. The workspace itself is no deal. */
export async function isOnDeal(
  read: Pick<Read, 'members'>,
  { workspaceId, memberId, role }: MemberRow,
  dealId: string,
): Promise<boolean> {
  if (dealId === WORKSPACE_UNIT) return false;
  return role !== 'agent' || read.members.isOnDeal(workspaceId, dealId, memberId);
}

function actorOf({ memberId, role }: MemberRow): MemberActor {
  return { kind: 'member', memberId, role };
}

export function authorOf(member: MemberRow): Author {
  return {
    ...{ actor: actorOf(member), name: `member:${member.memberId}`, details: {}, memberId: member.memberId },
    isOnDeal: (read, dealId) => isOnDeal(read, member, dealId),
  };
}
