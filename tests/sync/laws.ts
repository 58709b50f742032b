import { applyToDeal } from '../../core/commands/apply.ts';
import { isSame } from '../../core/commands/changes.ts';
import { decideCommand } from '../../core/commands/registry.ts';
import type { Change, Command, Workspace } from '../../core/commands/types.ts';
import type { Deal } from '../../core/deals/model.ts';
import { DEFECT_TYPE } from '../../core/sync/decide.ts';
import { guardOf } from '../../core/sync/guarded.ts';
import { type HeldUnit, serverRows } from '../../core/sync/rebase.ts';
import { dealOfRows, type Rows } from '../../core/sync/rows.ts';
import type { Desktop, Disk } from './desktop.ts';
import type { Logged, Server } from './server.ts';
import type { World } from './world.ts';

/** What a person meant, whatever ids it travelled under; a bug may send one intent under two ids. */
interface Made {
  readonly desktop: Desktop;
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
}

/** Watches one schedule and says which law broke. It knows what no desktop and no server knows: everything. */
export function createLaws(world: World, server: Server, workspace: Workspace) {
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
  };
  const epoch = (desktop: Desktop) => `${desktop.restores}/${world.serverRestores}`;

  const laws = {
    counts,
    made: (desktop: Desktop, command: Command, deal: Deal | null) => {
      counts.made += 1;
      const seen = deal === null ? null : (guardOf(command.name, command.args)?.actual(deal) ?? null);
      const held = new Set(desktop.disk.outbox.filter((entry) => entry.isHeld).map((entry) => entry.command.id));
      made.set(command.id, {
        desktop,
        command,
        seen,
        held,
        restores: epoch(desktop),
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
    gaveRows: (memberId: string, unitId: string) => {
      if (!server.isOn(memberId, unitId)) world.breaks('roles', `${memberId} was given rows of ${unitId}`);
    },
    wrote: (desktop: Desktop, before: Disk, isAct: boolean) => {
      left(desktop, before);
      for (const [unitId, unit] of desktop.disk.units) {
        if (before.units.get(unitId) === unit) continue;
        if (!unit.isStale && unit.version > 0) whole(desktop, unitId, unit);
        if (!unit.isStale && !isAct) inOrder(desktop, unitId, unit);
      }
      for (const { command } of desktop.disk.attention.slice(before.attention.length)) {
        const told = made.get(intentOf(command.id));
        if (told !== undefined) told.isTold = true;
      }
      if (desktop.disk.renewing !== null && before.renewing === null) started(desktop);
    },
    /** A disk or the server was set back: what nobody holds any more may be lost, and nothing else. */
    setBack: () => {
      for (const one of made.values()) {
        const { outbox, log, attention } = one.desktop.disk;
        const isHeld = [...outbox, ...log, ...attention].some((entry) => intentOf(entry.command.id) === one.command.id);
        if (!isHeld && !isAccepted(one.command.id)) one.mayBeLost = true;
      }
    },
    quiet: (desktops: readonly Desktop[]) => {
      for (const one of made.values()) {
        if (one.isTold || one.mayBeLost || isAccepted(one.command.id)) continue;
        world.breaks(
          'nothing lost',
          `${one.command.id} ${one.command.name} of ${one.desktop.name} is gone without a word`,
        );
      }
      for (const desktop of desktops) level(desktop);
    },
  };

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
    const guard = guardOf(command.name, command.args);
    if (guard === null || before === null || accepted.changes.length === 0) return;
    const actual = guard.actual(before);
    // What both wrote alike is nobody's loss.
    if (!isSame(actual, seen) && !isSame(actual, guard.mine))
      world.breaks('guarded', `${desktop.name} wrote ${guard.field} over ${text(actual)}, having seen ${text(seen)}`);
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
    if (last === undefined || by === undefined || by.desktop !== maker.desktop) return;
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
    const rows = server.history.get(`${storeId}|${unitId}|${unit.version}`);
    const difference = rows === undefined ? 'version, that never was' : differs(serverRows(unit), rows);
    if (difference !== null)
      world.breaks('whole', `${desktop.name} shows ${unitId} at ${unit.version} with another ${difference}`);
  }

  /** What is shown is the server's rows with the outbox over them, in the order in which the person did it. */
  function inOrder(desktop: Desktop, unitId: string, unit: HeldUnit): void {
    const waiting = desktop.disk.outbox.filter((entry) => entry.command.dealId === unitId);
    if (waiting.length < 2) return;
    const rows = serverRows(unit);
    const actor = { kind: 'member', memberId: desktop.memberId, role: desktop.disk.role } as const;
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
    if (desktop.restores === 0 && world.serverRestores === 0)
      world.breaks('no false alarm', `${desktop.name} started over without a cause`);
  }

  function level(desktop: Desktop): void {
    const { disk, memberId, name } = desktop;
    counts.overwrites += disk.overwrites.length;
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

function touches(change: Change, row: { table: string; id: string }, field: string): boolean {
  if (change.table !== row.table) return false;
  if (change.op !== 'update') {
    const whole = (change.op === 'insert' ? change.row : change.was) as unknown as Readonly<Record<string, unknown>>;
    if (whole.id !== row.id) return false;
    if (change.table === 'line') return false;
    // A milestone row comes and goes with either of its two fields: an unset one was not touched.
    if (field.endsWith('.state')) return whole.state !== 'open';
    return !field.endsWith('.date') || whole.days !== null || whole.on !== null;
  }
  if (change.id !== row.id || change.table === 'line') return false;
  const set = change.set as Readonly<Record<string, unknown>>;
  if (field.startsWith('fact.')) {
    const name = field.slice(5);
    const facts = (side: object) => (side as { facts?: Record<string, unknown> }).facts?.[name] ?? null;
    return 'facts' in set && facts(change.set) !== facts(change.was);
  }
  if (field.startsWith('line.')) return 'lineId' in set;
  const columns = { price: ['priceCents'], stage: ['stage'] }[field];
  if (columns !== undefined) return columns.some((column) => column in set);
  if (field.endsWith('.state')) return 'state' in set;
  return !field.endsWith('.date') || 'days' in set || 'on' in set;
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
