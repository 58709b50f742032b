import { normaliseAddress, parseStreet } from '../../deals/address.ts';
import { DIRECTIONS, STREET_SUFFIXES, UNIT_PLACES } from '../../deals/address-words.ts';
import { isUnitWord, type Word, wordsIn } from './words.ts';

/** A deal's address in the parts that a text is compared with. */
export interface StreetKey {
  /** The numbers that stand for this door: those of a range one by one. Empty: a lot or a street without a number. */
  readonly numbers: readonly string[];
  /** "1/2"; empty when the number has none. */
  readonly fraction: string;
  /** N, SW ...; empty when the address names none. */
  readonly direction: string;
  /** The street's own name: MARLOWE, or 42ND, or CALLE DE LA PENA. */
  readonly core: readonly string[];
  /** AVE, ST ...; empty when the address names none. */
  readonly suffix: string;
  readonly unit: string;
  readonly city: readonly string[];
  readonly zip: string;
  /** As somebody typed it, without the number: "Marlowe Ave". */
  readonly typed: string;
}

const SUFFIXES: ReadonlySet<string> = new Set(STREET_SUFFIXES.values());
const CORNERS: ReadonlySet<string> = new Set(DIRECTIONS.values());
const RANGE = /^(\d{1,6})-(\d{1,6})$/;
/** No house spans more numbers than this; "54-2112" is one number, not a range. */
const LONGEST_RANGE = 24;

export function streetKey(address: {
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly zip: string;
}): StreetKey {
  const { plate, street } = parseStreet(address.street);
  const hasNumber = /\d/.test(plate) && plate !== '–' && address.street.trim() !== street;
  const normal = normaliseAddress(address);
  const [number = '', fraction = ''] = hasNumber ? plate.split(/\s+(?=\d+\/\d+$)/) : [];
  const lettered = /^(\d+)([A-Z])$/i.exec(number);
  const words = wordsIn(normal.street).map(({ spelled }) => spelled);
  const { core, direction, suffix } = readStreet(
    hasNumber && !/^\d/.test(plate) ? [...wordsOf(plate), ...words] : words,
  );
  return {
    numbers: /^\d/.test(number) ? numbersOf(number.toUpperCase(), lettered?.[1]) : [],
    fraction,
    direction,
    core,
    suffix,
    unit: normal.unit || (lettered?.[2]?.toUpperCase() ?? ''),
    city: wordsOf(address.city),
    zip: normal.zip,
    typed: street.split(',')[0]?.trim() ?? street,
  };
}

export function isSuffix(word: Word | undefined): boolean {
  return word !== undefined && SUFFIXES.has(word.spelled);
}

export function isDirection(word: Word | undefined): boolean {
  return word !== undefined && CORNERS.has(word.spelled);
}

/** The numbers that a written number may stand for: "1847-1849" is each of its doors and itself. */
export function numbersOf(number: string, withoutLetter?: string): readonly string[] {
  const plain = number.replace('–', '-');
  const range = RANGE.exec(plain);
  const found = new Set([plain]);
  if (withoutLetter !== undefined) found.add(withoutLetter);
  if (range !== null) {
    const from = Number(range[1]);
    const to = rangeEnd(range[1] ?? '', range[2] ?? '');
    // both ends stand on one side of the street
    if (to > from && to - from <= LONGEST_RANGE) for (let door = from; door <= to; door += 1) found.add(String(door));
    else found.add(plain.replace('-', ''));
  }
  return [...found];
}

/** The unit in the words from `from` on ("Apt 4 B", "# 4", "Bldg C Unit 2"), normalised, and the place behind it. */
export function readUnit(words: readonly Word[], from: number): { readonly unit: string; readonly next: number } {
  let next = from;
  const parts: string[] = [];
  while (next < from + 8 && (isUnitWord(words[next]) || UNIT_PLACES.has(words[next]?.plain ?? ''))) {
    let value = next + 1;
    while (isUnitWord(words[value])) value += 1;
    const text = words[value]?.plain ?? '';
    if (!/\d/.test(text) && text.length !== 1) break;
    parts.push(words[next]?.plain ?? '', text);
    next = value + 1;
    const letter = words[next]?.plain ?? '';
    if (/^[A-Z]$/.test(letter) && /\d$/.test(text)) {
      parts.push(letter);
      next += 1;
    }
  }
  return { unit: parts.length === 0 ? '' : normaliseAddress({ street: '', unit: parts.join(' ') }).unit, next };
}

function readStreet(words: readonly string[]): Pick<StreetKey, 'core' | 'direction' | 'suffix'> {
  let rest = words;
  let direction = '';
  const first = rest[0] ?? '';
  const last = rest.at(-1) ?? '';
  // "North St" is a street named North
  if (CORNERS.has(first) && rest.length > 1 && !(rest.length === 2 && SUFFIXES.has(last))) {
    direction = first;
    rest = rest.slice(1);
  } else if (CORNERS.has(last) && rest.length > 2) {
    direction = last;
    rest = rest.slice(0, -1);
  }
  const end = rest.at(-1) ?? '';
  const suffix = rest.length > 1 && SUFFIXES.has(end) ? end : '';
  return { core: suffix === '' ? rest : rest.slice(0, -1), direction, suffix };
}

/** "1847-49" ends at 1849. */
function rangeEnd(from: string, to: string): number {
  return Number(to.length < from.length ? from.slice(0, from.length - to.length) + to : to);
}

function wordsOf(text: string): readonly string[] {
  return wordsIn(text).map(({ spelled }) => spelled);
}
