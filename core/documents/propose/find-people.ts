import { normaliseEmail } from '../../parties/person.ts';
import type { DealIndex, IndexedDeal, IndexedName, SendingDeal } from './deal-index.ts';
import type { Word } from './words.ts';

/** One place of a text that names a client of a deal. */
export interface NameHit {
  readonly indexed: IndexedDeal;
  readonly name: IndexedName;
  /** 0 to 1. */
  readonly weight: number;
  readonly at: number;
  readonly end: number;
}

export interface SenderHit {
  readonly indexed: IndexedDeal;
  /** The person who sent it, or somebody of the same office. */
  readonly person: SendingDeal['person'];
  readonly isSamePerson: boolean;
  /** On how many deals this sender is. */
  readonly deals: number;
  readonly weight: number;
}

const WHOLE = 0.6;
const PART = 0.5;
const INITIAL = 0.25;
const GIVEN = 0.28;
const SURNAME = 0.3;
/** Names on more deals than this say nothing, and would cost. */
const MOST_NAMESAKES = 60;

/**
 * Clients named in a text, in any order of the name, with or without middle names: the heaviest place of each deal. A
 * name that several deals share is divided by their number.
 */
export function findNames(index: DealIndex, words: readonly Word[]): readonly NameHit[] {
  const best = new Map<IndexedDeal, NameHit>();
  words.forEach((word, at) => {
    const entries = index.bySurname.get(word.plain) ?? [];
    if (entries.length > MOST_NAMESAKES) return;
    for (const { indexed, name } of entries) {
      const read = readName(words, at, name);
      if (read !== null) keep(best, { indexed, name, ...read });
    }
  });
  const sharing = new Map<string, number>();
  for (const { name } of best.values()) sharing.set(nameOf(name), (sharing.get(nameOf(name)) ?? 0) + 1);
  return [...best.values()]
    .map((hit) => ({ ...hit, weight: hit.weight / (sharing.get(nameOf(hit.name)) ?? 1) }))
    .sort((left, right) => right.weight - left.weight);
}

/** Clients' surnames standing alone, for file names and folders: "binder_hollowell.pdf". */
export function findSurnames(index: DealIndex, words: readonly Word[]): readonly NameHit[] {
  const hits: NameHit[] = [];
  for (const word of words) {
    if (word.plain.length < 4 || /\d/.test(word.plain)) continue;
    const entries = (index.bySurname.get(word.plain) ?? []).filter(({ name }) => name.words.at(-1) === word.plain);
    const deals = new Set(entries.map(({ indexed }) => indexed)).size;
    // a name that is also a street's may mean the street
    const isStreet = index.byStreet.has(word.spelled);
    if (deals === 0 || deals > MOST_NAMESAKES) continue;
    for (const { indexed, name } of entries)
      hits.push({ indexed, name, weight: (isStreet ? 0.1 : SURNAME) / deals, at: word.at, end: word.end });
  }
  return hits;
}

/**
 * The deals of a sender. One deal only is strong; a lender on twelve only narrows. The office of an address counts where
 * nobody has the address itself.
 */
export function findSender(index: DealIndex, address: string): readonly SenderHit[] {
  const email = normaliseEmail(address);
  const own = distinct(index.byEmail.get(email) ?? []);
  const isSamePerson = own.length > 0;
  const office = isSamePerson ? [] : distinct(index.byMailDomain.get(email.slice(email.lastIndexOf('@') + 1)) ?? []);
  const entries = isSamePerson ? own : office;
  // a closed deal's people still write, mostly about another one
  const active = entries.filter(({ indexed }) => indexed.deal.isActive).length;
  return entries.map(({ indexed, person }) => {
    const sharers = indexed.deal.isActive ? Math.max(active, 1) : entries.length + 1;
    const weight = (isSamePerson ? 0.7 : 0.2) / sharers;
    return { indexed, person, isSamePerson, deals: entries.length, weight };
  });
}

function keep(best: Map<IndexedDeal, NameHit>, hit: NameHit): void {
  const held = best.get(hit.indexed);
  const isLonger = held !== undefined && hit.weight === held.weight && hit.at === held.at && hit.end > held.end;
  if (held === undefined || hit.weight > held.weight || isLonger) best.set(hit.indexed, hit);
}

/** A name around its surname at `at`: given name before it or behind it, other words of the name between. */
function readName(
  words: readonly Word[],
  at: number,
  name: IndexedName,
): { readonly weight: number; readonly at: number; readonly end: number } | null {
  const [given] = name.words;
  const surname = words[at];
  if (given === undefined || surname === undefined || name.words.length < 2) return null;
  for (let back = 1; back <= 4; back += 1) {
    const word = words[at - back];
    if (word === undefined) break;
    if (word.plain === given && isOneName(words.slice(at - back + 1, at), name))
      return { weight: weightOf(words.slice(at - back, at + 3), name, surname.plain), at: word.at, end: surname.end };
  }
  for (const step of [1, 2]) {
    const word = words[at + step];
    if (word?.plain === given && (step === 1 || name.words.includes(words[at + 1]?.plain ?? '')))
      return {
        weight: weightOf(words.slice(Math.max(0, at - 1), at + step + 1), name, surname.plain),
        at: surname.at,
        end: word.end,
      };
  }
  const before = words[at - 1];
  if (before?.plain === given.charAt(0) && surname.plain === name.words.at(-1))
    return { weight: INITIAL, at: before.at, end: surname.end };
  return null;
}

/** What may stand between a given name and a surname: initials, one middle name, or the other half of a couple. */
function isOneName(between: readonly Word[], name: IndexedName): boolean {
  const unknown = between.filter(({ plain }) => plain.length > 1 && !name.words.includes(plain));
  if (unknown.length === 0) return true;
  const isCouple = between.length === 2 && (between[0]?.plain === 'AND' || between[0]?.plain === 'Y');
  return isCouple || (unknown.length === 1 && !['AND', 'OR', 'Y', 'TO', 'FROM'].includes(unknown[0]?.plain ?? ''));
}

/** How much of a name stands around its word `surname`. Of three words the middle one may be a second given name. */
function weightOf(around: readonly Word[], name: IndexedName, surname: string): number {
  if (name.words.every((word) => around.some(({ plain }) => plain === word))) return WHOLE;
  const at = name.words.lastIndexOf(surname);
  if (at === name.words.length - 1) return PART;
  return name.words.length >= 4 && at === name.words.length - 2 ? PART - 0.05 : GIVEN;
}

function nameOf(name: IndexedName): string {
  return name.words.join(' ');
}

function distinct(entries: readonly SendingDeal[]): readonly SendingDeal[] {
  const byDeal = new Map(entries.map((entry) => [entry.indexed, entry]));
  return [...byDeal.values()];
}
