import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { describe, expect, test } from 'vitest';
import { WORKSPACE } from '../../../core/commands/testing.ts';
import { PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import type { SyncCommand } from '../../../core/sync/wire.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { must, SILENT } from '../store/testing.ts';
import { postgresForTests } from '../store/testing-postgres.ts';
import { joinTeam, listenTo, openingStep, pushTo, setUp, startTestPortal, step } from '../testing.ts';
import { contextOn } from '../testing-context.ts';
import { createDealCache } from './deal-cache.ts';
import { push } from './push.ts';
import { pull, syncContract } from './sync-contract.ts';

const postgres = await postgresForTests();

const fresh = async () => ({ config: { database: (await postgres?.place())?.url ?? '' } });

describe('SQLite', () => syncContract(async () => ({})));
describe.skipIf(postgres === null)('PostgreSQL', () => syncContract(fresh));

describe.skipIf(postgres === null)('two server processes on one PostgreSQL', () => {
  test('a push at one is heard and read at the other, and a revocation counts at both', async () => {
    const wish = await fresh();
    const one = await startTestPortal(wish);
    const two = await startTestPortal(wish);
    const admin = await setUp(one);
    const theo = await joinTeam(two, admin, { role: 'tc', name: 'Theo Lindqvist' });
    const listening = await listenTo(two, theo.key);
    const dealId = newId();
    const opening = openingStep(admin, 1, dealId);
    const pushed = await pushTo(one, admin, [opening]);
    await listening.wait((unitId, version) => unitId === dealId && version === 1);
    expect((await pull(two, theo, dealId)).rows).toEqual((await pull(one, theo, dealId)).rows);
    // Cut off after the commit: the repeat may reach another server, and is answered the same.
    expect(await pushTo(two, admin, [opening])).toEqual(pushed);
    // Each holds the deal as it last saw it; neither decides on an old one.
    const price = (seq: number, priceCents: number, expected: number) =>
      step(admin, seq, { dealId, name: 'setPrice', args: { priceCents, expected } });
    for (let seq = 2; seq < 8; seq += 1) {
      const server = seq % 2 === 0 ? one : two;
      const expected = seq === 2 ? 64_200_000 : seq - 1;
      const { replies } = await pushTo(server, admin, [price(seq, seq, expected)]);
      expect(replies).toMatchObject([{ outcome: 'done', unitVersion: seq }]);
    }
    await one.get('team/revoke-member', { memberId: theo.memberId }, admin.key);
    await listening.ended;
    expect((await two.ask('team/get', {}, theo.key)).status).toBe(401);
    await two.close();
    await one.close();
  });

  test('both at once: every command once, in one order', async () => {
    const wish = await fresh();
    const servers = [await startTestPortal(wish), await startTestPortal(wish)];
    const [one, two] = servers;
    if (one === undefined || two === undefined) throw new Error('no servers');
    const admin = await setUp(one);
    const theo = await joinTeam(one, admin, { role: 'tc', name: 'Theo Lindqvist' });
    const dealId = newId();
    await pushTo(one, admin, [openingStep(admin, 1, dealId)]);
    const note = (desk: typeof admin, seq: number) =>
      step(desk, seq, {
        dealId,
        name: 'addNote',
        args: { noteId: newId(), body: `said ${seq}`, at: '2026-06-02T16:12:00.000Z' },
      });
    const versions = await Promise.all([
      ...Array.from({ length: 1 }, async () => {
        const found: unknown[] = [];
        for (let seq = 2; seq < 30; seq += 1)
          found.push((await pushTo(one, admin, [note(admin, seq)])).replies[0]?.unitVersion);
        return found;
      }),
      ...Array.from({ length: 1 }, async () => {
        const found: unknown[] = [];
        for (let seq = 1; seq < 29; seq += 1)
          found.push((await pushTo(two, theo, [note(theo, seq)])).replies[0]?.unitVersion);
        return found;
      }),
    ]);
    expect(
      versions
        .flat()
        .map(Number)
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 56 }, (_, at) => at + 2));
    const { rows } = await pull(two, admin, dealId);
    expect(rows.filter((row) => row.table === 'note')).toHaveLength(56);
    for (const server of servers) await server.close();
  });
});

test('a server that was ended between commit and answer answers the repeat the same, and its records go on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-portal-'));
  const server = await startTestPortal({ folder });
  const admin = await setUp(server);
  const dealId = newId();
  const opening = openingStep(admin, 1, dealId);
  const pushed = await pushTo(server, admin, [opening]);
  const listening = await listenTo(server, admin.key);
  await server.stop();
  await listening.ended;
  const again = await startTestPortal({ folder });
  expect(await pushTo(again, admin, [opening])).toEqual(pushed);
  expect((await pull(again, admin, dealId)).audit).toMatchObject({ count: 1 });
  await again.close();
});

test('a rule that throws is a defect of one command: refused, logged without its words, and done with', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-portal-'));
  const now = () => new Date('2026-06-02T16:12:00.000Z');
  const options = { now: () => now().toISOString(), log: SILENT };
  const store = must(await openSqliteStore({ file: join(folder, 'portal.db'), ...options }));
  const scope = { workspaceId: 'main', memberId: 'm', at: options.now() };
  await store.createWorkspace({ id: 'main', name: '', at: scope.at });
  const caller = await store.transaction('main', async (tx) => {
    const member = await tx.members.put({ ...scope, name: 'Noor', role: 'tc', email: '' });
    await tx.devices.enrol({ ...scope, deviceId: 'd', name: '', keyHash: 'k' });
    const device = await tx.devices.get('main', 'd');
    if (device === null) throw new Error('no device');
    return { member, device, address: '' };
  });
  const lines: string[] = [];
  let isBroken = true;
  const template = (id: string, version: number | null) => {
    if (isBroken) throw new Error('no rule for "Priya Raman, 12 Elm"');
    return WORKSPACE.template(id, version);
  };
  const rules = { template, packNames: WORKSPACE.packNames };
  const context = await contextOn(store, { folder, now, rules, tell: (line) => lines.push(line) });
  const storeId = await store.read((read) => read.storeId());
  const desk = {
    key: '',
    deviceId: 'd',
    memberId: 'm',
    storeId,
    asked: { protocol: PROTOCOL_VERSION, storeId, deviceId: 'd' },
  };
  const send = async (commands: SyncCommand[]) => {
    const told = await push({ context, cache: createDealCache() }, caller, { ...desk.asked, commands });
    return told.ok ? (told.value.reply?.replies ?? []) : [];
  };
  const poison = openingStep(desk, 1, 'deal-1');
  const refused = await send([poison]);
  expect(refused).toMatchObject([{ outcome: 'refused', unitVersion: 0, refusal: { type: 'Defect' } }]);
  isBroken = false;
  // The repeat is answered as before, though the rule would let it pass by now.
  expect(await send([poison, openingStep(desk, 2, 'deal-1')])).toMatchObject([
    refused[0],
    { outcome: 'done', unitVersion: 1 },
  ]);
  expect(lines.join('')).toContain(poison.commandId);
  expect(lines.join('')).not.toContain('Priya');
  const kept = await store.read((read) => read.commands.byId('main', poison.commandId));
  expect(kept).toMatchObject({ outcome: 'defect', unitVersion: null });
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an agent opens no deal, and none is there afterwards', async () => {
  const server = await startTestPortal();
  const admin = await setUp(server);
  const ana = await joinTeam(server, admin, { role: 'agent', name: 'Ana Diaz' });
  const dealId = newId();
  const { replies } = await pushTo(server, ana, [openingStep(ana, 1, dealId)]);
  expect(replies).toMatchObject([{ outcome: 'refused', unitVersion: null }]);
  for (const desk of [ana, admin]) {
    const told = await server.get('sync/heads', { ...desk.asked, since: 0 }, desk.key);
    expect(told.reply?.units).toEqual([]);
  }
  await server.close();
});
