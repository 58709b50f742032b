import { expect, test } from 'vitest';
import { digestOfWorkspace } from '../digest.ts';
import { storeFailureOf } from '../failures.ts';
import { AT } from '../testing.ts';
import type { Poke, Tx } from '../types.ts';
import { accept, acceptIn, enrol, task } from './accept.ts';
import type { Given } from './index.ts';

const rows = [task('t1', { title: 'x' })];

export function transactionContract(given: Given): void {
  const first = (workspaceId: string) =>
    ({ workspaceId, unitId: 'deal-a', deviceId: 'd1', seq: 1, commandId: 'c1', rows, at: AT }) as const;

  test('what throws leaves nothing behind: no row, no version, no head, no poke', async () => {
    const workspaceId = await given.workspace();
    await enrol(given.store(), workspaceId, 'd1', AT);
    const state = () =>
      given
        .store()
        .read(async (read) => [
          await digestOfWorkspace(read, workspaceId),
          await read.workspaces.get(workspaceId),
          await read.devices.get(workspaceId, 'd1'),
        ]);
    const before = await state();
    const pokes: Poke[] = [];
    const stop = given.store().pokes.subscribe((poke) => pokes.push(poke));
    const broken = given.store().transaction(workspaceId, async (tx) => {
      expect(await acceptIn(tx, first(workspaceId))).toEqual({ version: 1, head: 2 });
      throw new Error('cut before the commit');
    });
    await expect(broken).rejects.toThrow('cut before the commit');
    expect(await state()).toEqual(before);
    expect(await accept(given.store(), first(workspaceId))).toEqual({ version: 1, head: 2 });
    await expect.poll(() => pokes.filter((poke) => poke.workspaceId === workspaceId)).toHaveLength(1);
    stop();
  });

  test('a failed statement fails the transaction, also when the error was caught', async () => {
    const workspaceId = await given.workspace();
    await enrol(given.store(), workspaceId, 'd1', AT);
    const receipt = { workspaceId, deviceId: 'd1', seq: 1, commandId: 'c1', digest: 'x', reply: {} };
    const broken = given.store().transaction(workspaceId, async (tx) => {
      await tx.units.bump(workspaceId, 'deal-a');
      await tx.commands.putReceipt(receipt);
      await tx.commands.putReceipt(receipt).catch(() => undefined);
    });
    await expect(broken).rejects.toThrow();
    expect(await given.store().read(({ units }) => units.get(workspaceId, 'deal-a'))).toBeNull();
  });

  test('two calls at once in one transaction throw, so that nothing is counted twice', async () => {
    const workspaceId = await given.workspace();
    const row = { workspaceId, unitId: 'deal-a', at: AT, actor: 'system', kind: 'view', details: null };
    const twice = given
      .store()
      .transaction(workspaceId, ({ audit }) => Promise.allSettled([audit.append(row), audit.append(row)]));
    await expect(twice).rejects.toThrow('two calls at once');
    expect(await given.store().read(({ audit }) => audit.head(workspaceId, 'deal-a'))).toMatchObject({ count: 0 });
    const heads = given.store().read(({ audit }) => Promise.all([1, 2].map(() => audit.head(workspaceId, 'deal-a'))));
    expect(await heads).toHaveLength(2);
  });

  test('a transaction is for one workspace, and one that is there', async () => {
    const [mine, other] = [await given.workspace(), await given.workspace()];
    const crossing = given.store().transaction(mine, (tx) => tx.units.bump(other, 'deal-a'));
    await expect(crossing).rejects.toThrow('another workspace');
    const reading = given.store().transaction(mine, (tx) => tx.rows.load(other, 'deal-a'));
    await expect(reading).rejects.toThrow('another workspace');
    const nowhere = given.store().transaction('w-none', async () => 1);
    await expect(nowhere).rejects.toThrow('no such workspace');
    expect((await given.store().read(({ workspaces }) => workspaces.get(other)))?.head).toBe(0);
  });

  test('nothing is begun inside a transaction or a read, and no handle works after its end', async () => {
    const workspaceId = await given.workspace();
    const store = given.store();
    const inside: readonly (() => Promise<unknown>)[] = [
      () => store.transaction(workspaceId, async () => 1),
      () => store.read((read) => read.storeId()),
      () => store.limits.hit({ workspaceId, key: 'k', limit: 1, windowMs: 1, nowMs: 1 }),
    ];
    for (const begin of inside) {
      await expect(store.transaction(workspaceId, begin)).rejects.toThrow('inside another');
      await expect(store.read(begin)).rejects.toThrow('inside another');
    }
    const kept: Tx[] = [];
    await store.transaction(workspaceId, async (tx) => kept.push(tx));
    await expect(kept[0]?.units.bump(workspaceId, 'deal-a')).rejects.toThrow('is over');
    expect(await store.transaction(workspaceId, (tx) => tx.storeId())).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a read sees one moment, whatever is committed meanwhile', async () => {
    const workspaceId = await given.workspace();
    let begun = () => {};
    let committed = () => {};
    const isBegun = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const isCommitted = new Promise<void>((resolve) => {
      committed = resolve;
    });
    const reading = given.store().read(async ({ units }) => {
      const before = await units.get(workspaceId, 'deal-a');
      begun();
      await isCommitted;
      return [before, await units.get(workspaceId, 'deal-a')];
    });
    await isBegun;
    await given.store().transaction(workspaceId, ({ units }) => units.bump(workspaceId, 'deal-a'));
    committed();
    expect(await reading).toEqual([null, null]);
    expect(await given.store().read(({ units }) => units.get(workspaceId, 'deal-a'))).not.toBeNull();
  });

  test('a read cannot write', async () => {
    const workspaceId = await given.workspace();
    const writing = given.store().read((read) => (read as Tx).units.bump(workspaceId, 'deal-b'));
    const error = await writing.catch((thrown: unknown) => thrown);
    expect(storeFailureOf(error)?.type).toBe('read-only');
    expect(await given.store().read(({ units }) => units.get(workspaceId, 'deal-b'))).toBeNull();
  });

  test('text that one of the databases could not keep is refused by both', async () => {
    const workspaceId = await given.workspace();
    for (const unitId of ['a\u0000b', 'a\ud800']) {
      const written = given.store().transaction(workspaceId, (tx) => tx.units.bump(workspaceId, unitId));
      await expect(written).rejects.toThrow(TypeError);
    }
    const half = given.store().transaction(workspaceId, (tx) => tx.devices.advance(workspaceId, 'd1', 1.5));
    await expect(half).rejects.toThrow(TypeError);
  });

  test('two workspaces with the same ids know nothing of each other', async () => {
    const [mine, other] = [await given.workspace(), await given.workspace()];
    for (const workspaceId of [mine, other]) await enrol(given.store(), workspaceId, 'd1', AT);
    await accept(given.store(), first(mine));
    const digest = (workspaceId: string) => given.store().read((read) => digestOfWorkspace(read, workspaceId));
    const before = await digest(mine);
    const there = [task('t1', null), task('t2', {})];
    await accept(given.store(), { ...first(other), rows: there });
    await accept(given.store(), { ...first(other), seq: 2, commandId: 'c2' });
    await given.store().transaction(other, (tx) => tx.members.revoke(other, 'm-d1', AT));
    expect(await digest(mine)).toBe(before);
    await given.store().read(async (read) => {
      expect(await read.commands.byId(mine, 'c2')).toBeNull();
      expect((await read.rows.load(mine, 'deal-a')).map(({ rowId }) => rowId)).toEqual(['t1']);
      expect((await read.members.get(mine, 'm-d1'))?.revokedAt).toBeNull();
      expect((await read.devices.byKeyHash(mine, 'k-d1'))?.revokedAt).toBeNull();
      expect((await read.units.get(mine, 'deal-a'))?.version).toBe(1);
    });
  });
}
