import type { Command } from '../../core/commands/types.ts';
import type { Id, Instant } from '../../core/deals/model.ts';
import type { Attention } from '../../core/sync/outbox.ts';
import type { Overwrite } from '../../core/sync/overwrites.ts';
import type { Read, Write } from '../handles.ts';
import { type AttentionRow, attentions } from './tables.ts';

/** Pinned by sync.db.test.ts. */
/** Of a deal whose first step was refused, every other refusal follows from that: it stands for all. */
const OPEN = `settled_at IS NULL AND NOT (kind = 'refused' AND name <> 'createDeal' AND EXISTS (
  SELECT 1 FROM attention AS a WHERE a.deal_id = attention.deal_id AND a.name = 'createDeal' AND a.kind = 'refused'
    AND a.settled_at IS NULL))`;

export const ATTENTION_SQL = {
  open: `WHERE ${OPEN} ORDER BY noted_at, id`,
  count: `SELECT count(*) AS n FROM attention WHERE ${OPEN}`,
  // In the order in which they were done: the outbox's for what was sent, then what was never sent.
  ofDeal: `WHERE deal_id = ? AND kind = 'refused' AND settled_at IS NULL
    ORDER BY coalesce((SELECT order_no FROM sent_log AS s WHERE s.command_id = attention.command_id), 9e15), at, id`,
} as const;

/** How an entry comes about: a fresh id, and this computer's time. */
export interface Noting {
  readonly newId: () => Id;
  readonly now: () => Instant;
}

/** A refusal that a person must hear of, as a card where two people moved one field. */
export function noteAttention(write: Write, { command, refusal, by, card }: Attention, { newId, now }: Noting): void {
  attentions.insert(write, {
    ...wordsOf(command),
    id: newId(),
    kind: card === null ? 'refused' : 'conflict',
    notedAt: now(),
    by,
    refusalType: refusal.type,
    sentence: refusal.message,
    card,
    overwrites: null,
  });
}

/** Words of somebody else that a command of this desktop replaced. */
export function noteOverwrites(
  write: Write,
  { command, overwrites }: { readonly command: Command; readonly overwrites: readonly Overwrite[] },
  { newId, now }: Noting,
): void {
  attentions.insert(write, {
    ...wordsOf(command),
    id: newId(),
    kind: 'overwrite',
    notedAt: now(),
    by: 'server',
    refusalType: '',
    sentence: '',
    card: null,
    overwrites,
  });
}

/** What waits for a person, oldest first. */
export function openAttention(read: Read): readonly AttentionRow[] {
  return attentions.all(read, ATTENTION_SQL.open);
}

/** What of one deal was refused and waits, in the order in which it was done. */
export function openOfDeal(read: Read, dealId: Id): readonly AttentionRow[] {
  return attentions.all(read, ATTENTION_SQL.ofDeal, dealId);
}

export function attentionCount(read: Read): number {
  return read.get<{ n: number }>(ATTENTION_SQL.count)?.n ?? 0;
}

export function attentionRow(read: Read, id: Id): AttentionRow | null {
  return attentions.get(read, 'WHERE id = ?', id);
}

/** What the person decided, as a sentence. The entry is kept. */
export function settleAttention(
  write: Write,
  id: Id,
  { settled, at }: { readonly settled: string; readonly at: Instant },
): void {
  attentions.update(write, { settledAt: at, settled }, 'id = ? AND settled_at IS NULL', id);
}

function wordsOf({ id, dealId, name, args, at }: Command) {
  return { commandId: id, dealId, name, args, at, settledAt: null, settled: '' };
}
