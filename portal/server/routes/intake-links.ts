import { err, ok } from '../../../core/result.ts';
import type { IntakeLinkView } from '../../api/device-calls.ts';
import { notAvailable } from '../auth/errors.ts';
import { hashOfSecret } from '../auth/secrets.ts';
import type { DeviceHandler, PortalContext, SomeDeviceHandlers } from '../context.ts';
import { isShared } from '../links/access-view.ts';
import type { IntakeLinkRow } from '../store/areas/intakes.ts';
import type { MemberRow } from '../store/areas/members.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Read } from '../store/types.ts';

const SHOWN = 100;
const DAY_MS = 86_400_000;

const links: DeviceHandler<'intake/links'> = async (context) => {
  const { store, workspaceId } = context;
  const views = await store.read(async (read) => {
    const rows = await read.intakes.links(workspaceId, SHOWN);
    const members = await read.members.list(workspaceId);
    const told: IntakeLinkView[] = [];
    for (const row of rows) told.push(await viewOf(read, { row, members, now: context.now() }));
    return told;
  });
  return ok({ isShared: isShared(context), links: views });
};

const make: DeviceHandler<'intake/make-link'> = async (context, { member }, { note, days, maxUses }) => {
  const { store, workspaceId } = context;
  const token = context.newToken();
  const now = context.now();
  const [at, expiresAt] = [now.toISOString(), new Date(now.getTime() + days * DAY_MS).toISOString()];
  const actor = `member:${member.memberId}`;
  const linkId = context.newId();
  const tokenHash = hashOfSecret(token);
  const link = await store.transaction(workspaceId, async (tx) => {
    const made = { workspaceId, linkId, tokenHash, madeBy: actor, madeAt: at, note, maxUses, expiresAt };
    await tx.intakes.putLink(made);
    const details = { linkId, what: 'intake', name: shownNote(note), expiresAt: expiresAt.slice(0, 10) };
    await tx.audit.append({ workspaceId, unitId: WORKSPACE_UNIT, at, actor, kind: 'make-link', details });
    const row = { ...made, uses: 0, usedAt: null, revokedAt: null };
    return viewOf(tx, { row, members: [member], now });
  });
  return ok({ link, url: urlOf(context, token) });
};

const revoke: DeviceHandler<'intake/revoke-link'> = async (context, { member }, { linkId }) => {
  const { store, workspaceId } = context;
  const at = context.now().toISOString();
  const isThere = await store.transaction(workspaceId, async (tx) => {
    const link = await tx.intakes.link(workspaceId, linkId);
    if (link === null) return false;
    if (await tx.intakes.revokeLink(workspaceId, linkId, at)) {
      const actor = `member:${member.memberId}`;
      const details = { linkId, what: 'intake', name: shownNote(link.note) };
      await tx.audit.append({ workspaceId, unitId: WORKSPACE_UNIT, at, actor, kind: 'revoke-link', details });
    }
    return true;
  });
  return isThere ? ok({ done: true }) : err(notAvailable);
};

export const intakeLinkHandlers = {
  'intake/links': links,
  'intake/make-link': make,
  'intake/revoke-link': revoke,
} satisfies SomeDeviceHandlers;

/** Browsers keep what follows # to themselves: no server, log or referrer sees it. */
function urlOf({ config }: PortalContext, token: string): string {
  return `${config.publicUrl}/begin#/start/${token}`;
}

function shownNote(note: string): string {
  return note === '' ? 'somebody who has no deal yet' : note;
}

interface Shown {
  readonly row: IntakeLinkRow;
  readonly members: readonly MemberRow[];
  readonly now: Date;
}

async function viewOf(read: Read, { row, members, now }: Shown): Promise<IntakeLinkView> {
  const { linkId: id, note, madeAt, expiresAt, maxUses, uses, usedAt } = row;
  const state = stateOf(row, now);
  return {
    ...{ id, note, state, madeAt, expiresAt, maxUses, uses, usedAt },
    madeByName: members.find(({ memberId }) => row.madeBy === `member:${memberId}`)?.name ?? '',
    answering: state === 'open' ? await read.intakes.countOpen(row.workspaceId, id) : 0,
  };
}

function stateOf({ revokedAt, expiresAt, uses, maxUses }: IntakeLinkRow, now: Date): IntakeLinkView['state'] {
  if (revokedAt !== null) return 'revoked';
  if (uses >= maxUses) return 'used';
  return Date.parse(expiresAt) > now.getTime() ? 'open' : 'expired';
}
