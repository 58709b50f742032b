import { expect, test } from 'vitest';
import type { NewCode } from '../areas/codes.ts';
import { isClosed } from '../areas/devices.ts';
import { AT } from '../testing.ts';
import type { Given } from './index.ts';

const LATER = '2026-06-02T16:20:00.000Z';
const OVER = '2026-06-02T17:00:00.000Z';
const noor = { memberId: 'm-noor', name: 'Noor', role: 'tc', email: 'noor@harbor.example', at: AT } as const;
const ana = { memberId: 'm-ana', name: 'Ana', role: 'agent', email: 'ana@harbor.example', at: AT } as const;

export function peopleContract(given: Given): void {
  test('a workspace is there once', async () => {
    const workspaceId = await given.workspace();
    const again = { id: workspaceId, name: 'Another', at: LATER };
    expect(await given.store().createWorkspace(again)).toBe(false);
    await given.store().read(async (read) => {
      expect(await read.workspaces.get(workspaceId)).toEqual({
        workspaceId,
        name: 'Harbor Realty',
        madeAt: AT,
        head: 0,
      });
      expect(await read.workspaces.get('w-none')).toBeNull();
      expect((await read.workspaces.all()).map((row) => row.workspaceId)).toContain(workspaceId);
    });
  });

  test('members come, change, leave with their devices, and come back', async () => {
    const workspaceId = await given.workspace();
    await given.store().transaction(workspaceId, async ({ members, devices }) => {
      const member = await members.put({ workspaceId, ...noor });
      const { at, ...put } = noor;
      expect(member).toEqual({ workspaceId, ...put, addedAt: at, revokedAt: null, accessHead: 1 });
      expect((await members.put({ workspaceId, ...noor, name: 'Noor H.' })).accessHead).toBe(1);
      expect((await members.put({ workspaceId, ...noor, role: 'admin' })).accessHead).toBe(2);
      await members.put({ workspaceId, ...ana });
      expect((await members.byEmail(workspaceId, noor.email)).map(({ memberId }) => memberId)).toEqual(['m-noor']);
      expect((await members.list(workspaceId)).map(({ memberId }) => memberId)).toEqual(['m-ana', 'm-noor']);
      await devices.enrol({ workspaceId, deviceId: 'd1', memberId: 'm-noor', name: 'Laptop', keyHash: 'k1', at: AT });
      expect(await members.revoke(workspaceId, 'm-noor', LATER)).toBe(true);
      expect(await members.revoke(workspaceId, 'm-noor', LATER)).toBe(false);
      expect(await members.revoke(workspaceId, 'm-none', LATER)).toBe(false);
      expect((await devices.get(workspaceId, 'd1'))?.revokedAt).toBe(LATER);
      expect((await members.get(workspaceId, 'm-noor'))?.revokedAt).toBe(LATER);
      expect((await members.put({ workspaceId, ...noor })).revokedAt).toBeNull();
    });
  });

  test('an agent sees the deals they are on, from a grant until a revocation, and never what moved after', async () => {
    const workspaceId = await given.workspace();
    const grant = { workspaceId, dealId: 'deal-a', memberId: 'm-ana', at: AT };
    const moved = (after: number) =>
      given.store().read((read) => read.units.movedFor({ workspaceId, memberId: 'm-ana', after, limit: 10 }));
    await given.store().transaction(workspaceId, async ({ members, units }) => {
      await members.put({ workspaceId, ...ana });
      await units.bump(workspaceId, 'deal-a');
      await units.bump(workspaceId, 'deal-b');
      await units.bump(workspaceId, 'workspace');
    });
    const before = await moved(0);
    expect(before.units.map(({ unitId }) => unitId)).toEqual(['workspace']);
    await given.store().transaction(workspaceId, async ({ members }) => {
      expect(await members.isOnDeal(workspaceId, 'deal-a', 'm-ana')).toBe(false);
      expect(await members.grantDeal(grant)).toBe(true);
      expect(await members.grantDeal(grant)).toBe(false);
      expect(await members.isOnDeal(workspaceId, 'deal-a', 'm-ana')).toBe(true);
      expect(await members.ofDeal(workspaceId, 'deal-a')).toEqual(['m-ana']);
    });
    const granted = await moved(before.cursor);
    expect(granted).toMatchObject({ units: [{ unitId: 'deal-a', version: 1, isRevoked: false }], isLast: true });
    await given.store().transaction(workspaceId, ({ units }) => units.bump(workspaceId, 'deal-a'));
    const changed = await moved(granted.cursor);
    expect(changed.units).toMatchObject([{ unitId: 'deal-a', version: 2 }]);
    await given.store().transaction(workspaceId, async ({ members, units }) => {
      expect(await members.revokeDeal({ ...grant, at: LATER })).toBe(true);
      expect(await members.revokeDeal({ ...grant, at: LATER })).toBe(false);
      await units.bump(workspaceId, 'deal-a');
    });
    const revoked = await moved(changed.cursor);
    expect(revoked.units).toEqual([{ unitId: 'deal-a', version: 0, head: revoked.cursor - 1, isRevoked: true }]);
    await given.store().transaction(workspaceId, ({ units }) => units.bump(workspaceId, 'deal-a'));
    expect((await moved(revoked.cursor)).units).toEqual([]);
  });

  test('a coordinator who becomes an agent is taken off all deals but their own, each by a head of its own', async () => {
    const workspaceId = await given.workspace();
    const ask = { workspaceId, memberId: 'm-noor', limit: 2 };
    const since = await given.store().transaction(workspaceId, async ({ members, units, workspaces }) => {
      await members.put({ workspaceId, ...noor });
      for (const unit of ['deal-a', 'deal-b', 'deal-c', 'workspace', 'deal-d']) await units.bump(workspaceId, unit);
      await members.grantDeal({ workspaceId, dealId: 'deal-b', memberId: 'm-noor', at: AT });
      await members.grantDeal({ workspaceId, dealId: 'deal-d', memberId: 'm-noor', at: AT });
      await members.revokeDeal({ workspaceId, dealId: 'deal-d', memberId: 'm-noor', at: AT });
      const { head } = (await workspaces.get(workspaceId)) ?? { head: 0 };
      const demoted = await members.put({ workspaceId, ...noor, role: 'agent', at: LATER });
      expect(demoted.accessHead).toBe(head + 1);
      expect((await workspaces.get(workspaceId))?.head).toBe(head + 4);
      return head;
    });
    const told: string[] = [];
    for (let after = since, isLast = false; !isLast; ) {
      const moved = await given.store().read((read) => read.units.movedFor({ ...ask, after }));
      told.push(...moved.units.map(({ unitId, version, isRevoked }) => `${unitId} ${version} ${isRevoked}`));
      after = moved.cursor;
      isLast = moved.isLast;
    }
    expect(told).toEqual(['deal-a 0 true', 'deal-c 0 true', 'deal-d 0 true']);
    expect(await given.store().read((read) => read.members.isOnDeal(workspaceId, 'deal-b', 'm-noor'))).toBe(true);
  });

  test('an invitation is open until it is ended or over, and ends once', async () => {
    const workspaceId = await given.workspace();
    const asked = { name: 'Ana', email: 'ana@harbor.example', role: 'agent', madeAt: AT, madeBy: 'm-noor' } as const;
    await given.store().transaction(workspaceId, async ({ invitations }) => {
      await invitations.put({ workspaceId, invitationId: 'i2', ...asked, expiresAt: OVER });
      await invitations.put({ workspaceId, invitationId: 'i1', ...asked, expiresAt: LATER });
      expect((await invitations.open(workspaceId, AT)).map((row) => row.invitationId)).toEqual(['i1', 'i2']);
      expect((await invitations.open(workspaceId, LATER)).map((row) => row.invitationId)).toEqual(['i2']);
      expect(await invitations.end(workspaceId, 'i1', LATER)).toBe(false);
      expect(await invitations.end(workspaceId, 'i2', LATER)).toBe(true);
      expect(await invitations.end(workspaceId, 'i2', LATER)).toBe(false);
      expect(await invitations.open(workspaceId, AT)).toHaveLength(1);
      const kept = await invitations.get(workspaceId, 'i2');
      expect(kept).toEqual({ workspaceId, invitationId: 'i2', ...asked, expiresAt: OVER, endedAt: LATER });
      expect(await invitations.get(workspaceId, 'i3')).toBeNull();
    });
  });

  test('a device that goes on under another id gives its key away, and one that signs in again gets a new one', async () => {
    const workspaceId = await given.workspace();
    const device = { workspaceId, deviceId: 'd1', memberId: 'm-noor', name: 'Laptop', keyHash: 'k1', at: AT };
    await given.store().transaction(workspaceId, async ({ members, devices, workspaces }) => {
      await workspaces.rename(workspaceId, 'Harbor & Sons');
      expect((await workspaces.get(workspaceId))?.name).toBe('Harbor & Sons');
      await members.put({ workspaceId, ...noor });
      await devices.enrol(device);
      await devices.advance(workspaceId, 'd1', 1);
      await devices.close(workspaceId, 'd1', LATER);
      expect(await devices.enrol({ ...device, deviceId: 'd2' })).toBe(true);
      expect((await devices.byKeyHash(workspaceId, 'k1'))?.deviceId).toBe('d2');
      const closed = await devices.get(workspaceId, 'd1');
      expect(closed).toMatchObject({ keyHash: 'closed:d1', revokedAt: LATER, lastSeq: 1 });
      expect(isClosed({ keyHash: closed?.keyHash ?? '' })).toBe(true);
      expect(await devices.rekey({ workspaceId, deviceId: 'd1', name: 'Desk', keyHash: 'k3' })).toBe(true);
      expect(await devices.byKeyHash(workspaceId, 'k3')).toMatchObject({ name: 'Desk', revokedAt: null, lastSeq: 1 });
      expect(await devices.rekey({ workspaceId, deviceId: 'd9', name: 'Desk', keyHash: 'k4' })).toBe(false);
    });
  });

  test('a device is found by its key, consumes each seq once and in order, and stops when revoked', async () => {
    const workspaceId = await given.workspace();
    const device = { workspaceId, deviceId: 'd1', memberId: 'm-noor', name: 'Laptop', keyHash: 'k1', at: AT };
    await given.store().transaction(workspaceId, async ({ members, devices }) => {
      await members.put({ workspaceId, ...noor });
      expect(await devices.enrol(device)).toBe(true);
      expect(await devices.enrol({ ...device, keyHash: 'k2' })).toBe(false);
      expect(await devices.enrol({ ...device, deviceId: 'd2' })).toBe(false);
      const found = await devices.byKeyHash(workspaceId, 'k1');
      expect(found).toMatchObject({ deviceId: 'd1', memberId: 'm-noor', lastSeq: 0, seenAt: null, enrolledAt: AT });
      expect(await devices.byKeyHash(workspaceId, 'k9')).toBeNull();
      expect(await devices.advance(workspaceId, 'd1', 2)).toBe(false);
      expect(await devices.advance(workspaceId, 'd1', 1)).toBe(true);
      expect(await devices.advance(workspaceId, 'd1', 1)).toBe(false);
      expect(await devices.advance(workspaceId, 'd1', 2)).toBe(true);
      await devices.saw(workspaceId, 'd1', LATER);
      expect((await devices.ofMember(workspaceId, 'm-noor'))[0]).toMatchObject({ lastSeq: 2, seenAt: LATER });
      expect(await devices.revoke(workspaceId, 'd1', LATER)).toBe(true);
      expect(await devices.revoke(workspaceId, 'd1', LATER)).toBe(false);
      expect(await devices.advance(workspaceId, 'd1', 3)).toBe(false);
    });
    const stranger = given
      .store()
      .transaction(workspaceId, ({ devices }) =>
        devices.enrol({ ...device, deviceId: 'd3', keyHash: 'k3', memberId: 'm-x' }),
      );
    await expect(stranger).rejects.toThrow();
  });

  test('a code is paid for by guess, works once, and is over in time', async () => {
    const workspaceId = await given.workspace();
    const code: NewCode = {
      ...{ workspaceId, codeId: 'c1', kind: 'link', subject: 'l1', address: 'mei@mail.example', browserHash: 'b' },
      ...{ hash: 'argon', madeAt: AT, expiresAt: OVER, triesLeft: 3 },
    };
    await given.store().transaction(workspaceId, async ({ codes }) => {
      await codes.put(code);
      await codes.put({ ...code, codeId: 'c2', madeAt: LATER, hash: 'long' });
      expect((await codes.newest(workspaceId, 'link', 'l1'))?.codeId).toBe('c2');
      expect((await codes.byHash(workspaceId, 'link', 'long'))?.codeId).toBe('c2');
      expect(await codes.byHash(workspaceId, 'device', 'long')).toBeNull();
      expect(await codes.get(workspaceId, 'c1')).toEqual({ ...code, usedAt: null });
      expect((await codes.charge(workspaceId, 'c1', LATER))?.triesLeft).toBe(2);
      expect(await codes.charge(workspaceId, 'c1', OVER)).toBeNull();
      expect(await codes.use(workspaceId, 'c1', OVER)).toBe(false);
      expect(await codes.use(workspaceId, 'c1', LATER)).toBe(true);
      expect(await codes.use(workspaceId, 'c1', LATER)).toBe(false);
      expect(await codes.charge(workspaceId, 'c1', LATER)).toBeNull();
      await codes.endAll(workspaceId, 'link', 'l1', LATER);
      expect(await codes.charge(workspaceId, 'c2', AT)).toBeNull();
      expect((await codes.get(workspaceId, 'c1'))?.usedAt).toBe(LATER);
      expect(await codes.purge(workspaceId, OVER)).toBe(1);
    });
  });

  test('guesses at once pay for one try each, and one of them uses the code', async () => {
    const workspaceId = await given.workspace();
    const who = { kind: 'setup', subject: '', address: '', browserHash: '', hash: 'h' } as const;
    await given
      .store()
      .transaction(workspaceId, ({ codes }) =>
        codes.put({ workspaceId, codeId: 'c1', ...who, madeAt: AT, expiresAt: OVER, triesLeft: 5 }),
      );
    const all = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 12 }, work));
    const charged = await all(() =>
      given.store().transaction(workspaceId, ({ codes }) => codes.charge(workspaceId, 'c1', LATER)),
    );
    expect(charged.filter((code) => code !== null)).toHaveLength(5);
    const used = await all(() =>
      given.store().transaction(workspaceId, ({ codes }) => codes.use(workspaceId, 'c1', LATER)),
    );
    expect(used.filter(Boolean)).toHaveLength(1);
  });
}
