import { isSame as isEqual } from '../../core/commands/changes.ts';
import type { Command, Refusal, Workspace } from '../../core/commands/types.ts';
import { mirrorHead } from '../../core/sync/audit-head.ts';
import { type Follow, noteHeads, noteSwitched, versionOf, want } from '../../core/sync/heads.ts';
import { nextBatch, type OutboxEntry, settleReplies } from '../../core/sync/outbox.ts';
import type { Page } from '../../core/sync/page.ts';
import { PROTOCOL_VERSION } from '../../core/sync/protocol.ts';
import { emptyUnit, type Ground, runHere, type Switch, staleUnit } from '../../core/sync/rebase.ts';
import { putRow } from '../../core/sync/rows.ts';
import {
  formerIdsOf,
  greet,
  type Heard,
  hearProblem,
  hearStore,
  isForUs,
  membersOf,
  noteAnswered,
  renewed,
  signedIn,
  startRenewal,
  whatToAsk,
} from '../../core/sync/session.ts';
import { addPage, leastOf, openStage, type Stage } from '../../core/sync/stage.ts';
import type {
  AuditHead,
  HeadsReply,
  HelloReply,
  PageReply,
  PageRequest,
  PushReply,
  RenewReply,
  TeamMember,
} from '../../core/sync/wire.ts';
import { actorOf, type Disk, firstDisk, switched as switchedOn } from './disk.ts';
import type { Asked, Reply, Role, Told } from './server-state.ts';
import { send, type World } from './world.ts';

export interface DesktopOptions {
  readonly name: string;
  readonly memberId: string;
  readonly role: Role;
  readonly team: readonly TeamMember[];
  readonly rules: Pick<Workspace, 'template' | 'packNames'>;
  readonly ask: (asked: Asked, key: string) => Told | null;
  /** Told of every write to the disk, with what it was before. */
  readonly wrote: (desktop: Desktop, before: Disk, why: string) => void;
  /** The trail was shown otherwise than before. */
  readonly tampered: (desktop: Desktop, unitId: string) => void;
  /** Passes a message through the wire's schema. */
  readonly strict: <T>(kind: Asked['kind'], side: 'Request' | 'Reply', value: T) => T;
}

interface Memory {
  readonly sent: Map<string, number>;
  stages: Map<string, Stage>;
  isGreeted: boolean;
  life: number;
}

interface Base {
  readonly protocol: number;
  readonly storeId: string;
  readonly deviceId: string;
}

const TIMEOUT = 300;

export function createDesktop(world: World, options: DesktopOptions) {
  const { name, memberId, rules } = options;
  let ids = 0;
  const memory: Memory = { sent: new Map(), stages: new Map(), isGreeted: false, life: 0 };
  const desktop = {
    name,
    memberId,
    disk: firstDisk(`${name}.0`, options.role, options.team),
    /** Kept apart from the disk, as secrets are; null once the server did not take it any more. */
    key: null as string | null,
    isRunning: true,
    isOnline: true,
    /** Milliseconds that its clock is off. */
    skew: 0,
    restores: 0,
    signIns: 0,
    newId: () => {
      ids += 1;
      return `${name}.${ids}`;
    },
    workspace: () => workspaceOf(desktop.disk.team),
    act: (command: Command): Refusal | null => act(command),
    tick: () => tick(),
    poke: (unitId: string, version: number) => {
      if (!desktop.isRunning) return;
      const held = desktop.disk.units.get(unitId) ?? (world.plant === 'poke-revives' ? emptyUnit(unitId) : undefined);
      follow(want(desktop.disk.follow, { unitId, version }, held), 'poke');
    },
    /** Rights or the team changed: it asks who it is. */
    pokeTeam: () => {
      if (desktop.isRunning && desktop.key !== null && memory.isGreeted) askHello();
    },
    /** A person signed it in with a code, as a new device. */
    signIn: (key: string, deviceId: string) => {
      desktop.signIns += 1;
      desktop.key = key;
      forgetMemory();
      const session = signedIn(desktop.disk.session, { deviceId, newId: desktop.newId() });
      write({ ...desktop.disk, session }, `signed in as ${deviceId}`);
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
      const again = { newId: desktop.newId(), didForget: false };
      desktop.disk = isKnown ? { ...backup, session: startRenewal(backup.session, again) } : backup;
    },
  };

  let known = { team: options.team, workspace: { ...rules, members: membersOf(options.team) } };
  function workspaceOf(team: readonly TeamMember[]): Workspace {
    if (known.team !== team) known = { team, workspace: { ...rules, members: membersOf(team) } };
    return known.workspace;
  }

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
    return { workspace: desktop.workspace(), actor: actorOf(options, desktop.disk) };
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
    if (!desktop.isRunning || desktop.key === null || !(desktop.isOnline || world.isQuiet)) return;
    const { session, follow: now } = desktop.disk;
    const base = { protocol: PROTOCOL_VERSION, storeId: now.storeId ?? '', deviceId: session.deviceId };
    const wanted = whatToAsk(session, now, memory.isGreeted);
    if (memory.isGreeted && session.renewing === null && world.random.chance(world.isQuiet ? 0.1 : 0.03)) askHello();
    for (const what of wanted) {
      if (what === 'renew') askRenewal();
      if (what === 'hello') askHello();
      if (what === 'heads') ask({ kind: 'heads', body: { ...base, since: desktop.disk.follow.cursor } });
      if (what === 'pages') for (const unitId of now.wanted.keys()) askPage(base, unitId);
      if (what === 'push') push(base);
    }
  }

  function askHello(): void {
    const { session, follow: now } = desktop.disk;
    ask({ kind: 'hello', body: { protocol: PROTOCOL_VERSION, storeId: now.storeId, deviceId: session.deviceId } });
  }

  function askRenewal(): void {
    const { session, follow: now } = desktop.disk;
    const deviceId = session.renewing?.deviceId ?? '';
    const formerIds = [...formerIdsOf(session)];
    ask({ kind: 'renew', body: { protocol: PROTOCOL_VERSION, storeId: now.storeId, deviceId, formerIds } });
  }

  function askPage(base: Base, unitId: string): void {
    const held = versionOf(desktop.disk.units.get(unitId));
    const stage = memory.stages.get(unitId) ?? openStage(unitId, held);
    memory.stages.set(unitId, stage);
    const body: PageRequest = { ...base, unitId, after: stage.at, upTo: stage.upTo };
    ask({ kind: 'page', body });
  }

  function push(base: Base): void {
    if (isAsking('push')) return;
    const { disk } = desktop;
    const { deviceId, nextSeq } = disk.session;
    const again = world.plant === 'resent-as-new' ? disk.outbox.map((entry) => renamed(entry, disk)) : disk.outbox;
    const batch = nextBatch(again, { deviceId, nextSeq, limit: world.random.between(1, 6) });
    if (batch.entries.length === 0) return;
    const session = { ...disk.session, nextSeq: batch.nextSeq };
    write({ ...disk, outbox: batch.outbox, session }, 'number');
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
    const isFresh = entry.sent === null || entry.acceptedVersion !== null || disk.outbox[0] !== entry;
    if (isFresh || entry.command.id.endsWith('~')) return entry;
    return { ...entry, sent: null, command: { ...entry.command, id: `${entry.command.id}~` } };
  }

  function isAsking(key: string): boolean {
    const at = memory.sent.get(key);
    return at !== undefined && world.now - at < TIMEOUT;
  }

  function ask(asked: Asked): void {
    const what = asked.kind === 'page' ? `page ${asked.body.unitId}` : asked.kind;
    const { key } = desktop;
    if (key === null || isAsking(what)) return;
    memory.sent.set(what, world.now);
    const { life } = memory;
    const out = options.strict(asked.kind, 'Request', asked.body);
    send(world, () => {
      const told = options.ask({ ...asked, body: out } as Asked, key);
      if (told === null) return;
      const reply = told.reply === null ? null : options.strict(asked.kind, 'Reply', told.reply);
      const deliver = () => {
        if (life !== memory.life || !desktop.isRunning || key !== desktop.key) return;
        if (memory.sent.get(what) !== undefined) memory.sent.delete(what);
        hear(asked, { reply, problem: told.problem } as Told);
      };
      send(world, deliver, true);
    });
  }

  function hear(asked: Asked, { reply, problem }: Told): void {
    const { disk } = desktop;
    if (reply === null && problem === null) signedOut();
    else if (asked.kind === 'renew') {
      if (reply !== null) renewedAs(reply as RenewReply);
    } else if (isForUs(disk.session, disk.follow, asked.body)) {
      if (problem !== null) obey(hearProblem(disk.session, problem), asked);
      else if (reply !== null) hearReply(asked, reply);
    }
  }

  /** The key is not taken any more: everything stays, and nothing is asked until a person signs it in again. */
  function signedOut(): void {
    desktop.key = null;
    forgetMemory();
    const outbox = world.plant === 'sign-out-drops' ? [] : desktop.disk.outbox;
    write({ ...desktop.disk, outbox }, 'signed out');
  }

  function hearReply(asked: Asked, reply: Reply): void {
    if (asked.kind === 'hello') {
      greeted(reply as HelloReply);
      return;
    }
    const heard = hearStore(desktop.disk.follow, reply);
    if (heard.type === 'renew' && world.plant !== 'store-ignored') obey(heard, asked);
    else if (asked.kind === 'heads') heads(reply as HeadsReply);
    else if (asked.kind === 'page') page(reply as PageReply);
    else if (asked.kind === 'push') answered(reply as PushReply, asked);
  }

  function obey(heard: Heard, asked: Asked): void {
    if (heard.type === 'renew') {
      if (world.plant === 'store-ignored' && heard.why !== 'UnknownDevice') return;
      const again = { newId: desktop.newId(), didForget: heard.didForget };
      write({ ...desktop.disk, session: startRenewal(desktop.disk.session, again) }, `renew: ${heard.why}`);
    }
    if (heard.type !== 'drop-stage' || asked.kind !== 'page') return;
    memory.stages.delete(asked.body.unitId);
    if (world.plant === 'refused-page-purges') purge([asked.body.unitId], desktop.disk.follow);
  }

  function renewedAs(reply: RenewReply): void {
    const { disk } = desktop;
    const next = renewed(disk.session, disk, reply);
    if (next === null) return;
    const { isAnew, ...fresh } = next;
    const units = isAnew ? new Map([...disk.units].map(([id, unit]) => [id, staleUnit(unit)])) : disk.units;
    const audit = isAnew ? new Map<string, AuditHead>() : disk.audit;
    memory.stages = new Map();
    memory.sent.clear();
    write({ ...disk, ...fresh, units, audit }, `renewed as ${reply.deviceId} on ${reply.storeId}`);
  }

  function greeted(reply: HelloReply): void {
    const { disk } = desktop;
    const { heard, follow: next } = greet(disk.session, disk.follow, { reply, isFirst: !memory.isGreeted });
    if (heard.type === 'renew') {
      obey(heard, { kind: 'hello' } as Asked);
      return;
    }
    memory.isGreeted = true;
    const team = world.plant === 'team-ignored' ? disk.team : reply.team;
    const isSame = reply.role === disk.role && isEqual(team, disk.team);
    if (!isSame || next !== disk.follow)
      write({ ...disk, role: reply.role, team: isSame ? disk.team : team, follow: next }, `greeted as ${reply.role}`);
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
    const { disk: before } = desktop;
    const least = leastOf(unitId, before.follow, [...before.log, ...before.outbox]);
    let next = addPage(stage, reply as Page, least);
    if (world.plant === 'fixed-up-to' && next !== stage && reply.next === null)
      next = { ...next, upTo: reply.upTo, isComplete: true };
    memory.stages.set(unitId, next);
    if (!next.isComplete) return;
    memory.stages.delete(unitId);
    const disk = switched(before, unitId, { type: 'stage', stage: next });
    const at = disk.units.get(unitId)?.version ?? 0;
    const audit = mirrored(before, unitId, reply.audit);
    write({ ...disk, audit, follow: noteSwitched(disk.follow, unitId, at) }, `switched ${unitId} to ${at}`);
  }

  function mirrored(disk: Disk, unitId: string, told: AuditHead | null): Disk['audit'] {
    if (world.plant === 'audit-not-mirrored') return disk.audit;
    const { head, isTampered } = mirrorHead(disk.audit.get(unitId) ?? null, told);
    if (isTampered) options.tampered(desktop, unitId);
    return head === null ? disk.audit : new Map(disk.audit).set(unitId, head);
  }

  function showPage({ unitId, rows }: PageReply): void {
    const { disk } = desktop;
    const held = disk.units.get(unitId) ?? emptyUnit(unitId);
    const shown = new Map(held.shown);
    for (const row of rows) putRow(shown, row);
    write({ ...disk, units: new Map(disk.units).set(unitId, { ...held, shown }) }, `page of ${unitId}`);
  }

  function answered({ replies, problem }: PushReply, asked: Asked): void {
    const { disk: before } = desktop;
    const settled = settleReplies(before.outbox, replies);
    const attention = world.plant === 'silent-refusal' ? [] : settled.attention;
    const early = new Set(
      world.plant === 'leaves-early'
        ? replies.flatMap((reply) => (reply.outcome === 'done' ? [reply.commandId] : []))
        : [],
    );
    const session = noteAnswered(
      before.session,
      replies.map((reply) => reply.seq),
    );
    let disk: Disk = {
      ...before,
      session,
      outbox: settled.outbox.filter((entry) => !early.has(entry.command.id)),
      log: [...before.log, ...settled.left],
      attention: [...before.attention, ...attention],
    };
    for (const head of settled.heads) disk = { ...disk, follow: want(disk.follow, head, disk.units.get(head.unitId)) };
    for (const unitId of settled.unitIds) disk = switched(disk, unitId, null);
    write(disk, `answered ${replies.map((reply) => `${reply.seq}${reply.outcome}`).join(' ')}`);
    if (problem !== null) obey(hearProblem(desktop.disk.session, problem), asked);
  }

  function switched(disk: Disk, unitId: string, to: Switch): Disk {
    return switchedOn(disk, { unitId, to, ground: ground() }, world.plant);
  }

  return desktop;
}
export type Desktop = ReturnType<typeof createDesktop>;
