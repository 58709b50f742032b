import { createHash } from 'node:crypto';
import type { Command, Workspace } from '../../core/commands/types.ts';
import type { Deal } from '../../core/deals/model.ts';
import type { MemberActor } from '../../core/permissions/actor.ts';
import { type Accepted, type Answer, acceptCommand } from '../../core/sync/accept.ts';
import { digestOf } from '../../core/sync/canonical.ts';
import { comparePlaces, cutRows, PAGE_LIMITS, type Page, pageOf, placeOf } from '../../core/sync/page.ts';
import { PROTOCOL_FLOOR, PROTOCOL_VERSION } from '../../core/sync/protocol.ts';
import { journalOf, putRow, type Rows, rowKey, type SyncRow } from '../../core/sync/rows.ts';
import { judgeSeq } from '../../core/sync/seq.ts';
import type {
  CommandReply,
  HeadsReply,
  HeadsRequest,
  HelloReply,
  HelloRequest,
  PageReply,
  PageRequest,
  Problem,
  PushReply,
  PushRequest,
  RenewReply,
  RenewRequest,
  SyncCommand,
} from '../../core/sync/wire.ts';
import type { World } from './world.ts';

export type Role = MemberActor['role'];

export interface Unit {
  readonly version: number;
  readonly head: number;
  /** Tombstones too. */
  readonly all: ReadonlyMap<string, SyncRow>;
  readonly live: Rows;
  readonly deal: Deal | null;
}

export interface Logged {
  readonly command: Command;
  readonly memberId: string;
  readonly digest: string;
  readonly answer: Answer;
  readonly accepted: Accepted;
  /** The deal as it was before. */
  readonly before: Deal | null;
  readonly order: number;
}

interface Device {
  readonly memberId: string;
  readonly lastSeq: number;
  readonly isClosed: boolean;
}

/** Everything the server has on its disk. Values inside are never changed, so a copy of the maps is a backup. */
export interface State {
  readonly storeId: string;
  readonly head: number;
  readonly units: ReadonlyMap<string, Unit>;
  readonly devices: ReadonlyMap<string, Device>;
  readonly bySeq: ReadonlyMap<string, Logged>;
  readonly log: ReadonlyMap<string, Logged>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly access: ReadonlyMap<string, { readonly isOn: boolean; readonly head: number }>;
}

export type Asked =
  | { readonly kind: 'hello'; readonly body: HelloRequest }
  | { readonly kind: 'renew'; readonly body: RenewRequest }
  | { readonly kind: 'push'; readonly body: PushRequest }
  | { readonly kind: 'heads'; readonly body: HeadsRequest }
  | { readonly kind: 'page'; readonly body: PageRequest };
export type Reply = HelloReply | RenewReply | PushReply | HeadsReply | PageReply;
export type Told =
  | { readonly reply: Reply; readonly problem: null }
  | { readonly reply: null; readonly problem: Problem };

export interface ServerOptions {
  readonly workspace: Workspace;
  readonly roles: ReadonlyMap<string, Role>;
  readonly poke: (unitId: string, version: number) => void;
  /** Told of every command that was judged. */
  readonly judged: (logged: Logged, deviceId: string) => void;
  readonly gaveRows: (memberId: string, unitId: string) => void;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const says = (type: Exclude<Problem['type'], 'SeqGap' | 'StoreChanged'>): Problem => ({ type, message: type });

export function createServer(world: World, options: ServerOptions) {
  const server = {
    isDown: false,
    state: {
      storeId: 'store-0',
      head: 0,
      units: new Map(),
      devices: new Map(),
      bySeq: new Map(),
      log: new Map(),
      roles: options.roles,
      access: new Map(),
    } as State,
    /** The rows of every unit at every version of every store: what a desktop may ever show. */
    history: new Map<string, Rows>(),
    ask: (asked: Asked, memberId: string): Told => answer(asked, memberId),
    isOn: (memberId: string, unitId: string) => isOn(server.state, memberId, unitId),
    setAccess: (memberId: string, unitId: string, on: boolean) => {
      if (server.isOn(memberId, unitId) === on) return;
      const head = server.state.head + 1;
      const access = new Map(server.state.access).set(`${memberId}/${unitId}`, { isOn: on, head });
      server.state = { ...server.state, head, access };
    },
    setRole: (memberId: string, role: Role) => setRole(memberId, role),
    enrol: (memberId: string, deviceId: string) => {
      const device = { memberId, lastSeq: 0, isClosed: false };
      server.state = { ...server.state, devices: new Map(server.state.devices).set(deviceId, device) };
    },
    restore: (backup: State) => {
      world.serverRestores += 1;
      server.state = { ...backup, storeId: `store-${world.serverRestores}` };
      for (const [unitId, unit] of server.state.units) remember(unitId, unit);
    },
  };

  const remember = (unitId: string, unit: Unit) => {
    server.history.set(`${server.state.storeId}|${unitId}|${unit.version}`, unit.live);
  };

  function answer(asked: Asked, memberId: string): Told {
    const { state } = server;
    if (asked.kind === 'renew') return ok(renew(asked.body, memberId));
    const { body } = asked;
    if (body.storeId !== null && body.storeId !== state.storeId && world.plant !== 'store-ignored')
      return no({ type: 'StoreChanged', message: 'StoreChanged', storeId: state.storeId });
    const device = state.devices.get(body.deviceId);
    if (device === undefined || device.memberId !== memberId) return no(says('UnknownDevice'));
    if (device.isClosed) return no(says('DeviceClosed'));
    if (asked.kind === 'hello') {
      const role = state.roles.get(memberId) ?? 'agent';
      return ok({
        ...{ protocol: PROTOCOL_VERSION, floor: PROTOCOL_FLOOR, storeId: state.storeId, memberId, role },
        ...{ workspaceName: 'Fennimore', team: [], at: new Date(Date.UTC(2026, 5, 1) + world.now).toISOString() },
        lastSeq: device.lastSeq,
      });
    }
    if (asked.kind === 'push') return ok(push(asked.body, memberId));
    if (asked.kind === 'heads') return ok(heads(asked.body, memberId));
    return page(asked.body, memberId);
  }

  function renew({ deviceId, formerIds }: RenewRequest, memberId: string): RenewReply {
    const devices = new Map(server.state.devices);
    const mine = formerIds.filter((id) => devices.get(id)?.memberId === memberId);
    const known = mine.map((id) => ({ deviceId: id, lastSeq: devices.get(id)?.lastSeq ?? 0 }));
    for (const id of mine) devices.set(id, { memberId, lastSeq: devices.get(id)?.lastSeq ?? 0, isClosed: true });
    if (!devices.has(deviceId)) devices.set(deviceId, { memberId, lastSeq: 0, isClosed: false });
    server.state = { ...server.state, devices };
    return { storeId: server.state.storeId, deviceId, known };
  }

  function push({ commands }: PushRequest, memberId: string): PushReply {
    const replies: CommandReply[] = [];
    for (const sent of commands) {
      const { deviceId, seq, commandId, dealId, name, args, at } = sent;
      const command: Command = { id: commandId, dealId, name, args, at };
      const digest = digestOf(command, sha256);
      const lastSeq = server.state.devices.get(deviceId)?.lastSeq ?? 0;
      const kept = server.state.bySeq.get(`${deviceId}/${seq}`);
      const verdict = judgeSeq({ lastSeq, seq, digest, keptDigest: kept?.digest ?? null });
      if (verdict.type === 'SeqGap')
        return { storeId: server.state.storeId, replies, problem: { ...verdict, message: 'SeqGap' } };
      const isDeaf = world.plant === 'no-dedupe' && kept !== undefined && kept.command.id === commandId;
      if (verdict.type === 'DeviceRewound')
        return { storeId: server.state.storeId, replies, problem: says('DeviceRewound') };
      const logged =
        verdict.type === 'repeat' && kept !== undefined && !isDeaf ? kept : run(sent, command, memberId, digest);
      replies.push(replyOf(seq, commandId, logged.answer));
    }
    return { storeId: server.state.storeId, replies, problem: null };
  }

  /** One command in one transaction. A command id that is known is answered as before, under whatever number. */
  function run({ deviceId, seq }: SyncCommand, command: Command, memberId: string, digest: string): Logged {
    const { state } = server;
    const known = state.log.get(command.id);
    const isKnown = known !== undefined && known.digest === digest && known.memberId === memberId;
    const logged = isKnown && world.plant !== 'no-dedupe' ? known : decide(command, memberId, digest);
    const keepsSeq = world.plant === 'refusal-keeps-seq' && logged.answer.outcome === 'refused';
    const device: Device = { memberId, lastSeq: keepsSeq ? seq - 1 : seq, isClosed: false };
    server.state = {
      ...server.state,
      devices: new Map(server.state.devices).set(deviceId, device),
      bySeq: new Map(server.state.bySeq).set(`${deviceId}/${seq}`, logged),
    };
    if (logged !== known) {
      server.state = { ...server.state, log: new Map(server.state.log).set(command.id, logged) };
      options.judged(logged, deviceId);
    }
    return logged;
  }

  function decide(command: Command, memberId: string, digest: string): Logged {
    const { state } = server;
    const unit = state.units.get(command.dealId);
    const role = state.roles.get(memberId) ?? 'agent';
    const before = unit?.deal ?? null;
    const accepted = acceptCommand({
      command,
      unit: { deal: before, version: unit?.version ?? 0, journal: journalOf(unit?.live ?? new Map()) },
      workspace: options.workspace,
      actor: { kind: 'member', memberId, role },
      isOnDeal: server.isOn(memberId, command.dealId),
      acceptedAt: new Date(Date.UTC(2026, 5, 1) + world.now).toISOString(),
    });
    if (accepted.newVersion !== null) {
      write(command.dealId, accepted, accepted.newVersion);
      // Whoever opens a deal is on it.
      if (accepted.newVersion === 1) server.setAccess(memberId, command.dealId, true);
    }
    return { command, memberId, digest, answer: accepted.answer, accepted, before, order: state.log.size };
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

  function heads({ since }: HeadsRequest, memberId: string): HeadsReply {
    const { state } = server;
    const units: { unitId: string; version: number }[] = [];
    const gone: string[] = [];
    for (const [unitId, unit] of state.units) {
      const turned = state.access.get(`${memberId}/${unitId}`)?.head ?? 0;
      if (isOn(state, memberId, unitId)) {
        if (Math.max(unit.head, turned) > since) units.push({ unitId, version: unit.version });
      } else if (turned > since) gone.push(unitId);
    }
    return { storeId: state.storeId, since, head: state.head, units, gone };
  }

  function page({ unitId, after, upTo }: PageRequest, memberId: string): Told {
    const unit = server.state.units.get(unitId);
    const mayRead = world.plant === 'open-pages' || isOn(server.state, memberId, unitId);
    if (unit === undefined || !mayRead) return no(says('UnitNotAvailable'));
    options.gaveRows(memberId, unitId);
    const rows = [...unit.all.values()].filter((row) => row.row !== null || world.plant !== 'tombstones-dropped');
    const limits = { ...PAGE_LIMITS, rows: world.pageRows };
    const at = after as Page['after'];
    const cut = world.plant === 'comparator-mismatch' ? mismatched : pageOf;
    const found = cut({ version: unit.version, rows }, { after: at, upTo }, limits);
    return ok({ storeId: server.state.storeId, unitId, ...found, rows: [...found.rows], audit: null });
  }

  function setRole(memberId: string, role: Role): void {
    const was = [...server.state.units.keys()].filter((unitId) => server.isOn(memberId, unitId));
    server.state = { ...server.state, roles: new Map(server.state.roles).set(memberId, role) };
    const head = server.state.head + 1;
    const access = new Map(server.state.access);
    for (const unitId of server.state.units.keys()) {
      const on = server.isOn(memberId, unitId);
      if (on !== was.includes(unitId)) access.set(`${memberId}/${unitId}`, { isOn: on, head });
    }
    server.state = { ...server.state, head, access };
  }

  return server;
}
export type Server = ReturnType<typeof createServer>;

/** Coordinators are on every deal unless they were taken off it, agents on those they were put on. */
function isOn(state: State, memberId: string, unitId: string): boolean {
  const set = state.access.get(`${memberId}/${unitId}`);
  return set?.isOn ?? state.roles.get(memberId) !== 'agent';
}

function ok(reply: Reply): Told {
  return { reply, problem: null };
}

function no(problem: Problem): Told {
  return { reply: null, problem };
}

function replyOf(seq: number, commandId: string, answer: Answer): CommandReply {
  if (answer.outcome === 'done') return { ...answer, seq, commandId };
  const { type, message, details } = answer.refusal;
  return { ...answer, seq, commandId, refusal: details === undefined ? { type, message } : { type, message, details } };
}

/** The planted bug: sorted as a computer's language sorts names, cut by code point. */
function mismatched(...[unit, { after, upTo }, limits]: Parameters<typeof pageOf>): Page {
  const end = upTo ?? unit.version;
  const byName = (a: SyncRow, b: SyncRow) =>
    a.version - b.version || a.table.localeCompare(b.table) || b.rowId.localeCompare(a.rowId);
  const found = unit.rows.filter((row) => row.version <= end && comparePlaces(row, after) > 0).sort(byName);
  const rows = cutRows(found, limits ?? PAGE_LIMITS);
  const last = rows.at(-1);
  const next = rows.length < found.length && last !== undefined ? placeOf(last) : null;
  return { after, upTo: end, current: unit.version, rows, next };
}
