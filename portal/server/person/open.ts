import { err, ok } from '../../../core/result.ts';
import type { ApiError, SecondStep } from '../../api/values.ts';
import type { PortalContext } from '../context.ts';
import type { LinkRow } from '../store/areas/links.ts';
import type { Tx } from '../store/types.ts';
import { count, look } from './limits.ts';
import { hiddenAddress, sha256 } from './secrets.ts';
import { canBeOpened, endOfSession } from './session.ts';
import { tellTrail } from './trail.ts';
import type { PersonHandler, PersonHandlers } from './types.ts';

/** One answer for a link that is unknown, expired or revoked: nobody learns which. */
export const DEAD_LINK: ApiError = {
  type: 'not-available',
  message: 'This link does not work. Ask your coordinator for a new one.',
};

const open: PersonHandler<'open'> = async (context, request, { token }) => {
  const busy = await judgeMisses(context, request.address);
  if (busy !== null) return err(busy);
  const secret = context.newToken();
  const opened = await exchange(context, sha256(token), secret);
  if (opened === null) {
    await countMiss(context, request.address);
    return err(DEAD_LINK);
  }
  request.keep(secret);
  return ok(secondStepOf(opened));
};

const where: PersonHandler<'where'> = async (_context, { visitor }) => {
  if (visitor === null) return ok({ at: 'nobody' });
  if (visitor.session.confirmedAt !== null) return ok({ at: 'home' });
  return ok({ at: 'second-step', second: secondStepOf(visitor.link) });
};

const signOut: PersonHandler<'sign-out'> = async (context, { visitor, keep }) => {
  keep(null);
  if (visitor === null) return ok({ done: true });
  const { workspaceId } = context;
  const at = context.now().toISOString();
  await context.store.transaction(workspaceId, async (tx) => {
    await tx.sessions.revoke(workspaceId, visitor.session.sessionHash, at);
    const { linkId, personId, dealId } = visitor.link;
    if (visitor.isPreview) return;
    const actor = `party:${personId}`;
    await tellTrail(tx, { workspaceId, unitId: dealId, at, actor, kind: 'sign-out', details: { linkId, personId } });
  });
  return ok({ done: true });
};

export const openHandlers = { open, where, 'sign-out': signOut } satisfies Partial<PersonHandlers>;

/** Misses are counted for each address; while the whole server is being tried out, an address has fewer. */
export async function judgeMisses(context: PortalContext, address: string): Promise<ApiError | null> {
  const isAttacked = (await look(context, { rule: 'missesAnywhere', of: '' })) !== null;
  return look(context, { rule: isAttacked ? 'missesPerAddressUnderAttack' : 'missesPerAddress', of: address });
}

/** A link that does not work was tried from there. */
export async function countMiss(context: PortalContext, address: string): Promise<void> {
  await count(context, { rule: 'missesPerAddress', of: address });
  await count(context, { rule: 'missesPerAddressUnderAttack', of: address });
  const isOver = await count(context, { rule: 'missesAnywhere', of: '' });
  if (isOver !== null) context.log.warn('many links are tried that do not work');
}

/**
 * A session for a token, or null. Whether the link is unknown, over or of somebody who left the deal, the same is looked
 * up and the same is written, so that the time tells nothing either.
 */
async function exchange(context: PortalContext, tokenHash: string, secret: string): Promise<LinkRow | null> {
  const { workspaceId } = context;
  const now = context.now();
  return context.store.transaction(workspaceId, async (tx) => {
    const link = await tx.links.byTokenHash(workspaceId, tokenHash);
    const person = await tx.rows.get(workspaceId, link?.dealId ?? 'none', 'person', link?.personId ?? 'none');
    const isOpen = link !== null && person !== null && person.row !== null && canBeOpened(link, now);
    if (!isOpen) {
      await deny(tx, context, link);
      return null;
    }
    await begin(tx, context, link, secret);
    return link;
  });
}

async function deny(tx: Tx, { workspaceId, now }: PortalContext, link: LinkRow | null): Promise<void> {
  const details = { what: 'open', linkId: link?.linkId ?? null, personId: link?.personId ?? null };
  const unitId = link?.dealId ?? 'workspace';
  await tx.audit.append({ workspaceId, unitId, at: now().toISOString(), actor: 'unknown', kind: 'denied', details });
}

/** A preview, which a coordinator signed in for on their desktop, needs no second step. */
async function begin(tx: Tx, context: PortalContext, link: LinkRow, secret: string): Promise<void> {
  const { workspaceId, linkId, personId, dealId } = link;
  const now = context.now();
  const at = now.toISOString();
  const sessionHash = sha256(secret);
  const browserHash = sha256(context.newToken());
  await tx.sessions.open({
    workspaceId,
    sessionHash,
    linkId,
    browserHash,
    madeAt: at,
    endsAt: endOfSession(link, now),
  });
  await tx.links.used(workspaceId, linkId, at);
  if (link.secondStep !== 'none') return;
  await tx.sessions.confirm(workspaceId, sessionHash, at);
  // A look as somebody else stands in the trail since it was asked for.
  if (link.kind === 'preview') return;
  const details = { linkId, personId };
  await tellTrail(tx, { workspaceId, unitId: dealId, at, actor: `party:${personId}`, kind: 'sign-in', details });
}

export function secondStepOf({ secondStep, address }: LinkRow): SecondStep {
  return { step: secondStep, sentTo: secondStep === 'code' ? hiddenAddress(address) : '' };
}
