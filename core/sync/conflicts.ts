import { specOf } from '../commands/registry.ts';
import type { Command, Refusal } from '../commands/types.ts';
import type { Deal, Id, Instant } from '../deals/model.ts';
import { type Guard, guardOf } from './guarded.ts';
import { type JournalRow, journalOf, type Rows } from './rows.ts';

/** A guarded field that somebody else had moved: nothing was overwritten, and a person chooses. */
export interface ConflictCard {
  readonly commandId: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly args: unknown;
  /** Which field, for putting cards of the same field together: `price`, `anchor.closing`. */
  readonly field: string;
  /** What the person saw, and what they wrote. */
  readonly seen: unknown;
  readonly mine: unknown;
  /** The value in the words of the refusal, as it was when it was judged. */
  readonly theirs: string;
}

/** The card as it stands now: the field may have moved again since. */
export interface ConflictView {
  readonly actual: unknown;
  /** Who wrote it and when; null when the journal does not say. */
  readonly by: { readonly memberId: Id; readonly at: Instant } | null;
  /** It holds what the person wanted: nothing is left to choose. */
  readonly isAgreed: boolean;
}

export function conflictCard(command: Command, refusal: Refusal): ConflictCard | null {
  const guard = refusal.type === 'Moved' ? guardFor(command.name, command.args) : null;
  if (guard === null) return null;
  const details = refusal.details as { readonly actual?: unknown } | undefined;
  return {
    commandId: command.id,
    dealId: command.dealId,
    name: command.name,
    args: command.args,
    field: guard.field,
    seen: guard.seen,
    mine: guard.mine,
    theirs: String(details?.actual ?? ''),
  };
}

/** Both values as of now, with who and when. Null when the deal is not here any more. */
export function viewConflict(card: ConflictCard, deal: Deal | null, rows: Rows): ConflictView | null {
  const guard = guardFor(card.name, card.args);
  if (guard === null || deal === null) return null;
  const { table, id } = guard.row(deal);
  const entry = journalOf(rows).lastChangeOf(table, id) as JournalRow | null;
  const actual = guard.actual(deal);
  return {
    actual,
    by: entry === null ? null : { memberId: entry.actorId, at: entry.acceptedAt ?? entry.at },
    isAgreed: guard.agrees(actual),
  };
}

/**
 * The new step that a choice makes: the person's own value, or a third one, said over the value that they now see. With
 * the other's value kept, the plain words of the same step, if it had any. Null where there is nothing to send, or where
 * the field asks to be looked at again first.
 */
export function answerConflict(
  card: ConflictCard,
  deal: Deal,
  choice: { readonly keep: 'theirs' } | { readonly keep: 'mine' } | { readonly keep: 'third'; readonly value: unknown },
): Pick<Command, 'name' | 'args'> | null {
  const guard = guardFor(card.name, card.args);
  if (guard === null) return null;
  const args =
    choice.keep === 'theirs'
      ? guard.rest
      : guard.say(choice.keep === 'mine' ? guard.mine : choice.value, guard.actual(deal));
  return args === null ? null : { name: card.name, args };
}

function guardFor(name: string, args: unknown): Guard | null {
  const parsed = specOf(name)?.args.safeParse(args);
  return parsed?.success ? guardOf(name, parsed.data) : null;
}
