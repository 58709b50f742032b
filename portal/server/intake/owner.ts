import type { IntakeResult } from '../../../core/deals/intake.ts';
import { assignOwner, type OwnerRule } from '../../../core/parties/assign-owner.ts';
import type { PortalContext } from '../context.ts';

/**
 * Who gets a deal that comes in: whoever made the link while they coordinate here, else the coordinator with the fewest
 * open deals. Null when the office has nobody left who could.
 */
export async function ownerOf(
  { store, workspaceId }: PortalContext,
  madeBy: string,
  { state, scenario, side }: IntakeResult,
): Promise<string | null> {
  const members = (await store.read((read) => read.members.list(workspaceId)))
    .filter((member) => member.revokedAt === null && member.role !== 'agent')
    .map(({ memberId, name, role, email }) => ({ id: memberId, name, role, email }));
  const maker = members.find(({ id }) => `member:${id}` === madeBy);
  const ids = members.map(({ id }) => id);
  if (ids.length === 0) return null;
  const rules: readonly OwnerRule[] = [
    ...(maker === undefined ? [] : [{ id: 'maker', title: 'Whoever made the link', when: {}, memberIds: [maker.id] }]),
    { id: 'fewest', title: 'Whoever has the fewest open deals', when: {}, memberIds: ids },
  ];
  // Counting reads every deal, so it is done only where the first rule cannot decide.
  const counts = maker === undefined ? await store.read((read) => read.intakes.openDeals(workspaceId)) : new Map();
  const deskOf = (id: string) => ({ openDeals: counts.get(id) ?? 0, lastGivenAt: '', isAway: false });
  return assignOwner({ rules, deal: { state, scenario, side, agentId: null }, members, deskOf }).ownerId;
}
