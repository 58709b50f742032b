import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from '../../../core/commands/types.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { journalOfDeal } from '../../../db/read/journal.ts';
import { createArgs, type Doing, nextDoing } from '../person.ts';
import { type Random, randomOf } from '../random.ts';
import { openDesktop, type RealDesktop } from './desktop.ts';
import { createRealLaws, type RealLaws } from './laws.ts';
import { createLine, type Line } from './line.ts';
import { readServer } from './read-server.ts';
import { openServer, type RealServer, type Seat } from './server.ts';
import { createTeam, type Team } from './team.ts';
import { type Strikes, strike } from './troubles.ts';

/** Events of trouble, and turns of peace at most. */
const TROUBLE = 260;
const PEACE_TURNS = 60;

const SEATS: readonly Seat[] = [
  { memberId: 'm-noor', name: 'Noor Haddad', role: 'tc' },
  { memberId: 'm-theo', name: 'Theo Lindqvist', role: 'tc' },
  { memberId: 'm-ada', name: 'Ada Okafor', role: 'admin' },
  { memberId: 'm-lee', name: 'Lee Marchetti', role: 'agent' },
];
/** By their place in SEATS: two computers of one person among them. */
const DESKS = [0, 1, 3, 0, 2];

export interface RealStage {
  readonly random: Random;
  readonly server: RealServer;
  readonly line: Line;
  readonly laws: RealLaws;
  readonly team: Team;
  readonly desktops: readonly RealDesktop[];
  readonly strikes: Strikes;
  /** Of the server. */
  readonly processes: number;
  /** Whether backups are put back in this schedule, and devices revoked. */
  readonly mayRestore: boolean;
  readonly mayRevoke: boolean;
  serverRestores: number;
  /** Milliseconds. */
  time: number;
}

export interface RealRan {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly made: number;
  readonly accepted: number;
  readonly refused: number;
  readonly strikes: Strikes;
  /** What the desktops and the server wrote into their logs. */
  readonly lines: readonly string[];
}

export interface RealWish {
  readonly seed: number;
  /** An empty PostgreSQL database; SQLite when not given. */
  readonly database?: string;
  /** Server processes on that database. */
  readonly processes?: number;
}

/** One schedule: real desktops and a real server through trouble into peace. The same seed does the same on SQLite. */
export async function runReal(wish: RealWish): Promise<RealRan> {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-real-'));
  const before = globalThis.fetch;
  let stage: RealStage | null = null;
  try {
    stage = await setUp(wish, folder);
    globalThis.fetch = stage.line.fetch;
    await warmUp(stage);
    await trouble(stage);
    const violations = await peace(stage);
    return await told(wish.seed, stage, violations);
  } finally {
    globalThis.fetch = before;
    for (const desktop of stage?.desktops ?? []) desktop.close();
    await stage?.server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function setUp({ seed, database, processes = 1 }: RealWish, folder: string): Promise<RealStage> {
  const random = randomOf(seed);
  const server = await openServer({ folder, team: SEATS, database: database ?? null, processes });
  const isCalm = random.chance(0.2);
  const weather = {
    drop: isCalm ? 0 : random.next() * 0.25,
    repeat: isCalm ? 0 : random.next() * 0.25,
    cut: isCalm ? 0 : random.next() * 0.25,
  };
  const team = createTeam(server);
  const desktops: RealDesktop[] = [];
  const stage: RealStage = {
    ...{ random, server, team, desktops, processes, strikes: new Map(), serverRestores: 0, time: 0 },
    line: createLine(random, weather, (sent) => server.answer(sent, random.int(processes))),
    laws: createRealLaws(({ restores }) => `${restores}/${stage.serverRestores}`),
    mayRestore: database === undefined && random.chance(0.4),
    mayRevoke: random.chance(0.4),
  };
  for (const [at, seat] of DESKS.slice(0, random.between(2, DESKS.length)).entries()) {
    const name = `d${at}`;
    const signed = await team.signIn(SEATS[seat]?.memberId ?? '', `${name}-device`);
    desktops.push(openDesktop({ ...signed, name, seat: SEATS[seat] as Seat, folder, time: () => stage.time }));
  }
  openDeals(stage);
  return stage;
}

function openDeals(stage: RealStage): void {
  const { random, desktops } = stage;
  const count = random.between(1, 2);
  for (let deal = 1; deal <= count; deal += 1) {
    const desktop = random.pick(desktops.slice(0, 2));
    const dealId = `deal-${deal}`;
    const args = createArgs(clock(stage, desktop));
    // Ids of rows are nobody else's, in whatever deal.
    const people = (args.people as readonly { readonly id: string }[]).map((row) => ({
      ...row,
      id: `${dealId}-${row.id}`,
    }));
    doIt(stage, desktop, dealId, { name: 'createDeal', args: { ...args, people, ownerId: desktop.seat.memberId } });
  }
}

/** Everybody has what there is, most of the time. */
async function warmUp(stage: RealStage): Promise<void> {
  const { random, line, desktops } = stage;
  if (random.chance(0.1)) return;
  line.calm(true);
  for (let turn = 0; turn < 2; turn += 1) {
    for (const desktop of desktops) desktop.round();
    await drain(stage);
  }
  line.calm(false);
}

async function trouble(stage: RealStage): Promise<void> {
  const { random, desktops } = stage;
  for (let event = 0; event < TROUBLE; event += 1) {
    stage.time += random.between(5, 400);
    const dice = random.next();
    if (dice < 0.3) person(stage, random.pick(desktops));
    else if (dice < 0.45) random.pick(desktops).round();
    else if (dice < 0.92) await moveSome(stage);
    else await strike(stage);
    await settle();
  }
}

/** With several server processes also at the same time. */
async function moveSome({ random, line, processes }: RealStage): Promise<void> {
  const atOnce = processes === 1 ? 1 : random.between(1, 2 * processes);
  await Promise.all(Array.from({ length: atOnce }, () => line.move()));
}

/** What was let go on goes on until it waits for something again. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function person(stage: RealStage, desktop: RealDesktop): void {
  const { random } = stage;
  const open = desktop.db().raw.prepare('SELECT id FROM deal ORDER BY id').all() as { id: string }[];
  if (open.length === 0) return;
  const { id: dealId } = random.pick(open);
  const deal = desktop.deal(dealId);
  if (deal === null) return;
  const commandIds = journalOfDeal(desktop.db().read, dealId)
    .map(({ commandId }) => commandId)
    .slice(-6);
  const at = clock(stage, desktop);
  const doing = nextDoing({ random, deal, commandIds, newId: desktop.newId, at, isWithPeople: true });
  // A deal that is over, or that was never opened, takes little more: seldom, or little would happen.
  if (isEnd(doing, deal) && random.chance(0.85)) return;
  doIt(stage, desktop, dealId, doing);
}

function isEnd({ name, args }: Doing, { row }: Deal): boolean {
  if (name === 'undo') return String(args.commandId).startsWith('c-opens');
  return (name === 'withdrawDeal' || name === 'closeDeal') && row.closedOn === null;
}

function doIt({ laws }: RealStage, desktop: RealDesktop, dealId: string, { name, args }: Doing): void {
  const at = new Date(desktop.skew + Date.UTC(2026, 5, 2, 16)).toISOString();
  const command: Command = {
    id: `${name === 'createDeal' ? 'c-opens' : 'c'}-${desktop.newId()}`,
    dealId,
    name,
    args,
    at,
  };
  const deal = desktop.deal(dealId);
  const outbox = () =>
    desktop.db().raw.prepare('SELECT command_id AS id, is_held AS isHeld FROM outbox').all() as {
      readonly id: string;
      readonly isHeld: number;
    }[];
  const held = outbox().flatMap(({ id, isHeld }) => (isHeld === 1 ? [id] : []));
  const outcome = desktop.act(command);
  if (outcome.outcome !== 'done' || outcome.changes === 0) return;
  if (!outbox().some(({ id }) => id === command.id)) throw new Error(`${command.id} was done and does not wait`);
  laws.made(desktop, command, { deal, held });
}

/** What this desktop's clock says: nothing may depend on it. */
function clock({ time }: RealStage, { skew }: RealDesktop): string {
  return new Date(Date.UTC(2026, 5, 2, 16) + time + skew).toISOString();
}

/** Everybody is let in again and everything goes through, until nothing moves. */
async function peace(stage: RealStage): Promise<readonly string[]> {
  const { desktops, line, team, server, laws } = stage;
  server.isDown = false;
  line.calm(true);
  await team.bringAllBack();
  for (let turn = 0; turn < PEACE_TURNS; turn += 1) {
    for (const desktop of desktops) {
      if (desktop.key === null) desktop.signIn(await team.signIn(desktop.seat.memberId, desktop.newId()));
      desktop.hearOfRights();
      desktop.round();
    }
    await drain(stage);
    if (turn > 2 && desktops.every(isLevel)) break;
  }
  const stuck = desktops.filter((desktop) => !isLevel(desktop)).map(stuckWords);
  if (stuck.length > 0) return stuck;
  return laws.quiet(desktops, await readServer(server.store()));
}

async function drain(stage: RealStage): Promise<void> {
  await settle();
  while (stage.line.waiting() > 0) {
    await moveSome(stage);
    await settle();
  }
}

function isLevel(desktop: RealDesktop): boolean {
  const waits = desktop.db().raw.prepare('SELECT count(*) AS n FROM outbox').get() as { readonly n: number };
  return desktop.key !== null && desktop.end()?.type === 'current' && waits.n === 0;
}

function stuckWords(desktop: RealDesktop): string {
  const { wanted, ...state } = desktop.keeper().state();
  const waits = desktop.db().raw.prepare('SELECT command_id, accepted_version FROM outbox').all();
  const facts = { end: desktop.end(), key: desktop.key !== null, waits, wanted: [...wanted], state };
  return `drained: ${desktop.name} never came to rest: ${JSON.stringify(facts)} ${desktop.lines.slice(-3).join('')}`;
}

async function told(seed: number, stage: RealStage, violations: readonly string[]): Promise<RealRan> {
  const { log } = await readServer(stage.server.store());
  const count = (outcome: string) => log.filter((row) => row.outcome === outcome).length;
  const lines = [...stage.desktops.flatMap((desktop) => desktop.lines), ...stage.server.lines];
  const defects = lines.filter((line) => line.includes('"level":"defect"'));
  return {
    ...{ seed, made: stage.laws.count(), accepted: count('accepted'), refused: count('refused'), lines },
    ...{ strikes: stage.strikes, violations: [...violations, ...defects.map((line) => `no defect: ${line.trim()}`)] },
  };
}
