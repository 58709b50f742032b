import type { Deal, DealRow, Stage } from '../deals/model.ts';
import { scoreWireSuspicion } from '../documents/wire-suspicion.ts';
import { err, ok, type Result } from '../result.ts';
import type { JournalEntry, Refusal, Scope } from './types.ts';
import { formatDay } from './words.ts';

/** Every refusal a command can give, each with what is still true and what the person can do. */

export const dealNotAvailable: Refusal = {
  type: 'DealNotAvailable',
  message: 'This deal is not here for you. Go back to the board; it shows the deals you are on.',
};

export function notHere(
  type: 'TaskNotAvailable' | 'PersonNotAvailable' | 'NoteNotAvailable' | 'DocumentNotAvailable',
  what: string,
): Refusal {
  return {
    type,
    message: `That ${what} is not on this deal any more. Nothing was changed. Look at the activity to see where it went.`,
  };
}

export function dealClosed(row: DealRow): Refusal {
  const how = row.outcome === 'withdrawn' ? 'withdrawn' : 'closed';
  const when = row.closedOn === null ? '' : ` on ${formatDay(row.closedOn)}`;
  return {
    type: 'DealClosed',
    message: `This deal was ${how}${when}. Reopen it first to change it.`,
    details: { closedOn: row.closedOn },
  };
}

export function moved(what: string, expected: string, actual: string): Refusal {
  return {
    type: 'Moved',
    message: `Somebody changed ${what} meanwhile. You saw ${expected}; it is now ${actual}. Nothing was overwritten. Look again, then choose.`,
    details: { expected, actual },
  };
}

export type Wish<T> = { readonly type: 'none' | 'moved' } | { readonly type: 'write'; readonly value: T };

/**
 * What to do about a guarded field that is one of several in a command. Nothing where the person left it as they saw it,
 * whatever it is by now; `moved` where it is neither what they saw nor what they want. Without `seen` it is a plain field.
 */
export function guardedWish<T>(actual: T, wanted: T | undefined, seen: T | undefined): Wish<T> {
  if (wanted === undefined || wanted === seen || wanted === actual) return { type: 'none' };
  return seen !== undefined && actual !== seen ? { type: 'moved' } : { type: 'write', value: wanted };
}

export function needsReason(what: string): Refusal {
  return {
    type: 'NeedsReason',
    message: `Say why in a few words, so that whoever reads the file later understands ${what}.`,
  };
}

export function idTaken(what: string): Refusal {
  return {
    type: 'IdTaken',
    message: `That ${what} was already added with other words. Nothing was changed. Try again from the deal.`,
  };
}

export function badArgs(what: string): Refusal {
  return { type: 'BadArgs', message: `Closeboard could not read this: ${what}. Nothing was changed.` };
}

export function changedSince(label: string, by: JournalEntry | null): Refusal {
  return {
    type: 'ChangedSince',
    message: `This can not be taken back any more: ${label} was changed again since. The activity shows both.`,
    details: by === null ? undefined : { commandId: by.commandId, actorId: by.actorId, at: by.at, name: by.name },
  };
}

export const notOnDeal: Refusal = {
  type: 'PersonNotAvailable',
  message: 'That person is not on this deal. Add them under People first, then give them the task.',
};

/** The deal of a command that needs one. */
export function dealOf(scope: Scope): Result<Deal, Refusal> {
  return scope.deal === null ? err(dealNotAvailable) : ok(scope.deal);
}

export function stageName(stage: Stage): string {
  return {
    intake: 'Intake',
    parties: 'Parties',
    disclosures: 'Disclosures',
    milestones: 'Milestones',
    changes: 'Changes',
    closing: 'Closing',
  }[stage];
}

/** Words of a person that read like wire instructions are never kept, wherever they are written; null when none do. */
export function bankNumberIn(texts: readonly string[]): Refusal | null {
  if (!texts.some((text) => scoreWireSuspicion(text).isHeld)) return null;
  return {
    type: 'BankNumber',
    message:
      'Take the account numbers out. They are never kept here. Call the person on a number you already know instead.',
  };
}
