import { isSame } from '../../core/commands/changes.ts';
import { WORKSPACE } from '../../core/commands/testing.ts';
import type { Command } from '../../core/commands/types.ts';
import { dealOfRows } from '../../core/sync/rows.ts';
import type { TeamMember } from '../../core/sync/wire.ts';
import {
  HeadsReply,
  HeadsRequest,
  HelloReply,
  HelloRequest,
  PageReply,
  PageRequest,
  PushReply,
  PushRequest,
  RenewReply,
  RenewRequest,
} from '../../core/sync/wire.ts';
import { createDesktop, type Desktop } from './desktop.ts';
import type { Disk } from './disk.ts';
import { type Counts, createLaws } from './laws.ts';
import { createArgs, type Doing, nextDoing } from './person.ts';
import type { Plant } from './plants.ts';
import { everyVisit } from './portal-people.ts';
import type { Stage } from './scene.ts';
import { createServer } from './server.ts';
import { type Asked, memberOf, type Role } from './server-state.ts';
import { enrol, setAccess } from './server-team.ts';
import { createTroubles, everyTrouble, signInAgain } from './troubles.ts';
import { createWorld, type World } from './world.ts';

/** Virtual milliseconds of trouble, and then at most so many of peace. */
const TROUBLE = 2500;
const PEACE = 60_000;

const TEAM: readonly (readonly [string, string, Role])[] = [
  ['m-noor', 'Noor Haddad', 'tc'],
  ['m-theo', 'Theo Lindqvist', 'tc'],
  ['m-ada', 'Ada Okafor', 'admin'],
  ['m-lee', 'Lee Marchetti', 'agent'],
];
const AT_FIRST: readonly TeamMember[] = TEAM.map(([id, name, role]) => {
  return { id, name, role, email: `${id}@fennimore.example`, isGone: false };
});
const SEATS = ['m-noor', 'm-theo', 'm-lee', 'm-noor', 'm-ada'];

export interface Ran {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly traceHash: string;
  readonly lines: readonly string[];
  readonly counts: Counts;
  readonly events: number;
}

/** One schedule: several desktops and a server through trouble into peace. The same seed does the same, to the byte. */
export function runSchedule(seed: number, plant: Plant | null = null, isTold = false): Ran {
  const world = createWorld({ seed, plant, isTold });
  const stage = setUp(world);
  for (const desktop of stage.desktops) everyTick(stage, desktop);
  for (const desktop of stage.desktops) everyAct(stage, desktop);
  everyVisit(stage);
  everyTrouble(stage, createTroubles(stage));
  let events = 0;
  const runTo = (time: number, isEnough: () => boolean) => {
    while (world.now < time && world.violations.length === 0 && !isEnough() && world.step()) events += 1;
  };
  runTo(TROUBLE, () => false);
  makePeace(stage);
  runTo(TROUBLE + PEACE, () => world.now > TROUBLE + 2600 && isSettled(stage));
  if (world.violations.length === 0 && !isSettled(stage)) world.breaks('drained', stuck(stage));
  if (world.violations.length === 0) stage.laws.quiet(stage.desktops);
  world.trace(JSON.stringify(stage.laws.counts));
  const { violations, lines } = world;
  return { seed, violations, traceHash: world.traceHash(), lines, counts: stage.laws.counts, events };
}

function setUp(world: World): Stage {
  const desktops: Desktop[] = [];
  const stage = { world, desktops, visits: new Set() } as { -readonly [K in keyof Stage]: Stage[K] } & {
    desktops: Desktop[];
  };
  stage.server = createServer(world, {
    rules: WORKSPACE,
    team: AT_FIRST,
    poke: (unitId, version) => poke(stage, unitId, version),
    pokeTeam: () => pokeTeam(stage),
    judged: (logged, by) => {
      const version = logged.accepted.newVersion ?? '-';
      world.trace(`server ${by} ${logged.command.id} ${logged.command.name} ${logged.answer.outcome} ${version}`);
      stage.laws.judged(logged);
    },
    answered: (key, memberId, asked, told) => stage.laws.answered(key, memberId, asked, told),
  });
  stage.laws = createLaws(world, stage.server);
  const seats = SEATS.slice(0, world.random.between(2, SEATS.length));
  seats.forEach((memberId, index) => {
    desktops.push(seat(stage, `d${index}`, memberId));
  });
  openDeals(stage);
  return stage;
}

function seat(stage: Stage, name: string, memberId: string): Desktop {
  const { world, server } = stage;
  const desktop = createDesktop(world, {
    ...{ name, memberId, rules: WORKSPACE, team: AT_FIRST },
    role: memberOf(server.state, memberId)?.role ?? 'tc',
    ask: (asked: Asked, key: string) => (server.isDown ? null : server.ask(asked, key)),
    wrote: (which: Desktop, before: Disk, why: string) => {
      world.trace(`${which.name} ${why} [${which.disk.outbox.length}]`);
      stage.laws.wrote(which, before, why.startsWith('act '));
    },
    tampered: (which, unitId) => stage.laws.tampered(which, unitId),
    strict: (kind, side, value) =>
      world.isStrict ? (SCHEMAS[kind][side].parse(throughJson(value)) as typeof value) : value,
  });
  desktop.key = enrol(server, memberId, desktop.disk.session.deviceId);
  return desktop;
}

const SCHEMAS = {
  hello: { Request: HelloRequest, Reply: HelloReply },
  renew: { Request: RenewRequest, Reply: RenewReply },
  push: { Request: PushRequest, Reply: PushReply },
  heads: { Request: HeadsRequest, Reply: HeadsReply },
  page: { Request: PageRequest, Reply: PageReply },
} as const;

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function openDeals(stage: Stage): void {
  const { world, desktops, server } = stage;
  const count = world.random.between(1, 2);
  for (let deal = 1; deal <= count; deal += 1) {
    const desktop = desktops[world.random.int(2)] as Desktop;
    doIt(stage, desktop, `deal-${deal}`, {
      name: 'createDeal',
      args: createArgs(clock(world, desktop), world.isWithPeople && deal === 2),
    });
    if (world.random.chance(0.7)) setAccess(server, 'm-lee', `deal-${deal}`, true);
  }
}

function poke({ world, desktops, server }: Stage, unitId: string, version: number): void {
  for (const desktop of desktops) {
    if (!server.isOn(desktop.memberId, unitId) || world.random.chance(0.4)) continue;
    const { storeId } = server.state;
    // The stream of pokes is of one server: a desktop that starts over opens another.
    const delay = world.random.chance(0.2) ? world.random.between(200, 1500) : world.random.between(2, 60);
    world.after(delay, () => {
      if (desktop.disk.follow.storeId === storeId) desktop.poke(unitId, version);
    });
  }
}

function pokeTeam({ world, desktops, server }: Stage): void {
  const { storeId } = server.state;
  for (const desktop of desktops) {
    if (world.random.chance(0.4)) continue;
    world.after(world.random.between(2, 60), () => {
      if (desktop.disk.follow.storeId === storeId) desktop.pokeTeam();
    });
  }
}

function everyTick(stage: Stage, desktop: Desktop): void {
  const { world } = stage;
  desktop.tick();
  if (world.isQuiet && desktop.key === null && isOfTeam(stage, desktop)) signInAgain(stage, desktop);
  world.after(world.isQuiet ? 60 : world.random.between(20, 140), () => everyTick(stage, desktop));
}

function isOfTeam({ server }: Stage, { memberId }: Desktop): boolean {
  return memberOf(server.state, memberId)?.isGone === false;
}

function everyAct(stage: Stage, desktop: Desktop): void {
  const { world } = stage;
  if (world.isQuiet) return;
  if (desktop.isRunning) person(stage, desktop);
  world.after(world.random.between(20, 260), () => everyAct(stage, desktop));
}

function person(stage: Stage, desktop: Desktop): void {
  const { random } = stage.world;
  const open = [...desktop.disk.units.values()].flatMap((unit) => {
    const deal = dealOfRows(unit.shown);
    return deal === null ? [] : [{ unit, deal }];
  });
  if (open.length === 0) return;
  const { unit, deal } = random.pick(open);
  const entries = [...unit.shown.values()].filter((row) => row.table === 'journal').slice(-6);
  const commandIds = entries.map((row) => row.rowId);
  const at = clock(stage.world, desktop);
  const { isWithPeople } = stage.world;
  const doing = nextDoing({ random, deal, commandIds, newId: desktop.newId, at, isWithPeople });
  doIt(stage, desktop, unit.unitId, doing);
}

function doIt({ world, laws }: Stage, desktop: Desktop, dealId: string, { name, args }: Doing): void {
  const command: Command = { id: `c-${desktop.newId()}`, dealId, name, args, at: clock(world, desktop) };
  const before = desktop.disk;
  const unit = before.units.get(dealId);
  const deal = unit === undefined ? null : dealOfRows(unit.shown);
  const refusal = desktop.act(command);
  if (refusal === null && desktop.disk.nextOrder > before.nextOrder) laws.made(desktop, command, deal);
}

/** What this desktop's clock says: a year off, an hour off, jumping. Nothing may depend on it. */
function clock(world: World, desktop: Pick<Desktop, 'skew'>): string {
  return new Date(Date.UTC(2026, 5, 2, 16) + world.now + desktop.skew).toISOString();
}

function makePeace({ world, server, desktops }: Stage): void {
  world.isQuiet = true;
  server.isDown = false;
  world.trace('peace');
  for (const desktop of desktops) {
    desktop.isOnline = true;
    desktop.start();
  }
}

function isSettled(stage: Stage): boolean {
  const { state } = stage.server;
  return (
    stage.visits.size === 0 &&
    stage.desktops.every((desktop) => {
      if (!isOfTeam(stage, desktop)) return true;
      const { follow, outbox, session, role, team } = desktop.disk;
      const isLevel = follow.storeId === state.storeId && follow.cursor === state.head && follow.wanted.size === 0;
      const isGreeted = role === memberOf(state, desktop.memberId)?.role && isSame(team, state.team);
      const isIn = desktop.key !== null && session.renewing === null && isGreeted;
      return isIn && outbox.length === 0 && isLevel && !follow.isStartingOver;
    })
  );
}

function stuck({ server, desktops }: Stage): string {
  const each = desktops.map(({ name, disk, key }) => {
    const { cursor, wanted, storeId } = disk.follow;
    const waits = disk.outbox.map((entry) => `${entry.command.id}@${entry.acceptedVersion ?? '-'}`).join(' ');
    return `${name} ${key ?? 'signed out'} ${storeId} ${cursor}/${server.state.head} wants ${[...wanted.keys()].join(' ')} holds ${waits}`;
  });
  return `never came to rest: ${each.join('; ')}`;
}
