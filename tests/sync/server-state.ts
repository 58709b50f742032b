import type { Command } from '../../core/commands/types.ts';
import type { Deal } from '../../core/deals/model.ts';
import type { Actor, MemberActor } from '../../core/permissions/actor.ts';
import type { Accepted, Answer } from '../../core/sync/accept.ts';
import type { Rows, SyncRow } from '../../core/sync/rows.ts';
import type {
  AuditHead,
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
  TeamMember,
} from '../../core/sync/wire.ts';

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
  /** As in the audit trail: `member:<id>`, `party:<id>`, `system`. */
  readonly by: string;
  readonly digest: string;
  readonly answer: Answer;
  readonly accepted: Accepted;
  /** The deal as it was before. */
  readonly before: Deal | null;
  readonly order: number;
}

export interface Device {
  readonly memberId: string;
  readonly lastSeq: number;
  /** Renewed under another id, or revoked. */
  readonly isClosed: boolean;
}

/** What a desktop shows to be let in; it stays the same when the device renews itself. */
export interface Key {
  readonly memberId: string;
  readonly deviceId: string;
  readonly isRevoked: boolean;
}

/** Everything the server has on its disk. Values inside are never changed, so a copy of the maps is a backup. */
export interface State {
  readonly storeId: string;
  readonly head: number;
  readonly units: ReadonlyMap<string, Unit>;
  readonly devices: ReadonlyMap<string, Device>;
  readonly keys: ReadonlyMap<string, Key>;
  readonly bySeq: ReadonlyMap<string, Logged>;
  readonly log: ReadonlyMap<string, Logged>;
  readonly team: readonly TeamMember[];
  readonly access: ReadonlyMap<string, { readonly isOn: boolean; readonly head: number }>;
  /** The hashes of each unit's audit chain. */
  readonly audit: ReadonlyMap<string, readonly string[]>;
}

export function firstState(team: readonly TeamMember[]): State {
  return {
    storeId: 'store-0',
    head: 0,
    units: new Map(),
    devices: new Map(),
    keys: new Map(),
    bySeq: new Map(),
    log: new Map(),
    team,
    access: new Map(),
    audit: new Map(),
  };
}

export function memberOf({ team }: Pick<State, 'team'>, memberId: string): TeamMember | undefined {
  return team.find((member) => member.id === memberId);
}

/** Coordinators are on every deal unless they were taken off it, agents on those they were put on, whoever left on none. */
export function isOn(state: State, memberId: string, unitId: string): boolean {
  const member = memberOf(state, memberId);
  if (member === undefined || member.isGone) return false;
  return state.access.get(`${memberId}/${unitId}`)?.isOn ?? member.role !== 'agent';
}

export function auditHead({ audit }: Pick<State, 'audit'>, unitId: string): AuditHead | null {
  const hashes = audit.get(unitId) ?? [];
  const hash = hashes.at(-1);
  return hash === undefined ? null : { count: hashes.length, hash };
}

export function auditActor(actor: Actor): string {
  if (actor.kind === 'system') return 'system';
  return actor.kind === 'member' ? `member:${actor.memberId}` : `party:${actor.personId}`;
}

export type Asked =
  | { readonly kind: 'hello'; readonly body: HelloRequest }
  | { readonly kind: 'renew'; readonly body: RenewRequest }
  | { readonly kind: 'push'; readonly body: PushRequest }
  | { readonly kind: 'heads'; readonly body: HeadsRequest }
  | { readonly kind: 'page'; readonly body: PageRequest };
export type Reply = HelloReply | RenewReply | PushReply | HeadsReply | PageReply;
/** An answer, a problem, or neither: the key is not known (any more). */
export type Told =
  | { readonly reply: Reply; readonly problem: null }
  | { readonly reply: null; readonly problem: Problem | null };

export function ok(reply: Reply): Told {
  return { reply, problem: null };
}

export function no(problem: Problem | null): Told {
  return { reply: null, problem };
}

export function says(type: Exclude<Problem['type'], 'SeqGap' | 'StoreChanged'>): Problem {
  return { type, message: type };
}
