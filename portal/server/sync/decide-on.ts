import { anchorId } from '../../../core/commands/create-deal.ts';
import type { Command, Refusal, Workspace } from '../../../core/commands/types.ts';
import { parsePlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal } from '../../../core/deals/model.ts';
import type { Actor } from '../../../core/permissions/actor.ts';
import { type Accepted, type Answer, acceptCommand } from '../../../core/sync/accept.ts';
import { DEFECT_TYPE } from '../../../core/sync/decide.ts';
import { dealOfRows, rowKey } from '../../../core/sync/rows.ts';
import { commandIdTaken } from '../../../core/sync/seq.ts';
import type { PortalContext } from '../context.ts';
import { moveLinksWithClosing } from '../links/expiry.ts';
import { WORKSPACE_UNIT } from '../store/areas/units.ts';
import type { Read, Tx } from '../store/types.ts';
import type { DealCache } from './deal-cache.ts';
import { lazyJournal } from './journal.ts';

/** Whose command it is, however it came: by a desktop, by a person's page or from a job. */
export interface Author {
  readonly actor: Actor;
  /** In log and trail: `member:<id>`, `party:<id>` or `system`. */
  readonly name: string;
  /** What the trail says beside it: with whose link a person came. */
  readonly details: Readonly<Record<string, string>>;
  /** Whoever opens a deal is on it; null for those who are no members. */
  readonly memberId: string | null;
  isOnDeal(read: Read, dealId: string): Promise<boolean>;
}

/** One command, inside its transaction. */
export interface On {
  readonly context: PortalContext;
  readonly cache: DealCache;
  readonly tx: Tx;
  readonly author: Author;
  readonly command: Command;
}

export interface Decision {
  readonly accepted: Accepted;
  readonly isOnDeal: boolean;
  /** The unit as it was before; 0 and 0 for one that never was. */
  readonly version: number;
  readonly head: number;
  /** The server's time of it. */
  readonly at: string;
  /** What a rule threw, for the log. */
  readonly thrown: readonly unknown[];
}

export interface Kept {
  readonly version: number;
  readonly head: number;
  readonly deal: Deal | null;
}

/** Decides, writing nothing. `forced` refuses without asking the rules: what they did could not be written. */
export async function decideOn(on: On, forced: Refusal | null): Promise<Decision> {
  const { context, tx, author, command } = on;
  const { workspaceId } = context;
  const { dealId } = command;
  const onDeal = await author.isOnDeal(tx, dealId);
  const unit = await tx.units.get(workspaceId, dealId);
  const at = context.now().toISOString();
  const { version, head } = unit ?? { version: 0, head: 0 };
  const base = { isOnDeal: onDeal, version, head, at };
  if (forced !== null) {
    const answer = { outcome: 'refused', unitVersion: onDeal ? version : null, refusal: forced } as const;
    return { ...base, accepted: { answer, changes: [], rows: [], newVersion: null, deal: null }, thrown: [] };
  }
  const deal = onDeal ? await dealOf(on, { version, head }) : null;
  const lazy = lazyJournal(workspaceId, dealId);
  const workspace = await rulesOf(on);
  const { actor } = author;
  for (;;) {
    const thrown: unknown[] = [];
    const accepted = acceptCommand({
      ...{ command, workspace, actor, isOnDeal: onDeal, acceptedAt: at },
      // Nobody opens a deal under the name of the workspace itself.
      unit: { deal, version: dealId === WORKSPACE_UNIT ? 1 : version, journal: lazy.journal },
      onThrow: (error) => thrown.push(error),
    });
    if (!(await lazy.load(tx))) return { ...base, accepted, thrown };
  }
}

async function dealOf(
  { context, cache, tx, command }: On,
  at: { version: number; head: number },
): Promise<Deal | null> {
  if (at.version === 0) return null;
  const cached = cache.get(command.dealId, at);
  if (cached !== undefined) return cached;
  const rows = await tx.rows.load(context.workspaceId, command.dealId, 'journal');
  return dealOfRows(new Map(rows.map((row) => [rowKey(row), row])));
}

/** Templates and packs with the team as it is now; who left can be given nothing any more. */
async function rulesOf({ context, tx }: On): Promise<Workspace> {
  const members = (await tx.members.list(context.workspaceId)).filter((member) => member.revokedAt === null);
  return {
    ...context.rules,
    members: members.map(({ memberId, name, role, email }) => ({ id: memberId, name, role, email })),
  };
}

interface Sender {
  /** Null for what came by no desktop. */
  readonly deviceId: string | null;
  readonly digest: string;
}

/** Rows, log and trail of a decided command. The deal to remember when it is committed; null when it was not read. */
export async function keepDecision(on: On, decision: Decision, sender: Sender): Promise<Kept | null> {
  const { context, tx, author, command } = on;
  const { workspaceId } = context;
  const { accepted, at } = decision;
  const head = accepted.newVersion === null ? decision.head : await writeUnit(on, decision, accepted.newVersion);
  const { answer } = accepted;
  await tx.commands.append({
    ...{ workspaceId, commandId: command.id, unitId: command.dealId, name: command.name, args: command.args },
    ...{ actor: author.name, ...sender, madeAt: command.at, decidedAt: at, reply: answer, changes: accepted.changes },
    outcome: outcomeOf(answer),
    label: answer.outcome === 'done' ? answer.label : '',
    unitVersion: accepted.newVersion,
  });
  await keepInTrail(on, decision, answer);
  if (!decision.isOnDeal && accepted.newVersion === null) return null;
  const isRead = answer.outcome === 'done' || answer.refusal.type !== DEFECT_TYPE;
  return isRead ? { version: accepted.newVersion ?? decision.version, head, deal: accepted.deal } : null;
}

/** The id of this command is that of another one: it is kept with its number and in the trail, not in the log. */
export async function keepTaken(on: On, decision: Decision): Promise<Answer> {
  const answer: Answer = { outcome: 'refused', unitVersion: null, refusal: commandIdTaken };
  const accepted = { ...decision.accepted, newVersion: null };
  await keepInTrail(on, { ...decision, accepted }, answer, { isTaken: true });
  return answer;
}

function outcomeOf(answer: Answer): 'accepted' | 'refused' | 'defect' {
  if (answer.outcome === 'done') return 'accepted';
  return answer.refusal.type === DEFECT_TYPE ? 'defect' : 'refused';
}

/** The head of the unit with it. */
async function writeUnit({ context, tx, author, command }: On, decision: Decision, version: number): Promise<number> {
  const { workspaceId, now } = context;
  const { id: commandId, dealId } = command;
  const { rows } = decision.accepted;
  const unit = await tx.units.bump(workspaceId, dealId);
  if (unit.version !== version) throw new Error('the unit moved inside its own transaction');
  await tx.rows.write({ workspaceId, unitId: dealId, version, commandId, rows });
  for (const { table, rowId, row } of rows) {
    if (table !== 'version') continue;
    const sha256 = row === null ? null : String(row.sha256);
    await tx.files.setReference({ workspaceId, unitId: dealId, rowId, sha256 });
  }
  const closing = rows.find(({ table, rowId }) => table === 'anchor' && rowId === anchorId(dealId, 'closing'));
  const closingOn = parsePlainDate(String(closing?.row?.on ?? ''));
  // Without a closing date links stay as they are, until there is one again.
  if (closingOn !== null) await moveLinksWithClosing(tx, { workspaceId, dealId }, closingOn, now());
  if (command.name === 'undo') {
    const { commandId: undone } = command.args as { readonly commandId: string };
    await tx.commands.markUndone(workspaceId, undone, commandId);
  }
  // Whoever opens a deal is on it.
  const { memberId } = author;
  if (!decision.isOnDeal && memberId !== null)
    await tx.members.grantDeal({ workspaceId, dealId, memberId, at: decision.at });
  return unit.head;
}

/** What is refused about a deal that is not there belongs to the trail of the workspace: no chain of a deal begins so. */
async function keepInTrail(
  { context, tx, author, command }: On,
  decision: Decision,
  answer: Answer,
  // Under the id of another command: in the trail, and not in the log.
  { isTaken = false } = {},
): Promise<void> {
  const { workspaceId } = context;
  const isThere = decision.version > 0 || decision.accepted.newVersion !== null;
  const isDone = answer.outcome === 'done';
  const refused = decision.isOnDeal ? 'command-refused' : 'denied';
  const about = { ...author.details, commandId: command.id, name: command.name, ...(isTaken ? { isTaken } : {}) };
  await tx.audit.append({
    workspaceId,
    unitId: isThere && command.dealId !== WORKSPACE_UNIT ? command.dealId : WORKSPACE_UNIT,
    at: decision.at,
    actor: author.name,
    kind: isDone ? 'command-accepted' : refused,
    details: isDone
      ? { ...about, label: answer.label, unitVersion: answer.unitVersion, changes: answer.changes }
      : { ...about, refusalType: answer.refusal.type },
  });
}
