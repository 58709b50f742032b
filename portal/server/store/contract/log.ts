import { expect, test } from 'vitest';
import { type AuditHead, createVerifier, EMPTY_HEAD, verifyChain } from '../../audit/chain.ts';
import type { NewCommand } from '../areas/commands.ts';
import { AT } from '../testing.ts';
import { accept, enrol, task } from './accept.ts';
import type { Given } from './index.ts';

export function logContract(given: Given): void {
  test('a command is found by its id, by its unit newest first, and by the row it changed last', async () => {
    const workspaceId = await given.workspace();
    await enrol(given.store(), workspaceId, 'd1', AT);
    for (const [seq, unitId] of [
      [1, 'deal-a'],
      [2, 'deal-b'],
      [3, 'deal-a'],
    ] as const) {
      const rows = [task(`t${seq % 2}`, seq === 3 ? null : { seq })];
      await accept(given.store(), { workspaceId, unitId, deviceId: 'd1', seq, commandId: `c${seq}`, rows, at: AT });
    }
    await given.store().read(async ({ commands }) => {
      const first = await commands.byId(workspaceId, 'c1');
      expect(first).toMatchObject({ logNo: 1, unitId: 'deal-a', outcome: 'accepted', unitVersion: 1, undoneBy: null });
      expect(first).toMatchObject({ args: { rows: 1 }, reply: { type: 'accepted', version: 1 }, actor: 'member:m-d1' });
      expect(await commands.byId(workspaceId, 'c9')).toBeNull();
      const ids = async (before: number | null, limit: number) =>
        (await commands.ofUnit({ workspaceId, unitId: 'deal-a', before, limit })).map(({ commandId }) => commandId);
      expect(await ids(null, 9)).toEqual(['c3', 'c1']);
      expect(await ids(null, 1)).toEqual(['c3']);
      expect(await ids(3, 9)).toEqual(['c1']);
      const onward = async (after: number, limit: number) =>
        (await commands.ofUnitAfter({ workspaceId, unitId: 'deal-a', after, limit })).map(({ commandId }) => commandId);
      expect(await onward(0, 9)).toEqual(['c1', 'c3']);
      expect(await onward(0, 1)).toEqual(['c1']);
      expect(await onward(1, 9)).toEqual(['c3']);
      const last = await commands.lastOfRow({ workspaceId, unitId: 'deal-a', table: 'task', rowId: 't1' });
      expect(last?.commandId).toBe('c3');
      expect(await commands.lastOfRow({ workspaceId, unitId: 'deal-a', table: 'task', rowId: 't0' })).toBeNull();
      expect((await commands.after(workspaceId, 1, 9)).map(({ logNo }) => logNo)).toEqual([2, 3]);
      expect(await commands.receipt(workspaceId, 'd1', 2)).toMatchObject({ commandId: 'c2', seq: 2 });
      expect(await commands.receipt(workspaceId, 'd1', 4)).toBeNull();
    });
  });

  test('a refused command of a job is kept too, and an undo names what it took back', async () => {
    const workspaceId = await given.workspace();
    const refused: NewCommand = {
      ...{ workspaceId, commandId: 'c1', unitId: 'deal-a', actor: 'system', deviceId: null, name: 'close', args: {} },
      ...{ madeAt: AT, decidedAt: AT, digest: 'd', outcome: 'refused', reply: { type: 'DealClosed' }, changes: [] },
      ...{ label: '', unitVersion: null },
    };
    await given.store().transaction(workspaceId, async ({ commands }) => {
      expect(await commands.append(refused)).toBe(1);
      expect(await commands.append({ ...refused, commandId: 'c2' })).toBe(2);
      await commands.markUndone(workspaceId, 'c1', 'c2');
      expect(await commands.byId(workspaceId, 'c1')).toEqual({ ...refused, logNo: 1, undoneBy: 'c2' });
    });
    const twice = given.store().transaction(workspaceId, ({ commands }) => commands.append(refused));
    await expect(twice).rejects.toThrow();
    expect(await given.store().read(({ commands }) => commands.after(workspaceId, 0, 9))).toHaveLength(2);
  });

  test('a seq is consumed once', async () => {
    const workspaceId = await given.workspace();
    await enrol(given.store(), workspaceId, 'd1', AT);
    const receipt = { workspaceId, deviceId: 'd1', seq: 1, commandId: 'c1', digest: 'x', reply: {} };
    await given.store().transaction(workspaceId, ({ commands }) => commands.putReceipt(receipt));
    const again = given.store().transaction(workspaceId, ({ commands }) => commands.putReceipt(receipt));
    await expect(again).rejects.toThrow();
  });

  test('the audit trail of each unit is a chain that verifies, pages both ways and filters', async () => {
    const workspaceId = await given.workspace();
    const row = { workspaceId, at: AT, actor: 'party:p1', details: { page: 3, name: 'é\u0000' } };
    const heads = await given.store().transaction(workspaceId, async ({ audit }) => {
      expect(await audit.head(workspaceId, 'deal-a')).toEqual(EMPTY_HEAD);
      await audit.append({ ...row, unitId: 'workspace', kind: 'sign-in' });
      const kinds = ['view', 'download', 'view', 'denied', 'view'];
      const each: AuditHead[] = [];
      for (const kind of kinds) each.push(await audit.append({ ...row, unitId: 'deal-a', kind }));
      return each;
    });
    expect(heads.map(({ count }) => count)).toEqual([1, 2, 3, 4, 5]);
    await given.store().read(async ({ audit }) => {
      const ask = { workspaceId, unitId: 'deal-a', limit: 9 };
      const rows = await audit.after({ ...ask, after: 0 });
      expect(verifyChain(rows, heads)).toEqual({ ok: true, value: await audit.head(workspaceId, 'deal-a') });
      expect(verifyChain(rows.toSpliced(1, 1), heads)).toMatchObject({ ok: false, error: { n: 2 } });
      const verifier = createVerifier(heads);
      for (let after = 0; after < 5; after += 2) {
        for (const part of await audit.after({ ...ask, after, limit: 2 })) expect(verifier.push(part)).toBeNull();
      }
      expect(verifier.end().ok).toBe(true);
      const numbers = async (before: number | null, kind: string | null, limit: number) =>
        (await audit.before({ ...ask, before, kind, limit })).map(({ n }) => n);
      expect(await numbers(null, null, 2)).toEqual([5, 4]);
      expect(await numbers(4, null, 9)).toEqual([3, 2, 1]);
      expect(await numbers(null, 'view', 2)).toEqual([5, 3]);
      expect(await audit.actors(workspaceId, 'deal-a', 9)).toEqual(['party:p1']);
      expect(await audit.actors(workspaceId, 'deal-b', 9)).toEqual([]);
      expect(await audit.chains(workspaceId, '', 9)).toEqual(['deal-a', 'workspace']);
      expect(await audit.chains(workspaceId, 'deal-a', 9)).toEqual(['workspace']);
    });
  });

  test('the database itself keeps the audit trail from being edited or cut, and the chain shows who did so anyway', async () => {
    const place = await given.fresh();
    const store = await place.open();
    try {
      await store.createWorkspace({ id: 'w', name: 'W', at: AT });
      const row = { workspaceId: 'w', unitId: 'deal-a', at: AT, actor: 'system', kind: 'view', details: {} };
      await store.transaction('w', async ({ audit }) => {
        for (let n = 0; n < 3; n += 1) await audit.append(row);
      });
      await expect(place.raw("UPDATE audit SET actor = 'x' WHERE n = 2")).rejects.toThrow('append-only');
      await expect(place.raw('DELETE FROM audit WHERE n = 3')).rejects.toThrow('append-only');
      const trigger = place.driver === 'sqlite' ? 'audit_keep_update' : 'audit_keep ON audit';
      await place.raw(`DROP TRIGGER ${trigger}`);
      await place.raw("UPDATE audit SET actor = 'x' WHERE n = 2");
      const rows = await store.read(({ audit }) => audit.after({ ...row, after: 0, limit: 9 }));
      expect(verifyChain(rows)).toMatchObject({ ok: false, error: { n: 2, problem: 'content' } });
    } finally {
      await store.close();
      await place.remove();
    }
  });
}
