import { WORKSPACE } from '../../core/commands/testing.ts';
import type { Command, Workspace } from '../../core/commands/types.ts';
import { dealOfRows } from '../../core/sync/rows.ts';
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
import { createDesktop, type Desktop, type Disk } from './desktop.ts';
import { type Counts, createLaws, type Laws } from './laws.ts';
import { createArgs, type Doing, nextDoing } from './person.ts';
import type { Plant } from './plants.ts';
import { type Asked, createServer, type Role, type Server, type State } from './server.ts';
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
const ROOM: Workspace = {
  ...WORKSPACE,
  members: TEAM.map(([id, name, role]) => ({ id, name, role, email: `${id}@fennimore.example` })),
};
const SEATS = ['m-noor', 'm-theo', 'm-lee', 'm-noor', 'm-ada'];

export interface Ran {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly traceHash: string;
  readonly lines: readonly string[];
  readonly counts: Counts;
  readonly events: number;
}

interface Stage {
  readonly world: World;
  readonly server: Server;
  readonly laws: Laws;
  readonly desktops: readonly Desktop[];
}

/** One schedule: several desktops and a server through trouble into peace. The same seed does the same, to the byte. */
export function runSchedule(seed: number, plant: Plant | null = null, isTold = false): Ran {
  const world = createWorld({ seed, plant, isTold });
  const stage = setUp(world);
  for (const desktop of stage.desktops) everyTick(stage, desktop);
  for (const desktop of stage.desktops) everyAct(stage, desktop);
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
  const stage = { world, desktops } as { -readonly [K in keyof Stage]: Stage[K] } & { desktops: Desktop[] };
  stage.server = createServer(world, {
    workspace: ROOM,
    roles: new Map(TEAM.map(([id, , role]) => [id, role])),
    poke: (unitId, version) => poke(stage, unitId, version),
    judged: (logged, deviceId) => {
      const version = logged.accepted.newVersion ?? '-';
      world.trace(`server ${deviceId} ${logged.command.id} ${logged.command.name} ${logged.answer.outcome} ${version}`);
      stage.laws.judged(logged);
    },
    gaveRows: (memberId, unitId) => stage.laws.gaveRows(memberId, unitId),
  });
  stage.laws = createLaws(world, stage.server, ROOM);
  const seats = SEATS.slice(0, world.random.between(2, SEATS.length));
  seats.forEach((memberId, index) => {
    const desktop = createDesktop(world, {
      name: `d${index}`,
      memberId,
      workspace: ROOM,
      ask: (asked: Asked, id: string) => (stage.server.isDown ? null : stage.server.ask(asked, id)),
      wrote: (which: Desktop, before: Disk, why: string) => {
        world.trace(`${which.name} ${why} [${which.disk.outbox.length}]`);
        stage.laws.wrote(which, before, why.startsWith('act '));
      },
      strict: (kind, side, value) =>
        world.isStrict ? (SCHEMAS[kind][side].parse(throughJson(value)) as typeof value) : value,
    });
    if (memberId === 'm-lee') desktop.disk = { ...desktop.disk, role: 'agent' };
    stage.server.enrol(memberId, desktop.disk.deviceId);
    desktops.push(desktop);
  });
  openDeals(stage);
  return stage;
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
    doIt(stage, desktop, `deal-${deal}`, { name: 'createDeal', args: createArgs(clock(world, desktop)) });
    if (world.random.chance(0.7)) server.setAccess('m-lee', `deal-${deal}`, true);
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

function everyTick(stage: Stage, desktop: Desktop): void {
  const { world } = stage;
  desktop.tick();
  world.after(world.isQuiet ? 60 : world.random.between(20, 140), () => everyTick(stage, desktop));
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
  const doing = nextDoing({ random, deal, commandIds, newId: desktop.newId, at });
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
function clock(world: World, desktop: Desktop): string {
  return new Date(Date.UTC(2026, 5, 2, 16) + world.now + desktop.skew).toISOString();
}

interface Trouble {
  readonly weight: number;
  readonly strike: () => void;
}

function everyTrouble(stage: Stage, troubles: readonly Trouble[]): void {
  const { world } = stage;
  world.after(world.random.between(30, 400), () => {
    if (world.isQuiet) return;
    const all = troubles.flatMap((trouble) => Array.from({ length: trouble.weight }, () => trouble));
    world.random.pick(all).strike();
    everyTrouble(stage, troubles);
  });
}

function createTroubles(stage: Stage): readonly Trouble[] {
  const { world, server, desktops } = stage;
  const { random } = world;
  const disks: { readonly desktop: Desktop; readonly disk: Disk }[] = [];
  const stores: State[] = [];
  const mayRestore = random.chance(0.4);
  const one = () => random.pick(desktops);
  const unit = () => random.pick(['deal-1', 'deal-2']);
  const told = (what: string, then: () => void) => () => {
    world.trace(what);
    then();
  };
  const crash = () => {
    const desktop = one();
    desktop.crash();
    world.after(random.between(5, 600), desktop.start);
  };
  const offline = () => {
    const desktop = one();
    desktop.isOnline = false;
    world.after(random.between(100, 2500), () => {
      desktop.isOnline = true;
    });
  };
  const down = () => {
    server.isDown = true;
    world.after(random.between(5, 500), () => {
      server.isDown = false;
    });
  };
  const keepDisk = () => {
    const desktop = one();
    disks.push({ desktop, disk: desktop.disk });
  };
  const restoreDisk = () => {
    if (!mayRestore || disks.length === 0) return;
    const { desktop, disk } = random.pick(disks);
    desktop.restore(disk, random.chance(0.5));
    stage.laws.setBack();
  };
  const restoreStore = () => {
    if (!mayRestore || stores.length === 0) return;
    server.restore(random.pick(stores));
    stage.laws.setBack();
  };
  // Taken off by mistake, and put back: what was under way meanwhile comes late.
  const blink = () => {
    const [memberId, unitId] = [random.pick(['m-lee', 'm-theo']), unit()];
    server.setAccess(memberId, unitId, false);
    world.after(random.between(20, 400), () => server.setAccess(memberId, unitId, true));
  };
  const skew = () => {
    one().skew = random.pick([-31_536_000_000, 3_600_000, 31_536_000_000, random.int(1_000_000)]);
  };
  return [
    { weight: 4, strike: told('crash', crash) },
    { weight: 5, strike: told('offline', offline) },
    { weight: 2, strike: told('down', down) },
    { weight: 3, strike: told('grant', () => server.setAccess('m-lee', unit(), true)) },
    { weight: 2, strike: told('revoke', () => server.setAccess('m-lee', unit(), false)) },
    { weight: 1, strike: told('take off', () => server.setAccess('m-theo', unit(), false)) },
    { weight: 1, strike: told('put back', () => server.setAccess('m-theo', unit(), true)) },
    { weight: 1, strike: told('role', () => server.setRole('m-theo', random.pick(['agent', 'tc', 'tc']))) },
    { weight: 4, strike: told('blink', blink) },
    { weight: 2, strike: told('clock', skew) },
    { weight: 2, strike: told('keep disk', keepDisk) },
    { weight: 1, strike: told('restore disk', restoreDisk) },
    { weight: 2, strike: told('keep store', () => stores.push(server.state)) },
    { weight: 1, strike: told('restore store', restoreStore) },
  ];
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

function isSettled({ server, desktops }: Stage): boolean {
  return desktops.every(({ disk }) => {
    const { follow, outbox, renewing } = disk;
    const isLevel = follow.storeId === server.state.storeId && follow.cursor === server.state.head;
    return renewing === null && outbox.length === 0 && isLevel && follow.wanted.size === 0 && !follow.isStartingOver;
  });
}

function stuck({ server, desktops }: Stage): string {
  const each = desktops.map(({ name, disk }) => {
    const { cursor, wanted, storeId } = disk.follow;
    const waits = disk.outbox.map((entry) => `${entry.command.id}@${entry.acceptedVersion ?? '-'}`).join(' ');
    return `${name} ${storeId} ${cursor}/${server.state.head} wants ${[...wanted.keys()].join(' ')} holds ${waits}`;
  });
  return `never came to rest: ${each.join('; ')}`;
}
