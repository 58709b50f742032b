import { err, ok, type Result } from '../../../core/result.ts';
import { PROTOCOL_FLOOR, PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import type { HelloReply, HelloRequest, Problem, RenewReply, RenewRequest } from '../../../core/sync/wire.ts';
import type { ApiError } from '../../api/values.ts';
import { notSignedIn } from '../auth/errors.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import type { Tx } from '../store/types.ts';
import { deviceProblem, problemOf, protocolProblem } from './problems.ts';

type Told<T> = { readonly reply: T; readonly problem: null } | { readonly reply: null; readonly problem: Problem };

/** The greeting: which store this is, who asks, who else is on the team, and how far the device is. */
export function hello(
  context: PortalContext,
  caller: DeviceCaller,
  request: HelloRequest,
): Promise<Result<Told<HelloReply>, ApiError>> {
  const { store, workspaceId, now } = context;
  return store.read(async (read) => {
    const problem = await problemOf(read, context, caller, request);
    if (problem !== null) return ok({ reply: null, problem });
    const team = await read.members.list(workspaceId);
    const device = await read.devices.get(workspaceId, request.deviceId);
    const me = team.find(({ memberId }) => memberId === caller.member.memberId) ?? caller.member;
    const reply = {
      ...{ protocol: PROTOCOL_VERSION, floor: PROTOCOL_FLOOR, storeId: await read.storeId() },
      ...{ memberId: me.memberId, role: me.role, at: now().toISOString(), lastSeq: device?.lastSeq ?? 0 },
      workspaceName: (await read.workspaces.get(workspaceId))?.name ?? '',
      team: team.map(({ memberId, name, role, email, revokedAt }) => {
        return { id: memberId, name, role, email, isGone: revokedAt !== null };
      }),
    };
    return ok({ reply, problem: null });
  });
}

/**
 * A desktop goes on under a new id with the key it has. The device that had the key and the former ids are closed; asked
 * twice, it is answered the same.
 */
export async function renew(
  context: PortalContext,
  caller: DeviceCaller,
  request: RenewRequest,
): Promise<Result<Told<RenewReply>, ApiError>> {
  const problem = protocolProblem(request.protocol);
  if (problem !== null) return ok({ reply: null, problem });
  return context.store.transaction(context.workspaceId, (tx) => renewIn(context, tx, caller, request));
}

async function renewIn(
  { workspaceId, now }: PortalContext,
  tx: Tx,
  caller: DeviceCaller,
  { deviceId, formerIds }: RenewRequest,
): Promise<Result<Told<RenewReply>, ApiError>> {
  const { memberId } = caller.member;
  const at = now().toISOString();
  // Read again: another request may have renewed or revoked it meanwhile.
  const device = await tx.devices.byKeyHash(workspaceId, caller.device.keyHash);
  if (device === null || device.revokedAt !== null) return err(notSignedIn);
  const taken = await tx.devices.get(workspaceId, deviceId);
  if (taken !== null && taken.deviceId !== device.deviceId)
    return ok({ reply: null, problem: deviceProblem(taken, memberId) });
  const known: { deviceId: string; lastSeq: number }[] = [];
  for (const id of new Set(formerIds)) {
    const former = await tx.devices.get(workspaceId, id);
    if (former === null || former.memberId !== memberId || id === deviceId) continue;
    known.push({ deviceId: id, lastSeq: former.lastSeq });
    await tx.devices.close(workspaceId, id, at);
  }
  if (device.deviceId !== deviceId) {
    const { keyHash, name } = device;
    await tx.devices.close(workspaceId, device.deviceId, at);
    const isNew = await tx.devices.enrol({ workspaceId, deviceId, memberId, name, keyHash, at });
    if (!isNew) throw new Error('the device was not renewed');
  }
  return ok({ reply: { storeId: await tx.storeId(), deviceId, known }, problem: null });
}
