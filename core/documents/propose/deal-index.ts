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
  readonly byLine: ReadonlyMap<Id, IndexedDeal>;
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
    byLine: new Map<Id, IndexedDeal>(),
    byDoor: new Map<string, IndexedDeal[]>(),
    byNumber: new Map<string, IndexedDeal[]>(),
    byStreet: new Map<string, IndexedDeal[]>(),
    lotsByStreet: new Map<string, IndexedDeal[]>(),
    bySurname: new Map<string, NamedDeal[]>(),
    byEmail: new Map<string, SendingDeal[]>(),
    byMailDomain: new Map<string, SendingDeal[]>(),
    companies: new Map<string, (readonly string[])[]>(),
  };
  const lineWords = new Map<string, Pick<IndexedLine, 'phrase' | 'words'>>();
  const seenCompanies = new Set<string>();
  for (const deal of deals) {
    const indexed = indexDeal(deal, lineWords);
    maps.byId.set(deal.dealId, indexed);
    for (const { lineId } of deal.lines) maps.byLine.set(lineId, indexed);
    const first = indexed.street.core[0];
    if (first !== undefined) push(maps.byStreet, first, indexed);
    if (first !== undefined && indexed.street.numbers.length === 0) push(maps.lotsByStreet, first, indexed);
    for (const number of indexed.street.numbers) {
      push(maps.byNumber, number, indexed);
      if (first !== undefined) push(maps.byDoor, `${number} ${first}`, indexed);
    }
    for (const name of indexed.clients)
      for (const word of new Set(name.words.length > 1 ? name.words.slice(1) : name.words))
        push(maps.bySurname, word, { indexed, name });
    for (const person of deal.people) indexPerson(maps, { indexed, person }, seenCompanies);
  }
  return maps;
}

/** The words of a title that tell it from others: "Title commitment or preliminary report" without "or". */
export function tellingWords(text: string): readonly string[] {
  const words = phraseText(text).trim().split(' ');
  return [...new Set(words.filter((word) => word.length > 1 && !PLAIN_WORDS.has(word)).map(singular))];
}

/** "Statements" and "statement" are one word. */
export function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** "Estévez, Gloria M." and "Ms. Gloria M. Estévez" in the order of speech; a couple's entry is two names. */
export function readNames(typed: string): readonly IndexedName[] {
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

function indexDeal(deal: CandidateDeal, known: Map<string, Pick<IndexedLine, 'phrase' | 'words'>>): IndexedDeal {
  const lines = deal.lines.map((line) => {
    // deals share their titles: the words of one are made once
    const held = known.get(line.title) ?? { phrase: phraseText(line.title), words: tellingWords(line.title) };
    known.set(line.title, held);
    return { line, phrase: held.phrase, words: held.words };
  });
  return { deal, street: streetKey(deal), clients: deal.clientNames.flatMap(readNames), lines };
}

function indexPerson(
  maps: {
    byEmail: Map<string, SendingDeal[]>;
    byMailDomain: Map<string, SendingDeal[]>;
    companies: Map<string, (readonly string[])[]>;
  },
  entry: SendingDeal,
  seenCompanies: Set<string>,
): void {
  const email = normaliseEmail(entry.person.email);
  if (email.includes('@')) {
    push(maps.byEmail, email, entry);
    const domain = email.slice(email.lastIndexOf('@') + 1);
    if (!SHARED_DOMAINS.has(domain)) push(maps.byMailDomain, domain, entry);
  }
  if (entry.person.company === '' || seenCompanies.has(entry.person.company)) return;
  seenCompanies.add(entry.person.company);
  const words = wordsIn(entry.person.company).map(({ plain }) => plain);
  const [first] = words;
  if (first !== undefined) push(maps.companies, first, words);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const held = map.get(key);
  if (held === undefined) map.set(key, [value]);
  else if (held.at(-1) !== value) held.push(value);
}
