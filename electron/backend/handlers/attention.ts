import type { Command, Refusal } from '../../../core/commands/types.ts';
import type { Deal, Id } from '../../../core/deals/model.ts';
import { answerConflict } from '../../../core/sync/conflicts.ts';
import { inWrite } from '../../../db/handles.ts';
import { attentionRow, openAttention, openOfDeal, settleAttention } from '../../../db/sync/attention.ts';
import type { AttentionRow } from '../../../db/sync/tables.ts';
import type { AttentionItem } from '../../contract/sync.ts';
import type { CommandReply } from '../../contract/values.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { attentionItem } from '../sync/attention-view.ts';
import { wordsBack } from '../sync/words-back.ts';
import type { ParsedInput } from '../types.ts';
import type { Open } from './context.ts';
import { command } from './deals.ts';

/** What waits for a person, oldest first; of a lost deal only its first step, which stands for all. */
export function listAttention(open: Open, { dealId }: ParsedInput<'attention:list'>): AttentionItem[] {
  const { db, office, resources } = open;
  const members = office.members();
  const memberName = (id: Id) => members.find((member) => member.id === id)?.name ?? 'A colleague';
  const cache = dealCacheOf(db);
  const shared = { read: db.read, workspace: office.workspace(), questions: resources.questions(), memberName };
  const myId = office.profile().memberId;
  return openAttention(db.read)
    .filter((row) => dealId === undefined || row.dealId === dealId)
    .map((row) => attentionItem(row, { ...shared, myId, deal: cache.get(db.read, row.dealId) }));
}

/** Carries out what a person decided. Whatever writes is a new command, so the history and the trail show it. */
export function answerAttention(open: Open, { id, choice }: ParsedInput<'attention:answer'>): CommandReply {
  const row = attentionRow(open.db.read, id);
  if (row === null || row.settledAt !== null) return refusedAs(NOT_WAITING);
  switch (choice.keep) {
    case 'put-away':
      return settled(open, [row, ...othersOf(open, row)], { label: 'Put it away', done: null });
    case 'again':
      return again(open, row);
    case 'restore':
      return restore(open, row);
    default:
      return decide(open, row, choice);
  }
}

const NOT_WAITING: Refusal = {
  type: 'NotWaiting',
  message: 'This was decided already, here or in another window. Nothing was changed.',
};
const LOOK_AGAIN: Refusal = {
  type: 'LookAgain',
  message: 'Something newer came meanwhile. Open the deal, look at it, and decide there; then put this away.',
};
const NO_DEAL: Refusal = {
  type: 'DealNotAvailable',
  message: 'The deal is not on this computer any more, so nothing can be written to it. Put this away.',
};

function decide(
  open: Open,
  row: AttentionRow,
  choice: Extract<ParsedInput<'attention:answer'>['choice'], { keep: 'mine' | 'theirs' | 'third' }>,
): CommandReply {
  const deal = dealOf(open, row);
  if (row.card === null) return refusedAs(NOT_WAITING);
  if (choice.keep === 'theirs') {
    const rest = deal === null ? null : answerConflict(row.card, deal, choice);
    if (rest === null) return settled(open, [row], { label: 'Kept theirs', done: null });
    return sendAndSettle(open, row, { step: rest, said: 'Kept theirs' });
  }
  if (deal === null) return refusedAs(NO_DEAL);
  const step = answerConflict(row.card, deal, choice.keep === 'mine' ? choice : { ...choice, value: choice.value });
  if (step === null) return refusedAs(LOOK_AGAIN);
  return sendAndSettle(open, row, { step, said: choice.keep === 'mine' ? 'Kept yours' : 'Wrote a third value' });
}

/** The same step once more. With the first step of a deal go all that were refused after it, in their order. */
function again(open: Open, row: AttentionRow): CommandReply {
  if (row.kind !== 'refused') return refusedAs(NOT_WAITING);
  const renamed = new Map<Id, Id>();
  let reply: CommandReply = refusedAs(NOT_WAITING);
  for (const each of [row, ...othersOf(open, row)]) {
    const id = open.newId();
    const args = each.name === 'undo' ? undoArgs(each.args, renamed) : each.args;
    reply = command(open, { id, dealId: each.dealId, name: each.name, args });
    if (reply.outcome === 'refused') return reply;
    renamed.set(each.commandId, id);
    settleRows(open, [each], 'Did it again');
  }
  return reply;
}

function undoArgs(args: unknown, renamed: ReadonlyMap<Id, Id>): unknown {
  const { commandId } = args as { readonly commandId: Id };
  return { commandId: renamed.get(commandId) ?? commandId };
}

/** Takes our step back; where something was built on it since, the words alone are written back. */
function restore(open: Open, row: AttentionRow): CommandReply {
  if (row.kind !== 'overwrite') return refusedAs(NOT_WAITING);
  const deal = dealOf(open, row);
  if (deal === null) return refusedAs(NO_DEAL);
  const undone = command(open, {
    ...{ id: open.newId(), dealId: row.dealId, name: 'undo' },
    args: { commandId: row.commandId },
  });
  if (undone.outcome === 'done') return settled(open, [row], { label: undone.label, done: undone });
  const steps = wordsBack(deal, row.overwrites ?? []);
  if (steps === null) return undone;
  let last: CommandReply = undone;
  for (const step of steps) {
    last = command(open, { ...step, id: open.newId(), dealId: row.dealId });
    if (last.outcome === 'refused') return last;
  }
  return last.outcome === 'done' ? settled(open, [row], { label: last.label, done: last }) : last;
}

function sendAndSettle(
  open: Open,
  row: AttentionRow,
  { step, said }: { readonly step: Pick<Command, 'name' | 'args'>; readonly said: string },
): CommandReply {
  const reply = command(open, { ...step, id: open.newId(), dealId: row.dealId });
  return reply.outcome === 'refused' ? reply : settled(open, [row], { label: said, done: reply });
}

/** What else of a deal was refused when its first step was: the same decision holds for all of it. */
function othersOf(open: Open, row: AttentionRow): readonly AttentionRow[] {
  if (row.name !== 'createDeal' || row.kind !== 'refused') return [];
  return openOfDeal(open.db.read, row.dealId).filter((other) => other.id !== row.id);
}

function settled(
  open: Open,
  rows: readonly AttentionRow[],
  { label, done }: { readonly label: string; readonly done: Extract<CommandReply, { outcome: 'done' }> | null },
): CommandReply {
  settleRows(open, rows, label);
  return done ?? { outcome: 'done', label, changes: 0, commandId: rows[0]?.commandId ?? '' };
}

function settleRows(open: Open, rows: readonly AttentionRow[], said: string): void {
  const at = open.deps.now().toISOString();
  inWrite(open.db, (write) => {
    for (const { id } of rows) settleAttention(write, id, { settled: said, at });
  });
  open.sync.nudge();
}

function dealOf(open: Open, row: AttentionRow): Deal | null {
  return dealCacheOf(open.db).get(open.db.read, row.dealId);
}

function refusedAs({ type, message }: Refusal): CommandReply {
  return { outcome: 'refused', refusal: { type, message } };
}
