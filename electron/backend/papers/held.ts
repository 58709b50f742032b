import type { Proposal } from '../../../core/documents/propose/types.ts';
import type { ArrivalRow } from '../../../db/files-tables.ts';
import type { Read } from '../../../db/handles.ts';
import { arrivalOf, arrivalsWith, isSuspect, partsWith } from '../../../db/read/files.ts';

/** `decidedBy` of what was set aside while it was held: the same content is held again, whoever sends it. */
export const SUSPECT = 'suspect';
/** `decidedBy` of what was set aside after a call: a fraud, for good. */
export const FRAUD = 'fraud';
/** `decidedBy` of a held file that is real, after a call. */
export const CALLED = 'called';

/** Why an arrival is to be held; null when it is not. What was let go after a call is not held again. */
export function holdSentence(read: Read, row: ArrivalRow, proposal: Proposal): string | null {
  if (row.decidedBy === CALLED) return null;
  const before = arrivalsWith(read, row.sha256).find((other) => other.id !== row.id && wasSuspect(other));
  if (before !== undefined)
    return `The same file was held before and set aside. Not opened, not filed, shown to nobody. ${before.sentence}`;
  return proposal.held?.isHeld === true ? heldSentence(proposal) : null;
}

export function heldSentence(proposal: Proposal | null): string {
  const why = (proposal?.held?.reasons ?? []).slice(0, 2).join(' ');
  return `Looks like wire instructions. Not opened, not filed, shown to nobody.${why === '' ? '' : ` ${why}`}`;
}

function wasSuspect(row: ArrivalRow): boolean {
  return row.state === 'set-aside' && (row.decidedBy === SUSPECT || row.decidedBy === FRAUD);
}

export function isFraud(row: ArrivalRow): boolean {
  return row.state === 'set-aside' && row.decidedBy === FRAUD;
}

type IsBad = (sha256: string) => boolean;

/** Nobody gets its bytes: its own content, something that came out of it, or the file made of it, is held. */
export function isWithheld(read: Read, row: ArrivalRow, isBad: IsBad = (sha256) => isSuspect(read, sha256)): boolean {
  if (row.state === 'held' || isBad(row.sha256)) return true;
  if (row.state !== 'opened') return false;
  const whole = row.parentId === null ? null : arrivalOf(read, row.parentId);
  return (whole !== null && isBad(whole.sha256)) || hasBadPart(read, row, { isBad, depth: DEEPEST });
}

/** Messages in messages and archives in archives are opened less deep than this. */
const DEEPEST = 8;

function hasBadPart(read: Read, row: ArrivalRow, { isBad, depth }: { isBad: IsBad; depth: number }): boolean {
  return partsWith(read, row.id).some(
    (part) =>
      isBad(part.sha256) ||
      (part.state === 'opened' && depth > 0 && hasBadPart(read, part, { isBad, depth: depth - 1 })),
  );
}

/** The same, of a content by its hash, whichever arrival it came with. */
export function isContentWithheld(read: Read, sha256: string): boolean {
  return isSuspect(read, sha256) || arrivalsWith(read, sha256).some((row) => isWithheld(read, row));
}
