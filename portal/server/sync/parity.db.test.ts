import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CREATE, WORKSPACE } from '../../../core/commands/testing.ts';
import { canonicalJson } from '../../../core/sync/canonical.ts';
import { type Cursor, type Page, startOf } from '../../../core/sync/page.ts';
import { PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import type { SyncRow } from '../../../core/sync/rows.ts';
import type { PushReply, SyncCommand } from '../../../core/sync/wire.ts';
import { nextDoing } from '../../../tests/sync/person.ts';
import type { Random } from '../../../tests/sync/random.ts';
import { createServer, type Server } from '../../../tests/sync/server.ts';
import { createWorld, type World } from '../../../tests/sync/world.ts';
import type { DeviceCaller } from '../context.ts';
import { digestOfWorkspace } from '../store/digest.ts';
import { openPostgresStore } from '../store/postgres.ts';
import { openSqliteStore } from '../store/sqlite.ts';
import { must, SILENT } from '../store/testing.ts';
import { postgresForTests } from '../store/testing-postgres.ts';
import type { Store } from '../store/types.ts';
import { contextOn } from '../testing-context.ts';
import { createDealCache } from './deal-cache.ts';
import { push } from './push.ts';

/** 1,000 with every run of the tests; CLOSEBOARD_PARITY=10000 for the whole of it. */
const COMMANDS = Number(process.env.CLOSEBOARD_PARITY ?? 1_000);
const DEALS = 12;
const SEED = 20_261_128;
const BEGIN = Date.UTC(2026, 5, 1);

const MEMBERS = [
  { id: 'm-ana', name: 'Ana Diaz', role: 'agent', email: 'ana@fennimore.example' },
  { id: 'm-noor', name: 'Noor Haddad', role: 'tc', email: 'noor@fennimore.example' },
  { id: 'm-theo', name: 'Theo Lindqvist', role: 'tc', email: 'theo@fennimore.example' },
] as const;

const RULES = { template: WORKSPACE.template, packNames: WORKSPACE.packNames };

const postgres = await postgresForTests();

/** One store that is given the commands, as a server process has it. */
interface Side {
  readonly store: Store;
  readonly take: (sent: SyncCommand, memberId: string) => Promise<PushReply>;
}

test('the simulator’s server, SQLite and PostgreSQL answer, keep and order the same commands alike', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-parity-'));
  const world = createWorld({ seed: SEED, plant: null, isTold: false });
  const model = modelOf(world);
  const now = () => new Date(BEGIN + world.now);
  const options = { now: () => now().toISOString(), log: SILENT };
  const sqlite = must(await openSqliteStore({ file: join(folder, 'portal.db'), ...options }));
  const url = (await postgres?.place())?.url;
  const stores = url === undefined ? [sqlite] : [sqlite, must(await openPostgresStore({ url, ...options }))];
  const sides = await Promise.all(stores.map((store) => sideOf(store, { folder, now })));
  const spent = sides.map(() => 0);
  let outcomes = { done: 0, refused: 0 };
  for (const { sent, memberId } of commandsFor(world, model)) {
    const told = model.ask({ kind: 'push', body: requestOf(sent, 'store-0') }, memberId);
    const expected = told.reply !== null && 'replies' in told.reply ? told.reply.replies : [];
    for (const [at, side] of sides.entries()) {
      const from = performance.now();
      const reply = await side.take(sent, memberId);
      spent[at] = (spent[at] ?? 0) + performance.now() - from;
      expect(reply).toMatchObject({ replies: expected, problem: null });
    }
    const outcome = expected[0]?.outcome ?? 'refused';
    outcomes = { ...outcomes, [outcome]: outcomes[outcome] + 1 };
  }
  expect(outcomes.done).toBeGreaterThan(COMMANDS / 4);
  expect(outcomes.refused).toBeGreaterThan(COMMANDS / 20);
  const digests = await Promise.all(sides.map(({ store }) => store.read((read) => digestOfWorkspace(read, 'main'))));
  expect(new Set(digests).size).toBe(1);
  for (const { store } of sides) expect(await rowsOf(store)).toEqual(rowsOfModel(model));
  if (COMMANDS > 1_000) console.info({ COMMANDS, outcomes, msEach: spent.map((ms) => ms / COMMANDS) });
  for (const { store } of sides) await store.close();
  rmSync(folder, { recursive: true, force: true });
}, 3_600_000);

/** The simulator's server, with a device of each member. */
function modelOf(world: World): Server {
  const team = MEMBERS.map((member) => ({ ...member, isGone: false }));
  const nothing = () => {};
  const heard = { poke: nothing, pokeTeam: nothing, judged: nothing, answered: nothing };
  const model = createServer(world, { rules: RULES, team, ...heard });
  const devices = MEMBERS.map(({ id }) => [`d-${id}`, { memberId: id, lastSeq: 0, isClosed: false }] as const);
  const keys = MEMBERS.map(({ id }) => [id, { memberId: id, deviceId: `d-${id}`, isRevoked: false }] as const);
  model.state = { ...model.state, devices: new Map(devices), keys: new Map(keys) };
  return model;
}

async function sideOf(store: Store, { folder, now }: { folder: string; now: () => Date }): Promise<Side> {
  const at = now().toISOString();
  await store.createWorkspace({ id: 'main', name: 'Fennimore', at });
  const scope = { workspaceId: 'main', at };
  await store.transaction('main', async (tx) => {
    for (const { id, ...member } of MEMBERS) {
      await tx.members.put({ ...scope, memberId: id, ...member });
      await tx.devices.enrol({ ...scope, deviceId: `d-${id}`, memberId: id, name: '', keyHash: id });
    }
  });
  const context = await contextOn(store, { folder, now, rules: RULES });
  const callers = new Map(
    await Promise.all(MEMBERS.map(async ({ id }) => [id as string, await callerOf(store, id)] as const)),
  );
  const storeId = await store.read((read) => read.storeId());
  const cache = createDealCache(DEALS / 2);
  return {
    store,
    take: async (sent, memberId) => {
      const caller = callers.get(memberId);
      if (caller === undefined) throw new Error('nobody');
      const told = await push({ context, cache }, caller, requestOf(sent, storeId));
      if (!told.ok || told.value.reply === null) throw new Error(JSON.stringify(told));
      return told.value.reply;
    },
  };
}

async function callerOf(store: Store, memberId: string): Promise<DeviceCaller> {
  return store.read(async (read) => {
    const device = await read.devices.get('main', `d-${memberId}`);
    const member = await read.members.get('main', memberId);
    if (device === null || member === null) throw new Error('nobody');
    return { device, member, address: '' };
  });
}

function requestOf(sent: SyncCommand, storeId: string) {
  return { protocol: PROTOCOL_VERSION, storeId, deviceId: sent.deviceId, commands: [sent] };
}

interface Sent {
  readonly sent: SyncCommand;
  readonly memberId: string;
}

/** What three people do on some deals, seeing each as the model has it by then; some of it is sent twice. */
function* commandsFor(world: World, model: Server): Generator<Sent> {
  const { random } = world;
  const seqs = new Map<string, number>();
  const last = new Map<string, SyncCommand>();
  const byDeal = new Map<string, string[]>();
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${ids}`;
  };
  for (let made = 0; made < COMMANDS; made += 1) {
    world.now += 1_000;
    const memberId = random.pick(MEMBERS).id;
    const deviceId = `d-${memberId}`;
    const repeat = random.chance(0.03) ? last.get(memberId) : undefined;
    if (repeat !== undefined && random.chance(0.5)) {
      yield { sent: repeat, memberId };
      continue;
    }
    const seq = (seqs.get(memberId) ?? 0) + 1;
    seqs.set(memberId, seq);
    const sent = repeat === undefined ? commandOf({ deviceId, seq, random, model, byDeal, newId }) : { ...repeat, seq };
    last.set(memberId, sent);
    yield { sent, memberId };
  }
}

interface Seat {
  readonly deviceId: string;
  readonly seq: number;
  readonly random: Random;
  readonly model: Server;
  readonly byDeal: Map<string, string[]>;
  readonly newId: () => string;
}

function commandOf({ deviceId, seq, random, model, byDeal, newId }: Seat): SyncCommand {
  const dealId = `deal-${random.int(DEALS)}`;
  const deal = model.state.units.get(dealId)?.deal ?? null;
  const commandIds = byDeal.get(dealId) ?? [];
  const at = '2026-06-02T16:12:00.000Z';
  const doing =
    deal === null || random.chance(0.02)
      ? { name: 'createDeal', args: { ...CREATE, at } }
      : nextDoing({ random, deal, commandIds, newId, at, isWithPeople: true });
  const commandId = newId();
  byDeal.set(dealId, [...commandIds.slice(-30), commandId]);
  return { deviceId, seq, commandId, dealId, ...doing, at };
}

/** Every row that is there, by its place, as one text each. */
function rowsOfModel(model: Server): readonly string[] {
  const all = [...model.state.units].flatMap(([unitId, unit]) =>
    [...unit.all.values()].map((row) => lineOf(unitId, row)),
  );
  return all.toSorted();
}

async function rowsOf(store: Store): Promise<readonly string[]> {
  const lines: string[] = [];
  await store.read(async (read) => {
    const { units } = await read.units.moved({ workspaceId: 'main', after: 0, limit: 1_000 });
    for (const { unitId } of units) {
      let after: Cursor | null = startOf(0);
      while (after !== null) {
        const page: Page = await read.rows.page({ workspaceId: 'main', unitId, after, upTo: null });
        lines.push(...page.rows.map((row) => lineOf(unitId, row)));
        after = page.next;
      }
    }
  });
  return lines.toSorted();
}

function lineOf(unitId: string, { table, rowId, version, row }: SyncRow): string {
  return canonicalJson({ unitId, table, rowId, version, row });
}
