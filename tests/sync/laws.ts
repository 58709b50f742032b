import { applyToDeal } from '../../core/commands/apply.ts';
import { isSame } from '../../core/commands/changes.ts';
import { decideCommand } from '../../core/commands/registry.ts';
import type { Command } from '../../core/commands/types.ts';
import type { Deal } from '../../core/deals/model.ts';
import type { Answer } from '../../core/sync/accept.ts';
import { DEFECT_TYPE } from '../../core/sync/decide.ts';
import { guardOf } from '../../core/sync/guarded.ts';
import { type HeldUnit, serverRows } from '../../core/sync/rebase.ts';
import { dealOfRows, type Rows } from '../../core/sync/rows.ts';
import type { Desktop } from './desktop.ts';
import type { Disk } from './disk.ts';
import type { Server } from './server.ts';
import type { Asked, Logged, Told } from './server-state.ts';
import { seenOf, touches } from './touches.ts';
import type { World } from './world.ts';

/** What a person meant, whatever ids it travelled under; a bug may send one intent under two ids. */
interface Made {
  /** Null for a person at the portal, or a job. */
  readonly desktop: Desktop | null;
  readonly command: Command;
  /** The guarded value that they saw. */
  readonly seen: unknown;
  /** Commands of theirs that were not in what they saw. */
  readonly held: ReadonlySet<string>;
  readonly restores: string;
  readonly order: number;
  /** They were told that it was refused. */
  isTold: boolean;
  /** A backup was put back that never knew of it. */
  mayBeLost: boolean;
}

export interface Counts {
  made: number;
  done: number;
  refused: number;
  moved: number;
  overwrites: number;
  switches: number;
  starts: number;
  /** A verdict on a version that another person had judged otherwise, unseen by this one. */
  verdictsOverwritten: number;
  signIns: number;
  /** Units that a desktop was given whole, from nothing. */
  snapshots: number;
  /** Commands of people at the portal and of jobs. */
  portal: number;
}

/** Watches one schedule and says which law broke. It knows what no desktop and no server knows: everything. */
export function createLaws(world: World, server: Server) {
  const made = new Map<string, Made>();
  const counts: Counts = {
    made: 0,
    done: 0,
    refused: 0,
    moved: 0,
    overwrites: 0,
    switches: 0,
    starts: 0,
    verdictsOverwritten: 0,
    signIns: 0,
    snapshots: 0,
    portal: 0,
  };
  const revoked = new Set<string>();
  const epoch = (desktop: Desktop) => `${desktop.restores}/${world.serverRestores}`;

  const laws = {
    counts,
    made: (desktop: Desktop | null, command: Command, deal: Deal | null) => {
      counts.made += 1;
      if (desktop === null) counts.portal += 1;
      const seen = deal === null ? null : seenOf(command, deal);
      const waiting = desktop?.disk.outbox.filter((entry) => entry.isHeld) ?? [];
      const held = new Set(waiting.map((entry) => entry.command.id));
      made.set(command.id, {
        desktop,
        command,
        seen,
        held,
        restores: desktop === null ? '' : epoch(desktop),
        order: counts.made,
        isTold: false,
        mayBeLost: false,
      });
    },
    judged: (logged: Logged) => {
      const { answer } = logged;
      const maker = made.get(intentOf(logged.command.id));
      if (maker === undefined) return;
      if (answer.outcome === 'refused') {
        counts.refused += 1;
        if (answer.refusal.type === DEFECT_TYPE) world.breaks('no defect', `${logged.command.name} threw`);
        if (answer.refusal.type === 'Moved') moved(logged, maker);
        return;
      }
      counts.done += 1;
      once(logged);
      unseen(logged, maker);
    },
    /** Told before it counts. */
    revoked: (key: string) => revoked.add(key),
    signedIn: () => {
      counts.signIns += 1;
    },
    answered: (key: string, memberId: string, asked: Asked, told: Told) => {
      if (revoked.has(key)) world.breaks('revoked', `${memberId} was answered a ${asked.kind} with ${key}`);
      if (told.reply !== null) leaks(memberId, asked, told.reply);
    },
    /** A person at the portal, or a job, was told how a command of theirs went. */
    toldPortal: (key: string, answer: Answer) => {
      const text = JSON.stringify(answer);
      if ((portalTold.get(key) ?? text) !== text) world.breaks('same answer', `${key} was answered otherwise`);
      portalTold.set(key, text);
    },
    tampered: (desktop: Desktop, unitId: string) => {
      world.breaks('audit', `${desktop.name} was shown another trail of ${unitId} than before`);
    },
    wrote: (desktop: Desktop, before: Disk, isAct: boolean) => {
      left(desktop, before);
      for (const [unitId, unit] of desktop.disk.units) {
        if (before.units.get(unitId) === unit) continue;
        if (!unit.isStale && unit.version > 0) whole(desktop, unitId, unit);
        if (!unit.isStale && unit.version > 0 && (before.units.get(unitId)?.version ?? 0) === 0) counts.snapshots += 1;
        if (!unit.isStale && !isAct) inOrder(desktop, unitId, unit);
      }
      for (const { command } of desktop.disk.attention.slice(before.attention.length)) {
        const told = made.get(intentOf(command.id));
        if (told !== undefined) told.isTold = true;
      }
      const isRenewing = desktop.disk.session.renewing !== null && before.session.renewing === null;
      if (isRenewing) started(desktop);
    },
    /** A disk or the server was set back: what nobody holds any more may be lost, and nothing else. */
    setBack: () => {
      revoked.clear();
      for (const [key, { isRevoked }] of server.state.keys) if (isRevoked) revoked.add(key);
      for (const one of made.values()) {
        if (one.desktop === null) continue;
        const { outbox, log, attention } = one.desktop.disk;
        const isHeld = [...outbox, ...log, ...attention].some((entry) => intentOf(entry.command.id) === one.command.id);
        if (!isHeld && !isAccepted(one.command.id)) one.mayBeLost = true;
      }
    },
    quiet: (desktops: readonly Desktop[]) => {
      for (const { desktop, command, isTold, mayBeLost } of made.values()) {
        if (desktop === null || isTold || mayBeLost || isAccepted(command.id)) continue;
        // Whoever is not let in keeps it.
        if (desktop.key === null && desktop.disk.outbox.some((entry) => entry.command.id === command.id)) continue;
        world.breaks('nothing lost', `${command.id} ${command.name} of ${desktop.name} is gone without a word`);
      }
      for (const desktop of desktops) if (desktop.key !== null) level(desktop);
    },
  };

  let orders = 0;
  const portalTold = new Map<string, string>();

  /** Nobody is told of a deal that they are not on: not its id, not a version, not a row. */
  function leaks(memberId: string, asked: Asked, reply: NonNullable<Told['reply']>): void {
    const leak = (what: string) => world.breaks('roles', `${memberId} was given ${what}`);
    if (asked.kind === 'page' && !server.isOn(memberId, asked.body.unitId)) leak(`rows of ${asked.body.unitId}`);
    if ('units' in reply)
      for (const { unitId } of reply.units) if (!server.isOn(memberId, unitId)) leak(`the head of ${unitId}`);
  }

  const isAccepted = (commandId: string) =>
    server.state.log.get(commandId)?.answer.outcome === 'done' ||
    server.state.log.get(`${commandId}~`)?.answer.outcome === 'done';

  function once({ command, accepted }: Logged): void {
    if (accepted.newVersion === null) return;
    const intent = intentOf(command.id);
    const live = server.state.units.get(command.dealId)?.live ?? new Map();
    const twins = [...live.values()].filter((row) => row.table === 'journal' && intentOf(row.rowId) === intent);
    const again = seenBy.get(`${server.state.storeId}/${intent}`);
    seenBy.set(`${server.state.storeId}/${intent}`, command.id);
    if (twins.length > 1 || again !== undefined) world.breaks('once', `${intent} took effect twice`);
  }
  const seenBy = new Map<string, string>();

  /** A guarded value was written over although its maker had seen another. */
  function unseen({ command, accepted, before }: Logged, { seen, desktop }: Made): void {
    if (before === null || accepted.changes.length === 0) return;
    const maker = desktop?.name ?? 'the portal';
    const guard = guardOf(command.name, command.args);
    const actual = seenOf(command, before);
    // What both wrote alike is nobody's loss.
    const wrote = guard !== null && accepted.changes.some((each) => touches(each, guard.row(before), guard.field));
    if (wrote && !isSame(actual, seen) && !guard.agrees(actual))
      world.breaks('guarded', `${maker} wrote ${guard.field} over ${text(actual)}, having seen ${text(seen)}`);
    if (command.name === 'moveVersion' && 'expected' in (command.args as object) && actual !== seen)
      world.breaks('guarded', `${maker} took the verdict ${text(actual)} away, having seen ${text(seen)}`);
    if (command.name !== 'reviewLine') return;
    for (const change of accepted.changes) {
      if (change.op === 'update' && change.table === 'version' && change.was.verdict) counts.verdictsOverwritten += 1;
    }
  }

  /** Moved by a value of one's own that one saw: one's own edits never conflict. */
  function moved(logged: Logged, maker: Made): void {
    counts.moved += 1;
    const { command, before } = logged;
    const guard = guardOf(command.name, command.args);
    if (guard === null || before === null) return;
    const row = guard.row(before);
    const writers = [...server.state.log.values()].filter(
      (other) =>
        other.command.dealId === command.dealId &&
        other.accepted.changes.some((change) => touches(change, row, guard.field)),
    );
    const last = writers.sort((a, b) => (a.accepted.newVersion ?? 0) - (b.accepted.newVersion ?? 0)).at(-1);
    const by = last === undefined ? undefined : made.get(intentOf(last.command.id));
    if (last === undefined || by === undefined || maker.desktop === null || by.desktop !== maker.desktop) return;
    // Taking back a step that carried nothing seen brings another's word back, which this one had not seen either.
    if (last.command.name === 'undo' && guardOfRoot(last.command) === null) return;
    // What this one was built on was itself refused, for another reason: it stands on nothing.
    const isBuiltOnRefused = [...made.values()].some(
      (other) =>
        other.desktop === maker.desktop &&
        other.command.dealId === command.dealId &&
        other.order > by.order &&
        other.order < maker.order &&
        (other.isTold || server.state.log.get(other.command.id)?.answer.outcome === 'refused'),
    );
    if (isBuiltOnRefused) return;
    const isSeen =
      by.restores === maker.restores && maker.restores === epoch(maker.desktop) && !maker.held.has(last.command.id);
    if (isSeen)
      world.breaks('own edits', `${command.id} of ${maker.desktop.name} was moved by its own ${last.command.id}`);
  }

  function guardOfRoot({ name, args }: Command): ReturnType<typeof guardOf> {
    if (name !== 'undo') return guardOf(name, args);
    const undone = server.state.log.get((args as { readonly commandId: string }).commandId);
    return undone === undefined ? null : guardOfRoot(undone.command);
  }

  /** What left the outbox is shown by the rows, or a person was told. */
  function left(desktop: Desktop, before: Disk): void {
    const { disk } = desktop;
    if (disk.outbox === before.outbox) return;
    const stays = new Set(disk.outbox.map((entry) => entry.order));
    for (const { order, command } of before.outbox) {
      if (stays.has(order)) continue;
      const logged = server.state.log.get(command.id);
      const unit = disk.units.get(command.dealId);
      const isTold = disk.attention.some((entry) => entry.command.id === command.id);
      if (isTold || disk.follow.storeId !== server.state.storeId) continue;
      if (logged?.answer.outcome !== 'done')
        world.breaks('told', `${command.id} ${command.name} left the outbox of ${desktop.name} without a word`);
      else if (unit !== undefined && !unit.isStale && unit.version < logged.answer.unitVersion && unit.version > 0)
        world.breaks('no flicker', `${command.id} left the outbox of ${desktop.name} before the rows showed it`);
    }
  }

  /** The server's rows of a unit are those of one version, never a mixture. */
  function whole(desktop: Desktop, unitId: string, unit: HeldUnit): void {
    counts.switches += 1;
    const { storeId } = desktop.disk.follow;
    const past = server.history.get(`${storeId}|${unitId}|${unit.version}`);
    const difference = past === undefined ? 'version, that never was' : differs(serverRows(unit), past.rows);
    if (difference !== null)
      world.breaks('whole', `${desktop.name} shows ${unitId} at ${unit.version} with another ${difference}`);
    const kept = desktop.disk.audit.get(unitId)?.count ?? 0;
    if (past !== undefined && kept < past.audit)
      world.breaks('audit', `${desktop.name} shows ${unitId} at ${unit.version} and keeps ${kept} rows of its trail`);
    if (storeId === server.state.storeId) prefix(desktop, unitId);
  }

  /** What a desktop keeps of a trail is the beginning of what the server has. */
  function prefix({ name, disk }: Desktop, unitId: string): void {
    const head = disk.audit.get(unitId);
    if (head === undefined || head.count === 0) return;
    if (server.state.audit.get(unitId)?.[head.count - 1] !== head.hash)
      world.breaks('audit', `the trail of ${unitId} is not the one of which ${name} keeps row ${head.count}`);
  }

  /** What is shown is the server's rows with the outbox over them, in the order in which the person did it. */
  function inOrder(desktop: Desktop, unitId: string, unit: HeldUnit): void {
    const waiting = desktop.disk.outbox.filter((entry) => entry.command.dealId === unitId);
    if (waiting.length < 2) return;
    // Dear, so one time in three.
    orders += 1;
    if (orders % 3 !== 0) return;
    const rows = serverRows(unit);
    const actor = { kind: 'member', memberId: desktop.memberId, role: desktop.disk.role } as const;
    const workspace = desktop.workspace();
    let deal = dealOfRows(rows);
    for (const { command } of waiting.sort((a, b) => a.order - b.order)) {
      // An undo reads the journal, which this does not keep.
      if (command.name === 'undo') return;
      if (rows.has(`journal/${command.id}`)) continue;
      const journal = { byCommand: () => null, lastChangeOf: () => null };
      const decided = decideCommand({ dealId: unitId, deal, workspace, journal }, command, actor);
      if (decided.ok) deal = applyToDeal(deal, decided.value.changes);
    }
    if (!isSame(deal, dealOfRows(unit.shown)))
      world.breaks('own order', `${desktop.name} shows ${unitId} with its outbox in another order`);
  }

  function started(desktop: Desktop): void {
    counts.starts += 1;
    if (desktop.restores === 0 && world.serverRestores === 0 && desktop.signIns === 0)
      world.breaks('no false alarm', `${desktop.name} started over without a cause`);
  }

  function level(desktop: Desktop): void {
    const { disk, memberId, name } = desktop;
    counts.overwrites += disk.overwrites.length;
    for (const unitId of disk.units.keys()) prefix(desktop, unitId);
    const me = server.state.team.find((member) => member.id === memberId);
    if (me?.role !== disk.role || !isSame(disk.team, server.state.team))
      world.breaks('team', `${name} works as ${disk.role} with another team than the server's`);
    if (disk.outbox.length > 0) world.breaks('drained', `${name} still has ${disk.outbox.length} in its outbox`);
    for (const [unitId, unit] of server.state.units) {
      const held = disk.units.get(unitId);
      if (!server.isOn(memberId, unitId)) {
        if (held !== undefined) world.breaks('roles', `${name} still has ${unitId}`);
        continue;
      }
      const difference = held === undefined ? 'unit' : differs(held.shown, unit.live);
      if (difference !== null) world.breaks('equal', `${name} shows ${unitId} with another ${difference}`);
    }
    for (const unitId of disk.units.keys())
      if (!server.state.units.has(unitId)) world.breaks('equal', `${name} shows ${unitId}, which is not there`);
  }

  return laws;
}
export type Laws = ReturnType<typeof createLaws>;

function intentOf(commandId: string): string {
  return commandId.replaceAll('~', '');
}

/** The first row in which two sets of rows differ; null when they are equal. */
function differs(ours: Rows, theirs: Rows): string | null {
  for (const [key, { row }] of theirs) {
    const own = ours.get(key)?.row;
    if (own === undefined) return key;
    if (own !== row && !isSame(own, row)) return key;
  }
  for (const key of ours.keys()) if (!theirs.has(key)) return key;
  return null;
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
