import type { OtherDeal } from '../../api/person-home.ts';
import type { PortalContext } from '../context.ts';
import type { LinkRow } from '../store/areas/links.ts';
import type { Read } from '../store/types.ts';
import { countDeal, readDeal } from './deal-facts.ts';
import { type Eye, eyeOf } from './home/eye.ts';
import { missingOf } from './home/tasks.ts';
import { canBeOpened } from './session.ts';
import type { Visitor } from './types.ts';

/** Deals in the list of an agent; those whose links are newest. */
const MOST = 30;

/** A mailbox, however it was typed. */
function mailboxOf(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase();
}

/**
 * The other deals of an agent of ours: those on which they have an open link whose codes go to the mailbox that this
 * session was confirmed by. Whoever agreed on a word, or has another role on either deal, has shown no mailbox and gets none.
 */
export async function otherDealsOf(context: PortalContext, visitor: Visitor): Promise<OtherDeal[]> {
  return context.store.read(async (read) => {
    const found = new Map<string, OtherDeal>();
    for (const link of await candidates(read, context, visitor)) {
      if (found.size === MOST) break;
      if (found.has(link.dealId)) continue;
      const eye = await agentsEye(read, context, link);
      if (eye !== null) found.set(link.dealId, otherDealOf(link.linkId, eye));
    }
    return [...found.values()];
  });
}

/** The link of another deal of theirs by its id, held to the same; null for any other. */
export async function otherLinkOf(
  read: Read,
  context: PortalContext,
  visitor: Visitor,
  linkId: string,
): Promise<LinkRow | null> {
  const link = (await candidates(read, context, visitor)).find((each) => each.linkId === linkId);
  if (link === undefined) return null;
  return (await agentsEye(read, context, link)) === null ? null : link;
}

async function candidates(read: Read, context: PortalContext, visitor: Visitor): Promise<readonly LinkRow[]> {
  const { link, session, isPreview } = visitor;
  const { workspaceId, now } = context;
  const mailbox = mailboxOf(link.address);
  if (isPreview || session.confirmedAt === null || link.secondStep !== 'code' || mailbox === '') return [];
  if ((await agentsEye(read, context, link)) === null) return [];
  const links = await read.links.ofAddress(workspaceId, mailbox, now().toISOString());
  return links.filter(
    (each) => each.dealId !== link.dealId && mailboxOf(each.address) === mailbox && canBeOpened(each, now()),
  );
}

/** The deal of a link as its agent sees it; null unless they are our agent there, with the mailbox that the link names. */
async function agentsEye(read: Read, { workspaceId, rules, now }: PortalContext, link: LinkRow): Promise<Eye | null> {
  const { dealId, personId, address, mayDownload } = link;
  const kept = await readDeal(read, workspaceId, dealId);
  const person = kept?.deal.people.find(({ id }) => id === personId);
  if (kept === null || person?.role !== 'agent' || mailboxOf(person.email) !== mailboxOf(address)) return null;
  return eyeOf({ kept, person, counted: countDeal(kept, rules, now()), mayDownload });
}

function otherDealOf(linkId: string, eye: Eye): OtherDeal {
  const { street = '', city = '', stage = 'intake' } = eye.view.deal;
  const closingOn = eye.view.anchors.find(({ name }) => name === 'closing')?.on ?? null;
  return { linkId, title: street, city, stage, closingOn, missing: eye.isOver ? 0 : missingOf(eye).length };
}
