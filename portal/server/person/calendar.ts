import { err, ok } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import { addressOf } from '../auth/addresses.ts';
import { notAvailable } from '../auth/errors.ts';
import type { PortalContext } from '../context.ts';
import { lastDayOf } from '../links/expiry.ts';
import { type LinkRow, type NewLink, throughLink } from '../store/areas/links.ts';
import type { Read, Tx } from '../store/types.ts';
import { LOOK_ONLY } from './acting.ts';
import { feedOf } from './calendar-feed.ts';
import { calendarFile } from './calendar-file.ts';
import { count, look } from './limits.ts';
import { sha256 } from './secrets.ts';
import { isLinkOpen, isOpenFeed, NOT_SIGNED_IN } from './session.ts';
import { tellTrail } from './trail.ts';
import type { PersonHandler, PersonHandlers, Visitor } from './types.ts';

/** Where feeds are read: `GET /calendar/<token>.ics`, the one address of the portal that carries a token. */
export const CALENDAR_PATH = '/calendar';

/**
 * A feed of the dates that this person sees, one for each of them: one before it ends. It ends with the link that it was
 * made through, and its address is told once, since only a hash of it is kept.
 */
const makeCalendar: PersonHandler<'make-calendar'> = async (context, { visitor }) => {
  const refusal = await refusalOf(context, visitor);
  if (refusal !== null) return err(refusal);
  const token = context.newToken();
  const { workspaceId } = context;
  const isMade = await context.store.transaction(workspaceId, async (tx) => {
    // Read anew: it may have been revoked since the request was let in.
    const through = await tx.links.get(workspaceId, visitor.link.linkId);
    const person = await tx.rows.get(workspaceId, visitor.link.dealId, 'person', visitor.link.personId);
    if (through === null || !isLinkOpen(through, context.now()) || person === null || person.row === null) return false;
    await endFeeds(tx, context, through);
    await keep(tx, context, through, token);
    return true;
  });
  if (!isMade) return err(NOT_SIGNED_IN);
  return ok({ url: `${context.config.publicUrl}${CALENDAR_PATH}/${token}.ics` });
};

const endCalendar: PersonHandler<'end-calendar'> = async (context, { visitor }) => {
  const refusal = await refusalOf(context, visitor);
  if (refusal !== null) return err(refusal);
  await context.store.transaction(context.workspaceId, (tx) => endFeeds(tx, context, visitor.link));
  return ok({ done: true });
};

export const calendarHandlers = {
  'make-calendar': makeCalendar,
  'end-calendar': endCalendar,
} satisfies Partial<PersonHandlers>;

export interface CalendarAsk {
  /** What stands in the address; anybody may have typed it. */
  readonly token: string;
  readonly address: string;
}

/**
 * The text of a feed. Unknown, expired, revoked and of somebody who left are one answer, after the same work of the records,
 * and none of it uses anything up.
 */
export async function readCalendar(context: PortalContext, { token, address }: CalendarAsk) {
  const of = addressOf(address);
  const busy = await look(context, { rule: 'calendarMisses', of });
  if (busy !== null) return err(busy);
  const tokenHash = sha256(token);
  const { link, isOpen } = await context.store.read((read) => find(read, context, tokenHash));
  if (link === null || !isOpen) return err(await miss(context, { of, tokenHash, link }));
  const tooOften = await count(context, { rule: 'calendarReads', of: link.linkId });
  if (tooOften !== null) return err(tooOften);
  const feed = await context.store.read((read) => feedOf(read, context, link));
  if (feed === null) return err(await miss(context, { of, tokenHash, link }));
  await noteRead(context, link);
  return ok(calendarFile(feed, context.now()));
}

async function refusalOf(context: PortalContext, { isPreview, session }: Visitor): Promise<ApiError | null> {
  return isPreview ? LOOK_ONLY : count(context, { rule: 'acts', of: session.sessionHash });
}

/** Whether there is a feed with this token, and the link that it was made through and the person are still there. */
async function find(read: Read, { workspaceId, now }: PortalContext, tokenHash: string) {
  const link = await read.links.byTokenHash(workspaceId, tokenHash);
  const through = await read.links.get(workspaceId, link?.madeBy.replace(throughLink(''), '') ?? 'none');
  const person = await read.rows.get(workspaceId, link?.dealId ?? 'none', 'person', link?.personId ?? 'none');
  const isThere = link !== null && person !== null && person.row !== null;
  const isOpen = isThere && isOpenFeed(link, now()) && through !== null && isLinkOpen(through, now());
  return { link: link?.kind === 'calendar' ? link : null, isOpen };
}

async function endFeeds(tx: Tx, { workspaceId, now }: PortalContext, { dealId, personId }: LinkRow): Promise<void> {
  const at = now().toISOString();
  for (const feed of await tx.links.ofDeal(workspaceId, dealId)) {
    if (feed.kind !== 'calendar' || feed.personId !== personId || feed.revokedAt !== null) continue;
    await tx.links.revoke(workspaceId, feed.linkId, at);
    const details = { what: 'calendar', linkId: feed.linkId, personId };
    const told = { at, actor: `party:${personId}`, kind: 'revoke-link', details };
    await tellTrail(tx, { workspaceId, unitId: dealId, ...told });
  }
}

async function keep(tx: Tx, context: PortalContext, through: LinkRow, token: string): Promise<void> {
  const { workspaceId, dealId, personId, linkId: throughId, expiresAt, isTiedToClosing } = through;
  const at = context.now().toISOString();
  const linkId = context.newId();
  const link: NewLink = {
    ...{ workspaceId, linkId, kind: 'calendar', dealId, personId, address: '', tokenHash: sha256(token) },
    ...{ secondStep: 'none', wordHash: '', mayDownload: false, madeAt: at, madeBy: throughLink(throughId) },
    ...{ expiresAt, isTiedToClosing },
  };
  await tx.links.put(link);
  const details = { what: 'calendar', linkId, personId, expiresAt: lastDayOf(expiresAt), endsAt: expiresAt };
  const told = { at, actor: `party:${personId}`, kind: 'make-link', details };
  await tellTrail(tx, { workspaceId, unitId: dealId, ...told });
}

interface Miss {
  /** The address of the net. */
  readonly of: string;
  readonly tokenHash: string;
  readonly link: LinkRow | null;
}

/** Calendars ask for a feed that has ended for years: the trail is told once a day. */
async function miss(context: PortalContext, { of, tokenHash, link }: Miss): Promise<ApiError> {
  await count(context, { rule: 'calendarMisses', of });
  const isTold = (await count(context, { rule: 'calendarNotes', of: tokenHash })) !== null;
  if (isTold) return notAvailable;
  const { workspaceId } = context;
  const details = { what: 'calendar', linkId: link?.linkId ?? null, personId: link?.personId ?? null };
  const told = { at: context.now().toISOString(), actor: 'unknown', kind: 'denied', details };
  const unitId = link?.dealId ?? 'workspace';
  await context.store.transaction(workspaceId, (tx) => tx.audit.append({ workspaceId, unitId, ...told }));
  return notAvailable;
}

/** That a calendar looked, once a day. */
async function noteRead(context: PortalContext, { linkId, personId, dealId: unitId }: LinkRow): Promise<void> {
  if ((await count(context, { rule: 'calendarNotes', of: linkId })) !== null) return;
  const { workspaceId } = context;
  const at = context.now().toISOString();
  const told = { at, actor: `party:${personId}`, kind: 'view', details: { what: 'calendar', linkId, personId } };
  await context.store.transaction(workspaceId, async (tx) => {
    await tx.links.used(workspaceId, linkId, at);
    await tellTrail(tx, { workspaceId, unitId, ...told });
  });
}
