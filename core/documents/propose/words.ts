import { DIRECTIONS, ORDINALS, STREET_SUFFIXES, UNIT_WORDS } from '../../deals/address-words.ts';

/** A word of a text with its place, so that what was found can be quoted letter for letter. */
export interface Word {
  /** Upper case without accents, in the postal spelling: AVENUE is AVE, NORTH is N, FIRST is 1ST, SAINT is ST. */
  readonly spelled: string;
  /** Upper case without accents, as written. */
  readonly plain: string;
  readonly at: number;
  readonly end: number;
}

/** `1847`, `12-14`, `54-2112`, `1/2`, `4B`, `1st`, `Marlowe`, `O'Brien`, `#`. */
const WORD =
  /\d[\p{L}\d]*(?:[-–]\d+\p{L}?(?![\p{L}\p{N}]))*(?:[/⁄]\d+)?|\p{L}[\p{L}\p{M}\p{N}]*(?:['’]\p{L}+)*|[#½¼¾]/gu;
/** A map, not an object: "valueOf" is a word like any other. */
const FRACTIONS: ReadonlyMap<string, string> = new Map([
  ['½', '1/2'],
  ['¼', '1/4'],
  ['¾', '3/4'],
]);
const GLUED = /^(\d+)(\p{L}{3,})$/u;
const IS_ORDINAL = /^\d+(ST|ND|RD|TH)$/;

/**
 * The words of a text, at most `limit` letters of it. Words that a line end cut in two are one; "N.E." is NE; "#4" is
 * UNIT 4; "1847Marlowe" is two words.
 */
export function wordsIn(text: string, limit = 60_000): readonly Word[] {
  const words: Word[] = [];
  const capped = text.length > limit ? text.slice(0, limit) : text;
  const isPlain = isAscii(capped);
  for (const found of capped.matchAll(WORD)) {
    const at = found.index;
    const end = at + found[0].length;
    const plain = isPlain ? asciiWord(found[0]) : plainWord(found[0]);
    const before = words.at(-1);
    const gap = before === undefined ? '' : capped.slice(before.end, at);
    if (before !== undefined && isHyphenated(gap))
      words[words.length - 1] = wordOf(before.plain + plain, before.at, end);
    else if (before !== undefined && isCornerDirection(before, plain, gap))
      words[words.length - 1] = wordOf(before.spelled + plain, before.at, end);
    else if (before !== undefined && gap === '-' && /^\d+$/.test(before.plain) && /^[A-Z]$/.test(plain))
      words[words.length - 1] = wordOf(before.plain + plain, before.at, end);
    else pushWord(words, plain, at, end);
  }
  return words;
}

/** "OrderForm1847MarloweAve_v2" with its words apart, for names and folders. */
export function apart(name: string): string {
  return name.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ').replace(/_/g, ' ');
}

/** Lower-case words between single spaces, with one at either end, so that ` phrase ` is found by `includes`. */
export function phraseText(text: string): string {
  const plain = foldMarks(text.toWellFormed())
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return ` ${plain} `;
}

export function isUnitWord(word: Word | undefined): boolean {
  return word !== undefined && UNIT_WORDS.has(word.plain);
}

function pushWord(words: Word[], plain: string, at: number, end: number): void {
  const glued = !startsWithDigit(plain) || IS_ORDINAL.test(plain) ? null : GLUED.exec(plain);
  const [, number, rest] = glued ?? [];
  if (number === undefined || rest === undefined) words.push(wordOf(plain, at, end));
  else words.push(wordOf(number, at, at + number.length), wordOf(rest, at + number.length, end));
}

function wordOf(plain: string, at: number, end: number): Word {
  const spelled =
    plain === 'SAINT' ? 'ST' : (STREET_SUFFIXES.get(plain) ?? DIRECTIONS.get(plain) ?? ORDINALS.get(plain));
  return { spelled: spelled ?? plain, plain, at, end };
}

function plainWord(text: string): string {
  if (text === '#') return 'UNIT';
  const fraction = FRACTIONS.get(text);
  if (fraction !== undefined) return fraction;
  return foldMarks(text).toUpperCase().replace(/['’]/g, '').replace(/⁄/g, '/').replace(/–/g, '-');
}

/** Plain letters are most of any text, and need little work. */
function asciiWord(text: string): string {
  if (text === '#') return 'UNIT';
  const upper = text.toUpperCase();
  return upper.includes("'") ? upper.replaceAll("'", '') : upper;
}

function foldMarks(text: string): string {
  return isAscii(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '');
}

function isAscii(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of plain ASCII
  return !/[^\x00-\x7F]/.test(text);
}

export function startsWithDigit(text: string): boolean {
  const code = text.charCodeAt(0);
  return code >= 48 && code <= 57;
}

function isHyphenated(gap: string): boolean {
  return gap.length <= 4 && /^-[ \t]?\r?\n$/.test(gap);
}

/** "N.E." and "S. W." are one direction. */
function isCornerDirection(before: Word, plain: string, gap: string): boolean {
  return (
    (before.plain === 'N' || before.plain === 'S') &&
    (plain === 'E' || plain === 'W') &&
    gap.length > 0 &&
    gap.length <= 2 &&
    /^\. ?$| /.test(gap)
  );
}
