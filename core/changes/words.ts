import { formatMoney } from '../commands/words.ts';
import type { PlainDate } from '../deadlines/plain-date.ts';
import type { Id, Instant } from '../deals/model.ts';
import { dayInWords } from '../documents/day-words.ts';
import type { ChangeRequest, ProposedTerm } from './request.ts';
import { CHANGE_RULES } from './rules.ts';

/** How what a request names is called on its deal; empty for what is not there any more. */
export interface TermNames {
  anchor(name: string): string;
  deadline(id: string): string;
  person(id: Id): string;
  line(id: Id): string;
}

/** A request in a few words: "Move closing", and the value that it stands at and would get. */
export interface ChangeTitle {
  readonly title: string;
  readonly value:
    | { readonly type: 'day'; readonly from: PlainDate | null; readonly to: PlainDate }
    | { readonly type: 'money'; readonly fromCents: number | null; readonly toCents: number }
    | null;
}

/** What a request is called where it is one of several. Of several terms the first speaks; repairs are counted. */
export function changeTitle(request: Pick<ChangeRequest, 'kind' | 'terms'>, names: TermNames): ChangeTitle {
  const { kind, terms } = request;
  const [term] = terms;
  if (term === undefined) return { title: `Change ${CHANGE_RULES[kind].words}`, value: null };
  const repairs = terms.filter(({ type }) => type === 'repair').length;
  if (repairs > 1) return { title: `${repairs} repairs`, value: null };
  switch (term.type) {
    case 'anchor':
      return dayTitle(`Move ${inSentence(names.anchor(term.name) || term.name.replaceAll('-', ' '))}`, term);
    case 'override':
      return dayTitle(`Extend ${inSentence(names.deadline(term.deadlineId)) || 'a deadline'}`, term);
    case 'price':
      return { title: 'Change the price', value: { type: 'money', ...amounts(term) } };
    case 'credit': {
      const title = term.fromCents === 0 ? 'Give a credit' : 'Change the credit';
      return { title, value: { type: 'money', ...amounts(term) } };
    }
    default:
      return { title: otherTitle(kind, term, names), value: null };
  }
}

/** What one term would do, in the future tense and with names. */
export function termSentence(term: ProposedTerm, names: TermNames): string {
  switch (term.type) {
    case 'anchor':
      return moves(names.anchor(term.name) || `The ${term.name.replaceAll('-', ' ')} date`, term.from, term.to);
    case 'override':
      return moves(names.deadline(term.deadlineId) || 'A deadline', term.from, term.to);
    case 'price':
      return `The price would be ${formatMoney(term.toCents)}${term.fromCents === null ? '' : `, now ${formatMoney(term.fromCents)}`}.`;
    case 'credit':
      return `The credit would be ${formatMoney(term.toCents)}${term.fromCents === 0 ? '' : `, now ${formatMoney(term.fromCents)}`}.`;
    case 'repair':
      return `A task would be added, due five days before closing: ${stopped(term.title)}`;
    case 'cancel':
      return `The deal would end.${term.reason === '' ? '' : ` ${stopped(term.reason)}`}`;
    default:
      return otherSentence(term, names);
  }
}

function otherSentence(term: ProposedTerm, names: TermNames): string {
  switch (term.type) {
    case 'add-party':
      return `${term.name} would join the deal.`;
    case 'remove-party':
      return `${upper(someone(names, term.personId))} would leave the deal, and their link would end.`;
    case 'paper':
      return `Papers of ${someone(names, term.personId)} would be filed: ${PAPERS[term.what]}.`;
    case 'contact': {
      const what = term.field === 'phone' ? 'phone number' : 'e-mail address';
      return `The ${what} of ${someone(names, term.personId)} would be ${term.to}.`;
    }
    case 'bank':
      return `It would be noted that new bank details of ${someone(names, term.personId)} were confirmed by a call. The numbers are never kept.`;
    case 'amended-disclosure':
      return `An amended ${term.disclosure} would give the buyer a new right to end the contract: 3 days if it is handed over, 5 if it is mailed or sent electronically.`;
    case 'new-version':
      return `A new version of ${paper(names, term.lineId)} would count; the old one is kept.`;
    default:
      return '';
  }
}

/** A line of a request's log as people read it: documents and other requests, by id, with their names. */
export function logSentence(what: string, named: ReadonlyMap<Id, string>): string {
  let text = what;
  for (const [id, name] of named)
    for (const before of ['document ', 'request ', '']) text = text.replaceAll(`${before}${id}`, name);
  return text;
}

/** First asked, first: the order in which requests for the same thing are answered. */
export function byOpening(
  one: { readonly openedAt: Instant | null; readonly id: Id },
  other: { readonly openedAt: Instant | null; readonly id: Id },
): number {
  const key = ({ openedAt, id }: typeof one) => `${openedAt ?? '9'} ${id}`;
  return key(one) < key(other) ? -1 : 1;
}

const PAPERS = { 'power-of-attorney': 'a power of attorney', entity: 'an entity', trust: 'a trust' } as const;

function otherTitle(kind: ChangeRequest['kind'], term: ProposedTerm, names: TermNames): string {
  switch (term.type) {
    case 'repair':
      return `Repair: ${term.title}`;
    case 'add-party':
      return `Add ${term.name}`;
    case 'remove-party':
      return `Take ${someone(names, term.personId)} off the deal`;
    case 'paper':
      return `${upper(PAPERS[term.what])} for ${someone(names, term.personId)}`;
    case 'contact':
      return `New ${term.field === 'phone' ? 'phone number' : 'e-mail address'} of ${someone(names, term.personId)}`;
    case 'bank':
      return `New bank details of ${someone(names, term.personId)}`;
    case 'amended-disclosure':
      return `Amend the ${term.disclosure}`;
    case 'new-version':
      return `${kind === 'form-correction' ? 'Correct' : 'Replace'} ${paper(names, term.lineId)}`;
    default:
      return 'End the deal';
  }
}

function dayTitle(
  title: string,
  { from, to }: { readonly from: PlainDate | null; readonly to: PlainDate },
): ChangeTitle {
  return { title, value: { type: 'day', from, to } };
}

function amounts<T extends { readonly fromCents: number | null; readonly toCents: number }>({ fromCents, toCents }: T) {
  return { fromCents, toCents };
}

function moves(what: string, from: PlainDate | null, to: PlainDate): string {
  return `${what} would move ${from === null ? '' : `from ${dayInWords(from)} `}to ${dayInWords(to)}.`;
}

function someone(names: TermNames, personId: Id): string {
  return names.person(personId) || 'a person';
}

function paper(names: TermNames, lineId: Id): string {
  const title = names.line(lineId);
  return title === '' ? 'a document' : `“${title}”`;
}

function stopped(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** "Close of escrow" inside a sentence; "MEC" stays. */
function inSentence(title: string): string {
  return /^\p{Lu}\p{Ll}/u.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
