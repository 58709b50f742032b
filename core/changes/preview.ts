import type { PlainDate } from '../deadlines/plain-date.ts';
import { dayInWords } from '../documents/day-words.ts';
import { type ChangeContext, missingApprovals } from './approvals.ts';
import { blockersOf, isLive } from './conflicts.ts';
import { noticeRoles } from './effects.ts';
import type { ChangeRequest, ProposedTerm } from './request.ts';
import { APPROVER_WORDS, CHANGE_RULES } from './rules.ts';

/** The part of a request that moves dates, in the shape a schedule is recomputed from. */
export interface DateMoves {
  readonly anchors: readonly { readonly name: string; readonly on: PlainDate }[];
  readonly overrides: readonly { readonly deadlineId: string; readonly on: PlainDate }[];
}

/** Computes what would move; its answer is shown as it is and stored nowhere. */
export type ComputeDiff<D> = (moves: DateMoves) => D;

export interface Impact<D> {
  readonly diff: D;
  /** Fields, money, tasks and people in sentences, in the future tense: nothing has changed. */
  readonly sentences: readonly string[];
  readonly missing: readonly string[];
  readonly blockedBy: readonly string[];
}

/** What a request would do if it took effect now. Changes nothing. */
export function previewImpact<D>(
  request: ChangeRequest,
  context: ChangeContext,
  computeDiff: ComputeDiff<D>,
): Impact<D> {
  const { checks } = CHANGE_RULES[request.kind];
  const told = noticeRoles(request).map((role) => APPROVER_WORDS[role]);
  return {
    diff: computeDiff(dateMovesOf(request.terms)),
    sentences: [
      ...request.terms.map(termInWords),
      ...(told.length === 0 ? [] : [`We tell ${told.join(' and ')} once it is signed.`]),
      ...checks,
      statusLine(request),
    ],
    missing: missingApprovals(request, context).map((slot) => slot.words),
    blockedBy: blockersOf(request, context.others).map(({ id }) => id),
  };
}

export function dateMovesOf(terms: readonly ProposedTerm[]): DateMoves {
  return {
    anchors: terms.flatMap((term) => (term.type === 'anchor' ? [{ name: term.name, on: term.to }] : [])),
    overrides: terms.flatMap((term) =>
      term.type === 'override' ? [{ deadlineId: term.deadlineId, on: term.to }] : [],
    ),
  };
}

/** While a request about a person's contact or money is not confirmed by a call, everything near it carries this. */
export function fraudFlag(request: ChangeRequest): string | null {
  if (CHANGE_RULES[request.kind].evidence !== 'call-back' || !isLive(request) || request.callBack !== null) return null;
  return 'Somebody asks to change how a person is reached or paid. Call them on a number you had before; send nothing until then.';
}

function statusLine(request: ChangeRequest): string {
  if (request.state === 'executed') return 'This change has taken effect.';
  const isCall = CHANGE_RULES[request.kind].evidence === 'call-back';
  return isCall
    ? 'Nothing has changed yet. It takes effect after you called the person on a known number.'
    : 'Nothing has changed yet. It takes effect when the signed document is attached and reviewed.';
}

function termInWords(term: ProposedTerm): string {
  switch (term.type) {
    case 'anchor':
      return `The ${term.name} date would move ${fromTo(term.from, term.to)}.`;
    case 'override':
      return `One deadline (${term.deadlineId}) would move ${fromTo(term.from, term.to)}.`;
    case 'price':
      return `The price would be ${dollars(term.toCents)}${term.fromCents === null ? '' : `, now ${dollars(term.fromCents)}`}.`;
    case 'credit':
      return `The credit would be ${dollars(term.toCents)}, now ${dollars(term.fromCents)}.`;
    case 'repair':
      return `A task would be added, due five days before closing: ${term.title}.`;
    case 'amended-disclosure':
      return `An amended ${term.disclosure} would give the buyer a new right to end the contract: 3 days if handed over, 5 if mailed or sent electronically.`;
    case 'cancel':
      return 'The deal would end: reminders stop and the retention clock starts.';
    default:
      return otherTermInWords(term.type);
  }
}

function otherTermInWords(type: ProposedTerm['type']): string {
  if (type === 'add-party') return 'A person would join the deal and be invited.';
  if (type === 'remove-party') return 'A person would leave the deal and their link would end.';
  if (type === 'paper') return 'The papers of a signer would be filed with the deal.';
  if (type === 'contact') return 'How to reach a person would change.';
  if (type === 'bank')
    return 'A note would say that new bank details were confirmed by phone. The numbers are not kept.';
  return 'A new version would be filed; the old one is kept.';
}

function fromTo(from: PlainDate | null, to: PlainDate): string {
  return from === null ? `to ${dayInWords(to)}` : `from ${dayInWords(from)} to ${dayInWords(to)}`;
}

/** "$731,000" or "$1,250.50". */
function dollars(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = cents % 100;
  return rest === 0 ? `$${whole}` : `$${whole}.${String(rest).padStart(2, '0')}`;
}
