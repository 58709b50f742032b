import type { Server } from './server.ts';
import { isOn, memberOf, type State } from './server-state.ts';

/** What an admin does at the server: people on deals, roles, leaving and coming back, devices in and out. */

export function setAccess(server: Server, memberId: string, unitId: string, on: boolean): void {
  const { state } = server;
  if (isOn(state, memberId, unitId) === on || memberOf(state, memberId)?.isGone) return;
  const head = state.head + 1;
  const access = new Map(state.access).set(`${memberId}/${unitId}`, { isOn: on, head });
  server.state = { ...state, head, access };
}

/** Another role, or leaving (its devices are revoked with it) and coming back. The units that it is on move with it. */
export function setMember(
  server: Server,
  memberId: string,
  change: { readonly role?: 'tc' | 'admin' | 'agent'; readonly isGone?: boolean },
): void {
  const before = server.state;
  const team = before.team.map((member) => (member.id === memberId ? { ...member, ...change } : member));
  const head = before.head + 1;
  const keys = new Map(before.keys);
  for (const [key, held] of before.keys)
    if (change.isGone === true && held.memberId === memberId) keys.set(key, { ...held, isRevoked: true });
  const after: State = { ...before, head, team, keys };
  const access = new Map(before.access);
  for (const unitId of before.units.keys()) {
    const was = isOn(before, memberId, unitId);
    const is = isOn(after, memberId, unitId);
    if (was === is) continue;
    const set = before.access.get(`${memberId}/${unitId}`);
    access.set(`${memberId}/${unitId}`, { isOn: change.isGone === undefined ? is : (set?.isOn ?? was), head });
  }
  server.state = { ...after, access };
  server.changedTeam();
}

/** A desktop is signed in with a code: a device, and the key that it shows from now on. */
export function enrol(server: Server, memberId: string, deviceId: string): string {
  const { state } = server;
  const key = `key-of-${deviceId}`;
  const device = { memberId, lastSeq: 0, isClosed: false };
  server.state = {
    ...state,
    devices: new Map(state.devices).set(deviceId, device),
    keys: new Map(state.keys).set(key, { memberId, deviceId, isRevoked: false }),
  };
  return key;
}

export function revokeKey(server: Server, key: string): void {
  const { state } = server;
  const held = state.keys.get(key);
  if (held === undefined) return;
  server.state = { ...state, keys: new Map(state.keys).set(key, { ...held, isRevoked: true }) };
}
