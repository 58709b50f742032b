import type { PersonHome } from '../../../api/person-home.ts';
import type { PortalContext } from '../../context.ts';
import { otherDealsOf } from '../other-deals.ts';
import { isOpenFeed, pageIdOf } from '../session.ts';
import type { Visitor } from '../types.ts';

/** What is a person's and no part of the deal that their page shows: other deals of the same mailbox, and their calendar. */
export async function besideOf(
  context: PortalContext,
  visitor: Visitor,
): Promise<Pick<PersonHome, 'pageId' | 'otherDeals' | 'hasCalendar'>> {
  const { store, workspaceId, now } = context;
  const { dealId, personId } = visitor.link;
  const links = await store.read((read) => read.links.ofDeal(workspaceId, dealId));
  const hasCalendar = links.some((each) => each.personId === personId && isOpenFeed(each, now()));
  return { pageId: pageIdOf(visitor.link), otherDeals: await otherDealsOf(context, visitor), hasCalendar };
}
