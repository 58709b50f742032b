import type { Refusal } from '../../../core/commands/types.ts';
import type { Id } from '../../../core/deals/model.ts';
import { type Follow, noteHeads, noteSwitched, versionOf, want } from '../../../core/sync/heads.ts';
import { nextBatch, type OutboxEntry, settleReplies } from '../../../core/sync/outbox.ts';
import { PAGE_LIMITS } from '../../../core/sync/page.ts';
import { noteAnswered, renewed, startRenewal } from '../../../core/sync/session.ts';
import type { Stage } from '../../../core/sync/stage.ts';
import {
  type AuditHead,
  type HeadsReply,
  MAX_COMMANDS,
  type PushReply,
  type RenewReply,
} from '../../../core/sync/wire.ts';
import type { Read, Write } from '../../../db/handles.ts';
import { noteAttention } from '../../../db/sync/attention.ts';
import { isAbsent, knownUnits, type UnitFacts, unitFacts } from '../../../db/sync/load-unit.ts';
import {
  dropSent,
  leaveOutbox,
  openEntries,
  outboxEntry,
  putEntry,
  sentAfter,
  writeEntry,
} from '../../../db/sync/outbox.ts';
import type { Standing } from '../../../db/sync/state.ts';
import type { SyncGround } from './ground.ts';
import { switchUnit } from './switch-unit.ts';

/**
 * The transitions of a desktop on its records, as the simulator proves them on maps (tests/sync/desktop.ts). Each runs
 * in one transaction of the caller, takes the standing and gives the next, which the caller puts in the same transaction.
 */

/** Deals whose rows differ after a step, for whoever shows them. */
export interface Stepped {
  readonly state: Standing;
  readonly deals: readonly Id[];
}

/** What to send next, with its numbers on disk, at most `limit` commands; nothing when all is answered. */
export function numberBatch(
  write: Write,
  state: Standing,
  limit = MAX_COMMANDS,
): { readonly state: Standing; readonly entries: readonly OutboxEntry[] } {
  const open = withinBytes(openEntries(write, limit));
  const { deviceId, nextSeq } = state;
  const batch = nextBatch(open, { deviceId, nextSeq, limit });
  batch.entries.forEach((entry, index) => {
    const before = open[index];
    if (before !== undefined) writeEntry(write, before, entry);
  });
  return { state: { ...state, nextSeq: batch.nextSeq }, entries: batch.entries };
}

/** As many as fit into one request; always one. */
function withinBytes(entries: readonly OutboxEntry[]): readonly OutboxEntry[] {
  let bytes = 0;
  const fitting = entries.filter(({ command }) => {
    bytes += JSON.stringify(command.args).length;
    return bytes <= PAGE_LIMITS.bytes / 2;
  });
  return fitting.length > 0 ? fitting : entries.slice(0, 1);
}

/** Takes in the server's answers. Only a unit with a refusal, or whose rows show an answer already, is decided again. */
export function takeAnswers(own: SyncGround, write: Write, { state, reply }: Taken<PushReply>): Stepped {
  const open = reply.replies.flatMap(({ commandId }) => {
    const entry = outboxEntry(write, commandId);
    return entry === null || entry.acceptedVersion !== null ? [] : [entry];
  });
  const settled = settleReplies(open, reply.replies);
  const accepted = new Map(settled.outbox.map((entry) => [entry.order, entry]));
  for (const entry of open) writeEntry(write, entry, accepted.get(entry.order) ?? entry);
  for (const left of settled.left) leaveOutbox(write, left);
  for (const attention of settled.attention) noteAttention(write, attention, own);
  const facts = new Map(settled.unitIds.map((unitId) => [unitId, unitFacts(write, unitId)]));
  const reached = settled.outbox.filter(({ command: { dealId }, acceptedVersion }) => {
    const held = facts.get(dealId);
    return acceptedVersion !== null && (isReached(held, acceptedVersion) || isAbsent(write, dealId, held));
  });
  const again = new Set([...settled.left, ...reached].map((entry) => entry.command.dealId));
  const follow = settled.heads.reduce<Follow>((held, head) => want(held, head, facts.get(head.unitId)), state);
  const deals = [...again].filter((unitId) => switchUnit(own, write, { unitId, to: null }).isChanged);
  const seqs = reply.replies.map(({ seq }) => seq);
  return { state: { ...state, wanted: follow.wanted, ...answeredOf(state, seqs) }, deals };
}

export const UNREADABLE: Refusal = {
  type: 'Unreadable',
  message:
    'The portal could not read this step, so it was not carried out there. Look at the deal and do it again; if it fails again, report it with the time of day.',
};

/**
 * Takes one command out that the server cannot read, as if it had refused it. It consumed no number there, so what is
 * behind it is numbered anew under a new device id: a gap would keep it from being read as well.
 */
export function setUnreadAside(
  own: SyncGround,
  write: Write,
  { state, entry }: { readonly state: Standing; readonly entry: OutboxEntry },
): Stepped {
  const { command, sent } = entry;
  const refused = { outcome: 'refused', unitVersion: null, refusal: UNREADABLE } as const;
  const replies = [{ ...refused, seq: sent?.seq ?? 1, commandId: command.id }];
  const { deals } = takeAnswers(own, write, { state, reply: { storeId: state.storeId ?? '', replies, problem: null } });
  // Not the standing that this gives: the server answered no number.
  return { state: { ...state, ...startRenewal(state, { newId: own.newId(), didForget: false }) }, deals };
}

function answeredOf(state: Standing, seqs: readonly number[]): Pick<Standing, 'answeredSeq'> {
  return { answeredSeq: noteAnswered(state, seqs).answeredSeq };
}

/** Whether no pull will come that shows the answer: the rows stand there already, or the unit is not ours any more. */
function isReached(facts: UnitFacts | undefined, version: number): boolean {
  return facts === undefined || facts.isGone || version <= versionOf(facts);
}

export interface Taken<Reply> {
  readonly state: Standing;
  readonly reply: Reply;
}

/** What a list of heads asks for; null for one that answers an older question. Nothing is written. */
export function judgeHeads(read: Read, { state, reply }: Taken<HeadsReply>): ReturnType<typeof noteHeads> {
  const held = reply.since === 0 ? knownUnits(read) : factsOfEach(read, reply);
  return noteHeads(state, held, reply);
}

/** After `since` only what is listed can move, so only that is looked up. */
function factsOfEach(read: Read, { units, gone }: HeadsReply): ReadonlyMap<Id, UnitFacts> {
  const ids = [...units.map((unit) => unit.unitId), ...gone];
  return new Map(
    ids.flatMap((unitId) => {
      const facts = unitFacts(read, unitId);
      return facts === undefined ? [] : [[unitId, facts] as const];
    }),
  );
}

/** Takes units away that are not this member's any more. What of them still waits is kept. */
export function purgeUnits(
  own: SyncGround,
  write: Write,
  { state, unitIds }: { readonly state: Standing; readonly unitIds: readonly Id[] },
): Stepped {
  const deals = unitIds.filter((unitId) => switchUnit(own, write, { unitId, to: { type: 'gone' } }).isChanged);
  const follow = unitIds.reduce<Follow>((held, unitId) => noteSwitched(held, unitId, null), state);
  return { state: followed(state, follow), deals };
}

export interface Pulled {
  readonly stage: Stage;
  readonly audit: AuditHead | null;
}

/** Switches units whose pages are all there. */
export function switchPulled(
  own: SyncGround,
  write: Write,
  { state, pulled }: { readonly state: Standing; readonly pulled: readonly Pulled[] },
): Stepped {
  let follow: Follow = state;
  const deals: Id[] = [];
  for (const { stage, audit } of pulled) {
    const { unitId } = stage;
    const { version, isChanged } = switchUnit(own, write, { unitId, to: { type: 'stage', stage }, audit });
    if (isChanged) deals.push(unitId);
    follow = noteSwitched(follow, unitId, version ?? 0);
  }
  return { state: followed(state, follow), deals };
}

const ASK_AGAIN = `UPDATE file_task SET state = 'waiting', done = 0, next_at = '1970-01-01T00:00:00.000Z'
  WHERE way = 'up' AND state = 'done'`;

/** The same desktop, following that. */
export function followed(state: Standing, { storeId, cursor, wanted, isStartingOver }: Follow): Standing {
  return { ...state, storeId, cursor, wanted, isStartingOver };
}

/**
 * A new device id is ours: what waits loses its numbers, and what the server turned out not to hold comes back. Of
 * another store, or one that forgot, everything is fetched anew before anything is sent. Null for an answer to another
 * renewal.
 */
export function takeRenewal(write: Write, { state, reply }: Taken<RenewReply>): Standing | null {
  const lacking = sentAfter(write, new Map(reply.known.map((entry) => [entry.deviceId, entry.lastSeq])));
  const taken = renewed(state, { outbox: [], log: lacking, follow: state }, reply);
  if (taken === null) return null;
  for (const entry of taken.outbox) {
    putEntry(write, entry);
    dropSent(write, entry);
  }
  write.run('UPDATE outbox SET device_id = NULL, seq = NULL, accepted_version = NULL');
  if (taken.isAnew) {
    write.run('UPDATE sync_unit SET is_stale = 1 WHERE version > 0 OR is_gone = 1');
    // Files that it had may not be there any more: each is asked about again, and until then none counts as kept there.
    write.run(ASK_AGAIN);
  }
  return followed({ ...state, ...taken.session }, taken.follow);
}
