import {
  DIRECTIONS,
  NUMBERED_ROAD_PREFIXES,
  NUMBERED_ROADS,
  ORDINALS,
  STREET_SUFFIXES,
  UNIT_PLACES,
  UNIT_WORDS,
} from './address-words.ts';

export interface StreetParts {
  /** What stands on the house-number plate: "1847", "12-14", "640 1/2"; initials when there is no number; "–" when there is nothing. */
  readonly plate: string;
  /** The rest of the line as typed: "Marlowe Ave". */
  readonly street: string;
}

/** What a deal row or an intake answer holds of an address. */
export interface AddressInput {
  readonly street: string;
  readonly unit?: string;
  readonly city?: string;
  readonly state?: string;
  readonly zip?: string;
}

/** Upper case, without punctuation or accents, in the short spellings of the postal service. Empty text: nobody has said. */
export interface NormalAddress {
  readonly number: string;
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  /** Five digits; the four after them do not tell two houses apart. */
  readonly zip: string;
}

const FRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\s*½/g, ' 1/2'],
  [/\s*¼/g, ' 1/4'],
  [/\s*¾/g, ' 3/4'],
];
/** 1847 | 12-14 | 640 1/2 | 4B | 4-B | N6W23001 | 54-2112 (Queens, Hawaii). */
const NUMBER = /^(?:#\s*)?(\d+[A-Za-z]?(?:\s?[-–]\s?\d*[A-Za-z]?\d*)?(?:\s+\d+\/\d+)?|[NSEW]\d+[NSEW]\d+)(?=\s|,|$)/i;
/** "4th St" and "1st Ave": the number is the street's name. */
const ORDINAL = /^\d+(st|nd|rd|th)\b/i;
const LOT = /^(lot\s+\w+)(?=\s|,|$)/i;

/**
 * Cuts the house number from the street for the plate. Never fails: without a number the plate shows the initials of
 * the first two words ("Marlowe Ave" -> "MA"), and "–" when the line is empty.
 */
export function parseStreet(line: string): StreetParts {
  const { number, street } = cutNumber(line);
  return { plate: number === '' ? initials(street) : number, street };
}

/** One spelling for one place: St/Street, N/North, #4B/Apt 4B/Unit 4B, ZIP+4, case, accents and punctuation. */
export function normaliseAddress(input: AddressInput): NormalAddress {
  const { number, street } = cutNumber(input.street);
  const words = wordsOf(street);
  const { kept, unit } = cutUnit(words);
  const ownUnit = normaliseUnit(wordsOf(input.unit ?? ''));
  return {
    number: plainText(number),
    street: streetWords(kept).join(' '),
    unit: ownUnit === '' ? unit : ownUnit,
    city: cityText(input.city ?? ''),
    state: plainText(input.state ?? ''),
    zip: /^\d{5}/.exec((input.zip ?? '').trim())?.[0] ?? '',
  };
}

/** Text that is equal for two spellings of one home: number, street and unit, with the ZIP code or else the town. */
export function addressKey(input: AddressInput | NormalAddress): string {
  const address = 'number' in input ? input : normaliseAddress(input);
  const place = address.zip === '' ? `${address.city} ${address.state}`.trim() : address.zip;
  return [address.number, address.street, address.unit, place].join('|');
}

/** Upper case letters, digits and single spaces; accents fall away ("Cañada" -> "CANADA"). */
function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/['’.]/g, '')
    .replace(/[^\p{L}\p{N}/-]+/gu, ' ')
    .trim();
}

function cutNumber(line: string): { number: string; street: string } {
  const text = withPlainFractions(line).replace(/\s+/g, ' ').trim();
  const found = ORDINAL.test(text) ? undefined : (NUMBER.exec(text)?.[1] ?? LOT.exec(text)?.[1]);
  if (found === undefined) return { number: '', street: text };
  const rest = text.slice(text.indexOf(found) + found.length);
  return { number: found.replace(/\s?[-–]\s?/, '-'), street: rest.replace(/^[\s,]+/, '') };
}

function withPlainFractions(line: string): string {
  return FRACTIONS.reduce((text, [sign, plain]) => text.replace(sign, plain), line);
}

function initials(text: string): string {
  const words = text.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.slice(0, 2).map((word) => /[\p{L}\p{N}]/u.exec(word.normalize('NFC'))?.[0] ?? '');
  return letters.join('').toUpperCase() || '–';
}

function wordsOf(text: string): readonly string[] {
  const spaced = text.replace(/#/g, ' UNIT ');
  return plainText(spaced).replace(/-/g, ' ').split(' ').filter(Boolean);
}

function cityText(city: string): string {
  const words = wordsOf(city);
  return words
    .map((word) => (word === 'SAINT' ? 'ST' : word === 'FORT' ? 'FT' : word === 'MOUNT' ? 'MT' : word))
    .join(' ');
}

/** The words of the street without the unit that was typed behind it, and that unit. */
function cutUnit(words: readonly string[]): { kept: readonly string[]; unit: string } {
  const at = words.findIndex((word, index) => index > 0 && (UNIT_WORDS.has(word) || startsPlace(words, index)));
  if (at > 0 && at < words.length - 1) return { kept: words.slice(0, at), unit: normaliseUnit(words.slice(at)) };
  const last = words.at(-1) ?? '';
  const before = suffixOf(words.at(-2) ?? '');
  const ownNumber = NUMBERED_ROADS.has(before) || NUMBERED_ROAD_PREFIXES.has(words.at(-3) ?? '');
  const isBareUnit = words.length > 2 && before !== '' && /\d/.test(last) && !ownNumber;
  return isBareUnit ? { kept: words.slice(0, -1), unit: last } : { kept: words, unit: '' };
}

/** "Floor 2", "Building C": only before a short name, so that "Lot" and "Floor" may be part of a street's own name. */
function startsPlace(words: readonly string[], index: number): boolean {
  const next = words[index + 1] ?? '';
  return UNIT_PLACES.has(words[index] ?? '') && (/\d/.test(next) || next.length === 1);
}

/** "Apt 4 B", "#4-B" and "4b" are one door: "4B". A floor or a building keeps its word: "BLDG C4". */
function normaliseUnit(words: readonly string[]): string {
  const kept = words.filter((word) => !UNIT_WORDS.has(word)).map((word) => UNIT_PLACES.get(word) ?? word);
  return kept
    .join(' ')
    .replace(/(\d) (?=[A-Z]\b)/g, '$1')
    .replace(/\b([A-Z]) (?=\d)/g, '$1');
}

function streetWords(words: readonly string[]): readonly string[] {
  const post = words.length > 2 ? DIRECTIONS.get(words.at(-1) ?? '') : undefined;
  const body = post === undefined ? words : words.slice(0, -1);
  const last = body.length - 1;
  const spelled = body.map((word, index) => {
    if (index === last && last > 0) return STREET_SUFFIXES.get(word) ?? word;
    // "North St" is a street named North; only before a longer name is it a direction.
    if (index === 0 && last > 1) return DIRECTIONS.get(word) ?? streetWord(word);
    return streetWord(word);
  });
  return post === undefined ? spelled : [...spelled, post];
}

function streetWord(word: string): string {
  if (word === 'SAINT') return 'ST';
  const short = suffixOf(word);
  return NUMBERED_ROADS.has(short) ? short : (ORDINALS.get(word) ?? word);
}

function suffixOf(word: string): string {
  return STREET_SUFFIXES.get(word) ?? '';
}
