import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, describe, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../store/testing.ts';
import { enrolAt, joinTeam, listenTo, openingStep, pushTo, setUp, startTestPortal, step } from '../testing.ts';
import { pull, syncContract } from './sync-contract.ts';

const started = await startPostgres();
const postgres: Postgres | null = 'reason' in started ? null : started;
if ('reason' in started) console.warn(`PostgreSQL was not tested, since it does not start here: ${started.reason}`);
afterAll(() => postgres?.stop(), 30_000);

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

test('an agent who opens a deal is on it', async () => {
  const server = await startTestPortal();
  const admin = await setUp(server);
  const { code } = await server.get('team/invite', { name: 'Ana', email: '', role: 'agent' }, admin.key);
  const ana = await enrolAt(server, code, { name: 'Ana' });
  const dealId = newId();
  const { replies } = await pushTo(server, ana, [openingStep(ana, 1, dealId)]);
  const opened = await server.get('sync/heads', { ...ana.asked, since: 0 }, ana.key);
  if (replies[0]?.outcome === 'done') expect(opened.reply?.units).toEqual([{ unitId: dealId, version: 1 }]);
  else expect(opened.reply?.units).toEqual([]);
  await server.close();
});
