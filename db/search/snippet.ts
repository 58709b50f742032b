import type { SearchWord } from './words.ts';

/** A stretch of a snippet; `isMatch` where a word that was typed stands. */
export interface SnippetPart {
  readonly text: string;
  readonly isMatch: boolean;
}

/** Characters of text around the words that were found, and of these before the first one. */
const WIDTH = 180;
const BEFORE = 50;
/** Beyond this many places no better one is looked for. */
const MAX_MATCHES = 300;

const LETTER = '[\\p{L}\\p{M}\\p{N}]';

/**
 * The place of a text where most of the words stand close together, the first of these, cut at spaces. Empty when none
 * of the words is in it. Read from the text itself, since an index without contents has none to cut from.
 */
export function snippetOf(text: string, words: readonly SearchWord[]): readonly SnippetPart[] {
  const plain = text.normalize('NFKC');
  const matches = matchesIn(plain, words);
  const best = bestOf(matches);
  if (best === undefined) return [];
  const from = spaceAfter(plain, Math.max(0, best.from - BEFORE), best.from);
  const to = spaceBefore(plain, Math.min(plain.length, Math.max(from + WIDTH, best.to)), best.to);
  const parts = cut(plain, { from, to, matches });
  return withDots(parts, { before: from > 0, after: to < plain.length });
}

interface Match {
  readonly from: number;
  readonly to: number;
  /** Which of the words. */
  readonly word: number;
}

function matchesIn(text: string, words: readonly SearchWord[]): readonly Match[] {
  const found: Match[] = [];
  if (words.length === 0) return found;
  const pattern = new RegExp(`(?<!${LETTER})(?:${words.map((word) => `(${patternOf(word)})`).join('|')})`, 'giu');
  for (const match of text.matchAll(pattern)) {
    const word = match.slice(1).findIndex((group) => group !== undefined);
    found.push({ from: match.index, to: match.index + match[0].length, word });
    if (found.length === MAX_MATCHES) break;
  }
  return found;
}

/** The word as it may stand in a text: with accents, capitals, and the marks of "O'Brien" and "642,000". */
function patternOf({ tokens, isPrefix }: SearchWord): string {
  const spelled = tokens.map((token) => [...token].map(spellingsOf).join("\\p{M}*['\u2019,\u00AD]?"));
  return `${spelled.join('[^\\p{L}\\p{N}]+')}${isPrefix ? `${LETTER}*` : `\\p{M}*(?!${LETTER})`}`;
}

function spellingsOf(letter: string): string {
  return ACCENTED.get(letter) ?? letter;
}

/** "e" -> "[eéèêë...]", for the letters of the languages of Europe and of Vietnamese. */
const ACCENTED: ReadonlyMap<string, string> = accented([
  [0xc0, 0x24f],
  [0x1e00, 0x1eff],
]);

function accented(ranges: readonly (readonly [number, number])[]): ReadonlyMap<string, string> {
  const spellings = new Map<string, string>();
  for (const [first, last] of ranges) {
    for (let code = first; code <= last; code += 1) {
      const letter = String.fromCodePoint(code).toLowerCase();
      const base = letter.normalize('NFKD').replace(/\p{M}/gu, '');
      if (!/^[a-z]$/.test(base) || base === letter) continue;
      spellings.set(base, `${spellings.get(base) ?? base}${letter}`);
    }
  }
  return new Map([...spellings].map(([base, letters]) => [base, `[${letters}]`]));
}

/** The match from which a window holds most different words. */
function bestOf(matches: readonly Match[]): Match | undefined {
  let best: Match | undefined;
  let most = 0;
  matches.forEach((match, at) => {
    const seen = new Set<number>();
    for (let next = at; next < matches.length; next += 1) {
      const other = matches[next];
      if (other === undefined || other.to > match.from + WIDTH - BEFORE) break;
      seen.add(other.word);
    }
    if (seen.size > most || best === undefined) [best, most] = [match, seen.size];
  });
  return best;
}

function cut(
  text: string,
  { from, to, matches }: { readonly from: number; readonly to: number; readonly matches: readonly Match[] },
): readonly SnippetPart[] {
  const parts: SnippetPart[] = [];
  let at = from;
  for (const match of matches) {
    if (match.from < at || match.to > to) continue;
    parts.push(gap(text.slice(at, match.from)), { text: inOneLine(text.slice(match.from, match.to)), isMatch: true });
    at = match.to;
  }
  parts.push(gap(text.slice(at, to)));
  return parts.filter((part) => part.text !== '');
}

function withDots(
  parts: readonly SnippetPart[],
  { before, after }: { readonly before: boolean; readonly after: boolean },
): readonly SnippetPart[] {
  const dotted = [gap(before ? '…' : ''), ...parts, gap(after ? '…' : '')];
  const joined: SnippetPart[] = [];
  for (const part of dotted) {
    const last = joined.at(-1);
    if (part.text === '') continue;
    if (last === undefined || last.isMatch || part.isMatch) joined.push(part);
    else joined[joined.length - 1] = gap(last.text + part.text);
  }
  return joined;
}

function gap(text: string): SnippetPart {
  return { text: inOneLine(text), isMatch: false };
}

function inOneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').toWellFormed();
}

/** The beginning of the first whole word from `at` on, or `at` when there is none before `limit`. */
function spaceAfter(text: string, at: number, limit: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, limit).search(/\s/u);
  return space < 0 ? at : at + space + 1;
}

/** The end of the last whole word up to `at`, or `at` when there is none after `limit`. */
function spaceBefore(text: string, at: number, limit: number): number {
  if (at === text.length) return at;
  const end = text.slice(limit, at).search(/\s\S*$/u);
  return end < 0 ? at : limit + end;
}
