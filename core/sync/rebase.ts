import type { Command, Refusal, Workspace } from '../commands/types.ts';
import type { Deal, Id } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { ok, type Result } from '../result.ts';
import { actorIdOf } from './accept.ts';
import { decideSafely, type Outcome } from './decide.ts';
import { type Attention, attentionOf, type LoggedEntry, type OutboxEntry } from './outbox.ts';
import { type Overwrite, overwritesOf } from './overwrites.ts';
import {
  dealOfRows,
  journalOf,
  journalRow,
  journalRows,
  putRow,
  type Rows,
  rowKey,
  rowsAfter,
  type SyncRow,
  writeRows,
} from './rows.ts';
import type { Stage } from './stage.ts';

/** A unit as a desktop holds it. */
export interface HeldUnit {
  readonly unitId: Id;
  /** The server's version that its rows stand at; 0 for what only this desktop knows. */
  readonly version: number;
  /** What the person sees: the server's rows with the outbox over them. */
  readonly shown: Rows;
  /** The server's copy of each row that the outbox dirtied; `row: null` where the server has none. */
  readonly copies: Rows;
  /** Its rows are of another store (a restored server): nothing is decided on them until all was fetched anew. */
  readonly isStale: boolean;
  /** Its member was taken off it: it is kept only for what still waits for an answer, and only heads bring it back. */
  readonly isGone: boolean;
}

export interface Ground {
  readonly workspace: Workspace;
  readonly actor: Actor;
  /** Told of a rule that threw, for the log. */
  readonly onThrow?: ((thrown: unknown) => void) | undefined;
}

export function emptyUnit(unitId: Id): HeldUnit {
  return { unitId, version: 0, shown: new Map(), copies: new Map(), isStale: false, isGone: false };
}

/**
 * A unit when the store is another one. What only this desktop knows stands as it is. One that is gone was gone from
 * the old store: what the log gives back to it is decided when the new store's heads list it or not, as with any other.
 */
export function staleUnit(held: HeldUnit): HeldUnit {
  return { ...held, isStale: held.version > 0 || held.isGone };
}

/** The server's rows of a unit, without what the outbox did to them. */
export function serverRows({ shown, copies }: Pick<HeldUnit, 'shown' | 'copies'>): Rows {
  return copies.size === 0 ? shown : writeRows(shown, copies.values());
}

export interface RanHere {
  readonly unit: HeldUnit;
  /** Null when nothing was left to change: there is nothing to send. */
  readonly entry: OutboxEntry | null;
  readonly label: string;
}

/** Carries a command out on this desktop at once. A refusal goes to the person who asked, and nothing is kept. */
export function runHere(
  unit: HeldUnit,
  { command, order }: { readonly command: Command; readonly order: number },
  ground: Ground,
): Result<RanHere, Refusal> {
  const overlay = overlayOf(unit, dealOfRows(unit.shown));
  const decided = play(overlay, { command, order }, ground);
  if (!decided.ok) return decided;
  const { changes, label } = decided.value;
  if (changes.length === 0) return ok({ unit, entry: null, label });
  const entry = { order, command, sent: null, acceptedVersion: null, isHeld: false, first: changes };
  return ok({ unit: unitOf(overlay), entry, label });
}

export interface Rebased {
  /** Null when nothing of the unit is left to keep here. */
  readonly unit: HeldUnit | null;
  /** What of the unit still waits, in its order. */
  readonly outbox: readonly OutboxEntry[];
  /** What the server's rows now show: it moves from the outbox to the log. */
  readonly done: readonly LoggedEntry[];
  /** What was refused here before it was ever sent: withdrawn, and a person is told. */
  readonly attention: readonly Attention[];
  /** Plain fields in which a command of this desktop replaced words that its person had not seen. */
  readonly overwrites: readonly Overwrite[];
}

/** `stage`: a complete one to switch to. `gone`: the unit is not ours any more. Null: decide again on what is held. */
export type Switch = { readonly type: 'stage'; readonly stage: Stage } | { readonly type: 'gone' } | null;

/**
 * Switches a unit whole: the server's copies are put back, its new rows written, and what is still in the outbox is
 * decided again in its order, with its own words (`expected` as the person saw it). Nothing is dropped: a command
 * leaves when the rows show it, or as an entry that needs attention, or it waits.
 */
export function rebaseUnit(
  held: HeldUnit,
  outbox: readonly OutboxEntry[],
  { to, ground }: { readonly to: Switch; readonly ground: Ground },
): Rebased {
  if (!canSwitch(held, to)) return { unit: held, outbox, done: [], attention: [], overwrites: [] };
  const base = baseOf(held, to);
  const isShown = ({ command }: OutboxEntry) => journalRow(base.shown, command.id) !== null;
  // Nothing of the unit is here to flicker: what the server holds of it comes with its heads, if it is ours at all.
  const isAbsent = to === null && held.version === 0 && held.shown.size === 0;
  // One that was sent stays until its number is answered, or those behind it would meet a gap.
  const isDone = (entry: OutboxEntry) =>
    entry.acceptedVersion === null
      ? entry.sent === null && isShown(entry)
      : base.isGone || isAbsent || entry.acceptedVersion <= base.version;
  const done = outbox.filter(isDone).map((entry): LoggedEntry => ({ ...entry, isHeld: false, outcome: 'done' }));
  const overlay = overlayOf(base, dealOfRows(base.shown));
  const waiting: OutboxEntry[] = [];
  const attention: Attention[] = [];
  for (const entry of outbox) {
    if (isDone(entry)) continue;
    if (isShown(entry)) {
      waiting.push({ ...entry, isHeld: false });
      continue;
    }
    const decided = play(overlay, entry, ground);
    // The server may have answered one that was sent, and one before it changes what this one meets: then it waits.
    const mayWithdraw = entry.sent === null && waiting.every((other) => other.sent === null);
    if (!decided.ok && mayWithdraw) attention.push(attentionOf(entry.command, decided.error, 'here'));
    else waiting.push({ ...entry, isHeld: !decided.ok });
  }
  const unit = unitOf(overlay);
  const isEmpty = unit.version === 0 && unit.shown.size === 0 && waiting.length === 0;
  return {
    unit: isEmpty ? null : unit,
    outbox: waiting,
    done,
    attention,
    overwrites: done.flatMap((entry) => overwritesOf(entry, base.shown)),
  };
}

/** The server's rows to decide on. */
function baseOf(held: HeldUnit, to: Switch): HeldUnit {
  if (to?.type === 'gone') return { ...emptyUnit(held.unitId), isGone: true };
  const rows = serverRows(held);
  if (to === null) return { ...held, shown: rows, copies: new Map() };
  const shown = writeRows(to.stage.from === 0 ? new Map() : rows, to.stage.rows);
  return { ...held, version: to.stage.upTo ?? held.version, shown, copies: new Map(), isStale: false, isGone: false };
}

/** A stage fits what it was begun on, or stands for itself; rows of another store are only ever replaced. */
function canSwitch(held: HeldUnit, to: Switch): boolean {
  if (to === null) return !held.isStale;
  if (to.type === 'gone') return true;
  if (!to.stage.isComplete) return false;
  return to.stage.from === 0 || (!held.isStale && to.stage.from === held.version);
}

/** A unit while commands are played over it. */
interface Overlay extends HeldUnit {
  readonly shown: Map<string, SyncRow>;
  readonly copies: Map<string, SyncRow>;
  deal: Deal | null;
}

function overlayOf(unit: HeldUnit, deal: Deal | null): Overlay {
  return { ...unit, shown: new Map(unit.shown), copies: new Map(unit.copies), deal };
}

function unitOf({ deal: _deal, ...unit }: Overlay): HeldUnit {
  return unit;
}

/** Decides one command on the overlay and writes what it does over it; a refusal leaves it as it was. */
function play(
  overlay: Overlay,
  { command, order }: { readonly command: Command; readonly order: number },
  { workspace, actor, onThrow }: Ground,
): Result<Outcome, Refusal> {
  const journal = journalOf(overlay.shown);
  const scope = { dealId: overlay.unitId, deal: overlay.deal, workspace, journal };
  const decided = decideSafely(scope, { command, actor }, onThrow);
  if (!decided.ok || decided.value.changes.length === 0) return decided;
  const { changes, label, after } = decided.value;
  const { id: commandId, dealId, name, args, at } = command;
  const number = overlay.version + order;
  const actorId = actorIdOf(actor);
  const entry = {
    ...{ commandId, dealId, name, args, at, actorId, changes, label, number },
    undoneBy: null,
    acceptedAt: null,
  };
  const rows = [...rowsAfter(after, changes, overlay.version), ...journalRows(journal, entry)];
  for (const row of rows) {
    const key = rowKey(row);
    if (!overlay.copies.has(key)) overlay.copies.set(key, overlay.shown.get(key) ?? { ...row, row: null });
    putRow(overlay.shown, row);
  }
  overlay.deal = after;
  return decided;
}
