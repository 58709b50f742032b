import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { ANYWHERE } from '../store/areas/limits.ts';
import { notSignedIn, tooOften } from './errors.ts';
import { hashOfSecret } from './secrets.ts';

const HOUR_MS = 3_600_000;
/** Requests with a key that is not good, an hour and address. Good keys of the same address are not held up. */
const BAD_KEYS = 600;
const SAW_MS = 60_000;

export interface Shown {
  /** The header as it came. */
  readonly authorization: string | undefined;
  /** As `addressOf` gives it. */
  readonly address: string;
}

/**
 * Whose key a request shows. Read anew each time, so what was revoked is over with the next request. Unknown, revoked and
 * missing keys have one answer, after the same reads.
 */
export async function callerOf(
  context: PortalContext,
  { authorization, address }: Shown,
): Promise<Result<DeviceCaller, ApiError>> {
  const { store, workspaceId, now } = context;
  const key = /^Bearer ([\w-]{40,100})$/.exec(authorization ?? '')?.[1] ?? '';
  const keyHash = hashOfSecret(key);
  const found = await store.read(async (read) => {
    const device = await read.devices.byKeyHash(workspaceId, keyHash);
    const member = await read.members.get(workspaceId, device?.memberId ?? '');
    return { device, member };
  });
  const { device, member } = found;
  if (device === null || member === null || device.revokedAt !== null || member.revokedAt !== null) {
    const nowMs = now().getTime();
    const ask = { workspaceId: ANYWHERE, key: `bad-key:${address}`, limit: BAD_KEYS, windowMs: HOUR_MS, nowMs };
    // Looked at before it is counted: whoever is over the limit costs no write any more.
    const before = await store.limits.peek(ask);
    const counted = before.isAllowed ? await store.limits.hit(ask) : before;
    return err(counted.isAllowed ? notSignedIn : tooOften(counted.untilMs, nowMs));
  }
  await keepSeen(context, device);
  return ok({ device, member, address });
}

/** At most once a minute and device: a request that only reads should not write each time. */
async function keepSeen(
  { store, workspaceId, now, log }: PortalContext,
  device: DeviceCaller['device'],
): Promise<void> {
  const at = now();
  if (device.seenAt !== null && at.getTime() - Date.parse(device.seenAt) < SAW_MS) return;
  try {
    await store.transaction(workspaceId, (tx) => tx.devices.saw(workspaceId, device.deviceId, at.toISOString()));
  } catch {
    // A server that cannot write still answers what it can read.
    log.warn('when a device was seen was not kept', { deviceId: device.deviceId });
  }
}
