import type { ApiError } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import type { LinkRow } from '../store/areas/links.ts';
import type { SessionRow } from '../store/areas/sessions.ts';
import { SESSION_MS } from './cookie.ts';
import { sha256 } from './secrets.ts';
import type { Visitor } from './types.ts';

/** A session that was not used for so long is over, in milliseconds. */
const IDLE_MS = 30 * 60_000;
/** A look as somebody else, from opening it. */
const PREVIEW_MS = 30 * 60_000;
/** A session in use is noted as often as this: a write for each read would cost more than it tells. */
const SEEN_EVERY_MS = 60_000;

/** Told to everybody whose session or link does not count, whatever the reason. */
export const NOT_SIGNED_IN: ApiError = {
  type: 'not-signed-in',
  message: 'You are signed out. Open the link that your coordinator gave you again.',
};

/** The session behind a cookie, if it and its link count now; keeps that it was used. */
export async function visitorOf(context: PortalContext, secret: string | null): Promise<Visitor | null> {
  const { store, workspaceId } = context;
  const now = context.now();
  const sessionHash = sha256(secret ?? '');
  const found = await store.read(({ sessions }) => sessions.byHash(workspaceId, sessionHash));
  if (found === null || !isSessionOpen(found.session, now) || !isLinkOpen(found.link, now)) return null;
  if (now.getTime() - Date.parse(found.session.seenAt) > SEEN_EVERY_MS) {
    await store.transaction(workspaceId, ({ sessions }) => sessions.saw(workspaceId, sessionHash, now.toISOString()));
  }
  return { ...found, isPreview: found.link.kind === 'preview' };
}

/** What a page of this person is told to know itself by; it says nothing to anybody else. */
export function pageIdOf({ workspaceId, dealId, personId }: LinkRow): string {
  return sha256(['page', workspaceId, dealId, personId].join('\n')).slice(0, 32);
}

/** The page shows one deal (`page`: what it says by `PAGE_HEADER`), and this browser has opened another since. */
export function isOfAnotherPage(page: string | string[] | undefined, { link }: Visitor): boolean {
  return page !== undefined && page !== pageIdOf(link);
}

export function isSessionOpen({ revokedAt, endsAt, seenAt }: SessionRow, now: Date): boolean {
  const isIdle = now.getTime() - Date.parse(seenAt) > IDLE_MS;
  return revokedAt === null && !isIdle && Date.parse(endsAt) > now.getTime();
}

/** Whether a link lets its sessions go on. A preview is open for a minute only, and what it opened ends by itself. */
export function isLinkOpen(link: LinkRow, now: Date): boolean {
  if (link.revokedAt !== null || link.kind === 'calendar') return false;
  return link.kind === 'preview' || Date.parse(link.expiresAt) > now.getTime();
}

/** Whether a calendar feed is there to be read. It opens no session. */
export function isOpenFeed({ kind, revokedAt, expiresAt }: LinkRow, now: Date): boolean {
  return kind === 'calendar' && revokedAt === null && Date.parse(expiresAt) > now.getTime();
}

/** Whether a link's token may still be exchanged for a session. A preview's counts once. */
export function canBeOpened(link: LinkRow, now: Date): boolean {
  if (!isLinkOpen(link, now) || Date.parse(link.expiresAt) <= now.getTime()) return false;
  return link.kind !== 'preview' || link.usedAt === null;
}

/** When a session that begins now ends at the latest. */
export function endOfSession({ kind }: LinkRow, now: Date): string {
  return new Date(now.getTime() + (kind === 'preview' ? PREVIEW_MS : SESSION_MS)).toISOString();
}
