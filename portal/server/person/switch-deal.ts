import { err, ok } from '../../../core/result.ts';
import type { PortalContext } from '../context.ts';
import type { LinkRow } from '../store/areas/links.ts';
import type { Tx } from '../store/types.ts';
import { LOOK_ONLY, NOT_HERE } from './acting.ts';
import { count } from './limits.ts';
import { otherLinkOf } from './other-deals.ts';
import { sha256 } from './secrets.ts';
import { isLinkOpen } from './session.ts';
import { tellTrail } from './trail.ts';
import type { PersonHandler, PersonHandlers, Visitor } from './types.ts';

/**
 * Moves this browser to another deal of the same agent. The session is a new one on the link of that deal, and neither
 * younger nor surer than the former, which ends: it goes on to the same hour, from the same second step.
 */
const switchDeal: PersonHandler<'switch-deal'> = async (context, { visitor, keep }, { linkId }) => {
  if (visitor.isPreview) return err(LOOK_ONLY);
  const busy = await count(context, { rule: 'acts', of: visitor.session.sessionHash });
  if (busy !== null) return err(busy);
  const secret = context.newToken();
  const isMoved = await context.store.transaction(context.workspaceId, async (tx) => {
    const to = await otherLinkOf(tx, context, visitor, linkId);
    if (to === null || !(await endFormer(tx, context, visitor))) return false;
    await begin(tx, context, { visitor, to, secret });
    return true;
  });
  if (!isMoved) return err(NOT_HERE);
  keep(secret);
  return ok({ done: true });
};

export const switchHandlers = { 'switch-deal': switchDeal } satisfies Partial<PersonHandlers>;

/** False when the link or the session ended since the request was let in. */
async function endFormer(tx: Tx, { workspaceId, now }: PortalContext, { link, session }: Visitor): Promise<boolean> {
  const at = now().toISOString();
  const today = await tx.links.get(workspaceId, link.linkId);
  if (today === null || !isLinkOpen(today, now())) return false;
  if (!(await tx.sessions.revoke(workspaceId, session.sessionHash, at))) return false;
  const { linkId, personId, dealId: unitId } = link;
  const told = { at, actor: `party:${personId}`, kind: 'sign-out', details: { what: 'switch', linkId, personId } };
  await tellTrail(tx, { workspaceId, unitId, ...told });
  return true;
}

interface Move {
  readonly visitor: Visitor;
  readonly to: LinkRow;
  readonly secret: string;
}

/** Neither trail names the other deal: who reads one need not be on the other. */
async function begin(tx: Tx, { workspaceId, now }: PortalContext, { visitor, to, secret }: Move): Promise<void> {
  const at = now().toISOString();
  const { browserHash, endsAt, confirmedAt } = visitor.session;
  const { linkId, personId, dealId: unitId } = to;
  const sessionHash = sha256(secret);
  await tx.sessions.open({ workspaceId, sessionHash, linkId, browserHash, madeAt: at, endsAt });
  if (confirmedAt !== null) await tx.sessions.confirm(workspaceId, sessionHash, confirmedAt);
  await tx.links.used(workspaceId, linkId, at);
  const told = { at, actor: `party:${personId}`, kind: 'sign-in', details: { what: 'switch', linkId, personId } };
  await tellTrail(tx, { workspaceId, unitId, ...told });
}
