import { createHash } from 'node:crypto';
import type { Command, Workspace } from '../../core/commands/types.ts';
import { type Actor, partyActor } from '../../core/permissions/actor.ts';
import { type Accepted, type Answer, acceptCommand } from '../../core/sync/accept.ts';
import { digestOf } from '../../core/sync/canonical.ts';
import { journalOf, putRow, type Rows, rowKey } from '../../core/sync/rows.ts';
import { commandIdTaken, judgeCommandId, judgeSeq } from '../../core/sync/seq.ts';
import { membersOf } from '../../core/sync/session.ts';
import type {
  CommandReply,
  PushReply,
  PushRequest,
  RenewRequest,
  SyncCommand,
  TeamMember,
} from '../../core/sync/wire.ts';
import { auditHash, EMPTY_HEAD } from '../../portal/server/audit/chain.ts';
import { headsOf, helloOf, pageTold } from './server-reads.ts';
import {
  type Asked,
  auditActor,
  type Device,
  firstState,
  isOn,
  type Key,
  type Logged,
  memberOf,
  no,
  ok,
  type State,
  says,
  type Told,
  type Unit,
} from './server-state.ts';
import type { World } from './world.ts';

export interface ServerOptions {
  readonly rules: Pick<Workspace, 'template' | 'packNames'>;
  readonly team: readonly TeamMember[];
  readonly poke: (unitId: string, version: number) => void;
  readonly pokeTeam: () => void;
  /** Told of every command that was judged; `by` is the device, or who brought it. */
  readonly judged: (logged: Logged, by: string) => void;
  /** Told of every answer that somebody was given, with the key that they showed. */
  readonly answered: (key: string, memberId: string, asked: Asked, told: Told) => void;
}

/** What a version of a unit was, for the laws. */
export interface Past {
  readonly rows: Rows;
  /** How long the unit's audit chain was with it. */
  readonly audit: number;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export function createServer(world: World, options: ServerOptions) {
  const server = {
    isDown: false,
    state: firstState(options.team),
    /** The rows of every unit at every version of every store: what a desktop may ever show. */
    history: new Map<string, Past>(),
    /** Asks for a desktop that shows its key. */
    ask: (asked: Asked, key: string): Told => {
      const held = server.state.keys.get(key);
      const told = held === undefined || !isAdmitted(held) ? no(null) : answer(asked, held, key);
      if (held !== undefined && (told.reply !== null || told.problem !== null))
        options.answered(key, held.memberId, asked, told);
      return told;
    },
    /** A command of a person at the portal or of a job: no number, only its id. Null for somebody who is not on the deal. */
    bring: (command: Command, personId: string | null): Answer | null => bring(command, personId),
    isOn: (memberId: string, unitId: string) => isOn(server.state, memberId, unitId),
    changedTeam: () => options.pokeTeam(),
    restore: (backup: State) => {
      world.serverRestores += 1;
      server.state = { ...backup, storeId: `store-${world.serverRestores}` };
      for (const [unitId, unit] of server.state.units) remember(unitId, unit);
    },
  };

  const remember = (unitId: string, unit: Unit) => {
    const audit = server.state.audit.get(unitId)?.length ?? 0;
    server.history.set(`${server.state.storeId}|${unitId}|${unit.version}`, { rows: unit.live, audit });
  };

  function isAdmitted({ memberId, isRevoked }: Key): boolean {
    if (world.plant === 'revoked-accepted') return true;
    return !isRevoked && memberOf(server.state, memberId)?.isGone === false;
  }

  function answer(asked: Asked, { memberId, deviceId }: Key, key: string): Told {
    const { state } = server;
    if (asked.kind === 'renew') return renew(asked.body, memberId, key);
    const { body } = asked;
    if (body.storeId !== null && body.storeId !== state.storeId && world.plant !== 'store-ignored')
      return no({ type: 'StoreChanged', message: 'StoreChanged', storeId: state.storeId });
    const device = state.devices.get(body.deviceId);
    if (device === undefined || device.memberId !== memberId) return no(says('UnknownDevice'));
    if (device.isClosed || body.deviceId !== deviceId) return no(says('DeviceClosed'));
    if (asked.kind === 'hello') return ok(helloOf(state, { memberId, lastSeq: device.lastSeq, at: serverTime() }));
    if (asked.kind === 'push') return ok(push(asked.body, memberId));
    if (asked.kind === 'heads') return ok(headsOf(world, state, { memberId, since: asked.body.since }));
    return pageTold(world, state, { memberId, asked: asked.body });
  }

  /** A repeat is answered alike and changes nothing. Also the device that the key belonged to till now is closed. */
  function renew({ deviceId, formerIds }: RenewRequest, memberId: string, key: string): Told {
    const { state } = server;
    const mine = formerIds.filter((id) => state.devices.get(id)?.memberId === memberId);
    const known = mine.map((id) => ({ deviceId: id, lastSeq: state.devices.get(id)?.lastSeq ?? 0 }));
    // Of a desktop that went by too many ids some are not named: everything may come again, and nothing runs twice.
    const said = world.random.chance(0.1) ? [] : known;
    if (!state.devices.has(deviceId)) {
      const devices = new Map(state.devices);
      const until = state.keys.get(key)?.deviceId ?? deviceId;
      for (const id of [...mine, until]) {
        const device = devices.get(id);
        if (device !== undefined) devices.set(id, { ...device, isClosed: true });
      }
      devices.set(deviceId, { memberId, lastSeq: 0, isClosed: false });
      const keys = new Map(state.keys).set(key, { memberId, deviceId, isRevoked: false });
      server.state = { ...state, devices, keys };
    }
    return ok({ storeId: state.storeId, deviceId, known: said });
  }

  function push({ commands }: PushRequest, memberId: string): PushReply {
    const replies: CommandReply[] = [];
    const { storeId } = server.state;
    for (const sent of commands) {
      const { deviceId, seq, commandId, dealId, name, args, at } = sent;
      const command: Command = { id: commandId, dealId, name, args, at };
      const digest = digestOf(command, sha256);
      const lastSeq = server.state.devices.get(deviceId)?.lastSeq ?? 0;
      const kept = server.state.bySeq.get(`${deviceId}/${seq}`);
      const verdict = judgeSeq({ lastSeq, seq, digest, keptDigest: kept?.digest ?? null });
      if (verdict.type === 'SeqGap') return { storeId, replies, problem: { ...verdict, message: 'SeqGap' } };
      if (verdict.type === 'DeviceRewound') return { storeId, replies, problem: says('DeviceRewound') };
      const isDeaf = world.plant === 'no-dedupe' && kept !== undefined && kept.command.id === commandId;
      const isRepeat = verdict.type === 'repeat' && kept !== undefined && !isDeaf;
      const logged = isRepeat ? kept : run(sent, { command, digest, memberId });
      replies.push(replyOf(seq, commandId, logged.answer));
    }
    return { storeId, replies, problem: null };
  }

  interface Brought {
    readonly command: Command;
    readonly digest: string;
  }

  /** One command in one transaction. A command id that is known is answered as before, under whatever number. */
  function run({ deviceId, seq }: SyncCommand, { command, digest, memberId }: Brought & { memberId: string }): Logged {
    const role = memberOf(server.state, memberId)?.role ?? 'agent';
    const actor: Actor = { kind: 'member', memberId, role };
    const isDeaf = world.plant === 'no-dedupe';
    const logged = judge({
      command,
      digest,
      actor,
      by: deviceId,
      isDeaf,
      isOnDeal: server.isOn(memberId, command.dealId),
    });
    const keepsSeq = world.plant === 'refusal-keeps-seq' && logged.answer.outcome === 'refused';
    const device: Device = { memberId, lastSeq: keepsSeq ? seq - 1 : seq, isClosed: false };
    server.state = {
      ...server.state,
      devices: new Map(server.state.devices).set(deviceId, device),
      bySeq: new Map(server.state.bySeq).set(`${deviceId}/${seq}`, logged),
    };
    return logged;
  }

  function bring(command: Command, personId: string | null): Answer | null {
    const deal = server.state.units.get(command.dealId)?.deal ?? null;
    const person = deal?.people.find((one) => one.id === personId);
    if (deal === null || (personId !== null && person === undefined)) return null;
    const actor: Actor = person === undefined ? { kind: 'system' } : partyActor(person, deal.row);
    const isDeaf = world.plant === 'portal-runs-twice';
    const digest = digestOf(command, sha256);
    return judge({ command, digest, actor, by: auditActor(actor), isDeaf, isOnDeal: true }).answer;
  }

  function judge(brought: Brought & { actor: Actor; by: string; isDeaf: boolean; isOnDeal: boolean }): Logged {
    const { command, digest, actor, isDeaf } = brought;
    const known = server.state.log.get(command.id);
    const verdict = judgeCommandId(digest, known?.digest ?? null);
    if (verdict === 'repeat' && known !== undefined && !isDeaf) return known;
    if (verdict === 'taken' && known !== undefined && !isDeaf)
      return { ...known, command, digest, answer: { outcome: 'refused', unitVersion: null, refusal: commandIdTaken } };
    const logged = decide(command, digest, { actor, isOnDeal: brought.isOnDeal });
    server.state = { ...server.state, log: new Map(server.state.log).set(command.id, logged) };
    options.judged(logged, brought.by);
    return logged;
  }

  let members = { team: options.team, list: membersOf(options.team) };
  function workspace(): Workspace {
    const { team } = server.state;
    if (members.team !== team) members = { team, list: membersOf(team) };
    return { ...options.rules, members: members.list };
  }

  function decide(command: Command, digest: string, who: { actor: Actor; isOnDeal: boolean }): Logged {
    const { state } = server;
    const unit = state.units.get(command.dealId);
    const before = unit?.deal ?? null;
    const accepted = acceptCommand({
      command: world.plant === 'expected-stripped' ? stripped(command) : command,
      unit: { deal: before, version: unit?.version ?? 0, journal: journalOf(unit?.live ?? new Map()) },
      workspace: workspace(),
      ...who,
      acceptedAt: serverTime(),
    });
    const { outcome } = accepted.answer;
    audit(command, auditActor(who.actor), outcome === 'done' ? 'command-accepted' : 'command-refused');
    if (accepted.newVersion !== null) {
      write(command.dealId, accepted, accepted.newVersion);
      // Whoever opens a deal is on it.
      if (accepted.newVersion === 1 && who.actor.kind === 'member') putOn(who.actor.memberId, command.dealId);
    }
    const by = auditActor(who.actor);
    return { command, by, digest, answer: accepted.answer, accepted, before, order: state.log.size };
  }

  function putOn(memberId: string, unitId: string): void {
    if (server.isOn(memberId, unitId)) return;
    const head = server.state.head + 1;
    const access = new Map(server.state.access).set(`${memberId}/${unitId}`, { isOn: true, head });
    server.state = { ...server.state, head, access };
  }

  /** One more row of the unit's trail, in the transaction of what it says. */
  function audit({ id, name, dealId: unitId }: Command, actor: string, kind: string): void {
    const held = server.state.audit.get(unitId) ?? [];
    const isRewritten = world.plant === 'audit-rewritten' && held.length > 3 && world.random.chance(0.05);
    const kept = isRewritten ? held.slice(0, -2) : held;
    const content = { workspaceId: 'main', unitId, n: kept.length + 1, at: serverTime(), actor, kind };
    const hash = auditHash(kept.at(-1) ?? EMPTY_HEAD.hash, { ...content, details: { commandId: id, name } });
    server.state = { ...server.state, audit: new Map(server.state.audit).set(unitId, [...kept, hash]) };
  }

  function write(unitId: string, { rows, deal }: Accepted, version: number): void {
    const held = server.state.units.get(unitId);
    const all = new Map(held?.all ?? []);
    const live = new Map(held?.live ?? []);
    for (const row of rows) {
      all.set(rowKey(row), row);
      putRow(live, row);
    }
    const head = server.state.head + 1;
    const unit: Unit = { version, head, all, live, deal };
    server.state = { ...server.state, head, units: new Map(server.state.units).set(unitId, unit) };
    remember(unitId, unit);
    options.poke(unitId, version);
  }

  function serverTime(): string {
    return new Date(Date.UTC(2026, 5, 1) + world.now).toISOString();
  }

  return server;
}
export type Server = ReturnType<typeof createServer>;

function replyOf(seq: number, commandId: string, answer: Answer): CommandReply {
  if (answer.outcome === 'done') return { ...answer, seq, commandId };
  const { type, message, details } = answer.refusal;
  return { ...answer, seq, commandId, refusal: details === undefined ? { type, message } : { type, message, details } };
}

/** The planted bug: what the person saw is left out, so that the later arrival wins. */
function stripped(command: Command): Command {
  const { expectedRole: _role, expectedDueOn: _due, ...others } = command.args as Record<string, unknown>;
  const { expected: _expected, ...args } = others;
  return { ...command, args: command.name === 'assignDeal' || command.name === 'reviewLine' ? args : others };
}
