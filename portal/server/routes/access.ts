import { err, ok } from '../../../core/result.ts';
import type { DeviceCaller, DeviceHandler, PortalContext, SomeDeviceHandlers } from '../context.ts';
import { accessViewOf, isShared } from '../links/access-view.ts';
import { makeLink, makePreview, notThere } from '../links/make-link.ts';
import { type KeptDeal, readDeal } from '../person/deal-facts.ts';
import type { LinkRow } from '../store/areas/links.ts';
import type { Tx } from '../store/types.ts';

const get: DeviceHandler<'access/get'> = async (context, caller, { dealId }) => {
  const kept = await dealFor(context, caller, dealId);
  if (kept === null) return err(notThere());
  const links = await context.store.read((read) => read.links.ofDeal(context.workspaceId, dealId));
  const canMail = context.mailer !== null;
  return ok(accessViewOf({ kept, links, now: context.now(), isShared: isShared(context), canMail }));
};

const setMember: DeviceHandler<'access/set-member'> = async (context, caller, { dealId, memberId, isOn }) => {
  const { workspaceId } = context;
  const kept = await dealFor(context, caller, dealId);
  const member = kept?.members.find((each) => each.memberId === memberId);
  if (member === undefined) return err(notThere());
  if (member.role !== 'agent') {
    const message = `${member.name} coordinates for the team, so they are on every deal. Change their role to change that.`;
    return err({ type: 'not-allowed', message });
  }
  const grant = { workspaceId, dealId, memberId, at: context.now().toISOString() };
  await context.store.transaction(workspaceId, async (tx) => {
    const isChanged = isOn ? await tx.members.grantDeal(grant) : await tx.members.revokeDeal(grant);
    if (isChanged)
      await note(tx, caller, { ...grant, kind: isOn ? 'grant-deal' : 'revoke-deal', details: { memberId } });
  });
  return ok({ done: true });
};

const make: DeviceHandler<'access/make-link'> = async (context, caller, ask) => {
  const kept = await dealFor(context, caller, ask.dealId);
  return kept === null ? err(notThere()) : makeLink(context, caller, kept, ask);
};

const preview: DeviceHandler<'access/preview'> = async (context, caller, ask) => {
  const kept = await dealFor(context, caller, ask.dealId);
  return kept === null ? err(notThere()) : makePreview(context, caller, kept, ask);
};

const revoke: DeviceHandler<'access/revoke-link'> = async (context, caller, { dealId, linkId }) => {
  const { workspaceId } = context;
  const at = context.now().toISOString();
  const found = await context.store.transaction(workspaceId, async (tx) => {
    const link = await linkOf(tx, { workspaceId, dealId, linkId });
    if (link === null) return false;
    const { personId, kind } = link;
    const details = { linkId, personId, ...(kind === 'calendar' ? { what: 'calendar' } : {}) };
    if (await tx.links.revoke(workspaceId, linkId, at))
      await note(tx, caller, { workspaceId, dealId, at, kind: 'revoke-link', details });
    return true;
  });
  return found ? ok({ done: true }) : err(notThere());
};

const setDownload: DeviceHandler<'access/set-download'> = async (context, caller, { dealId, linkId, mayDownload }) => {
  const { workspaceId } = context;
  const at = context.now().toISOString();
  const found = await context.store.transaction(workspaceId, async (tx) => {
    const link = await linkOf(tx, { workspaceId, dealId, linkId });
    if (link === null || link.kind !== 'portal' || link.revokedAt !== null) return false;
    const details = { linkId, personId: link.personId, mayDownload };
    await tx.links.setDownload(workspaceId, linkId, mayDownload);
    if (link.mayDownload !== mayDownload)
      await note(tx, caller, { workspaceId, dealId, at, kind: 'set-download', details });
    return true;
  });
  return found ? ok({ done: true }) : err(notThere());
};

export const accessHandlers = {
  'access/get': get,
  'access/set-member': setMember,
  'access/make-link': make,
  'access/preview': preview,
  'access/revoke-link': revoke,
  'access/set-download': setDownload,
} satisfies SomeDeviceHandlers;

/** The deal, if whoever asks is on it; "there is none" and "not yours" are told alike. */
async function dealFor(context: PortalContext, { member }: DeviceCaller, dealId: string): Promise<KeptDeal | null> {
  const kept = await context.store.read((read) => readDeal(read, context.workspaceId, dealId));
  return kept?.teamIds.includes(member.memberId) ? kept : null;
}

interface OfLink {
  readonly workspaceId: string;
  readonly dealId: string;
  readonly linkId: string;
}

/** Under the deal that it is of, so that an id alone reaches nothing. */
async function linkOf(tx: Tx, { workspaceId, dealId, linkId }: OfLink): Promise<LinkRow | null> {
  const link = await tx.links.get(workspaceId, linkId);
  return link?.dealId === dealId && link.kind !== 'preview' ? link : null;
}

interface Act {
  readonly workspaceId: string;
  readonly dealId: string;
  readonly at: string;
  readonly kind: 'grant-deal' | 'revoke-deal' | 'revoke-link' | 'set-download';
  readonly details: Readonly<Record<string, string | boolean>>;
}

async function note(tx: Tx, { member }: DeviceCaller, { workspaceId, dealId: unitId, at, kind, details }: Act) {
  const actor = `member:${member.memberId}`;
  await tx.audit.append({ workspaceId, unitId, at, actor, kind, details });
}
