import type { TermType } from '../changes/rules.ts';
import type { Actor } from './actor.ts';
import type { AskedOf } from './things.ts';

/**
 * Which parts of a request may be read by those who are asked to agree and are not of our side. A part is written for
 * whoever may know what it names by another row of the matrix; everything else they hear from the coordinator.
 */
const READERS: Readonly<Record<TermType, readonly AskedOf[]>> = {
  // Title reads every date. Of the lender's, only financing and closing are, and which this is says its name alone.
  anchor: ['title', 'other-side'],
  // The period stands in the contract that both sides signed; the extension is theirs to sign.
  override: ['title', 'other-side'],
  // As the price itself: before there is a signed contract it is strategy (`AFTER_CONTRACT`).
  price: ['lender', 'title', 'other-side'],
  credit: ['lender', 'title', 'other-side'],
  // The words of a repair come from the inspection, which reaches the other side with the request and the others not.
  repair: ['other-side'],
  // Who is on the deal is no secret to lender and title; the other side is told of professionals alone.
  'add-party': ['lender', 'title'],
  'remove-party': ['lender', 'title'],
  paper: ['lender', 'title'],
  // A paper of the checklist, which may be one that they do not read.
  'new-version': [],
  'amended-disclosure': [],
  // That it would end; why is no part of what they are asked.
  cancel: ['lender', 'title', 'other-side'],
  // How a person is reached or paid is confirmed by a call and agreed by nobody.
  contact: [],
  bank: [],
};
const AFTER_CONTRACT: readonly TermType[] = ['price', 'credit'];

/** As whom an actor who is not of our side is asked; null for everybody else. */
export function askedAs(actor: Actor): AskedOf | null {
  if (actor.kind !== 'party') return null;
  if (actor.role === 'lender' || actor.role === 'title') return actor.role;
  return actor.role === 'other-agent' || actor.role === 'other-principal' ? 'other-side' : null;
}

/** Whether all of these parts name only what the asked may know anyway. */
export function mayKnowTerms(
  as: AskedOf,
  types: readonly TermType[],
  { isContractExecuted }: { readonly isContractExecuted: boolean },
): boolean {
  return types.every((type) => READERS[type].includes(as) && (isContractExecuted || !AFTER_CONTRACT.includes(type)));
}
