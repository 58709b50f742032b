import type { Workspace } from '../../core/commands/types.ts';
import type { MemberActor } from '../../core/permissions/actor.ts';
import { type Follow, NOT_FOLLOWING } from '../../core/sync/heads.ts';
import type { Attention, LoggedEntry, OutboxEntry } from '../../core/sync/outbox.ts';
import type { Overwrite } from '../../core/sync/overwrites.ts';
import {
  emptyUnit,
  type Ground,
  type HeldUnit,
  type Rebased,
  rebaseUnit,
  type Switch,
  serverRows,
} from '../../core/sync/rebase.ts';
import { openSession, type Session } from '../../core/sync/session.ts';
import type { AuditHead, TeamMember } from '../../core/sync/wire.ts';
import type { Plant } from './plants.ts';
import type { Role } from './server-state.ts';

/** What a desktop has on its disk. Replaced whole, as a transaction does; values inside are never changed. */
export interface Disk {
  readonly session: Session;
  readonly role: Role;
  readonly team: readonly TeamMember[];
  readonly nextOrder: number;
  readonly follow: Follow;
  readonly units: ReadonlyMap<string, HeldUnit>;
  /** The end of each unit's audit chain, as far as it was told. */
  readonly audit: ReadonlyMap<string, AuditHead>;
  readonly outbox: readonly OutboxEntry[];
  readonly log: readonly LoggedEntry[];
  readonly attention: readonly Attention[];
  readonly overwrites: readonly Overwrite[];
}

export interface Place {
  readonly plant: Plant | null;
  readonly memberId: string;
  readonly rules: Pick<Workspace, 'template' | 'packNames'>;
}

export function firstDisk(deviceId: string, role: Role, team: readonly TeamMember[]): Disk {
  return {
    session: openSession(deviceId),
    role,
    team,
    nextOrder: 1,
    follow: NOT_FOLLOWING,
    units: new Map(),
    audit: new Map(),
    outbox: [],
    log: [],
    attention: [],
    overwrites: [],
  };
}

export function actorOf({ memberId }: Pick<Place, 'memberId'>, { role }: Pick<Disk, 'role'>): MemberActor {
  return { kind: 'member', memberId, role };
}

/** Decides a unit again on a disk: the one place where the rows of a unit and its outbox change together. */
export function switched(
  disk: Disk,
  { unitId, to, ground }: { unitId: string; to: Switch; ground: Ground },
  plant: Plant | null,
): Disk {
  const held = disk.units.get(unitId) ?? emptyUnit(unitId);
  const own = disk.outbox.filter((entry) => entry.command.dealId === unitId);
  const base = plant === 'no-copies' ? { ...held, copies: new Map() } : held;
  const result = rebaseUnit(base, planted(plant, own, held), { to, ground });
  const units = new Map(disk.units);
  const audit = to?.type === 'gone' ? new Map(disk.audit) : disk.audit;
  if (to?.type === 'gone') (audit as Map<string, AuditHead>).delete(unitId);
  if (result.unit === null) units.delete(unitId);
  else units.set(unitId, result.unit);
  const outbox = [...disk.outbox.filter((entry) => entry.command.dealId !== unitId), ...result.outbox];
  outbox.sort((a, b) => a.order - b.order);
  return { ...disk, units, audit, outbox, ...notes(disk, result, plant) };
}

type Notes = Pick<Disk, 'log' | 'attention' | 'overwrites'>;

function notes(disk: Disk, { done, attention, overwrites }: Rebased, plant: Plant | null): Notes {
  const said = plant === 'silent-refusal' ? [] : attention;
  return {
    log: [...disk.log, ...done],
    attention: [...disk.attention, ...said],
    overwrites: [...disk.overwrites, ...overwrites],
  };
}

function planted(plant: Plant | null, own: readonly OutboxEntry[], held: HeldUnit): readonly OutboxEntry[] {
  if (plant === 'rebase-backwards') return [...own].reverse();
  if (plant !== 'expected-rewritten') return own;
  const price = [...serverRows(held).values()].find((row) => row.table === 'deal')?.row?.priceCents;
  return own.map((entry) =>
    entry.command.name !== 'setPrice' || price === undefined || entry.sent !== null
      ? entry
      : { ...entry, command: { ...entry.command, args: { ...(entry.command.args as object), expected: price } } },
  );
}
