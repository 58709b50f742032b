import { err, ok, type Result } from '../../../core/result.ts';
import type { DeviceOutput, DeviceParsed } from '../../api/device-calls.ts';
import type { ApiError } from '../../api/values.ts';
import { DEVICE_CODE_MS, INVITATION_MS } from '../auth/codes.ts';
import { adminsOnly, notAvailable } from '../auth/errors.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { makeCode } from './codes.ts';
import { keep } from './members.ts';

type NewCode = Result<DeviceOutput<'team/invite'>, ApiError>;

const onTeam: ApiError = {
  type: 'conflict',
  message: 'Somebody with this e-mail address is on the team already. Change their role there, or use another address.',
};

/** Asks somebody to join. The code is told once; a person passes it on. */
export function invite(
  context: PortalContext,
  caller: DeviceCaller,
  { name, email, role }: DeviceParsed<'team/invite'>,
): Promise<NewCode> {
  const { store, workspaceId, now, newId } = context;
  return store.transaction(workspaceId, async (tx) => {
    const same = email === '' ? [] : await tx.members.byEmail(workspaceId, email);
    if (same.some((member) => member.revokedAt === null)) return err(onTeam);
    const invitationId = newId();
    const made = await makeCode(context, tx, {
      kind: 'member',
      subject: invitationId,
      lastsMs: INVITATION_MS,
      isOnlyOne: true,
    });
    const madeBy = caller.member.memberId;
    const who = { workspaceId, invitationId, name, email, role, madeBy };
    await tx.invitations.put({ ...who, madeAt: now().toISOString(), expiresAt: made.expiresAt });
    await keep(tx, { context, caller, kind: 'invite', details: { invitationId, name, role } });
    return ok(made);
  });
}

export function withdraw(
  context: PortalContext,
  caller: DeviceCaller,
  { invitationId }: DeviceParsed<'team/withdraw'>,
): Promise<Result<{ readonly done: true }, ApiError>> {
  const { store, workspaceId, now } = context;
  return store.transaction(workspaceId, async (tx) => {
    const at = now().toISOString();
    const invitation = await tx.invitations.get(workspaceId, invitationId);
    if (invitation === null || !(await tx.invitations.end(workspaceId, invitationId, at))) return err(notAvailable);
    await tx.codes.endAll(workspaceId, 'member', invitationId, at);
    const { name, role } = invitation;
    await keep(tx, { context, caller, kind: 'invite', details: { invitationId, name, role, isWithdrawn: true } });
    return ok({ done: true });
  });
}

/** For a further computer of whoever asks, or of a member whom an admin names; the one before stops to count. */
export async function deviceCode(
  context: PortalContext,
  caller: DeviceCaller,
  { memberId = caller.member.memberId }: DeviceParsed<'team/device-code'>,
): Promise<NewCode> {
  const { store, workspaceId } = context;
  const isOwn = memberId === caller.member.memberId;
  if (!isOwn && caller.member.role !== 'admin') return err(adminsOnly);
  const wanted = { kind: 'device', subject: memberId, lastsMs: DEVICE_CODE_MS, isOnlyOne: true } as const;
  return store.transaction(workspaceId, async (tx) => {
    const member = await tx.members.get(workspaceId, memberId);
    if (member === null || member.revokedAt !== null) return err(notAvailable);
    const { name, role } = member;
    // Whoever makes a code for somebody else could sign in as them: the trail says so.
    if (!isOwn)
      await keep(tx, { context, caller, kind: 'invite', details: { memberId, name, role, what: 'computer' } });
    return ok(await makeCode(context, tx, wanted));
  });
}
