import type { SomeDeviceHandlers } from '../context.ts';
import { enrol } from '../team/enrol.ts';
import { deviceCode, invite, withdraw } from '../team/invitations.ts';
import { getTeam, revokeDevice, revokeMember, setMember, signOut } from '../team/members.ts';

/** Who is on the team, and with which computers. */
export const teamHandlers = {
  'team/enrol': enrol,
  'team/get': getTeam,
  'team/invite': invite,
  'team/withdraw': withdraw,
  'team/device-code': deviceCode,
  'team/set-member': setMember,
  'team/revoke-member': revokeMember,
  'team/revoke-device': revokeDevice,
  'team/sign-out': signOut,
} satisfies SomeDeviceHandlers;
