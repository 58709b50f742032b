import { applyToDeal } from '../../../core/commands/apply.ts';
import { isSame } from '../../../core/commands/changes.ts';
import type { Change, Command } from '../../../core/commands/types.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { guardOf } from '../../../core/sync/guarded.ts';
import { summarise } from '../../../db/testing.ts';
import type { CommandRow } from '../../../portal/server/store/areas/commands.ts';
import { seenOf, touches } from '../touches.ts';
import type { RealDesktop } from './desktop.ts';
import type { ServerDump } from './read-server.ts';
import { derived, levelUnit, type Replayed, replay } from './records-laws.ts';

/** What a person did and what they saw when they did it. */
interface Made {
  readonly desktop: RealDesktop;
  readonly command: Command;
  readonly seen: unknown;
  /** Commands of theirs that were refused at the moment, so not in what they saw. */
  readonly held: ReadonlySet<string>;
  /** Which backups had been put back by then. */
  readonly epoch: string;
  readonly order: number;
  isTold: boolean;
  /** A backup of its desktop was put back that never knew of it. */
  isForgotten: boolean;
  /** And the server does not have it either. */
  mayBeLost: boolean;
}

const SHAS = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64));

/** The laws of the simulator, held against real records once everything is quiet. It knows what nobody else knows: all. */
export function createRealLaws(epochOf: (desktop: RealDesktop) => string) {
  const made = new Map<string, Made>();
  /** How much had been done by the time of each desktop's newest backup. */
  const backups = new Map<RealDesktop, number>();
  return {
    made: (
      desktop: RealDesktop,
      command: Command,
      before: { readonly deal: Deal | null; readonly held: readonly string[] },
    ) => {
      made.set(command.id, {
        ...{ desktop, command, seen: before.deal === null ? null : seenOf(command, before.deal) },
        ...{
          held: new Set(before.held),
          epoch: epochOf(desktop),
          order: made.size,
          isTold: false,
          isForgotten: false,
          mayBeLost: false,
        },
      });
    },
    count: () => made.size,
    /** Before a backup takes entries of the list away that a person was shown. */
    told: (desktop: RealDesktop) => {
      for (const id of idsOf(desktop, 'attention')) setTold(made.get(id));
    },
    /** What this desktop knows now is in its backup. */
    backedUp: (desktop: RealDesktop) => void backups.set(desktop, made.size),
    /** A backup was put back, of that desktop or (null) of the server: what no record holds any more may be lost. */
    setBack: (dump: ServerDump, of: RealDesktop | null) => {
      const accepted = acceptedIds(dump);
      for (const one of made.values()) {
        if (one.desktop === of && one.order >= (backups.get(of) ?? 0)) one.isForgotten = true;
        if (one.isForgotten && !accepted.has(one.command.id)) one.mayBeLost = true;
      }
    },
    /** What is broken; empty when every law holds. */
    quiet: async (desktops: readonly RealDesktop[], dump: ServerDump): Promise<readonly string[]> => {
      const found: string[] = [...dump.broken.map((each) => `audit: ${each}`)];
      const replayed = replay(dump, found);
      for (const desktop of desktops) {
        for (const id of idsOf(desktop, 'attention')) setTold(made.get(id));
        level(desktop, dump, found);
      }
      lost(made, dump, found);
      guarded(made, replayed, found);
      ownEdits(made, dump, found);
      await references(dump, found);
      return found;
    },
  };
}
export type RealLaws = ReturnType<typeof createRealLaws>;

function setTold(one: Made | undefined): void {
  if (one !== undefined) one.isTold = true;
}

function idsOf(desktop: RealDesktop, table: string): ReadonlySet<string> {
  const rows = desktop.db().raw.prepare(`SELECT command_id AS id FROM ${table}`).all() as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}

function acceptedIds({ log }: ServerDump): ReadonlySet<string> {
  return new Set(log.flatMap(({ commandId, outcome }) => (outcome === 'accepted' ? [commandId] : [])));
}

/** A desktop shows what the server has for its person, nothing waits, and what is derived is as if it were built anew. */
function level(desktop: RealDesktop, dump: ServerDump, found: string[]): void {
  const { name, seat } = desktop;
  const db = desktop.db();
  const waiting = idsOf(desktop, 'outbox');
  if (waiting.size > 0) found.push(`drained: ${name} still has ${[...waiting].join(' ')}`);
  derived({ name, db }, summarise, found);
  const here = db.raw.prepare('SELECT id FROM deal UNION SELECT deal_id FROM command_log').all() as { id: string }[];
  for (const { id } of here)
    if (!dump.units.get(id)?.onIt.has(seat.memberId)) found.push(`roles: ${name} still has ${id}`);
  for (const [unitId, unit] of dump.units)
    if (unit.onIt.has(seat.memberId)) levelUnit({ name, db }, unitId, unit, found);
  const me = dump.members.find(({ memberId }) => memberId === seat.memberId);
  const team = dump.members.filter((member) => member.revokedAt === null).map(({ memberId }) => memberId);
  const known = desktop
    .office()
    .workspace()
    .members.map(({ id }) => id);
  if (desktop.office().actor().kind !== 'member' || !isSame(team.toSorted(), known.toSorted()))
    found.push(`team: ${name} knows ${known.join(' ')}, the server ${team.join(' ')}`);
  if (me?.role !== desktop.keeper().state().role) found.push(`team: ${name} works as ${desktop.keeper().state().role}`);
}

function lost(made: ReadonlyMap<string, Made>, dump: ServerDump, found: string[]): void {
  const accepted = acceptedIds(dump);
  for (const { desktop, command, isTold, mayBeLost } of made.values()) {
    if (isTold || mayBeLost || accepted.has(command.id)) continue;
    found.push(`nothing lost: ${command.id} ${command.name} of ${desktop.name} is gone without a word`);
  }
}

/** A guarded value was written over although its maker had seen another. */
function guarded(made: ReadonlyMap<string, Made>, steps: readonly Replayed[], found: string[]): void {
  for (const { row, before } of steps) {
    const one = made.get(row.commandId);
    if (one === undefined || before === null) continue;
    const guard = guardOf(row.name, row.args);
    const actual = seenOf(one.command, before);
    const changes = row.changes as readonly Change[];
    const wrote = guard !== null && changes.some((each) => touches(each, guard.row(before), guard.field));
    if (wrote && !isSame(actual, one.seen) && !guard.agrees(actual))
      found.push(`guarded: ${row.commandId} wrote ${guard.field} over ${JSON.stringify(actual)}, unseen`);
  }
}

/** Refused for a value that its maker wrote and saw: one's own edits never conflict. */
function ownEdits(made: ReadonlyMap<string, Made>, dump: ServerDump, found: string[]): void {
  const refusedIds = new Set(dump.log.filter(({ outcome }) => outcome === 'refused').map(({ commandId }) => commandId));
  const deals = new Map<string, Deal | null>();
  const past: CommandRow[] = [];
  for (const row of dump.log) {
    const deal = deals.get(row.unitId) ?? null;
    const maker = made.get(row.commandId);
    const type = (row.reply as { readonly refusal?: { readonly type: string } }).refusal?.type;
    if (maker !== undefined && deal !== null && type === 'Moved') {
      const by = lastWriter({ row, deal, past });
      const other = by === null ? undefined : made.get(by.commandId);
      if (other !== undefined && isOwnAndSeen(maker, other, { made, refusedIds }))
        found.push(`own edits: ${row.commandId} of ${maker.desktop.name} was moved by its own ${by?.commandId}`);
    }
    if (row.outcome !== 'accepted') continue;
    deals.set(row.unitId, applyToDeal(deal, row.changes as readonly Change[]));
    past.push(row);
  }
}

function lastWriter({
  row,
  deal,
  past,
}: {
  row: CommandRow;
  deal: Deal;
  past: readonly CommandRow[];
}): CommandRow | null {
  const guard = guardOf(row.name, row.args);
  if (guard === null) return null;
  const place = guard.row(deal);
  const wrote = (other: CommandRow) =>
    other.unitId === row.unitId &&
    (other.changes as readonly Change[]).some((change) => touches(change, place, guard.field));
  return past.findLast(wrote) ?? null;
}

function isOwnAndSeen(
  maker: Made,
  by: Made,
  { made, refusedIds }: { made: ReadonlyMap<string, Made>; refusedIds: ReadonlySet<string> },
): boolean {
  if (by.desktop !== maker.desktop || by.epoch !== maker.epoch || maker.held.has(by.command.id)) return false;
  // Taking back a step may bring another's word back, which this one had not seen.
  if (by.command.name === 'undo') return false;
  // What this one was built on was itself refused, for another reason: it stands on nothing.
  return ![...made.values()].some(
    (other) =>
      other.desktop === maker.desktop &&
      other.command.dealId === maker.command.dealId &&
      other.order > by.order &&
      other.order < maker.order &&
      (other.isTold || refusedIds.has(other.command.id)),
  );
}

/** Each content is named as often as there are versions of it. */
async function references({ units, references: named }: ServerDump, found: string[]): Promise<void> {
  const rows = [...units.values()].flatMap(({ live }) => [...live.values()]);
  for (const sha256 of SHAS) {
    const there = rows.filter((row) => row.table === 'version' && row.row?.sha256 === sha256).length;
    const kept = await named(sha256);
    if (kept !== there) found.push(`references: ${sha256.slice(0, 4)} is named ${kept} times for ${there} versions`);
  }
}
