import { isTakeable } from '../../../core/commands/registry.ts';
import { isTakenBack } from '../../../core/commands/undo.ts';
import type { Id } from '../../../core/deals/model.ts';
import { type ActivityRow, activityOf, undoneByOf } from '../../../db/read/journal.ts';
import { outboxOf } from '../../../db/sync/outbox.ts';
import type { CallOutput } from '../../contract/calls.ts';
import { actorNameOf } from '../services/actor-name.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';

type Page = CallOutput<'trail:list'>;
type Entry = Page['entries'][number];
type Asked = ParsedInput<'trail:list'>;

/**
 * Places of this computer's journal lie above all places of a trail, so that a list that was begun here goes on here. The
 * journal itself counts up to this.
 */
const HERE = 2 ** 52;

export function isOfThisComputer(before: number | null): boolean {
  return before !== null && before >= HERE;
}

/** The history of a deal as this computer's journal has it: what was done, nothing of what was looked at. */
export function localTrail(open: Open, asked: Asked, note: string): Page {
  const { before, limit } = asked;
  const entries: Entry[] = [];
  let place = before === null ? null : before - HERE;
  while (isForSteps(asked)) {
    const rows = activityOf(open.db.read, { dealId: asked.dealId, before: place, limit });
    for (const row of rows) {
      place = row.number;
      if (isOf(asked, row)) entries.push(entryOf(open, asked.dealId, row));
      if (entries.length === limit) return page(open, { asked, entries, before: place + HERE, note });
    }
    if (rows.length < limit) break;
  }
  return page(open, { asked, entries, before: null, note });
}

/** Steps that were done here and that the portal has not answered, newest first. */
export function waitingSteps(open: Open, asked: Asked): readonly Entry[] {
  if (!isForSteps(asked)) return [];
  const waiting = new Set(
    outboxOf(open.db.read, asked.dealId)
      .filter(({ acceptedVersion }) => acceptedVersion === null)
      .map(({ command }) => command.id),
  );
  if (waiting.size === 0) return [];
  return activityOf(open.db.read, { dealId: asked.dealId, before: null, limit: MOST_WAITING })
    .filter((row) => waiting.has(row.commandId) && isOf(asked, row))
    .map((row) => entryOf(open, asked.dealId, row));
}

/** A week offline is some hundreds; the whole list is under "waiting". */
const MOST_WAITING = 1_000;

function isForSteps({ groups }: Asked): boolean {
  return groups.length === 0 || groups.includes('command');
}

function isOf({ actor }: Asked, row: ActivityRow): boolean {
  return actor === '' || actor === actorOf(row.actorId);
}

function actorOf(actorId: Id): string {
  return actorId === 'system' ? 'system' : `member:${actorId}`;
}

function entryOf(open: Open, dealId: Id, row: ActivityRow): Entry {
  const { read } = open.db;
  const who = actorNameOf(open, dealId, row.actorId);
  const isUndone = isTakenBack(row.undoneBy, (commandId) => undoneByOf(read, commandId));
  const did = row.label === '' ? 'did something that changed nothing' : lowered(row.label);
  return {
    ...{ n: null, at: row.at, group: 'command', who, actor: actorOf(row.actorId), sentence: finished(`${who} ${did}`) },
    ...{ commandId: row.commandId, isUndone, canUndo: !isUndone && isTakeable(row, open.office.profile().memberId) },
  };
}

/** "Moved the deal" is "moved the deal" after a name; "HOA papers" stays as it is. */
function lowered(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}

/** What is quoted at the end has its own full stop. */
function finished(sentence: string): string {
  return /[.!?…]”?$/u.test(sentence) ? sentence : `${sentence}.`;
}

interface PageParts {
  readonly asked: Asked;
  readonly entries: readonly Entry[];
  readonly before: number | null;
  readonly note: string;
}

function page(open: Open, { entries, before, note }: PageParts): Page {
  const actors = open.office.members().map(({ id, name }) => ({ actor: `member:${id}`, name }));
  return { entries: [...entries], before, isFromPortal: false, note, actors };
}
