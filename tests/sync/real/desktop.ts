import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE } from '../../../core/commands/testing.ts';
import type { Command } from '../../../core/commands/types.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { signedIn } from '../../../core/sync/session.ts';
import { type Db, inRead } from '../../../db/handles.ts';
import { readDeal } from '../../../db/read/deal.ts';
import { becomeMember, moveAll } from '../../../db/sync/move.ts';
import { takeTeam } from '../../../db/sync/team.ts';
import { mustOpen, summarise } from '../../../db/testing.ts';
import { putMember } from '../../../db/write/members.ts';
import { type Office, openOffice } from '../../../electron/backend/services/office.ts';
import type { Resources } from '../../../electron/backend/services/resources.ts';
import { type CommandOutcome, type CommandRunner, runCommand } from '../../../electron/backend/services/run-command.ts';
import { createPortalClient } from '../../../electron/backend/sync/client.ts';
import { createEngine, type Engine, type RoundEnd } from '../../../electron/backend/sync/engine.ts';
import type { SyncGround } from '../../../electron/backend/sync/ground.ts';
import { type Keeper, openKeeper } from '../../../electron/backend/sync/keeper.ts';
import { createLog } from '../../../electron/contract/log.ts';
import type { Seat } from './server.ts';

/** A desktop's records, rules and engine, as the backend puts them together; rounds begin when the schedule says so. */
export interface RealDesktop {
  readonly name: string;
  readonly seat: Seat;
  readonly lines: readonly string[];
  /** Milliseconds that its clock is off. */
  skew: number;
  key: string | null;
  /** Grows with each backup that is put back. */
  restores: number;
  readonly newId: () => string;
  readonly db: () => Db;
  readonly keeper: () => Keeper;
  readonly office: () => Office;
  /** How the last round ended; null while one runs. */
  readonly end: () => RoundEnd | null;
  act(command: Command): CommandOutcome;
  deal(dealId: string): Deal | null;
  /** Begins a round unless one runs or nobody is signed in. */
  round(): void;
  hearOfRights(): void;
  /** The process ends in the middle of whatever it does, and starts again on what is on disk. */
  crash(): void;
  backUp(): void;
  hasBackup(): boolean;
  /** The backup, which there is, is put in place of the records. */
  restore(): void;
  /** A person typed a code and this is what it gave. */
  signIn(told: { readonly key: string; readonly deviceId: string }): void;
  close(): void;
}

const URL_OF = (name: string) => `http://${name}.closeboard.test`;
/** The schedule decides how long an answer takes. */
const FOREVER_MS = 3_600_000;

export interface DesktopWish {
  readonly name: string;
  readonly seat: Seat;
  readonly folder: string;
  readonly deviceId: string;
  readonly key: string;
  /** Milliseconds since the schedule began. */
  readonly time: () => number;
}

export function openDesktop(wish: DesktopWish): RealDesktop {
  const { name, seat } = wish;
  const folder = join(wish.folder, name);
  mkdirSync(folder);
  const backup = join(wish.folder, `${name}-backup.db`);
  const lines: string[] = [];
  let ids = 0;
  let hasBackup = false;
  const newId = () => {
    ids += 1;
    return `${name}-${ids}`;
  };
  const now = () => new Date(Date.UTC(2026, 5, 2, 16) + wish.time() + desktop.skew).toISOString();
  const log = createLog({ append: (line) => void lines.push(line) }, () => now());

  function start() {
    const db = mustOpen(folder, now);
    const resources = { template: WORKSPACE.template, packNames: WORKSPACE.packNames } as unknown as Resources;
    const office = openOffice({ db, resources, firstName: seat.name, newId });
    const ground = () => ({ workspace: office.workspace(), actor: office.actor() });
    const own: SyncGround = { db, newId, now, ground, summarise };
    const runner: CommandRunner = { db, summarise, workspace: office.workspace, actor: office.actor };
    const keeper = openKeeper(own, () => {});
    return { db, office, own, runner, keeper, stop: new AbortController(), engine: null as Engine | null };
  }

  /** A new way to the server with the key that is held. */
  function connect(): void {
    running.stop.abort();
    running.stop = new AbortController();
    isRunning = false;
    const { own, keeper, office, stop } = running;
    running.engine = createEngine({
      ...{ own, keeper, log, signal: stop.signal, moving: () => {} },
      client: createPortalClient({ url: URL_OF(name), key: desktop.key, log, answerMs: FOREVER_MS }),
      greeted: (write, { team }) => {
        if (takeTeam(write, team, null)) queueMicrotask(() => stop.signal.aborted || office.reload());
      },
    });
  }

  function stopAll(): void {
    running.stop.abort();
    running.db.close();
  }

  function startAgain(): void {
    running = start();
    connect();
    if (running.keeper.state().isSignedOut) desktop.key = null;
  }

  function ended(end: RoundEnd): void {
    isRunning = false;
    lastEnd = end;
    if (end.type !== 'signed-out') return;
    desktop.key = null;
    running.keeper.step((_write, state) => ({ state: { ...state, isSignedOut: true } }));
  }

  let running = undefined as unknown as ReturnType<typeof start>;
  let isRunning = false;
  let lastEnd: RoundEnd | null = null;
  const desktop: RealDesktop = {
    ...{ name, seat, lines, newId, skew: 0, key: wish.key, restores: 0 },
    db: () => running.db,
    keeper: () => running.keeper,
    office: () => running.office,
    end: () => (isRunning ? null : lastEnd),
    act: (command) => runCommand(running.runner, command),
    deal: (dealId) => inRead(running.db, (read) => readDeal(read, dealId)),
    round: () => {
      const { engine, stop } = running;
      if (isRunning || engine === null || desktop.key === null) return;
      isRunning = true;
      engine.round().then((end) => {
        if (!stop.signal.aborted) ended(end);
      }, fail);
    },
    hearOfRights: () => running.engine?.greetAgain(),
    crash: () => {
      stopAll();
      startAgain();
    },
    backUp: () => {
      rmSync(backup, { force: true });
      running.db.raw.prepare('VACUUM INTO ?').run(backup);
      hasBackup = true;
    },
    hasBackup: () => hasBackup,
    restore: () => {
      stopAll();
      for (const end of ['-wal', '-shm']) rmSync(`${running.db.file}${end}`, { force: true });
      copyFileSync(backup, running.db.file);
      desktop.restores += 1;
      // The key is kept beside the records, so it is the newest one.
      startAgain();
    },
    signIn: ({ key, deviceId }) => {
      running.keeper.step((_write, state) => {
        const session = signedIn(state, { deviceId, newId: newId() });
        return { state: { ...state, ...session, isSignedOut: false } };
      });
      desktop.key = key;
      connect();
    },
    close: stopAll,
  };
  running = start();
  joinTeam(running.keeper, wish);
  running.office.reload();
  connect();
  return desktop;
}

/** What joining a shared portal writes. */
function joinTeam(keeper: Keeper, { seat, deviceId, name }: DesktopWish): void {
  keeper.step((write, state) => {
    moveAll(write);
    becomeMember(write, seat.memberId);
    putMember(write, { id: seat.memberId, name: seat.name, role: seat.role, email: '' });
    return { state: { ...state, kind: 'shared', url: URL_OF(name), role: seat.role, deviceId, isStartingOver: true } };
  });
}

function fail(error: unknown): never {
  throw error;
}
