import type { Id } from '../../deals/model.ts';
import { normaliseName } from '../../parties/name.ts';
import { normaliseEmail } from '../../parties/person.ts';
import { type StreetKey, streetKey } from './street.ts';
import type { CandidateDeal, CandidateLine, CandidatePerson } from './types.ts';
import { phraseText, wordsIn } from './words.ts';

export interface IndexedLine {
  readonly line: CandidateLine;
  /** Its title as `phraseText` writes it. */
  readonly phrase: string;
  /** The words of the title that tell it from others, without a plural s. */
  readonly words: readonly string[];
}

export interface IndexedName {
  /** As typed. */
  readonly typed: string;
  /** In the order of speech, initials and titles left out: GLORIA ESTEVEZ RUIZ. */
  readonly words: readonly string[];
}

export interface IndexedDeal {
  readonly deal: CandidateDeal;
  readonly street: StreetKey;
  readonly clients: readonly IndexedName[];
  readonly lines: readonly IndexedLine[];
}

/** Deals by what a text may name them with. Made once; a thousand arrivals use it. */
export interface DealIndex {
  readonly byId: ReadonlyMap<Id, IndexedDeal>;
  readonly byLine: Pick<ReadonlyMap<Id, IndexedDeal>, 'get'>;
  /** By "1847 MARLOWE". */
  readonly byDoor: ReadonlyMap<string, readonly IndexedDeal[]>;
  /** By house number alone. */
  readonly byNumber: ReadonlyMap<string, readonly IndexedDeal[]>;
  /** By the first word of the street's name. */
  readonly byStreet: ReadonlyMap<string, readonly IndexedDeal[]>;
  /** The same, of deals without a house number. */
  readonly lotsByStreet: ReadonlyMap<string, readonly IndexedDeal[]>;
  /** By each word of a client's name but the given name. */
  readonly bySurname: ReadonlyMap<string, readonly NamedDeal[]>;
  readonly byEmail: ReadonlyMap<string, readonly SendingDeal[]>;
  readonly byMailDomain: ReadonlyMap<string, readonly SendingDeal[]>;
  /** The companies of all people, as words, by the first of them: their own addresses are nobody's property. */
  readonly companies: ReadonlyMap<string, readonly (readonly string[])[]>;
}

export interface NamedDeal {
  readonly indexed: IndexedDeal;
  readonly name: IndexedName;
}

export interface SendingDeal {
  readonly indexed: IndexedDeal;
  readonly person: CandidatePerson;
}

/** Mail domains that belong to nobody's office. */
const SHARED_DOMAINS: ReadonlySet<string> = new Set(
  'gmail.com googlemail.com yahoo.com ymail.com hotmail.com outlook.com live.com msn.com icloud.com me.com mac.com aol.com proton.me protonmail.com comcast.net att.net sbcglobal.net verizon.net cox.net bellsouth.net docusign.net dotloop.com'.split(
    ' ',
  ),
);
const PLAIN_WORDS: ReadonlySet<string> = new Set(
  'the a an of or and for to from in on if is it one by with form papers paper there home house property your sent side signed two asks force extra page pages all'.split(
    ' ',
  ),
);

export function buildDealIndex(deals: readonly CandidateDeal[]): DealIndex {
  const maps = {
    byId: new Map<Id, IndexedDeal>(),
    byDoor: new Map<string, IndexedDeal[]>(),
    byNumber: new Map<string, IndexedDeal[]>(),
    byStreet: new Map<string, IndexedDeal[]>(),
    lotsByStreet: new Map<string, IndexedDeal[]>(),
    bySurname: new Map<string, NamedDeal[]>(),
    byEmail: new Map<string, SendingDeal[]>(),
    byMailDomain: new Map<string, SendingDeal[]>(),
    companies: new Map<string, (readonly string[])[]>(),
  };
  // deals share their titles: the words of one are made once
  const titles: Titles = new Map();
  const seenCompanies = new Set<string>();
  for (const deal of deals) {
    const { indexed, doors, surnames, senders, companies } = partOf(deal, titles);
    const first = indexed.street.core[0];
    maps.byId.set(deal.dealId, indexed);
    if (first !== undefined) push(maps.byStreet, first, indexed);
    if (first !== undefined && indexed.street.numbers.length === 0) push(maps.lotsByStreet, first, indexed);
    for (const number of indexed.street.numbers) push(maps.byNumber, number, indexed);
    for (const door of doors) push(maps.byDoor, door, indexed);
    for (const { word, named } of surnames) push(maps.bySurname, word, named);
    for (const { email, domain, entry } of senders) {
      push(maps.byEmail, email, entry);
      if (domain !== null) push(maps.byMailDomain, domain, entry);
    }
    for (const { company, first: word, words } of companies) {
      if (seenCompanies.has(company)) continue;
      seenCompanies.add(company);
      push(maps.companies, word, words);
    }
  }
  return { ...maps, byLine: byLineOf(maps.byId) };
}

/** Asked for only when a file is dropped on a line: made then, since it is as large as all else together. */
function byLineOf(byId: ReadonlyMap<Id, IndexedDeal>): DealIndex['byLine'] {
  let made: Map<Id, IndexedDeal> | null = null;
  const make = () =>
    new Map([...byId.values()].flatMap((each) => each.deal.lines.map(({ lineId }) => [lineId, each] as const)));
  return {
    get: (lineId) => {
      made ??= make();
      return made.get(lineId);
    },
  };
}

/** The words of a title that tell it from others: "Title commitment or preliminary report" without "or". */
export function tellingWords(text: string): readonly string[] {
  const words = phraseText(text).trim().split(' ');
  return [...new Set(words.filter((word) => word.length > 1 && !PLAIN_WORDS.has(word)).map(singular))];
}

/** "Statements" and "statement" are one word. */
function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** "Estévez, Gloria M." and "Ms. Gloria M. Estévez" in the order of speech; a couple's entry is two names. */
function readNames(typed: string): readonly IndexedName[] {
  const parts = typed.split(/\s+(?:&|and|y)\s+|\s*[&;]\s*/i).filter((part) => part.trim() !== '');
  const last = nameWords(parts.at(-1) ?? '').at(-1);
  return parts.flatMap((part) => {
    const words = nameWords(part);
    const whole =
      words.length === 1 && last !== undefined && parts.length > 1 && words[0] !== last ? [...words, last] : words;
    return whole.length === 0 ? [] : [{ typed: parts.length > 1 ? part.trim() : typed.trim(), words: whole }];
  });
}

function nameWords(typed: string): readonly string[] {
  const comma = typed.indexOf(',');
  const spoken = comma > 0 ? `${typed.slice(comma + 1)} ${typed.slice(0, comma)}` : typed;
  const kept = new Set(normaliseName(spoken).words);
  return wordsIn(spoken)
    .map(({ plain }) => plain)
    .filter((word) => word.length > 1 && kept.has(word));
}

type Titles = Map<string, Pick<IndexedLine, 'phrase' | 'words'>>;

/** What one deal puts into the index: all that takes reading. */
interface DealPart {
  readonly indexed: IndexedDeal;
  readonly doors: readonly string[];
  readonly surnames: readonly { readonly word: string; readonly named: NamedDeal }[];
  readonly senders: readonly { readonly email: string; readonly domain: string | null; readonly entry: SendingDeal }[];
  readonly companies: readonly {
    readonly company: string;
    readonly first: string;
    readonly words: readonly string[];
  }[];
}

/**
 * By the candidate itself, which never changes: after one deal of thousands has changed, only that one is read again. It
 * holds nothing that outlives its candidate.
 */
const parts = new WeakMap<CandidateDeal, DealPart>();

function partOf(deal: CandidateDeal, titles: Titles): DealPart {
  const there = parts.get(deal);
  if (there !== undefined) return there;
  const made = readDeal(deal, titles);
  parts.set(deal, made);
  return made;
}

function readDeal(deal: CandidateDeal, titles: Titles): DealPart {
  const lines = deal.lines.map((line) => ({ line, ...titleOf(line.title, titles) }));
  const indexed = { deal, street: streetKey(deal), clients: deal.clientNames.flatMap(readNames), lines };
  const [first] = indexed.street.core;
  return {
    indexed,
    doors: first === undefined ? [] : indexed.street.numbers.map((number) => `${number} ${first}`),
    surnames: indexed.clients.flatMap((name) =>
      [...new Set(name.words.length > 1 ? name.words.slice(1) : name.words)].map((word) => ({
        word,
        named: { indexed, name },
      })),
    ),
    senders: deal.people.flatMap((person) => senderOf({ indexed, person })),
    companies: deal.people.flatMap(({ company }) => companyOf(company)),
  };
}
function titleOf(title: string, known: Titles): Pick<IndexedLine, 'phrase' | 'words'> {
  const there = known.get(title);
  if (there !== undefined) return there;
  const made = { phrase: phraseText(title), words: tellingWords(title) };
  known.set(title, made);
  return made;
}

function senderOf(entry: SendingDeal): DealPart['senders'] {
  const email = normaliseEmail(entry.person.email);
  if (!email.includes('@')) return [];
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return [{ email, domain: SHARED_DOMAINS.has(domain) ? null : domain, entry }];
}

function companyOf(company: string): DealPart['companies'] {
  const words = company === '' ? [] : wordsIn(company).map(({ plain }) => plain);
  const [first] = words;
  return first === undefined ? [] : [{ company, first, words }];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else if (held.at(-1) !== value) held.push(value);
}
