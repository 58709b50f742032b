import type { Id } from '../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import { versionOf } from '../../../core/sync/heads.ts';
import type { OutboxEntry } from '../../../core/sync/outbox.ts';
import { judgeProtocol, PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import {
  formerIdsOf,
  greet,
  type Heard,
  hearProblem,
  hearStore,
  isForUs,
  startRenewal,
  whatToAsk,
} from '../../../core/sync/session.ts';
import { addPage, openStage } from '../../../core/sync/stage.ts';
import { type HelloReply, MAX_COMMANDS, type Problem } from '../../../core/sync/wire.ts';
import type { Write } from '../../../db/handles.ts';
import { unitFacts } from '../../../db/sync/load-unit.ts';
import { hasOpen } from '../../../db/sync/outbox.ts';
import type { DeviceInput, DeviceOutput } from '../../../portal/api/device-calls.ts';
import type { Log } from '../../contract/log.ts';
import type { SyncGround } from './ground.ts';
import type { Keeper } from './keeper.ts';
import {
  followed,
  judgeHeads,
  numberBatch,
  type Pulled,
  purgeUnits,
  setUnreadAside,
  switchPulled,
  takeAnswers,
  takeRenewal,
} from './steps.ts';
import type { NoAnswer, PortalClient } from './types.ts';

/** How one round with the server ended. `more`: something is left that only time brings. */
export type RoundEnd =
  | { readonly type: 'current' | 'more' | 'signed-out' | 'too-old' | 'server-too-old' | 'stopped' }
  | { readonly type: 'offline'; readonly message: string; readonly waitSeconds: number };

/**
 * Why a step of a round did not come to its end: the round ends, or it looks again what to ask. `unread`: what was to
 * be sent was refused as a whole.
 */
type Stop = RoundEnd | { readonly type: 'again' | 'drop-stage' | 'unread' };

export interface EngineDeps {
  readonly own: SyncGround;
  readonly keeper: Keeper;
  readonly client: PortalClient;
  readonly log: Log;
  /** The greeting's team and names, in the transaction that takes it in. */
  readonly greeted: (write: Write, reply: HelloReply) => void;
  /** Commands go or rows come: told when that begins. */
  readonly moving: () => void;
  readonly signal: AbortSignal;
}

export interface Engine {
  /** Everything that there is to do with the server now, until nothing is left or it cannot go on. Never rejects. */
  round(): Promise<RoundEnd>;
  /** Rights or the team changed: greets again in the next round. */
  greetAgain(): void;
}

type SyncCall = 'sync/hello' | 'sync/push' | 'sync/heads' | 'sync/page';
type ReplyOf<N extends SyncCall | 'sync/renew'> = Extract<DeviceOutput<N>, { problem: null }>['reply'];

/** Units that are fetched at once, and those that are purged in one transaction. */
const AT_ONCE = 4;

/** Speaks with one server, one question after another but for pages. Everything it learns is on disk before it goes on. */
export function createEngine({ own, keeper, client, log, greeted, moving, signal }: EngineDeps): Engine {
  let isGreeted = false;
  let isFirst = true;
  /** Commands of the next batch: fewer while the server refuses batches as a whole. */
  let most = MAX_COMMANDS;
  const asks = () => {
    const { deviceId, storeId } = keeper.state();
    return { protocol: PROTOCOL_VERSION, storeId: storeId ?? '', deviceId };
  };

  /** Asks, and hears what is wrong. An answer to who we were before is let go. */
  async function ask<N extends SyncCall>(name: N, input: DeviceInput<N>): Promise<Result<ReplyOf<N>, Stop>> {
    const answer = await client.ask(name, input, signal);
    if (signal.aborted) return err({ type: 'stopped' });
    const isUnread = !answer.ok && name === 'sync/push' && isNotRead(answer.error);
    if (!answer.ok && !isUnread) return err(endOf(answer.error));
    if (!isForUs(keeper.state(), keeper.state(), input)) return err({ type: 'again' });
    if (!answer.ok) return err({ type: 'unread' });
    const { reply, problem } = answer.value;
    if (problem !== null) return err(hearing(problem));
    if (name === 'sync/hello') return ok(reply as ReplyOf<N>);
    const heard = hearStore(keeper.state(), reply);
    return heard.type === 'go-on' ? ok(reply as ReplyOf<N>) : err(stopOf(heard));
  }

  function hearing(problem: Problem): Stop {
    log.info('the portal says', { problem: problem.type });
    return stopOf(hearProblem(keeper.state(), problem));
  }

  function stopOf(heard: Heard): Stop {
    if (heard.type === 'go-on') return { type: 'again' };
    if (heard.type !== 'renew') return { type: heard.type };
    renewSoon(heard.didForget, heard.why);
    return { type: 'again' };
  }

  function renewSoon(didForget: boolean, why: string): void {
    log.info('asking for a new device id', { why });
    const newId = own.newId();
    keeper.step((_write, state) => ({ state: { ...state, ...startRenewal(state, { newId, didForget }) } }));
  }

  async function renew(): Promise<Stop | null> {
    const { renewing, storeId } = keeper.state();
    if (renewing === null) return null;
    const input = {
      ...{ protocol: PROTOCOL_VERSION, storeId, deviceId: renewing.deviceId },
      formerIds: [...formerIdsOf(keeper.state())],
    };
    const answer = await client.ask('sync/renew', input, signal);
    if (signal.aborted) return { type: 'stopped' };
    if (!answer.ok) return endOf(answer.error);
    const { reply, problem } = answer.value;
    if (problem !== null) return hearing(problem);
    isGreeted = false;
    isFirst = true;
    keeper.step((write, state) => ({ state: takeRenewal(write, { state, reply }) ?? state }));
    return null;
  }

  async function hello(): Promise<Stop | null> {
    const { deviceId, storeId } = keeper.state();
    const asked = await ask('sync/hello', { protocol: PROTOCOL_VERSION, storeId, deviceId });
    if (!asked.ok) return asked.error;
    const reply = asked.value;
    const verdict = judgeProtocol(PROTOCOL_VERSION, { version: reply.protocol, floor: reply.floor });
    if (verdict.type !== 'Fits') return { type: verdict.type === 'DesktopTooOld' ? 'too-old' : 'server-too-old' };
    const { heard, follow } = greet(keeper.state(), keeper.state(), { reply, isFirst });
    if (heard.type !== 'go-on') return stopOf(heard);
    isGreeted = true;
    isFirst = false;
    keeper.step((write, state) => {
      greeted(write, reply);
      return { state: { ...followed(state, follow), role: reply.role, workspaceName: reply.workspaceName } };
    });
    return null;
  }

  /** Sends everything that waits, a batch at a time. */
  async function push(): Promise<Stop | null> {
    for (;;) {
      if (keeper.state().isStartingOver || !hasOpen(own.db.read)) return null;
      moving();
      const entries = numbered();
      const asked = await ask('sync/push', { ...asks(), commands: entries.map(onWire) });
      if (!asked.ok && asked.error.type === 'unread') {
        if (sendLess(entries)) continue;
        return { type: 'again' };
      }
      if (!asked.ok) return asked.error;
      most = MAX_COMMANDS;
      const reply = asked.value;
      keeper.step((write, state) => takeAnswers(own, write, { state, reply }));
      if (reply.problem !== null) return afterProblem(reply.problem, reply.replies.length);
      if (reply.replies.length === 0) return { type: 'more' };
      await breathe();
    }
  }

  /** Numbers are on disk before anything is sent. */
  function numbered(): readonly OutboxEntry[] {
    let entries: readonly OutboxEntry[] = [];
    keeper.step((write, state) => {
      const batch = numberBatch(write, state, most);
      entries = batch.entries;
      return { state: batch.state };
    });
    return entries;
  }

  /** Looks for the one that the server cannot read. False when it was alone: it is set aside, and a person is told. */
  function sendLess(entries: readonly OutboxEntry[]): boolean {
    most = Math.max(1, Math.floor(entries.length / 2));
    const [entry, ...others] = entries;
    if (entry === undefined || others.length > 0) return true;
    log.warn('the portal cannot read a step', { command: entry.command.name });
    keeper.step((write, state) => setUnreadAside(own, write, { state, entry }));
    return false;
  }

  function afterProblem(problem: Problem, answered: number): Stop {
    const stop = hearing(problem);
    // A gap that our own next sending does not close: new numbers do, and the server knows each command by its id.
    if (stop.type === 'again' && answered === 0 && keeper.state().renewing === null) renewSoon(false, problem.type);
    return stop;
  }

  async function heads(): Promise<Stop | null> {
    const asked = await ask('sync/heads', { ...asks(), since: keeper.state().cursor });
    if (!asked.ok) return asked.error;
    const noted = judgeHeads(own.db.read, { state: keeper.state(), reply: asked.value });
    if (noted === null) return null;
    for (let from = 0; from < noted.purge.length; from += AT_ONCE) {
      const unitIds = noted.purge.slice(from, from + AT_ONCE);
      keeper.step((write, state) => purgeUnits(own, write, { state, unitIds }));
      await breathe();
    }
    // Only now: a list that was taken in half is asked for again.
    if (signal.aborted) return { type: 'stopped' };
    if (noted.follow !== keeper.state()) keeper.step((_write, state) => ({ state: followed(state, noted.follow) }));
    return null;
  }

  /** Fetches every wanted unit. Whatever waits is sent in between, before more is fetched. Throws when one cannot be kept. */
  async function pull(): Promise<Stop | null> {
    const tried = new Set<Id>();
    const thrown: unknown[] = [];
    for (;;) {
      const unitIds = [...keeper.state().wanted.keys()].filter((unitId) => !tried.has(unitId));
      if (unitIds.length === 0) break;
      for (let from = 0; from < unitIds.length; from += AT_ONCE) {
        moving();
        const some = unitIds.slice(from, from + AT_ONCE);
        for (const unitId of some) tried.add(unitId);
        const stop = (await pullSome(some, thrown)) ?? (await push());
        if (stop !== null) return stop;
        await breathe();
      }
    }
    if (thrown.length > 0) throw thrown[0];
    return null;
  }

  async function pullSome(unitIds: readonly Id[], thrown: unknown[]): Promise<Stop | null> {
    const fetched = await Promise.all(unitIds.map(fetchUnit));
    if (signal.aborted) return { type: 'stopped' };
    const pulled = fetched.flatMap((each) => (each.ok ? [each.value] : []));
    if (keeper.state().renewing !== null) return { type: 'again' };
    takeIn(pulled, thrown);
    const stops = fetched.flatMap((each) => (each.ok || each.error.type === 'drop-stage' ? [] : [each.error]));
    return stops[0] ?? null;
  }

  /** One that cannot be written (an id that another deal has already) does not keep the others from coming. */
  function takeIn(pulled: readonly Pulled[], thrown: unknown[]): void {
    if (pulled.length === 0) return;
    try {
      keeper.step((write, state) => switchPulled(own, write, { state, pulled }));
    } catch (error) {
      if (pulled.length === 1) thrown.push(error);
      else for (const one of pulled) takeIn([one], thrown);
    }
  }

  async function fetchUnit(unitId: Id): Promise<Result<Pulled, Stop>> {
    let stage = openStage(unitId, versionOf(unitFacts(own.db.read, unitId)));
    for (;;) {
      const asked = await ask('sync/page', { ...asks(), unitId, after: stage.at, upTo: stage.upTo });
      if (!asked.ok) return asked;
      const { rows, ...page } = asked.value;
      const next = addPage(stage, { ...page, rows }, keeper.state().wanted.get(unitId));
      if (next === stage) return err({ type: 'drop-stage' });
      stage = next;
      if (stage.isComplete) return ok({ stage, audit: page.audit });
    }
  }

  /** One step of what is to be asked now; null to look again, or how the round ends. */
  async function turn(): Promise<RoundEnd | null> {
    const [first] = whatToAsk(keeper.state(), keeper.state(), isGreeted);
    if (first === 'renew' || first === 'hello') return ended(first === 'renew' ? await renew() : await hello());
    const stop = (await push()) ?? (await heads()) ?? (await pull());
    if (stop !== null) return ended(stop);
    if (hasOpen(own.db.read) && !keeper.state().isStartingOver) return null;
    return { type: keeper.state().wanted.size === 0 ? 'current' : 'more' };
  }

  async function round(): Promise<RoundEnd> {
    try {
      for (let turns = 0; turns < MOST_TURNS; turns += 1) {
        const end = await turn();
        if (end !== null) return end;
      }
      return { type: 'more' };
    } catch (error) {
      if (signal.aborted) return { type: 'stopped' };
      log.defect('syncing with the portal', error);
      return { type: 'offline', message: FAILED, waitSeconds: 0 };
    }
  }

  return {
    round,
    greetAgain: () => {
      isGreeted = false;
    },
  };
}

/** More than any round takes; one that goes on is not getting anywhere. */
const MOST_TURNS = 50;
const FAILED = 'Closeboard could not take in what the portal sent. Nothing was changed by it, and it tries again.';

/** How the round ends, if it does: after the others it looks again what to ask. */
function ended(stop: Stop | null): RoundEnd | null {
  if (stop === null) return null;
  return stop.type === 'again' || stop.type === 'drop-stage' ? null : (stop as RoundEnd);
}

function endOf(error: { readonly type: string; readonly message: string } & Limited): RoundEnd {
  if (error.type === 'signed-out') return { type: 'signed-out' };
  return { type: 'offline', message: error.message, waitSeconds: error.error?.retryAfter ?? 0 };
}

/** The server answered that it read nothing of the request: sent again as it is, it is refused again. */
function isNotRead(error: NoAnswer): boolean {
  return error.type === 'refused' && (error.error.type === 'bad-request' || error.error.type === 'too-large');
}

interface Limited {
  readonly error?: { readonly retryAfter?: number | undefined } | undefined;
}

function onWire({ command: { id, ...rest }, sent }: OutboxEntry) {
  return { ...rest, commandId: id, deviceId: sent?.deviceId ?? '', seq: sent?.seq ?? 0 };
}

/** Calls of the person come first. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
