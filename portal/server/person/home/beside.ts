import type { PersonHome } from '../../../api/person-calls.ts';
import type { PortalContext } from '../../context.ts';
import type { Visitor } from '../types.ts';

/** What is a person's and no part of the deal that their page shows: other deals of the same mailbox, and their calendar. */
export async function besideOf(
  { store, workspaceId, now }: PortalContext,
  { link }: Visitor,
): Promise<Pick<PersonHome, 'otherDeals' | 'hasCalendar'>> {
  const links = await store.read((read) => read.links.ofDeal(workspaceId, link.dealId));
  const at = now().toISOString();
  const hasCalendar = links.some(
    ({ kind, personId, revokedAt, expiresAt }) =>
      kind === 'calendar' && personId === link.personId && revokedAt === null && expiresAt > at,
  );
  return { otherDeals: [], hasCalendar };
}
