import type { DealIndex, IndexedDeal } from './deal-index.ts';
import { ADDRESS_WORDS, isJunkName, nameReason, PLACE_WORDS, roleWord, says } from './deal-words.ts';
import { type AddressFit, companyEndsIn, findAddresses, matchesStreet } from './find-addresses.ts';
import { ownMail } from './find-forms.ts';
import { findNames, findSender, findSurnames } from './find-people.ts';
import { pageOfQuote } from './places.ts';
import type { Arrival, FilingRule, ProposalReason } from './types.ts';
import { apart, type Word, wordsIn } from './words.ts';

/** Kinds of evidence that do not follow from each other. A street or a bare number is too weak to be one. */
export type DealEvidenceKind = 'address' | 'client' | 'sender' | 'folder' | 'rule' | 'hint' | 'street' | 'number';

export interface DealEvidence {
  readonly kind: DealEvidenceKind;
  readonly weight: number;
  readonly reason: ProposalReason;
  readonly fit?: AddressFit;
  /** It stands in the file itself, not in its name or its mail. */
  readonly isInText?: true;
}

export interface ScoredDeal {
  readonly indexed: IndexedDeal;
  readonly score: number;
  /** The heaviest of each kind, the heaviest first. */
  readonly evidence: readonly DealEvidence[];
  /** Whether the file's own text names the deal's door or a client. */
  readonly isInText: boolean;
}

export interface DealScores {
  /** The likeliest first. */
  readonly ranked: readonly ScoredDeal[];
  /** Who the sender is, on whichever deal. */
  readonly senderName: string | null;
  readonly senderDeals: ReadonlySet<IndexedDeal>;
}

const INACTIVE = 0.8;
const STREET = 0.35;
const NUMBER = 0.2;
/** From this weight on, evidence counts as a kind of its own for certainty. */
export const OWN_KIND = 0.3;
const MAIL_LETTERS = 8000;

/** Every deal that anything speaks for. More evidence never lowers a score; doubts are counted apart from it. */
export function scoreDeals(arrival: Arrival, index: DealIndex, rule: FilingRule | null): DealScores {
  const board = createBoard();
  fromText(arrival, index, board);
  fromWords({ text: apart(arrival.fileName.slice(0, 300)), place: 'name' }, arrival, index, board);
  fromWords({ text: arrival.subject.slice(0, 400), place: 'subject' }, arrival, index, board);
  fromWords({ text: apart(arrival.folderPath.slice(-400)), place: 'folder' }, arrival, index, board);
  fromMail(arrival, index, board);
  const sender = fromSender(arrival, index, board);
  fromPeople(arrival, index, rule, board);
  return { ranked: board.ranked(), ...sender };
}

interface Board {
  readonly add: (indexed: IndexedDeal, evidence: DealEvidence) => void;
  readonly ranked: () => readonly ScoredDeal[];
}

function createBoard(): Board {
  const held = new Map<IndexedDeal, Map<DealEvidenceKind, DealEvidence>>();
  const inText = new Set<IndexedDeal>();
  return {
    add: (indexed, evidence) => {
      if (evidence.isInText === true && evidence.weight >= OWN_KIND) inText.add(indexed);
      const kinds = held.get(indexed) ?? new Map<DealEvidenceKind, DealEvidence>();
      held.set(indexed, kinds);
      const before = kinds.get(evidence.kind);
      if (before === undefined || evidence.weight > before.weight) kinds.set(evidence.kind, evidence);
    },
    ranked: () =>
      [...held]
        .map(([indexed, kinds]) => scoreOf(indexed, [...kinds.values()], inText.has(indexed)))
        .sort(compareScores),
  };
}

function scoreOf(indexed: IndexedDeal, evidence: readonly DealEvidence[], isInText: boolean): ScoredDeal {
  const open = evidence.reduce((left, { weight }) => left * (1 - weight), 1);
  const score = (1 - open) * (indexed.deal.isActive ? 1 : INACTIVE);
  return {
    indexed,
    score: Math.round(score * 10_000) / 10_000,
    evidence: evidence.toSorted((left, right) => right.weight - left.weight),
    isInText,
  };
}

function compareScores(left: ScoredDeal, right: ScoredDeal): number {
  return right.score - left.score || (left.indexed.deal.dealId < right.indexed.deal.dealId ? -1 : 1);
}

/** The text of the file: addresses with their letterheads told apart, and clients' names. */
function fromText({ text }: Arrival, index: DealIndex, board: Board): void {
  if (text === null) return;
  const isCut = text.whole.length < text.firstPages.length;
  for (const part of isCut ? [text.firstPages, text.whole] : [text.whole]) {
    const words = wordsIn(part);
    const companyEnds = companyEndsIn(index, words);
    for (const hit of findAddresses(index, { text: part, words, quotedFrom: part.length + 1, companyEnds })) {
      const quote = part.slice(hit.at, hit.end);
      board.add(hit.indexed, {
        kind: 'address',
        isInText: true,
        weight: hit.weight,
        fit: hit.fit,
        reason: { text: ADDRESS_WORDS[hit.fit], for: true, quote, ...pageIn(text, quote) },
      });
    }
    for (const hit of findNames(index, words)) {
      const quote = part.slice(hit.at, hit.end);
      board.add(hit.indexed, {
        kind: 'client',
        isInText: true,
        weight: hit.weight,
        reason: { ...nameReason(hit), quote, ...pageIn(text, quote) },
      });
    }
  }
}

interface ShortText {
  readonly text: string;
  readonly place: 'name' | 'subject' | 'folder';
}

/** File name, subject, folder: here a street, a surname or a number alone says something too. */
function fromWords({ text, place }: ShortText, arrival: Arrival, index: DealIndex, board: Board): void {
  const words = wordsIn(text);
  const kindOf = (kind: DealEvidenceKind): DealEvidenceKind => (place === 'folder' ? 'folder' : kind);
  const add = (indexed: IndexedDeal, evidence: DealEvidence) =>
    board.add(indexed, { ...evidence, kind: kindOf(evidence.kind) });
  const doors = findAddresses(index, { text, words, quotedFrom: text.length + 1, companyEnds: [] });
  for (const { indexed, weight, fit } of doors)
    add(indexed, { kind: 'address', weight, fit, reason: says(`${PLACE_WORDS[place]} names this deal’s address`) });
  const names = [...findNames(index, words), ...findSurnames(index, words)];
  for (const hit of names) add(hit.indexed, { kind: 'client', weight: hit.weight, reason: nameReason(hit) });
  for (const { indexed, weight } of streetsIn(words, index))
    add(indexed, { kind: 'street', weight, reason: says(`${indexed.street.typed} is this deal’s street`) });
  if (place === 'name' && isJunkName(arrival.fileName)) return;
  for (const { indexed, weight } of numbersIn(text, words, index))
    board.add(indexed, { kind: 'number', weight, reason: says(`${indexed.deal.plate} is this deal’s house number`) });
}

function fromMail({ mailText, subject, sender }: Arrival, index: DealIndex, board: Board): void {
  const text = mailText.slice(0, MAIL_LETTERS);
  const { quotedFrom } = ownMail(text, subject);
  const words = wordsIn(text);
  const source = { text, words, quotedFrom, companyEnds: companyEndsIn(index, words) };
  for (const hit of findAddresses(index, source))
    board.add(hit.indexed, {
      kind: 'address',
      weight: hit.weight,
      fit: hit.fit,
      reason: says(
        hit.at >= quotedFrom ? 'An older mail under this one names the address' : 'The mail names this deal’s address',
      ),
    });
  // a client's own signature under a mail says no more than the sender's address did
  const own = new Set(sender === null ? [] : findSender(index, sender.address).map(({ indexed }) => indexed));
  for (const hit of findNames(
    index,
    words.filter(({ at }) => at < quotedFrom),
  ))
    if (!own.has(hit.indexed)) board.add(hit.indexed, { kind: 'client', weight: hit.weight, reason: nameReason(hit) });
}

function fromSender(
  { sender }: Arrival,
  index: DealIndex,
  board: Board,
): Pick<DealScores, 'senderName' | 'senderDeals'> {
  const hits = sender === null ? [] : findSender(index, sender.address);
  for (const { indexed, person, isSamePerson, deals, weight } of hits) {
    const others = deals > 1 ? ` and on ${deals - 1} other ${deals === 2 ? 'deal' : 'deals'}` : '';
    const who = isSamePerson
      ? `The sender is ${person.name}, ${roleWord(person.role, indexed.deal.side)} here${others}`
      : `The sender writes from ${person.company || person.name}’s address, ${roleWord(person.role, indexed.deal.side)} here${others}`;
    board.add(indexed, { kind: 'sender', weight, reason: says(who) });
  }
  const people = hits.filter(({ isSamePerson }) => isSamePerson);
  return { senderName: people[0]?.person.name ?? null, senderDeals: new Set(people.map(({ indexed }) => indexed)) };
}

function fromPeople({ hint }: Arrival, index: DealIndex, rule: FilingRule | null, board: Board): void {
  const hinted = hint.dealId === undefined ? index.byLine.get(hint.lineId ?? '') : index.byId.get(hint.dealId);
  if (hinted !== undefined) board.add(hinted, { kind: 'hint', weight: 0.97, reason: says('You put it here') });
  const ruled = rule?.does.dealId === undefined ? undefined : index.byId.get(rule.does.dealId);
  if (ruled !== undefined) board.add(ruled, { kind: 'rule', weight: 0.8, reason: says('Your rule says so') });
}

/** Streets of deals without their number; a street that several deals are on is divided by them. */
function streetsIn(words: readonly Word[], index: DealIndex): readonly { indexed: IndexedDeal; weight: number }[] {
  return words.flatMap((word, at) => {
    // "1900 Marlowe Ave" is another house of the street
    if (/^\d/.test(words[at - 1]?.spelled ?? '') && !isDateLike(words[at - 1])) return [];
    const found = (index.byStreet.get(word.spelled) ?? []).filter(({ street }) => {
      const match = matchesStreet(words, at, street);
      const isTelling = street.core.join('').length >= 6 && !COMMON_STREETS.has(street.core.join(' '));
      return match !== null && (isTelling || (match === 'whole' && street.suffix !== ''));
    });
    return found.slice(0, 50).map((indexed) => ({ indexed, weight: STREET / found.length }));
  });
}

function numbersIn(
  text: string,
  words: readonly Word[],
  index: DealIndex,
): readonly { indexed: IndexedDeal; weight: number }[] {
  const dated = /\b\d{1,4}[-./_ ]\d{1,2}[-./_ ]\d{2,4}\b/.exec(text);
  return words.flatMap((word) => {
    const inDate = dated !== null && word.at >= dated.index && word.end <= dated.index + dated[0].length;
    if (inDate || !/^\d{2,6}$/.test(word.plain) || isDateLike(word)) return [];
    // "Form 593", "LM-20417", "scan 12": a number that belongs to the word before it
    const behind = text.slice(Math.max(0, word.at - 1), word.at);
    if (behind === '-' || behind === '(' || behind === '#') return [];
    const found = index.byNumber.get(word.plain) ?? [];
    return found.slice(0, 50).map((indexed) => ({ indexed, weight: NUMBER / found.length }));
  });
}

function isDateLike(word: Word | undefined): boolean {
  return word !== undefined && /^(19|20)\d\d$|^20\d{6}$|-.*-/.test(word.plain);
}

const COMMON_STREETS: ReadonlySet<string> = new Set(
  'CENTER CENTRAL CHURCH COLLEGE COUNTY COUNTRY CHERRY CHESTNUT SPRUCE WALNUT WASHINGTON JEFFERSON JACKSON FRANKLIN LINCOLN MADISON MARKET SCHOOL SPRING STATION SUNSET WILLOW'.split(
    ' ',
  ),
);
function pageIn(text: Arrival['text'], quote: string): { readonly page?: number } {
  const page = pageOfQuote(text, quote);
  return page === undefined ? {} : { page };
}
