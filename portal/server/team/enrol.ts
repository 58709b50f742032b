import { err, ok, type Result } from '../../../core/result.ts';
import type { DeviceOutput, DeviceParsed } from '../../api/device-calls.ts';
import type { ApiError } from '../../api/values.ts';
import { hashOfCode } from '../auth/codes.ts';
import { tooOften } from '../auth/errors.ts';
import { hashOfSecret } from '../auth/secrets.ts';
import type { OpenCaller, PortalContext } from '../context.ts';
import type { CodeRow } from '../store/areas/codes.ts';
import { ANYWHERE } from '../store/areas/limits.ts';
import type { MemberRow } from '../store/areas/members.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Tx } from '../store/types.ts';

type Enrol = DeviceParsed<'team/enrol'>;
type Enrolled = Result<DeviceOutput<'team/enrol'>, ApiError>;

/** The subject of codes that an embedded portal makes for the desktop it belongs to. */
export const LOCAL = 'local';

const HOUR_MS = 3_600_000;
const PER_ADDRESS = 20;
/** On its own computer nobody guesses, and tests and restarts come often. */
const PER_ADDRESS_EMBEDDED = 5_000;
const MISSES = 200;

const badCode: ApiError = {
  type: 'wrong-answer',
  message: 'This code does not work, or not any more. Check each letter, or ask for a new code.',
};
const deviceTaken: ApiError = {
  type: 'conflict',
  message: 'This computer is signed in at that portal for somebody else. Sign it out there first, then try again.',
};

/** Signs a desktop in with a code that works once. Unknown, used and expired codes have one answer. */
export async function enrol(context: PortalContext, caller: OpenCaller, input: Enrol): Promise<Enrolled> {
  const { store, workspaceId, now, config } = context;
  const nowMs = now().getTime();
  const limit = config.isEmbedded ? PER_ADDRESS_EMBEDDED : PER_ADDRESS;
  const asks = { workspaceId: ANYWHERE, windowMs: HOUR_MS, nowMs };
  const tries = await store.limits.hit({ ...asks, key: `enrol:${caller.address}`, limit });
  if (!tries.isAllowed) return err(tooOften(tries.untilMs, nowMs));
  const misses = { ...asks, key: 'enrol-misses', limit: MISSES };
  const missed = await store.limits.peek(misses);
  if (!missed.isAllowed) return err(tooOften(missed.untilMs, nowMs));
  const deviceKey = context.newToken();
  const enrolled = await store.transaction(workspaceId, (tx) => enrolIn(context, tx, input, deviceKey));
  if (!enrolled.ok && enrolled.error.type === 'wrong-answer') await store.limits.hit(misses);
  return enrolled;
}

async function enrolIn(context: PortalContext, tx: Tx, input: Enrol, deviceKey: string): Promise<Enrolled> {
  const { workspaceId, now } = context;
  const at = now().toISOString();
  const code = await openCode(tx, workspaceId, { hash: hashOfCode(input.code), at });
  const wanted = code === null ? null : await memberFor(context, tx, code, input);
  if (code === null || wanted === null) {
    const details = { what: 'enrol', deviceId: input.deviceId };
    await tx.audit.append({ workspaceId, unitId: WORKSPACE_UNIT, at, actor: 'unknown', kind: 'denied', details });
    return err(badCode);
  }
  const device = await tx.devices.get(workspaceId, input.deviceId);
  if (device !== null && device.memberId !== wanted.memberId) return err(deviceTaken);
  await tx.codes.use(workspaceId, code.codeId, at);
  if (code.kind === 'member') await tx.invitations.end(workspaceId, code.subject, at);
  const before = await tx.members.get(workspaceId, wanted.memberId);
  const isSame = before !== null && before.revokedAt === null && isLike(before, wanted);
  const member = isSame ? before : await tx.members.put({ workspaceId, ...wanted, at });
  if (code.kind === 'setup') await nameWorkspace(tx, workspaceId, input.workspaceName);
  const keyHash = hashOfSecret(deviceKey);
  const named = { workspaceId, deviceId: input.deviceId, name: input.deviceName, keyHash };
  if (!(await tx.devices.rekey(named))) await tx.devices.enrol({ ...named, memberId: member.memberId, at });
  if (!isSame) await tx.units.bump(workspaceId, WORKSPACE_UNIT);
  await tx.audit.append({
    ...{ workspaceId, unitId: WORKSPACE_UNIT, at, actor: `member:${member.memberId}` },
    kind: device === null ? 'enrol' : 'sign-in',
    details: { deviceId: input.deviceId, title: input.deviceName, by: code.subject === LOCAL ? LOCAL : code.kind },
  });
  return ok({
    ...{ deviceKey, deviceId: input.deviceId, memberId: member.memberId, name: member.name, role: member.role },
    storeId: await tx.storeId(),
    workspaceName: (await tx.workspaces.get(workspaceId))?.name ?? '',
  });
}

function isLike(member: MemberRow, wanted: Wanted): boolean {
  return member.name === wanted.name && member.role === wanted.role && member.email === wanted.email;
}

/** The code of that text, of whichever kind, while it is good. The reads are the same whatever there is. */
async function openCode(
  tx: Tx,
  workspaceId: string,
  { hash, at }: { readonly hash: string; readonly at: string },
): Promise<CodeRow | null> {
  const found: CodeRow[] = [];
  for (const kind of ['setup', 'member', 'device'] as const) {
    const code = await tx.codes.byHash(workspaceId, kind, hash);
    if (code !== null && code.usedAt === null && code.triesLeft > 0 && code.expiresAt > at) found.push(code);
  }
  return found[0] ?? null;
}

type Wanted = Pick<MemberRow, 'memberId' | 'name' | 'role' | 'email'>;

/** The member that a code signs in, as they are to be; null where it signs in nobody any more. */
async function memberFor(context: PortalContext, tx: Tx, code: CodeRow, input: Enrol): Promise<Wanted | null> {
  const { workspaceId, newId } = context;
  const { memberId, name } = input;
  const email = input.email.toLowerCase();
  if (code.kind === 'setup') {
    const isLocal = code.subject === LOCAL;
    const isFirst = (await tx.members.list(workspaceId)).length === 0;
    return isLocal || isFirst ? { memberId, name, role: 'admin', email } : null;
  }
  if (code.kind === 'device') {
    const member = await tx.members.get(workspaceId, code.subject);
    return member === null || member.revokedAt !== null ? null : member;
  }
  const invitation = await tx.invitations.get(workspaceId, code.subject);
  if (invitation === null || invitation.endedAt !== null) return null;
  const taken = await tx.members.get(workspaceId, memberId);
  // Who left and is asked back goes on as whom they were; an id that is somebody else's is never given away.
  const isBack = taken !== null && taken.revokedAt !== null && taken.email === invitation.email && taken.email !== '';
  const id = taken === null || isBack ? memberId : newId();
  return { memberId: id, name, role: invitation.role, email: invitation.email };
}

async function nameWorkspace(tx: Tx, workspaceId: string, name: string): Promise<void> {
  if (name !== '') await tx.workspaces.rename(workspaceId, name);
}
