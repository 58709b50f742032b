import type { CallOutput } from '../../contract/calls.ts';
import { askPortal } from '../sync/ask-portal.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

/** The team as its portal keeps it. Nothing of it is decided here: the portal judges every request anew. */

export function getTeam({ sync }: Open): Promise<CallOutput<'team:get'>> {
  return askPortal(sync, 'team/get', {});
}

export function inviteMember({ sync }: Open, input: ParsedInput<'team:invite'>): Promise<CallOutput<'team:invite'>> {
  return askPortal(sync, 'team/invite', input);
}

export function withdrawInvitation(
  { sync }: Open,
  input: ParsedInput<'team:withdraw'>,
): Promise<CallOutput<'team:withdraw'>> {
  return askPortal(sync, 'team/withdraw', input);
}

/** For a further computer of this person, or of the member that an admin names. */
export function makeDeviceCode(
  { sync }: Open,
  input: ParsedInput<'team:device-code'>,
): Promise<CallOutput<'team:device-code'>> {
  return askPortal(sync, 'team/device-code', input);
}

export function setMember(
  { sync }: Open,
  input: ParsedInput<'team:set-member'>,
): Promise<CallOutput<'team:set-member'>> {
  return askPortal(sync, 'team/set-member', input);
}

export function revokeMember(
  { sync }: Open,
  input: ParsedInput<'team:revoke-member'>,
): Promise<CallOutput<'team:revoke-member'>> {
  return askPortal(sync, 'team/revoke-member', input);
}

export function revokeDevice(
  { sync }: Open,
  input: ParsedInput<'team:revoke-device'>,
): Promise<CallOutput<'team:revoke-device'>> {
  return askPortal(sync, 'team/revoke-device', input);
}
