import type { PersonRow } from '../../../core/deals/model.ts';
import type { CommandRow } from '../store/areas/commands.ts';
import type { Read } from '../store/types.ts';
import type { AuditRow } from './chain.ts';
import { commandIdOf, type Known } from './sentences.ts';

/** Names and refused commands of some rows, looked up beforehand so that sentences are pure. */
export type AuditNames = Known;

interface NamesAsk {
  readonly workspaceId: string;
  readonly dealId: string;
  readonly rows: readonly AuditRow[];
  /** More of them than did these rows. */
  readonly actors: readonly string[];
}

/** Members keep their name when they leave, people of a deal the one they had when they were taken off it. */
export async function namesFor(read: Read, { workspaceId, dealId, rows, actors }: NamesAsk): Promise<AuditNames> {
  const members = new Map((await read.members.list(workspaceId)).map(({ memberId, name }) => [memberId, name]));
  const names = new Map<string, string>();
  for (const actor of new Set([...actors, ...rows.flatMap(mentioned)])) {
    const name = await nameOf(read, { workspaceId, dealId, actor, members });
    if (name !== null && name !== '') names.set(actor, name);
  }
  const refused = new Map<string, NonNullable<ReturnType<Known['refused']>>>();
  for (const row of rows) {
    const commandId = row.kind === 'command-refused' ? commandIdOf(row) : null;
    const command = commandId === null ? null : await read.commands.byId(workspaceId, commandId);
    if (command !== null) refused.set(command.commandId, { ...command, message: messageOf(command) });
  }
  return {
    nameOf: (actor) => names.get(actor) ?? null,
    refused: (commandId) => refused.get(commandId) ?? null,
  };
}

function mentioned({ actor, details }: AuditRow): readonly string[] {
  const { personId, memberId } = (details ?? {}) as { readonly personId?: unknown; readonly memberId?: unknown };
  const person = typeof personId === 'string' ? [`party:${personId}`] : [];
  return [actor, ...person, ...(typeof memberId === 'string' ? [`member:${memberId}`] : [])];
}

interface NameAsk extends Pick<NamesAsk, 'workspaceId' | 'dealId'> {
  readonly actor: string;
  readonly members: ReadonlyMap<string, string>;
}

async function nameOf(read: Read, { workspaceId, dealId, actor, members }: NameAsk): Promise<string | null> {
  const id = actor.slice(actor.indexOf(':') + 1);
  if (actor.startsWith('member:')) return members.get(id) ?? null;
  if (actor.startsWith('party:')) return personName(read, { workspaceId, dealId, personId: id });
  if (!actor.startsWith('device:')) return null;
  const device = await read.devices.get(workspaceId, id);
  const owner = device === null ? undefined : members.get(device.memberId);
  return device === null ? null : owner === undefined ? device.name : `${owner} (${device.name})`;
}

/** A tombstone has no content, but the command that took somebody off the deal says whom. */
async function personName(
  read: Read,
  { workspaceId, dealId, personId }: { workspaceId: string; dealId: string; personId: string },
): Promise<string | null> {
  const ask = { workspaceId, unitId: dealId, table: 'person', rowId: personId } as const;
  const stored = await read.rows.get(workspaceId, dealId, 'person', personId);
  if (stored === null) return null;
  if (stored.row !== null) return nameIn(stored.row);
  const last = await read.commands.lastOfRow(ask);
  const changes = Array.isArray(last?.changes) ? (last.changes as readonly Record<string, unknown>[]) : [];
  const removal = changes.find(({ op, table, id }) => op === 'delete' && table === 'person' && id === personId);
  return removal === undefined ? null : nameIn(removal.was as Partial<PersonRow>);
}

function nameIn(row: { readonly name?: unknown }): string | null {
  return typeof row.name === 'string' ? row.name : null;
}

/** The sentence that the person was given. */
function messageOf({ reply }: CommandRow): string {
  const { refusal } = (reply ?? {}) as { readonly refusal?: { readonly message?: unknown } };
  return typeof refusal?.message === 'string' ? refusal.message : '';
}
