import { hashOfSecret } from '../../../portal/server/auth/secrets.ts';
import { ADMIN_KEY, type RealServer } from './server.ts';

/** The acts of an admin and of people with codes, through the server's own calls. */
export interface Team {
  /** A code for a further computer, typed in there. */
  signIn(memberId: string, deviceId: string): Promise<{ readonly key: string; readonly deviceId: string }>;
  setAccess(memberId: string, dealId: string, isOn: boolean): Promise<void>;
  setRole(memberId: string, role: 'tc' | 'agent'): Promise<void>;
  revokeDevice(deviceId: string): Promise<void>;
  leave(memberId: string): Promise<void>;
  comeBack(memberId: string): Promise<void>;
  bringAllBack(): Promise<void>;
}

const MAIN = 'main';

export function createTeam(server: RealServer): Team {
  let made = 0;
  /** The device from which a member asks for codes; made past the calls, since the first needs one. */
  async function deskOf(memberId: string): Promise<string> {
    made += 1;
    const key = `${memberId}-${made}`.padEnd(43, 'x');
    await server.store().transaction(MAIN, async (tx) => {
      const scope = { workspaceId: MAIN, at: new Date(0).toISOString() };
      const device = { ...scope, deviceId: `desk-${memberId}-${made}`, memberId, name: '', keyHash: hashOfSecret(key) };
      await tx.devices.enrol(device);
    });
    return key;
  }
  const person = (memberId: string) => ({
    ...{ deviceName: 'a laptop', memberId, name: memberId, email: `${memberId}@fennimore.example` },
    workspaceName: '',
  });
  const team: Team = {
    signIn: async (memberId, deviceId) => {
      const { code } = await server.ask('team/device-code', {}, await deskOf(memberId));
      const told = await server.ask('team/enrol', { ...person(memberId), code, deviceId }, '');
      if (told.memberId !== memberId) throw new Error(`${memberId} was signed in as ${told.memberId}`);
      return { key: told.deviceKey, deviceId: told.deviceId };
    },
    setAccess: async (memberId, dealId, isOn) => {
      await server.ask('access/set-member', { dealId, memberId, isOn }, ADMIN_KEY);
    },
    setRole: async (memberId, role) => {
      await server.ask('team/set-member', { memberId, role }, ADMIN_KEY);
    },
    revokeDevice: async (deviceId) => {
      await server.ask('team/revoke-device', { deviceId }, ADMIN_KEY);
    },
    leave: async (memberId) => {
      await server.ask('team/revoke-member', { memberId }, ADMIN_KEY);
    },
    comeBack: async (memberId) => {
      const { name, email } = person(memberId);
      const { code } = await server.ask('team/invite', { name, email, role: 'tc' }, ADMIN_KEY);
      made += 1;
      const told = await server.ask('team/enrol', { ...person(memberId), code, deviceId: `back-${made}` }, '');
      if (told.memberId !== memberId) throw new Error(`${memberId} came back as ${told.memberId}`);
    },
    bringAllBack: async () => {
      const members = await server.store().read((read) => read.members.list(MAIN));
      for (const { memberId, revokedAt } of members) if (revokedAt !== null) await team.comeBack(memberId);
    },
  };
  return team;
}
