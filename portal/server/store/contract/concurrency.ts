import { expect, test } from 'vitest';
import { createVerifier } from '../../audit/chain.ts';
import { AT } from '../testing.ts';
import type { Poke, Store } from '../types.ts';
import { accept, enrol, task } from './accept.ts';
import type { Given } from './index.ts';

const DEVICES = 4;
const COMMANDS = 25;
const UNITS = ['deal-a', 'deal-b', 'deal-c'];

export function concurrencyContract(given: Given): void {
  test('versions and heads have no gap, a cursor never passes a change, and the order is that of commits', async () => {
    const workspaceId = await given.workspace();
    const stores = await processes(given);
    const writers = stores.flatMap((store, process) =>
      Array.from({ length: DEVICES }, (_, n) => ({ store, deviceId: `d${process}-${n}` })),
    );
    for (const { store, deviceId } of writers) await enrol(store, workspaceId, deviceId, AT);
    let isOver = false;
    const watching = Promise.all(stores.map((store) => watch(store, workspaceId, () => isOver)));
    const accepted = await Promise.all(writers.map((writer) => send(writer, workspaceId)));
    isOver = true;
    const seen = await watching;
    const all = accepted.flat();
    const last = await given.store().read(({ workspaces }) => workspaces.get(workspaceId));
    const base = (last?.head ?? 0) - all.length;
    expect(all.map(({ head }) => head).toSorted((a, b) => a - b)).toEqual(all.map((_, n) => base + n + 1));
    for (const unitId of UNITS) {
      const own = all.filter((one) => one.unitId === unitId).toSorted((a, b) => a.head - b.head);
      expect(own.map(({ version }) => version)).toEqual(own.map((_, n) => n + 1));
      await expectWholeChain(given.store(), workspaceId, unitId, own.length);
    }
    // Whoever follows the cursor has met each unit at its last version.
    for (const met of seen) {
      for (const unitId of UNITS) {
        expect(met.get(unitId)).toBe(all.filter((one) => one.unitId === unitId).length);
      }
    }
    const log = await given.store().read(({ commands }) => commands.after(workspaceId, 0, 1_000));
    expect(log.map(({ logNo }) => logNo)).toEqual(all.map((_, n) => n + 1));
    const heads = new Map(all.map(({ commandId, head }) => [commandId, head]));
    const inLog = log.map(({ commandId }) => heads.get(commandId) ?? 0);
    expect(inLog).toEqual(inLog.toSorted((a, b) => a - b));
    await Promise.all(stores.slice(1).map((store) => store.close()));
  });

  test('the same command sent by all at once is carried out once', async () => {
    const workspaceId = await given.workspace();
    const stores = await processes(given);
    await enrol(given.store(), workspaceId, 'd1', AT);
    const command = { workspaceId, unitId: 'deal-a', deviceId: 'd1', seq: 1, commandId: 'c1', rows: [], at: AT };
    const sent = Array.from({ length: 12 }, (_, n) => accept(stores[n % stores.length] as Store, command));
    expect((await Promise.all(sent)).filter((one) => one !== null)).toEqual([{ version: 1, head: 2 }]);
    await Promise.all(stores.slice(1).map((store) => store.close()));
  });

  test('pokes arrive at every process, in the order of commits, and a listener that throws hurts nobody', async () => {
    const workspaceId = await given.workspace();
    const stores = await processes(given);
    const heard = stores.map((): Poke[] => []);
    const stops = stores.flatMap(({ pokes }, n) => [
      pokes.subscribe(() => {
        throw new Error('a listener of a test');
      }),
      pokes.subscribe((poke) => void (poke.workspaceId === workspaceId && heard[n]?.push(poke))),
    ]);
    expect(stores.every(({ pokes }) => pokes.isHearing())).toBe(true);
    await enrol(given.store(), workspaceId, 'd1', AT);
    for (const [n, store] of [...stores, ...stores].entries()) {
      await store.transaction(workspaceId, (tx) => tx.units.bump(workspaceId, `deal-${n}`));
    }
    const grant = { workspaceId, dealId: 'deal-0', memberId: 'm-d1', at: AT };
    await given.store().transaction(workspaceId, async ({ members, devices }) => {
      await members.grantDeal(grant);
      await devices.revoke(workspaceId, 'd1', AT);
    });
    const count = stores.length * 2;
    const units = Array.from({ length: count }, (_, n) => ({ unitId: `deal-${n}`, version: 1, head: n + 2 }));
    const access = { kind: 'access', workspaceId, memberId: 'm-d1' };
    const granted = { kind: 'unit', workspaceId, unitId: 'deal-0', version: 0, head: count + 2 };
    const expected = [access, ...units.map((unit) => ({ kind: 'unit', workspaceId, ...unit })), granted, access];
    // PostgreSQL tells two equal pokes of one transaction once; SQLite may tell both.
    for (const mine of heard) await expect.poll(() => withoutRepeats(mine)).toEqual(expected);
    for (const stop of stops) stop();
    await given.store().transaction(workspaceId, (tx) => tx.units.bump(workspaceId, 'deal-z'));
    await Promise.all(stores.slice(1).map((store) => store.close()));
    for (const mine of heard) expect(withoutRepeats(mine)).toEqual(expected);
  });

  test('a unit may be poked as it is: its version stays, and one that is not there says nothing', async () => {
    const workspaceId = await given.workspace();
    const stores = await processes(given);
    const heard = stores.map((): Poke[] => []);
    const stops = stores.map(({ pokes }, n) =>
      pokes.subscribe((poke) => void (poke.workspaceId === workspaceId && heard[n]?.push(poke))),
    );
    const store = given.store();
    const { head } = await store.transaction(workspaceId, (tx) => tx.units.bump(workspaceId, 'deal-a'));
    await store.transaction(workspaceId, (tx) => tx.units.poke(workspaceId, 'deal-nowhere'));
    await store.transaction(workspaceId, (tx) => tx.units.poke(workspaceId, 'deal-a'));
    const poke = { kind: 'unit', workspaceId, unitId: 'deal-a', version: 1, head };
    for (const mine of heard) await expect.poll(() => mine).toEqual([poke, poke]);
    expect(await store.read((read) => read.units.get(workspaceId, 'deal-a'))).toMatchObject({ version: 1, head });
    for (const stop of stops) stop();
    await Promise.all(stores.slice(1).map((other) => other.close()));
  });

  test('a listener may read and write itself', async () => {
    const workspaceId = await given.workspace();
    const store = given.store();
    const read: number[] = [];
    const stop = store.pokes.subscribe((poke) => {
      if (poke.workspaceId !== workspaceId || poke.kind !== 'unit' || poke.unitId !== 'deal-a') return;
      void store
        .transaction(workspaceId, (tx) => tx.units.bump(workspaceId, 'deal-b'))
        .then(() => store.read(({ workspaces }) => workspaces.get(workspaceId)))
        .then((row) => read.push(row?.head ?? 0));
    });
    await store.transaction(workspaceId, (tx) => tx.units.bump(workspaceId, 'deal-a'));
    await expect.poll(() => read).toEqual([2]);
    stop();
  });
}

/** The shared store, and with PostgreSQL a second one on the same database, as another server process has it. */
async function processes(given: Given): Promise<readonly Store[]> {
  return given.place().driver === 'sqlite' ? [given.store()] : [given.store(), await given.place().open()];
}

async function send({ store, deviceId }: { readonly store: Store; readonly deviceId: string }, workspaceId: string) {
  const accepted: { unitId: string; commandId: string; version: number; head: number }[] = [];
  for (let seq = 1; seq <= COMMANDS; seq += 1) {
    const unitId = UNITS[(seq * 7 + deviceId.length + seq) % UNITS.length] ?? 'deal-a';
    const commandId = `${deviceId}-${seq}`;
    const rows = [task(`t${seq}`, { by: deviceId })];
    const one = await accept(store, { workspaceId, unitId, deviceId, seq, commandId, rows, at: AT });
    if (one === null) throw new Error('a command was taken for a repeat');
    accepted.push({ unitId, commandId, ...one });
  }
  return accepted;
}

/** Follows the heads as a desktop does, a few at a time; the newest version met of each unit. */
async function watch(store: Store, workspaceId: string, isOver: () => boolean): Promise<ReadonlyMap<string, number>> {
  const met = new Map<string, number>();
  let after = 0;
  for (let rounds = 0, isLastRound = false; !isLastRound && rounds < 10_000; rounds += 1) {
    isLastRound = isOver();
    for (let isLast = false; !isLast; ) {
      const moved = await store.read(({ units }) => units.moved({ workspaceId, after, limit: 2 }));
      for (const { unitId, version, head } of moved.units) {
        if (head <= after || version < (met.get(unitId) ?? 0)) throw new Error('a unit went backwards');
        met.set(unitId, version);
      }
      after = moved.cursor;
      isLast = moved.isLast;
    }
  }
  return met;
}

async function expectWholeChain(store: Store, workspaceId: string, unitId: string, count: number): Promise<void> {
  const rows = await store.read(({ audit }) => audit.after({ workspaceId, unitId, after: 0, limit: 1_000 }));
  const verifier = createVerifier();
  for (const row of rows) verifier.push(row);
  expect(verifier.end()).toMatchObject({ ok: true, value: { count } });
}

function withoutRepeats(pokes: readonly Poke[]): readonly Poke[] {
  return pokes.filter((poke, n) => n === 0 || JSON.stringify(poke) !== JSON.stringify(pokes[n - 1]));
}
