import type { Command, Refusal, Workspace } from '../../core/commands/types.ts';
import type { MemberActor } from '../../core/permissions/actor.ts';
import {
  type Follow,
  followAnew,
  NOT_FOLLOWING,
  noteHeads,
  noteSwitched,
  versionOf,
  want,
} from '../../core/sync/heads.ts';
import {
  type Attention,
  type LoggedEntry,
  nextBatch,
  type OutboxEntry,
  settleAnswer,
  startOverOutbox,
} from '../../core/sync/outbox.ts';
import type { Overwrite } from '../../core/sync/overwrites.ts';
import type { Page } from '../../core/sync/page.ts';
import { PROTOCOL_VERSION } from '../../core/sync/protocol.ts';
import {
  emptyUnit,
  type Ground,
  type HeldUnit,
  type Rebased,
  rebaseUnit,
  runHere,
  type Switch,
  serverRows,
  staleUnit,
} from '../../core/sync/rebase.ts';
import { putRow } from '../../core/sync/rows.ts';
import { judgeHello } from '../../core/sync/seq.ts';
import { addPage, openStage, type Stage } from '../../core/sync/stage.ts';
import type {
  HeadsReply,
  HelloReply,
  PageReply,
  PageRequest,
  Problem,
  PushReply,
  RenewReply,
} from '../../core/sync/wire.ts';
import type { Asked, Reply, Role, Told } from './server.ts';
import { send, type World } from './world.ts';

/** What a desktop has on its disk. Replaced whole, as a transaction does; values inside are never changed. */
export interface Disk {
  readonly deviceId: string;
  readonly formerIds: readonly string[];
  readonly role: Role;
  readonly nextSeq: number;
  readonly answeredSeq: number;
  readonly nextOrder: number;
  readonly follow: Follow;
  readonly units: ReadonlyMap<string, HeldUnit>;
  readonly outbox: readonly OutboxEntry[];
  readonly log: readonly LoggedEntry[];
  readonly attention: readonly Attention[];
  readonly overwrites: readonly Overwrite[];
  /** A new id that it asks for; the store forgot, or it was set back itself. */
  readonly renewing: { readonly deviceId: string; readonly didForget: boolean } | null;
}

export interface DesktopOptions {
  readonly name: string;
  readonly memberId: string;
  readonly workspace: Workspace;
  readonly ask: (asked: Asked, memberId: string) => Told | null;
  /** Told of every write to the disk, with what it was before. */
  readonly wrote: (desktop: Desktop, before: Disk, why: string) => void;
  /** Passes a message through the wire's schema. */
  readonly strict: <T>(kind: Asked['kind'], side: 'Request' | 'Reply', value: T) => T;
}

interface Memory {
  readonly sent: Map<string, number>;
  stages: Map<string, Stage>;
  /** For the planted bug. */
  wanted: Follow['wanted'] | null;
  isGreeted: boolean;
  life: number;
}

const TIMEOUT = 300;

export function createDesktop(world: World, options: DesktopOptions) {
  const { name, memberId, workspace } = options;
  let ids = 0;
  const memory: Memory = { sent: new Map(), stages: new Map(), wanted: null, isGreeted: false, life: 0 };
  const desktop = {
    name,
    memberId,
    disk: firstDisk(`${name}.0`),
    isRunning: true,
    isOnline: true,
    /** Milliseconds that its clock is off. */
    skew: 0,
    restores: 0,
    newId: () => {
      ids += 1;
      return `${name}.${ids}`;
    },
    act: (command: Command): Refusal | null => act(command),
    tick: () => tick(),
    poke: (unitId: string, version: number) => {
      if (!desktop.isRunning) return;
      const held = desktop.disk.units.get(unitId) ?? (world.plant === 'poke-revives' ? emptyUnit(unitId) : undefined);
      follow(want(desktop.disk.follow, { unitId, version }, held), 'poke');
    },
    crash: () => {
      desktop.isRunning = false;
      const { disk } = desktop;
      if (world.plant === 'lost-outbox') desktop.disk = { ...disk, outbox: [] };
      if (world.plant === 'cursor-skips')
        desktop.disk = { ...desktop.disk, follow: { ...disk.follow, wanted: new Map() } };
      forgetMemory();
    },
    start: () => {
      desktop.isRunning = true;
    },
    /** Puts an older copy of the disk back; `isKnown` when the program did it and takes a new id at once. */
    restore: (backup: Disk, isKnown: boolean) => {
      desktop.restores += 1;
      forgetMemory();
      desktop.disk = isKnown ? { ...backup, renewing: { deviceId: desktop.newId(), didForget: false } } : backup;
    },
  };

  function forgetMemory(): void {
    memory.sent.clear();
    memory.stages = new Map();
    memory.isGreeted = false;
    memory.life += 1;
  }

  function write(disk: Disk, why: string): void {
    const before = desktop.disk;
    desktop.disk = disk;
    options.wrote(desktop, before, why);
  }

  function follow(next: Follow, why: string): void {
    if (next !== desktop.disk.follow) write({ ...desktop.disk, follow: next }, why);
  }

  function ground(): Ground {
    return { workspace, actor: { kind: 'member', memberId, role: desktop.disk.role } satisfies MemberActor };
  }

  function act(command: Command): Refusal | null {
    const { disk } = desktop;
    const held = disk.units.get(command.dealId) ?? emptyUnit(command.dealId);
    const ran = runHere(held, { command, order: disk.nextOrder }, ground());
    if (!ran.ok) return ran.error;
    const { unit, entry } = ran.value;
    if (entry === null) return null;
    const units = new Map(disk.units).set(unit.unitId, unit);
    write({ ...disk, units, outbox: [...disk.outbox, entry], nextOrder: disk.nextOrder + 1 }, `act ${command.name}`);
    return null;
  }

  function tick(): void {
    if (!desktop.isRunning || !(desktop.isOnline || world.isQuiet)) return;
    const {
      renewing,
      deviceId,
      formerIds,
      follow: { storeId },
    } = desktop.disk;
    if (renewing !== null) {
      const body = {
        protocol: PROTOCOL_VERSION,
        storeId,
        deviceId: renewing.deviceId,
        formerIds: [...formerIds, deviceId],
      };
      ask({ kind: 'renew', body });
      return;
    }
    if (!memory.isGreeted || world.random.chance(0.03))
      ask({ kind: 'hello', body: { protocol: PROTOCOL_VERSION, storeId, deviceId } });
    if (storeId === null || !memory.isGreeted) return;
    const base = { protocol: PROTOCOL_VERSION, storeId, deviceId };
    ask({ kind: 'heads', body: { ...base, since: desktop.disk.follow.cursor } });
    for (const unitId of desktop.disk.follow.wanted.keys()) askPage(base, unitId);
    if (!desktop.disk.follow.isStartingOver) push(base);
  }

  function askPage(base: { protocol: number; storeId: string; deviceId: string }, unitId: string): void {
    const held = versionOf(desktop.disk.units.get(unitId));
    const stage = memory.stages.get(unitId) ?? openStage(unitId, held);
    memory.stages.set(unitId, stage);
    const body: PageRequest = { ...base, unitId, after: stage.at, upTo: stage.upTo };
    ask({ kind: 'page', body });
  }

  function push(base: { protocol: number; storeId: string; deviceId: string }): void {
    if (isAsking('push')) return;
    const { disk } = desktop;
    const again = world.plant === 'resent-as-new' ? disk.outbox.map((entry) => renamed(entry, disk)) : disk.outbox;
    const batch = nextBatch(again, {
      deviceId: disk.deviceId,
      nextSeq: disk.nextSeq,
      limit: world.random.between(1, 6),
    });
    if (batch.entries.length === 0) return;
    write({ ...disk, outbox: batch.outbox, nextSeq: batch.nextSeq }, 'number');
    const commands = batch.entries.map(({ command: { id, ...rest }, sent }) => ({
      ...rest,
      commandId: id,
      deviceId: sent?.deviceId ?? '',
      seq: sent?.seq ?? 0,
    }));
    ask({ kind: 'push', body: { ...base, commands } });
  }

  /** The planted bug: what was sent before goes out as if it were another. */
  function renamed(entry: OutboxEntry, disk: Disk): OutboxEntry {
    if (
      entry.sent === null ||
      entry.acceptedVersion !== null ||
      disk.outbox[0] !== entry ||
      entry.command.id.endsWith('~')
    )
      return entry;
    return { ...entry, sent: null, command: { ...entry.command, id: `${entry.command.id}~` } };
  }

  function isAsking(key: string): boolean {
    const at = memory.sent.get(key);
    return at !== undefined && world.now - at < TIMEOUT;
  }

  function ask(asked: Asked): void {
    const key = asked.kind === 'page' ? `page ${asked.body.unitId}` : asked.kind;
    if (isAsking(key)) return;
    memory.sent.set(key, world.now);
    const { life } = memory;
    const out = options.strict(asked.kind, 'Request', asked.body);
    send(world, () => {
      const told = options.ask({ ...asked, body: out } as Asked, memberId);
      if (told === null) return;
      const reply = told.reply === null ? null : options.strict(asked.kind, 'Reply', told.reply);
      const deliver = () => {
        if (life !== memory.life || !desktop.isRunning) return;
        if (memory.sent.get(key) !== undefined) memory.sent.delete(key);
        hear(asked, { reply, problem: told.problem } as Told);
      };
      send(world, deliver, true);
    });
  }

  function hear(asked: Asked, { reply, problem }: Told): void {
    const { disk } = desktop;
    if (asked.kind === 'renew') {
      if (reply !== null && disk.renewing?.deviceId === asked.body.deviceId) renewed(reply as RenewReply);
      return;
    }
    // An answer to who we were, or about a store that is not ours any more.
    const isOurs = asked.body.deviceId === disk.deviceId && asked.body.storeId === disk.follow.storeId;
    if (!isOurs || disk.renewing !== null) return;
    if (problem !== null) hearProblem(problem, asked);
    else if (reply !== null) hearReply(asked, reply);
  }

  function hearReply(asked: Asked, reply: Reply): void {
    if (asked.kind === 'hello') greeted(reply as HelloReply);
    else if (reply.storeId !== desktop.disk.follow.storeId && world.plant !== 'store-ignored')
      renew(true, 'another store');
    else if (asked.kind === 'heads') heads(reply as HeadsReply);
    else if (asked.kind === 'page') page(reply as PageReply);
    else answered(reply as PushReply);
  }

  function hearProblem(problem: Problem, asked: Asked): void {
    if (problem.type === 'StoreChanged') renew(true, 'StoreChanged');
    if (problem.type === 'UnknownDevice' || problem.type === 'DeviceRewound' || problem.type === 'DeviceClosed')
      renew(false, problem.type);
    if (problem.type === 'SeqGap' && problem.expected <= desktop.disk.answeredSeq) renew(true, 'SeqGap');
    if (problem.type !== 'UnitNotAvailable' || asked.kind !== 'page') return;
    memory.stages.delete(asked.body.unitId);
    if (world.plant === 'refused-page-purges') purge([asked.body.unitId], desktop.disk.follow);
  }

  function renew(didForget: boolean, why: string): void {
    if (world.plant === 'store-ignored' && why !== 'UnknownDevice') return;
    write({ ...desktop.disk, renewing: { deviceId: desktop.newId(), didForget } }, `renew: ${why}`);
  }

  function renewed({ storeId, deviceId, known }: RenewReply): void {
    const { disk } = desktop;
    const isNew = storeId !== disk.follow.storeId || disk.renewing?.didForget === true;
    const lastSeqs = new Map(known.map((entry) => [entry.deviceId, entry.lastSeq]));
    const over = startOverOutbox(disk.outbox, disk.log, lastSeqs);
    const units = isNew ? new Map([...disk.units].map(([id, unit]) => [id, staleUnit(unit)])) : disk.units;
    memory.stages = new Map();
    memory.sent.clear();
    const next = isNew ? followAnew(storeId) : disk.follow;
    const formerIds = [...disk.formerIds, disk.deviceId];
    const fresh = { deviceId, formerIds, nextSeq: 1, answeredSeq: 0, renewing: null };
    write({ ...disk, ...over, ...fresh, follow: next, units }, `renewed as ${deviceId} on ${storeId}`);
  }

  function greeted({ storeId, lastSeq, role }: HelloReply): void {
    const { disk } = desktop;
    const ours = { givenSeq: disk.nextSeq - 1, answeredSeq: disk.answeredSeq, storeId: disk.follow.storeId };
    const verdict = judgeHello(ours, { storeId, lastSeq });
    // A greeting that was long under way knows less than we do by now; only the first of a life is judged.
    if (!memory.isGreeted && verdict.type !== 'Fine') {
      renew(verdict.type === 'StoreChanged', `hello ${verdict.type}`);
      return;
    }
    memory.isGreeted = true;
    if (role !== disk.role || disk.follow.storeId === null)
      write({ ...disk, role, follow: { ...disk.follow, storeId } }, `greeted as ${role}`);
  }

  function heads(reply: HeadsReply): void {
    const { disk } = desktop;
    const said = world.plant === 'late-heads' ? { ...reply, since: disk.follow.cursor } : reply;
    const noted = noteHeads(disk.follow, disk.units, said);
    if (noted === null) return;
    const purged = world.plant === 'revoked-kept' ? [] : noted.purge;
    if (reply.head !== disk.follow.cursor || purged.length > 0) purge(purged, noted.follow);
    else follow(noted.follow, 'heads');
  }

  function purge(unitIds: readonly string[], from: Follow): void {
    let disk: Disk = { ...desktop.disk, follow: from };
    for (const unitId of unitIds) {
      memory.stages.delete(unitId);
      disk = switched(disk, unitId, { type: 'gone' });
      disk = { ...disk, follow: noteSwitched(disk.follow, unitId, null) };
    }
    write(disk, `heads ${from.cursor}${unitIds.length === 0 ? '' : `, purged ${unitIds.join(' ')}`}`);
  }

  function page(reply: PageReply): void {
    const { unitId } = reply;
    const stage = memory.stages.get(unitId);
    if (stage === undefined || !desktop.disk.follow.wanted.has(unitId)) return;
    if (world.plant === 'half-switch') showPage(reply);
    let next = addPage(stage, reply as Page);
    if (world.plant === 'fixed-up-to' && next !== stage && reply.next === null)
      next = { ...next, upTo: reply.upTo, isComplete: true };
    memory.stages.set(unitId, next);
    if (!next.isComplete) return;
    memory.stages.delete(unitId);
    const disk = switched(desktop.disk, unitId, { type: 'stage', stage: next });
    const at = disk.units.get(unitId)?.version ?? 0;
    write({ ...disk, follow: noteSwitched(disk.follow, unitId, at) }, `switched ${unitId} to ${at}`);
  }

  function showPage({ unitId, rows }: PageReply): void {
    const { disk } = desktop;
    const held = disk.units.get(unitId) ?? emptyUnit(unitId);
    const shown = new Map(held.shown);
    for (const row of rows) putRow(shown, row);
    write({ ...disk, units: new Map(disk.units).set(unitId, { ...held, shown }) }, `page of ${unitId}`);
  }

  function answered({ replies, problem }: PushReply): void {
    let { disk } = desktop;
    const units = new Set<string>();
    for (const reply of replies) {
      const entry = disk.outbox.find((other) => other.command.id === reply.commandId);
      const settled = settleAnswer(disk.outbox, reply.commandId, reply);
      const attention = world.plant === 'silent-refusal' ? [] : settled.attention;
      disk = {
        ...disk,
        outbox: settled.outbox,
        log: [...disk.log, ...settled.left],
        attention: [...disk.attention, ...attention],
        answeredSeq: Math.max(disk.answeredSeq, reply.seq),
      };
      if (entry === undefined) continue;
      units.add(entry.command.dealId);
      if (reply.outcome === 'done' && world.plant === 'leaves-early')
        disk = { ...disk, outbox: disk.outbox.filter((other) => other.order !== entry.order) };
      if (reply.unitVersion === null) continue;
      const head = { unitId: entry.command.dealId, version: reply.unitVersion };
      disk = { ...disk, follow: want(disk.follow, head, disk.units.get(head.unitId)) };
    }
    for (const unitId of units) disk = switched(disk, unitId, null);
    write(disk, `answered ${replies.map((reply) => `${reply.seq}${reply.outcome}`).join(' ')}`);
    if (problem !== null) hearProblem(problem, { kind: 'push' } as Asked);
  }

  /** Decides a unit again on a disk: the one place where the rows of a unit and its outbox change together. */
  function switched(disk: Disk, unitId: string, to: Switch): Disk {
    const held = disk.units.get(unitId) ?? emptyUnit(unitId);
    const own = disk.outbox.filter((entry) => entry.command.dealId === unitId);
    const base = world.plant === 'no-copies' ? { ...held, copies: new Map() } : held;
    const result = rebaseUnit(base, planted(own, held), { to, ground: ground() });
    const units = new Map(disk.units);
    if (result.unit === null) units.delete(unitId);
    else units.set(unitId, result.unit);
    const outbox = [...disk.outbox.filter((entry) => entry.command.dealId !== unitId), ...result.outbox];
    outbox.sort((a, b) => a.order - b.order);
    return { ...disk, units, outbox, ...notes(disk, result) };
  }

  function notes(disk: Disk, { done, attention, overwrites }: Rebased): Pick<Disk, 'log' | 'attention' | 'overwrites'> {
    const said = world.plant === 'silent-refusal' ? [] : attention;
    return {
      log: [...disk.log, ...done],
      attention: [...disk.attention, ...said],
      overwrites: [...disk.overwrites, ...overwrites],
    };
  }

  function planted(own: readonly OutboxEntry[], held: HeldUnit): readonly OutboxEntry[] {
    if (world.plant === 'rebase-backwards') return [...own].reverse();
    if (world.plant !== 'expected-rewritten') return own;
    const price = [...serverRows(held).values()].find((row) => row.table === 'deal')?.row?.priceCents;
    return own.map((entry) =>
      entry.command.name !== 'setPrice' || price === undefined || entry.sent !== null
        ? entry
        : { ...entry, command: { ...entry.command, args: { ...(entry.command.args as object), expected: price } } },
    );
  }

  return desktop;
}
export type Desktop = ReturnType<typeof createDesktop>;

function firstDisk(deviceId: string): Disk {
  return {
    deviceId,
    formerIds: [],
    role: 'tc',
    nextSeq: 1,
    answeredSeq: 0,
    nextOrder: 1,
    follow: NOT_FOLLOWING,
    units: new Map(),
    outbox: [],
    log: [],
    attention: [],
    overwrites: [],
    renewing: null,
  };
}
