import type { Change, Command, Refusal } from '../commands/types.ts';
import type { Id } from '../deals/model.ts';
import type { Answer } from './accept.ts';
import { type ConflictCard, conflictCard } from './conflicts.ts';

/** The number a command was given when it was first sent, and the device id it was given under. */
export interface Sent {
  readonly deviceId: Id;
  readonly seq: number;
}

/** A command that was carried out here and that the server's rows do not show yet. */
export interface OutboxEntry {
  /** Local, growing, never used again: the order in which the person did things. */
  readonly order: number;
  readonly command: Command;
  /** Null until it is sent for the first time; then it never changes under this device id. */
  readonly sent: Sent | null;
  /** The server carried it out at this version; it waits for the pull that reaches it. */
  readonly acceptedVersion: number | null;
  /** At present the rows here refuse it, and the server has not said yet: it is not in what is shown. */
  readonly isHeld: boolean;
  /** What it did when the person did it. */
  readonly first: readonly Change[];
}

/** A command that left the outbox, kept so that a server that was set back can be given it again. */
export interface LoggedEntry extends OutboxEntry {
  readonly outcome: 'done' | 'refused';
}

/** An entry of the list “Needs attention”: what was refused and why. It stays until a person puts it away. */
export interface Attention {
  readonly command: Command;
  readonly refusal: Refusal;
  /** Where it was judged: by the server, or here, before it was ever sent. */
  readonly by: 'server' | 'here';
  /** For a guarded field that another hand had moved. */
  readonly card: ConflictCard | null;
}

export interface Batch {
  /** The commands to send, oldest first; each has its number. */
  readonly entries: readonly OutboxEntry[];
  /** The outbox with those numbers. It is on disk before anything is sent. */
  readonly outbox: readonly OutboxEntry[];
  readonly nextSeq: number;
}

/**
 * What to send next: everything without an answer, oldest first, at most `limit`. A number is given at the first
 * sending, so what was withdrawn before it leaves no gap, and it stays for every later sending.
 */
export function nextBatch(
  outbox: readonly OutboxEntry[],
  { deviceId, nextSeq, limit }: { readonly deviceId: Id; readonly nextSeq: number; readonly limit: number },
): Batch {
  const open = outbox.filter((entry) => entry.acceptedVersion === null).slice(0, limit);
  let seq = nextSeq;
  const numbered = new Map<number, OutboxEntry>();
  for (const entry of open) {
    if (entry.sent !== null) continue;
    numbered.set(entry.order, { ...entry, sent: { deviceId, seq } });
    seq += 1;
  }
  const withNumber = (entry: OutboxEntry) => numbered.get(entry.order) ?? entry;
  return { entries: open.map(withNumber), outbox: outbox.map(withNumber), nextSeq: seq };
}

export interface Settled {
  readonly outbox: readonly OutboxEntry[];
  readonly left: readonly LoggedEntry[];
  readonly attention: readonly Attention[];
}

/**
 * Takes in the server's answer to one command. What was carried out stays in the outbox until a pull shows it; what was
 * refused leaves, and a person is told. An answer to what is no longer in the outbox is a repeat and does nothing.
 * Decide the unit again afterwards (`rebaseUnit`).
 */
export function settleAnswer(outbox: readonly OutboxEntry[], commandId: Id, answer: Answer): Settled {
  const entry = outbox.find((other) => other.command.id === commandId && other.acceptedVersion === null);
  if (entry === undefined) return { outbox, left: [], attention: [] };
  if (answer.outcome === 'done') {
    const accepted = { ...entry, acceptedVersion: answer.unitVersion };
    return { outbox: outbox.map((other) => (other === entry ? accepted : other)), left: [], attention: [] };
  }
  return {
    outbox: outbox.filter((other) => other !== entry),
    left: [{ ...entry, outcome: 'refused' }],
    attention: [attentionOf(entry.command, answer.refusal, 'server')],
  };
}

/**
 * Takes in the answers to what was sent, in their order. Decide each unit of `unitIds` again afterwards, and fetch what
 * `heads` names (`want`): those units moved by what we sent.
 */
export function settleReplies(
  outbox: readonly OutboxEntry[],
  replies: readonly (Answer & { readonly commandId: Id })[],
): Settled & {
  readonly unitIds: readonly Id[];
  readonly heads: readonly { readonly unitId: Id; readonly version: number }[];
} {
  let left: readonly LoggedEntry[] = [];
  let told: readonly Attention[] = [];
  let waiting = outbox;
  const unitIds = new Set<Id>();
  const heads = new Map<Id, number>();
  for (const reply of replies) {
    const entry = waiting.find((other) => other.command.id === reply.commandId);
    if (entry === undefined) continue;
    const { dealId: unitId } = entry.command;
    const settled = settleAnswer(waiting, reply.commandId, reply);
    waiting = settled.outbox;
    left = [...left, ...settled.left];
    told = [...told, ...settled.attention];
    unitIds.add(unitId);
    if (reply.unitVersion !== null) heads.set(unitId, Math.max(reply.unitVersion, heads.get(unitId) ?? 0));
  }
  const wanted = [...heads].map(([unitId, version]) => ({ unitId, version }));
  return { outbox: waiting, left, attention: told, unitIds: [...unitIds], heads: wanted };
}

export function attentionOf(command: Command, refusal: Refusal, by: Attention['by']): Attention {
  return { command, refusal, by, card: conflictCard(command, refusal) };
}

/**
 * The outbox after a new device id: what waits loses its number, and what the server turned out not to hold comes back
 * in its old place. `known` is how far the server is with each of our former ids; it answers a command that it
 * holds all the same, by its id, as before. Refusals are not sent again: a person was told, and may have acted on it.
 */
export function startOverOutbox(
  outbox: readonly OutboxEntry[],
  log: readonly LoggedEntry[],
  known: ReadonlyMap<Id, number>,
): { readonly outbox: readonly OutboxEntry[]; readonly log: readonly LoggedEntry[] } {
  const isLacking = ({ outcome, sent }: LoggedEntry) =>
    outcome === 'done' && (sent === null || sent.seq > (known.get(sent.deviceId) ?? 0));
  const again = log.filter(isLacking).map(({ outcome: _outcome, ...entry }): OutboxEntry => entry);
  const fresh = [...again, ...outbox].map((entry) => ({ ...entry, sent: null, acceptedVersion: null }));
  return { outbox: fresh.sort((a, b) => a.order - b.order), log: log.filter((entry) => !isLacking(entry)) };
}
