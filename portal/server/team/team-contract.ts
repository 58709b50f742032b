import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  enrolAt,
  enrolInput,
  errorOf,
  joinTeam,
  listenTo,
  setUp,
  startTestPortal,
  type TestDesk,
  type TestPortal,
  type Wish,
} from '../testing.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What every portal server does with its team, whichever database it keeps it in. */
export function teamContract(fresh: () => Promise<Wish>): void {
  describe('a server that was set up', () => {
    let server: TestPortal;
    let admin: TestDesk;
    let nowMs = Date.parse('2026-06-02T16:12:00.000Z');
    const now = () => new Date(nowMs);
    beforeAll(async () => {
      server = await startTestPortal({ ...(await fresh()), now });
      expect(await server.get('server/about', {})).toMatchObject({ isSetUp: false, isEmbedded: false });
      admin = await setUp(server, { name: 'Priya Raman' });
    });
    afterAll(() => server.close());
    const team = (desk: TestDesk = admin) => server.get('team/get', {}, desk.key);
    const memberOf = async (desk: TestDesk) => (await team()).members.find((member) => member.id === desk.memberId);

    test('the set-up code makes the first admin and names the workspace, once', async () => {
      expect(await server.get('server/about', {})).toMatchObject({ isSetUp: true });
      const code = server.portal.setupCode ?? '';
      expect(code).toMatch(/^([0-9A-Z]{4}-){3}[0-9A-Z]{4}$/);
      expect(errorOf(await server.ask('team/enrol', enrolInput(code)))).toMatchObject({ type: 'wrong-answer' });
      const told = await team();
      expect(told).toMatchObject({ workspaceName: 'Fennimore Realty', mayManage: true });
      expect(told.members[0]).toMatchObject({ name: 'Priya Raman', role: 'admin', isMe: true, isGone: false });
      expect(server.lines.join('')).not.toContain(code);
    });

    test('an invitation makes one member, under the id their desktop goes by, and is gone', async () => {
      const email = 'theo@fennimore.example';
      const { code, expiresAt } = await server.get('team/invite', { name: 'Theo', email, role: 'tc' }, admin.key);
      expect(Date.parse(expiresAt) - nowMs).toBe(7 * DAY_MS);
      expect((await team()).invitations).toMatchObject([{ name: 'Theo', email, role: 'tc' }]);
      const memberId = newId();
      // As a person types it.
      const typed = code.toLowerCase().replaceAll('-', ' ');
      const theo = await enrolAt(server, typed, { name: 'Theo Lindqvist', memberId, email: 'other@x.example' });
      expect(theo.memberId).toBe(memberId);
      expect(await memberOf(theo)).toMatchObject({ name: 'Theo Lindqvist', email, role: 'tc' });
      expect((await team()).invitations).toEqual([]);
      expect(errorOf(await server.ask('team/enrol', enrolInput(code)))).toMatchObject({ type: 'wrong-answer' });
      const twice = await server.ask('team/invite', { name: 'Theo', email, role: 'agent' }, admin.key);
      expect(errorOf(twice)).toMatchObject({ type: 'conflict' });
    });

    test('an id that is somebody else’s is not given away', async () => {
      const { code } = await server.get('team/invite', { name: 'Ana', email: '', role: 'agent' }, admin.key);
      const ana = await enrolAt(server, code, { name: 'Ana', memberId: admin.memberId });
      expect(ana.memberId).not.toBe(admin.memberId);
      expect(await memberOf(admin)).toMatchObject({ role: 'admin', name: 'Priya Raman' });
    });

    test('a withdrawn invitation and one that is over let nobody in, with one answer for all', async () => {
      const asked = { name: 'Lee', email: 'lee@fennimore.example', role: 'agent' } as const;
      const first = await server.get('team/invite', asked, admin.key);
      const invitationId = (await team()).invitations[0]?.id ?? '';
      await server.get('team/withdraw', { invitationId }, admin.key);
      expect(errorOf(await server.ask('team/withdraw', { invitationId }, admin.key)).type).toBe('not-available');
      const second = await server.get('team/invite', asked, admin.key);
      nowMs += 7 * DAY_MS + 1;
      const codes = [first.code, second.code, 'K7QM-2XRB-9TWF-HC3D'];
      const texts = await Promise.all(
        codes.map(async (code) => (await server.ask('team/enrol', enrolInput(code))).text),
      );
      expect(new Set(texts).size).toBe(1);
      expect((await team()).invitations).toEqual([]);
    });

    test('a further computer signs in with a code of its member, which the next code ends', async () => {
      const lin = await joinTeam(server, admin, { role: 'tc', name: 'Lin Park' });
      const old = await server.get('team/device-code', {}, lin.key);
      const { code, expiresAt } = await server.get('team/device-code', {}, lin.key);
      expect(Date.parse(expiresAt) - nowMs).toBe(DAY_MS);
      expect(errorOf(await server.ask('team/enrol', enrolInput(old.code))).type).toBe('wrong-answer');
      const tablet = await enrolAt(server, code, { name: 'Somebody' });
      expect(tablet.memberId).toBe(lin.memberId);
      const mine = (await team(tablet)).members.find((member) => member.isMe);
      expect(mine).toMatchObject({ name: 'Lin Park' });
      expect(mine?.devices.map((device) => device.isThis).toSorted()).toEqual([false, true]);
      // Others' computers are theirs to know.
      expect(
        (await team(tablet)).members.filter((member) => !member.isMe).every((one) => one.devices.length === 0),
      ).toBe(true);
    });

    test('an admin makes a code for a member who has no computer left, and who signs in with it is that member', async () => {
      const { memberId, key, deviceId } = await joinTeam(server, admin, { role: 'tc', name: 'Ada Moreau' });
      await server.get('team/revoke-device', { deviceId }, admin.key);
      expect(errorOf(await server.ask('team/device-code', {}, key)).type).toBe('not-signed-in');
      const { code } = await server.get('team/device-code', { memberId }, admin.key);
      const back = await enrolAt(server, code, { name: 'Somebody' });
      expect(back.memberId).toBe(memberId);
      expect((await team(back)).members.find((member) => member.isMe)).toMatchObject({ name: 'Ada Moreau' });
      // Nobody else makes one for others, and learns nothing by asking.
      const forAdmin = await server.ask('team/device-code', { memberId: admin.memberId }, back.key);
      const forNobody = await server.ask('team/device-code', { memberId: 'm-none' }, back.key);
      expect(errorOf(forAdmin).type).toBe('not-allowed');
      expect(forAdmin.text).toBe(forNobody.text);
      await server.get('team/revoke-member', { memberId }, admin.key);
      for (const gone of [memberId, 'm-none'])
        expect(errorOf(await server.ask('team/device-code', { memberId: gone }, admin.key)).type).toBe('not-available');
    });

    test('signing in again on the same computer keeps its place and ends the key before', async () => {
      const kai = await joinTeam(server, admin, { role: 'tc', name: 'Kai Moss' });
      const { code } = await server.get('team/device-code', {}, kai.key);
      const again = await enrolAt(server, code, { name: 'Kai Moss', deviceId: kai.deviceId });
      expect(errorOf(await server.ask('team/get', {}, kai.key)).type).toBe('not-signed-in');
      expect((await server.get('sync/hello', again.asked, again.key)).reply).toMatchObject({ memberId: kai.memberId });
      // The id of a computer that is somebody else's is refused, and the code stays good.
      const mine = await server.get('team/device-code', {}, again.key);
      const taken = await server.ask('team/enrol', enrolInput(mine.code, { deviceId: admin.deviceId }));
      expect(errorOf(taken).type).toBe('conflict');
      await enrolAt(server, mine.code, { name: 'Kai Moss' });
    });

    test('only an admin manages the team', async () => {
      const tc = await joinTeam(server, admin, { role: 'tc', name: 'Sol Vega' });
      const other = await joinTeam(server, admin, { role: 'agent', name: 'Uma Rao' });
      const { memberId, deviceId } = other;
      const invite = { name: 'X', email: 'x@x.example', role: 'tc' } as const;
      for (const asked of [
        await server.ask('team/invite', invite, tc.key),
        await server.ask('team/withdraw', { invitationId: 'i' }, tc.key),
        await server.ask('team/set-member', { memberId, role: 'admin' }, other.key),
        await server.ask('team/revoke-member', { memberId: admin.memberId }, tc.key),
      ])
        expect(errorOf(asked).type).toBe('not-allowed');
      // Somebody else's computer is as good as not there.
      const revoked = await server.ask('team/revoke-device', { deviceId }, tc.key);
      const unknown = await server.ask('team/revoke-device', { deviceId: 'nowhere' }, tc.key);
      expect(revoked.text).toBe(unknown.text);
      expect(errorOf(revoked).type).toBe('not-available');
      expect((await team(tc)).invitations).toEqual([]);
    });

    test('names and roles change, and the last admin stays one', async () => {
      const bo = await joinTeam(server, admin, { role: 'agent', name: 'Bo Lund' });
      await server.get('team/set-member', { memberId: bo.memberId, name: 'Bo Lundgren', role: 'tc' }, admin.key);
      expect(await memberOf(bo)).toMatchObject({ name: 'Bo Lundgren', role: 'tc' });
      const own = { memberId: admin.memberId };
      expect(errorOf(await server.ask('team/set-member', { ...own, role: 'tc' }, admin.key)).type).toBe('conflict');
      expect(errorOf(await server.ask('team/revoke-member', own, admin.key)).type).toBe('conflict');
      await server.get('team/set-member', { memberId: bo.memberId, role: 'admin' }, admin.key);
      await server.get('team/set-member', { ...own, role: 'tc' }, admin.key);
      expect(errorOf(await server.ask('team/invite', { name: 'X', email: '', role: 'tc' }, admin.key)).type).toBe(
        'not-allowed',
      );
      await server.get('team/set-member', { ...own, role: 'admin' }, bo.key);
      const nobody = await server.ask('team/set-member', { memberId: 'm-none', role: 'tc' }, admin.key);
      expect(errorOf(nobody).type).toBe('not-available');
    });

    test('who is revoked is out with the next request, in mid-stream too, and answered like an unknown key', async () => {
      const ray = await joinTeam(server, admin, { role: 'tc', name: 'Ray Holt' });
      const pending = await server.get('team/device-code', {}, ray.key);
      const listening = await listenTo(server, ray.key);
      await server.get('team/revoke-member', { memberId: ray.memberId }, admin.key);
      await listening.ended;
      const after = await server.ask('team/get', {}, ray.key);
      const unknown = await server.ask('team/get', {}, `${ray.key.slice(0, -4)}AAAA`);
      expect(after.status).toBe(401);
      expect([after.status, after.text]).toEqual([unknown.status, unknown.text]);
      expect(await memberOf(ray)).toMatchObject({ isGone: true, devices: [] });
      expect(errorOf(await server.ask('team/enrol', enrolInput(pending.code))).type).toBe('wrong-answer');
      expect(errorOf(await server.ask('team/revoke-member', { memberId: ray.memberId }, admin.key)).type).toBe(
        'not-available',
      );
      // Asked back, they are whom they were.
      const email = 'ray@fennimore.example';
      const { code } = await server.get('team/invite', { name: 'Ray', email, role: 'agent' }, admin.key);
      const back = await enrolAt(server, code, { name: 'Ray Holt', memberId: ray.memberId });
      expect(back.memberId).toBe(ray.memberId);
      expect(await memberOf(ray)).toMatchObject({ isGone: false, role: 'agent' });
    });

    test('one computer is signed out, by its owner or an admin, and the others stay', async () => {
      const ivy = await joinTeam(server, admin, { role: 'agent', name: 'Ivy Chen' });
      const { code } = await server.get('team/device-code', {}, ivy.key);
      const tablet = await enrolAt(server, code, { name: 'Ivy Chen' });
      const listening = await listenTo(server, tablet.key);
      await server.get('team/revoke-device', { deviceId: tablet.deviceId }, admin.key);
      await listening.ended;
      expect((await server.ask('team/get', {}, tablet.key)).status).toBe(401);
      expect((await server.ask('team/get', {}, ivy.key)).status).toBe(200);
      await server.get('team/sign-out', {}, ivy.key);
      expect((await server.ask('team/get', {}, ivy.key)).status).toBe(401);
    });

    test('every act is in the trail of the workspace, without codes, keys and addresses', async () => {
      const told = (await team()).members.length;
      expect(told).toBeGreaterThan(5);
      const all = server.lines.join('');
      expect(all).not.toContain(admin.key);
      expect(all).not.toMatch(/fennimore\.example/);
    });
  });
}
