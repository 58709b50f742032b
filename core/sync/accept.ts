import { dealNotAvailable } from '../commands/refusals.ts';
import type { Change, Command, Refusal, Scope, Workspace } from '../commands/types.ts';
import type { Deal, Id, Instant } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { err, type Result } from '../result.ts';
import { decideSafely, type Outcome } from './decide.ts';
import { type JournalRow, journalRows, rowsAfter, type SyncRow } from './rows.ts';

/** A unit as the server holds it, loaded inside the transaction of the command. */
export interface ServerUnit {
  /** Null when there is no such deal (any more). */
  readonly deal: Deal | null;
  /** 0 for a unit that never was. */
  readonly version: number;
  readonly journal: Scope['journal'];
}

export interface Intake {
  readonly command: Command;
  readonly unit: ServerUnit;
  readonly workspace: Workspace;
  readonly actor: Actor;
  /** Whether the actor is on this deal. A coordinator who sees all deals is on those that are not there yet, too. */
  readonly isOnDeal: boolean;
  /** The server's time, for the journal. */
  readonly acceptedAt: Instant;
  /** Told of a rule that threw, for the log. */
  readonly onThrow?: ((thrown: unknown) => void) | undefined;
}

export type Answer =
  | {
      readonly outcome: 'done';
      /** The version of the unit with it; the old one when nothing was left to change. */
      readonly unitVersion: number;
      readonly changes: number;
      readonly label: string;
    }
  /** `unitVersion` is null for somebody who is not on the deal: it would say that the deal exists. */
  | { readonly outcome: 'refused'; readonly unitVersion: number | null; readonly refusal: Refusal };

export interface Accepted {
  readonly answer: Answer;
  readonly changes: readonly Change[];
  /** Every row to write, tombstones and journal with it; all at the new version. Empty when nothing changed. */
  readonly rows: readonly SyncRow[];
  /** The unit's new version; null when it stays. */
  readonly newVersion: number | null;
  /** The deal as it is after the command, for its summary. */
  readonly deal: Deal | null;
}

/**
 * What the server does with one command whose number was judged `next`: the same rule as on the desktop, on its own
 * rows. Whatever comes out, a refusal too, is logged and consumes the number. Pure.
 */
export function acceptCommand(intake: Intake): Accepted {
  const { unit, isOnDeal } = intake;
  const decided = decideFor(intake);
  if (!decided.ok) {
    const answer = { outcome: 'refused', unitVersion: isOnDeal ? unit.version : null, refusal: decided.error } as const;
    return { answer, changes: [], rows: [], newVersion: null, deal: unit.deal };
  }
  const { changes, label, after } = decided.value;
  if (changes.length === 0) {
    const answer = { outcome: 'done', unitVersion: unit.version, changes: 0, label } as const;
    return { answer, changes, rows: [], newVersion: null, deal: unit.deal };
  }
  const newVersion = unit.version + 1;
  const entry = journalRowOf(intake, { changes, label, number: newVersion });
  return {
    answer: { outcome: 'done', unitVersion: newVersion, changes: changes.length, label },
    changes,
    rows: [...rowsAfter(after, changes, newVersion), ...journalRows(unit.journal, entry)],
    newVersion,
    deal: after,
  };
}

/**
 * Somebody who is not on the deal is answered as if there were none, by the same rule: their refusal cannot depend on
 * what exists. What that would let them open is refused where the place is taken.
 */
function decideFor({ command, unit, workspace, actor, isOnDeal, onThrow }: Intake): Result<Outcome, Refusal> {
  if (isOnDeal) return decideSafely({ dealId: command.dealId, workspace, ...unit }, { command, actor }, onThrow);
  const decided = decideSafely({ dealId: command.dealId, workspace, ...NOTHING }, { command, actor }, onThrow);
  return decided.ok && unit.version > 0 ? err(dealNotAvailable) : decided;
}

const NOTHING: Pick<Scope, 'deal' | 'journal'> = {
  deal: null,
  journal: { byCommand: () => null, lastChangeOf: () => null },
};

function journalRowOf(
  { command, actor, acceptedAt }: Pick<Intake, 'command' | 'actor' | 'acceptedAt'>,
  { changes, label, number }: { changes: readonly Change[]; label: string; number: number },
): JournalRow {
  return {
    commandId: command.id,
    dealId: command.dealId,
    name: command.name,
    args: command.args,
    actorId: actorIdOf(actor),
    at: command.at,
    changes,
    undoneBy: null,
    number,
    label,
    acceptedAt,
  };
}

export function actorIdOf(actor: Actor): Id {
  return actor.kind === 'member' ? actor.memberId : actor.kind === 'party' ? actor.personId : 'system';
}
