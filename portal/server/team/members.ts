import { err, ok, type Result } from '../../../core/result.ts';
import type { DeviceOutput, DeviceParsed } from '../../api/device-calls.ts';
import type { ApiError } from '../../api/values.ts';
import { notAvailable } from '../auth/errors.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import type { NewAudit } from '../store/areas/audit.ts';
import type { MemberRow } from '../store/areas/members.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Read, Tx } from '../store/types.ts';

const DONE = ok({ done: true } as const);
type Done = Result<{ readonly done: true }, ApiError>;

const lastAdmin: ApiError = {
  type: 'conflict',
  message: 'This is the only admin of the team, so nobody could manage it any more. Make somebody else an admin first.',
};

/** The team as whoever asks may see it: everybody's names, one's own devices, and everything else for an admin. */
export function getTeam(
  { store, workspaceId, now }: PortalContext,
  { device, member }: DeviceCaller,
): Promise<Result<DeviceOutput<'team/get'>, ApiError>> {
  return store.read(async (read) => {
    const mayManage = member.role === 'admin';
    const members: DeviceOutput<'team/get'>['members'] = [];
    for (const row of await read.members.list(workspaceId)) {
      const isMe = row.memberId === member.memberId;
      const devices = isMe || mayManage ? await devicesOf(read, row, device.deviceId) : [];
      const { memberId: id, name, email, role, revokedAt } = row;
      members.push({ id, name, email, role, isGone: revokedAt !== null, isMe, devices });
    }
    const open = mayManage ? await read.invitations.open(workspaceId, now().toISOString()) : [];
    return ok({
      workspaceName: (await read.workspaces.get(workspaceId))?.name ?? '',
      members,
      invitations: open.map(({ invitationId: id, name, email, role, madeAt, expiresAt }) => {
        return { id, name, email, role, madeAt, expiresAt };
      }),
      mayManage,
    });
  });
}

async function devicesOf(read: Read, { workspaceId, memberId }: MemberRow, thisId: string) {
  const devices = await read.devices.ofMember(workspaceId, memberId);
  return devices
    .filter(({ revokedAt }) => revokedAt === null)
    .map(({ deviceId: id, name, enrolledAt, seenAt }) => ({ id, name, enrolledAt, seenAt, isThis: id === thisId }));
}

export function setMember(
  context: PortalContext,
  caller: DeviceCaller,
  { memberId, name, role }: DeviceParsed<'team/set-member'>,
): Promise<Done> {
  const { store, workspaceId, now } = context;
  return store.transaction(workspaceId, async (tx) => {
    const member = await tx.members.get(workspaceId, memberId);
    if (member === null || member.revokedAt !== null) return err(notAvailable);
    const after = { name: name ?? member.name, role: role ?? member.role };
    if (after.name === member.name && after.role === member.role) return DONE;
    if (after.role !== 'admin' && (await isLastAdmin(tx, member))) return err(lastAdmin);
    const at = now().toISOString();
    await tx.members.put({ workspaceId, memberId, email: member.email, ...after, at });
    await tx.units.bump(workspaceId, WORKSPACE_UNIT);
    await keep(tx, { context, caller, kind: 'set-member', details: { memberId, ...after } });
    return DONE;
  });
}

export function revokeMember(
  context: PortalContext,
  caller: DeviceCaller,
  { memberId }: DeviceParsed<'team/revoke-member'>,
): Promise<Done> {
  const { store, workspaceId, now } = context;
  return store.transaction(workspaceId, async (tx) => {
    const member = await tx.members.get(workspaceId, memberId);
    if (member === null || member.revokedAt !== null) return err(notAvailable);
    if (await isLastAdmin(tx, member)) return err(lastAdmin);
    const at = now().toISOString();
    await tx.members.revoke(workspaceId, memberId, at);
    await tx.codes.endAll(workspaceId, 'device', memberId, at);
    await tx.units.bump(workspaceId, WORKSPACE_UNIT);
    await keep(tx, { context, caller, kind: 'revoke-member', details: { memberId, name: member.name } });
    return DONE;
  });
}

export function revokeDevice(
  context: PortalContext,
  caller: DeviceCaller,
  { deviceId }: DeviceParsed<'team/revoke-device'>,
): Promise<Done> {
  const { store, workspaceId, now } = context;
  return store.transaction(workspaceId, async (tx) => {
    const device = await tx.devices.get(workspaceId, deviceId);
    const isOwn = device?.memberId === caller.member.memberId;
    if (device === null || !(isOwn || caller.member.role === 'admin')) return err(notAvailable);
    if (!(await tx.devices.revoke(workspaceId, deviceId, now().toISOString()))) return err(notAvailable);
    const details = { deviceId, memberId: device.memberId, title: device.name };
    await keep(tx, { context, caller, kind: 'revoke-device', details });
    return DONE;
  });
}

/** This desktop lets go of its key. */
export function signOut(context: PortalContext, caller: DeviceCaller): Promise<Done> {
  const { store, workspaceId, now } = context;
  return store.transaction(workspaceId, async (tx) => {
    const { deviceId, name } = caller.device;
    await tx.devices.revoke(workspaceId, deviceId, now().toISOString());
    await keep(tx, { context, caller, kind: 'sign-out', details: { deviceId, title: name } });
    return DONE;
  });
}

async function isLastAdmin(tx: Tx, { workspaceId, memberId, role }: MemberRow): Promise<boolean> {
  if (role !== 'admin') return false;
  const admins = (await tx.members.list(workspaceId)).filter((row) => row.role === 'admin' && row.revokedAt === null);
  return admins.every((row) => row.memberId === memberId);
}

export interface Act {
  readonly context: PortalContext;
  readonly caller: DeviceCaller;
  readonly kind: string;
  readonly details: NewAudit['details'];
}

/** An act on the team, in its trail. */
export async function keep(tx: Tx, { context, caller, kind, details }: Act): Promise<void> {
  const { workspaceId, now } = context;
  const actor = `member:${caller.member.memberId}`;
  const at = now().toISOString();
  await tx.audit.append({ workspaceId, unitId: WORKSPACE_UNIT, at, actor, kind, details });
}
