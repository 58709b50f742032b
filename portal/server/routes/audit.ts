import type { Actor } from '../../../core/permissions/actor.ts';
import type { DealContext } from '../../../core/permissions/conditions.ts';
import { may } from '../../../core/permissions/may.ts';
import { err, ok } from '../../../core/result.ts';
import type { AuditEntry, DeviceOutput, DeviceParsed } from '../../api/device-calls.ts';
import type { ApiError } from '../../api/values.ts';
import type { AuditRow } from '../audit/chain.ts';
import { type AuditNames, namesFor } from '../audit/names.ts';
import { auditSentence, commandIdOf, groupOf, whoOf } from '../audit/sentences.ts';
import type { DeviceCaller, SomeDeviceHandlers } from '../context.ts';
import type { MemberRow } from '../store/areas/members.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Read } from '../store/types.ts';

const NOT_AVAILABLE: ApiError = {
  type: 'not-available',
  message: 'There is no such deal for you here. Ask your coordinator if you expected one.',
};

/** Rows looked at for one answer. A filter that finds little gives a short page and the place to go on from. */
const MOST_LOOKED_AT = 20_000;
const STEP = 500;
const MOST_ACTORS = 500;

/** The readable side of the trail. */
export const auditHandlers = {
  'audit/list': async ({ store, workspaceId }, caller, input) =>
    store.read(async (read) => {
      const scope = await scopeOf(read, { workspaceId, dealId: input.dealId }, caller);
      return scope === null ? err(NOT_AVAILABLE) : ok(await pageOf(read, scope, input));
    }),
} satisfies SomeDeviceHandlers;

interface Scope {
  readonly workspaceId: string;
  readonly dealId: string;
  readonly actor: Actor;
  /** Null where the deal itself is gone: its trail stays, for those who see every deal. */
  readonly context: DealContext | null;
}

/** What decides who sees which row; null when there is no such deal for them. */
async function scopeOf(
  read: Read,
  { workspaceId, dealId }: { readonly workspaceId: string; readonly dealId: string },
  { member }: DeviceCaller,
): Promise<Scope | null> {
  const isThere = dealId !== WORKSPACE_UNIT && (await read.audit.head(workspaceId, dealId)).count > 0;
  if (!isThere) return null;
  const actor: Actor = { kind: 'member', memberId: member.memberId, role: member.role };
  const stored = await read.rows.get(workspaceId, dealId, 'deal', dealId);
  if (stored === null || stored.row === null)
    return member.role === 'agent' ? null : { workspaceId, dealId, actor, context: null };
  const context = contextOf(stored.row, await teamOf(read, { workspaceId, dealId }, member));
  return may(actor, 'see', { type: 'overview' }, context).ok ? { workspaceId, dealId, actor, context } : null;
}

async function teamOf(
  read: Read,
  { workspaceId, dealId }: { readonly workspaceId: string; readonly dealId: string },
  member: MemberRow,
): Promise<readonly string[]> {
  const granted = await read.members.ofDeal(workspaceId, dealId);
  // A coordinator is on every deal by their role.
  return member.role === 'tc' ? [...granted, member.memberId] : granted;
}

/** Only members ask here, and what they may see of a trail depends on nothing but the deal and who is on it. */
function contextOf(row: object, teamIds: readonly string[]): DealContext {
  return {
    deal: { row: row as DealContext['deal']['row'], people: [] },
    teamIds,
    consents: [],
    isContractExecuted: false,
    takesNpi: false,
    downloadsOffFor: [],
  };
}

async function pageOf(
  read: Read,
  scope: Scope,
  input: DeviceParsed<'audit/list'>,
): Promise<DeviceOutput<'audit/list'>> {
  const { workspaceId, dealId } = scope;
  const { rows, before } = await wantedRows(read, scope, input);
  const actors = await read.audit.actors(workspaceId, dealId, MOST_ACTORS);
  const names = await namesFor(read, { workspaceId, dealId, rows, actors });
  return {
    entries: rows.map((row) => entryOf(row, names)),
    before,
    head: await read.audit.head(workspaceId, dealId),
    seenHash: await hashAt(read, scope, input.seen),
    actors: actors
      .filter((actor) => maySee(scope, actor))
      .map((actor) => ({ actor, name: whoOf(actor, names) }))
      .toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
  };
}

async function hashAt(read: Read, { workspaceId, dealId: unitId }: Scope, n: number): Promise<string | null> {
  if (n === 0) return null;
  const [row] = await read.audit.after({ workspaceId, unitId, after: n - 1, limit: 1 });
  return row?.n === n ? row.hash : null;
}

function entryOf(row: AuditRow, names: AuditNames): AuditEntry {
  const { n, at, actor, kind } = row;
  const sentence = auditSentence(row, names);
  return { n, at, group: groupOf(kind), who: whoOf(actor, names), actor, sentence, commandId: commandIdOf(row) };
}

/** The newest rows before a place that pass the filter. Goes on from the last row looked at, so none is skipped or told twice. */
async function wantedRows(
  read: Read,
  scope: Scope,
  { before, groups, actor, limit }: DeviceParsed<'audit/list'>,
): Promise<{ readonly rows: readonly AuditRow[]; readonly before: number | null }> {
  const { workspaceId, dealId: unitId } = scope;
  const isWanted = (row: AuditRow) =>
    (groups.length === 0 || groups.includes(groupOf(row.kind))) &&
    (actor === '' || row.actor === actor) &&
    maySee(scope, row.actor);
  const rows: AuditRow[] = [];
  let place = before;
  for (let looked = 0; looked < MOST_LOOKED_AT; ) {
    const step = await read.audit.before({ workspaceId, unitId, before: place, kind: null, limit: STEP });
    for (const row of step) {
      place = row.n;
      looked += 1;
      if (isWanted(row)) rows.push(row);
      if (rows.length === limit) return { rows, before: place > 1 ? place : null };
    }
    if (step.length < STEP) return { rows, before: null };
  }
  return { rows, before: place };
}

function maySee({ actor, context }: Scope, by: string): boolean {
  if (context === null) return true;
  const byId = by.includes(':') ? by.slice(by.indexOf(':') + 1) : null;
  return may(actor, 'see', { type: 'audit', byId }, context).ok;
}
