import { isOneSlipApart } from '../../parties/name.ts';
import type { DealIndex, IndexedDeal } from './deal-index.ts';
import { isDirection, isSuffix, numbersOf, readUnit, type StreetKey } from './street.ts';
import { startsWithDigit, type Word } from './words.ts';

export type AddressFit = 'exact' | 'near' | 'no-unit' | 'other-unit' | 'other-place' | 'office';

/** One place of a text that names a deal's door. */
export interface AddressHit {
  readonly indexed: IndexedDeal;
  /** 0 to 1. */
  readonly weight: number;
  readonly fit: AddressFit;
  readonly at: number;
  readonly end: number;
}

export interface AddressText {
  readonly text: string;
  readonly words: readonly Word[];
  /** Offsets from which on the text is quoted from another mail, and counts half. */
  readonly quotedFrom: number;
  /** Offsets behind the names of companies, where their letterheads may stand (`companyEndsIn`). */
  readonly companyEnds: readonly number[];
}

const WEIGHTS: Readonly<Record<AddressFit, number>> = {
  exact: 0.82,
  near: 0.55,
  'no-unit': 0.6,
  'other-unit': 0.2,
  'other-place': 0.15,
  office: 0.1,
};
const NO_HITS: readonly AddressHit[] = [];
const PLACE_BONUS = 0.08;
/** A text of nothing but house numbers must not cost more than a book. */
const MOST_DOORS = 200;

/** Every place where a deal's door is named, the heaviest of each deal first. */
export function findAddresses(index: DealIndex, source: AddressText): readonly AddressHit[] {
  const best = new Map<IndexedDeal, AddressHit>();
  source.words.forEach((word, at) => {
    for (const hit of startsWithDigit(word.spelled) ? hitsAt(index, source, at) : lotsAt(index, source, at)) {
      const held = best.get(hit.indexed);
      if (held === undefined || hit.weight > held.weight) best.set(hit.indexed, hit);
    }
  });
  return [...best.values()].sort((left, right) => right.weight - left.weight);
}

/** Where the names of the deals' companies end in a text. */
export function companyEndsIn(index: DealIndex, words: readonly Word[]): readonly number[] {
  return words.flatMap((word, at) =>
    (index.companies.get(word.plain) ?? [])
      .filter((company) => company.every((part, step) => words[at + step]?.plain === part))
      .map((company) => words[at + company.length - 1]?.end ?? word.end),
  );
}

/** Whether one of the words from `from` on is the street of a deal, for texts without its number. */
export function matchesStreet(words: readonly Word[], from: number, street: StreetKey): 'core' | 'whole' | null {
  if (street.core.some((word, index) => words[from + index]?.spelled !== word)) return null;
  const behind = words[from + street.core.length];
  if (street.suffix === '' || behind?.spelled === street.suffix) return 'whole';
  return isSuffix(behind) ? null : 'core';
}

function hitsAt(index: DealIndex, source: AddressText, at: number): readonly AddressHit[] {
  const { words } = source;
  const number = words[at]?.plain ?? '';
  if (/-.*-/.test(number)) return NO_HITS;
  const fraction = /^\d\/\d$/.test(words[at + 1]?.plain ?? '') ? (words[at + 1]?.plain ?? '') : '';
  const from = at + (fraction === '' ? 1 : 2);
  const hits: AddressHit[] = [];
  for (const indexed of doorsAt(index, { number, words, from })) {
    const hit = hitOf(source, { at, from, fraction, indexed, number });
    if (hit !== null) hits.push(hit);
  }
  return hits;
}

function doorsAt(
  index: DealIndex,
  { number, words, from }: { number: string; words: readonly Word[]; from: number },
): ReadonlySet<IndexedDeal> {
  const lettered = /^(\d+)[A-Z]$/.exec(number)?.[1];
  const found = new Set<IndexedDeal>();
  for (const door of numbersOf(number, lettered)) {
    if (!index.byNumber.has(door)) continue;
    // one word further when a direction stands between: "1847 N Marlowe"
    const starts = isDirection(words[from]) ? [from, from + 1] : [from];
    for (const start of starts)
      for (const indexed of (index.byDoor.get(`${door} ${words[start]?.spelled}`) ?? []).slice(0, MOST_DOORS))
        found.add(indexed);
    const all = index.byNumber.get(door) ?? [];
    // one letter wrong in the street: only worth a look where few deals have the number
    if (found.size === 0 && all.length <= 20) for (const indexed of all) found.add(indexed);
  }
  return found;
}

interface Door {
  readonly at: number;
  readonly from: number;
  readonly fraction: string;
  readonly number: string;
  readonly indexed: IndexedDeal;
}

function hitOf(source: AddressText, door: Door): AddressHit | null {
  const { words } = source;
  const { street } = door.indexed;
  const read = readAt(words, door.from, street);
  if (read === null) return null;
  const own = /^\d+([A-Z])$/.exec(door.number)?.[1] ?? '';
  const { unit: written, next } = readUnit(words, read.next);
  const bare = words[next]?.plain ?? '';
  const unit = written || own || (bare !== '' && bare === street.unit ? bare : '');
  const behind = unit !== '' && unit === bare && written === '' ? next + 1 : next;
  const place = readPlace(words, behind, street);
  const fit = fitOf(street, { unit, fraction: door.fraction, isNear: read.isNear, place });
  const end = words[Math.max(door.at, (place.end ?? behind) - 1)]?.end ?? 0;
  const at = words[door.at]?.at ?? 0;
  const base = WEIGHTS[fit] + (place.isSame && (fit === 'exact' || fit === 'no-unit') ? PLACE_BONUS : 0);
  const weighed = at >= source.quotedFrom ? base * 0.5 : base;
  const isOffice = fit !== 'other-place' && standsUnderCompany(source, door.at);
  return isOffice
    ? { indexed: door.indexed, fit: 'office', weight: WEIGHTS.office, at, end }
    : { indexed: door.indexed, fit, weight: weighed, at, end };
}

/** "Lot 12 Rancho Rd", "Larkspur Ln": deals whose address has no number. The whole of it must be there. */
function lotsAt(index: DealIndex, { words, quotedFrom }: AddressText, at: number): readonly AddressHit[] {
  const word = words[at];
  const deals = word === undefined ? undefined : index.lotsByStreet.get(word.spelled);
  if (word === undefined || deals === undefined) return NO_HITS;
  return deals.slice(0, MOST_DOORS).flatMap((indexed) => {
    const { street } = indexed;
    if (street.core.length + (street.suffix === '' ? 0 : 1) < 2) return [];
    if (/^\d/.test(words[at - 1]?.spelled ?? '') || matchesStreet(words, at, street) !== 'whole') return [];
    const end = words[at + street.core.length - (street.suffix === '' ? 1 : 0)]?.end ?? word.end;
    const weight = WEIGHTS.near * (word.at >= quotedFrom ? 0.5 : 1);
    return [{ indexed, fit: 'near' as const, weight, at: word.at, end }];
  });
}

/** The street of a deal in the words from `from` on; null when it is another street. */
function readAt(
  words: readonly Word[],
  from: number,
  street: StreetKey,
): { readonly next: number; readonly isNear: boolean } | null {
  const direct = readCore(words, from, street);
  const start = direct === null && isDirection(words[from]) ? from + 1 : from;
  const slips = direct ?? (start === from ? null : readCore(words, start, street));
  if (slips === null) return null;
  let next = start + street.core.length;
  const suffix = isSuffix(words[next]) ? (words[next]?.spelled ?? '') : '';
  if (suffix !== '') next += 1;
  const before = start > from ? (words[from]?.spelled ?? '') : '';
  const after = before === '' && isDirection(words[next]) ? (words[next]?.spelled ?? '') : '';
  if (after !== '') next += 1;
  const direction = before || after;
  // N Main St and S Main St, Marlowe Ave and Marlowe St are two streets
  if (direction !== '' && street.direction !== '' && direction !== street.direction) return null;
  if (suffix !== '' && street.suffix !== '' && suffix !== street.suffix) return null;
  const isNear = slips > 0 || suffix !== street.suffix || direction !== street.direction;
  return { next, isNear };
}

/** How many words of the street's name are one letter off, or null when it is another name. */
function readCore(words: readonly Word[], from: number, { core }: StreetKey): number | null {
  let slips = 0;
  for (const [index, word] of core.entries()) {
    const written = words[from + index]?.spelled ?? '';
    if (written === word) continue;
    const isSlip = word.length >= 6 && !/\d/.test(word) && isOneSlipApart(written, word);
    if (!isSlip || slips > 0) return null;
    slips += 1;
  }
  return core.length === 0 ? null : slips;
}

function readPlace(
  words: readonly Word[],
  from: number,
  street: StreetKey,
): { readonly isSame: boolean; readonly isOther: boolean; readonly end: number | null } {
  for (let at = from; at < from + 7; at += 1) {
    const zip = /^\d{5}(?=$|-\d{4}$)/.exec(words[at]?.plain ?? '')?.[0];
    if (zip !== undefined && street.zip !== '')
      return { isSame: zip === street.zip, isOther: zip !== street.zip && !hasCity(words, from, street), end: at + 1 };
  }
  return { isSame: hasCity(words, from, street), isOther: false, end: null };
}

function hasCity(words: readonly Word[], from: number, { city }: StreetKey): boolean {
  if (city.length === 0) return false;
  for (let at = from; at < from + 4; at += 1)
    if (city.every((word, index) => words[at + index]?.spelled === word)) return true;
  return false;
}

function fitOf(
  street: StreetKey,
  { unit, fraction, isNear, place }: { unit: string; fraction: string; isNear: boolean; place: { isOther: boolean } },
): AddressFit {
  if (place.isOther) return 'other-place';
  if ((unit !== '' && street.unit !== unit) || fraction !== street.fraction) return 'other-unit';
  if (street.unit !== '' && unit === '') return 'no-unit';
  return isNear ? 'near' : 'exact';
}

/** "LARKMOOR ESCROW (new line) 1847 Marlowe Ave": the address right under or behind a company's name is its own office. */
function standsUnderCompany({ text, words, companyEnds }: AddressText, at: number): boolean {
  const from = words[at]?.at ?? 0;
  return companyEnds.some(
    (end) => end < from && from - end <= 8 && /^[\s,.|•·–-]*[\n,|•·]\s*$/.test(text.slice(end, from)),
  );
}
