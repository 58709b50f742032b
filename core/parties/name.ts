/** A person's name in a form that two spellings share. Nicknames are not guessed: Bob and Robert stay two names. */
export interface NormalName {
  /** The words of the name, upper case without accents, in alphabetical order: order of typing says nothing. */
  readonly words: readonly string[];
  /** "JR", "SR", "II" ...; empty when there is none. Father and son are two people. */
  readonly generation: string;
}

const TITLES: ReadonlySet<string> = new Set(['MR', 'MRS', 'MS', 'MISS', 'MX', 'DR', 'PROF', 'REV', 'HON']);
const DEGREES: ReadonlySet<string> = new Set(['ESQ', 'MD', 'PHD', 'DDS', 'JD', 'CPA', 'RN', 'DVM']);
const GENERATIONS: ReadonlyMap<string, string> = new Map([
  ['JR', 'JR'],
  ['JUNIOR', 'JR'],
  ['SR', 'SR'],
  ['SENIOR', 'SR'],
  ['II', 'II'],
  ['2ND', 'II'],
  ['III', 'III'],
  ['3RD', 'III'],
  ['IV', 'IV'],
  ['4TH', 'IV'],
]);
/** Letters that do not fall apart into a base letter and an accent. */
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/ß/g, 'ss'],
  [/[øØ]/g, 'o'],
  [/[łŁ]/g, 'l'],
  [/[đĐðÐ]/g, 'd'],
  [/[æÆ]/g, 'ae'],
  [/[œŒ]/g, 'oe'],
  [/[þÞ]/g, 'th'],
  [/ı/g, 'i'],
];

/** Accents, case, order, hyphens, titles and degrees fall away; a generation is kept apart. */
export function normaliseName(text: string): NormalName {
  const plain = LETTERS.reduce((held, [letter, base]) => held.replace(letter, base), text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    // "O'Brien" and "Ph.D." are one word each.
    .replace(/['’`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const all = plain === '' ? [] : plain.split(' ');
  const generation =
    all.length > 1 ? (all.map((word) => GENERATIONS.get(word)).find((found) => found !== undefined) ?? '') : '';
  const isName = (word: string) => !TITLES.has(word) && !DEGREES.has(word) && !GENERATIONS.has(word);
  const words = all.filter(isName);
  // Somebody may be called "Junior" and nothing else.
  return { words: [...(words.length > 0 ? words : all)].sort(), generation };
}

/**
 * How alike two names are, 0 to 1. The same words are 1; a middle name or initial that one of them leaves out 0.9; one
 * letter typed wrong in a word of five or more 0.85; an initial for a first name 0.6. A different generation is another person.
 */
export function compareNames(left: NormalName, right: NormalName): number {
  if (left.words.length === 0 || right.words.length === 0) return 0;
  const isOtherGeneration = left.generation !== right.generation && left.generation !== '' && right.generation !== '';
  const alike = compareWords(left.words, right.words);
  if (isOtherGeneration) return Math.min(alike, 0.2);
  // One of them left the suffix out: most likely the same person, not surely.
  return left.generation === right.generation ? alike : alike * 0.9;
}

/** Pairing greedily depends on who begins; with names of equal length the better of both ways counts. */
function compareWords(left: readonly string[], right: readonly string[]): number {
  if (left.length !== right.length) return left.length < right.length ? pairWords(left, right) : pairWords(right, left);
  return Math.max(pairWords(left, right), pairWords(right, left));
}

/** Pairs the words of the shorter name with those of the longer, equal ones first; unpaired words of the shorter make it 0. */
function pairWords(few: readonly string[], many: readonly string[]): number {
  let open = [...few];
  let rest = [...many];
  let worst = 1;
  for (const score of [1, 0.85, 0.6]) {
    const unpaired: string[] = [];
    for (const word of open) {
      const at = rest.findIndex((other) => compareWord(word, other) >= score);
      if (at < 0) unpaired.push(word);
      else {
        rest = rest.filter((_other, index) => index !== at);
        worst = score;
      }
    }
    open = unpaired;
  }
  if (open.length > 0) return 0;
  if (rest.length === 0) return worst;
  // A single word ("Smith") is too little to say that the longer name is the same.
  return few.length > 1 ? Math.min(worst, 0.9) : 0.3;
}

function compareWord(left: string, right: string): number {
  if (left === right) return 1;
  const isInitial = (left.length === 1 || right.length === 1) && left[0] === right[0];
  if (isInitial) return 0.6;
  return left.length >= 5 && right.length >= 5 && isOneSlipApart(left, right) ? 0.85 : 0;
}

/** One letter added, left out or changed, or two neighbours swapped. */
export function isOneSlipApart(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  let end = 0;
  const shorter = Math.min(left.length, right.length);
  while (end < shorter - start && left[left.length - 1 - end] === right[right.length - 1 - end]) end += 1;
  const fromLeft = left.slice(start, left.length - end);
  const fromRight = right.slice(start, right.length - end);
  if (fromLeft.length <= 1 && fromRight.length <= 1) return true;
  return fromLeft.length === 2 && fromLeft[0] === fromRight[1] && fromLeft[1] === fromRight[0];
}
