import { judgeProtocol, PROTOCOL_FLOOR, PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import type { Problem } from '../../../core/sync/wire.ts';
import type { DeviceCaller, PortalContext } from '../context.ts';
import { type DeviceRow, isClosed } from '../store/areas/devices.ts';
import type { Read } from '../store/types.ts';

/** What every request of a desktop says of itself. */
export interface Asked {
  readonly protocol: number;
  readonly storeId: string | null;
  readonly deviceId: string;
}

/** The two programs cannot talk; null when they can. */
export function protocolProblem(protocol: number): Problem | null {
  const verdict = judgeProtocol(protocol, { version: PROTOCOL_VERSION, floor: PROTOCOL_FLOOR });
  return verdict.type === 'Fits' ? null : { type: verdict.type, message: verdict.sentence };
}

/**
 * Why a request is not answered as a whole; null when it is. A desktop may show its key under an id that it had before: a
 * copy of it was put back, or another one goes on with its key.
 */
export async function problemOf(
  read: Read,
  { workspaceId }: PortalContext,
  caller: DeviceCaller,
  asked: Asked,
): Promise<Problem | null> {
  const protocol = protocolProblem(asked.protocol);
  if (protocol !== null) return protocol;
  const storeId = await read.storeId();
  if (asked.storeId !== null && asked.storeId !== storeId) return storeChanged(storeId);
  if (asked.deviceId === caller.device.deviceId) return null;
  const device = await read.devices.get(workspaceId, asked.deviceId);
  return device?.memberId === caller.member.memberId ? deviceClosed : unknownDevice;
}

/** Of a device that may not go on; `memberId` is whoever asks. Somebody else's device is as good as unknown. */
export function deviceProblem(device: DeviceRow | null, memberId: string): Problem {
  if (device === null || device.memberId !== memberId) return unknownDevice;
  return isClosed(device) || device.revokedAt === null ? deviceClosed : deviceRevoked;
}

function storeChanged(storeId: string): Problem {
  return {
    type: 'StoreChanged',
    message:
      'The portal was restored from a backup. Closeboard compares everything with it again; nothing of yours is lost.',
    storeId,
  };
}

export function seqGap(expected: number): Problem {
  return { type: 'SeqGap', message: 'The portal lacks a step that came before this one. It is sent again.', expected };
}

export const deviceRewound: Problem = {
  type: 'DeviceRewound',
  message: 'This computer was put back to an older copy of itself. It goes on under a new name; nothing is lost.',
};
export const unknownDevice: Problem = {
  type: 'UnknownDevice',
  message: 'The portal does not know this computer. It signs itself in anew.',
};
const deviceClosed: Problem = {
  type: 'DeviceClosed',
  message: 'This computer goes on under another name at the portal. It signs itself in anew.',
};
export const deviceRevoked: Problem = {
  type: 'DeviceRevoked',
  message: 'This computer was signed out of the portal. Your work is kept here; sign in again with a new code.',
};
export const unitNotAvailable: Problem = {
  type: 'UnitNotAvailable',
  message: 'There is no such deal for you at the portal, or not any more.',
};
