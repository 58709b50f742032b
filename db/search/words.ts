/** One thing that was typed: a word, or words in quotation marks, which then stand side by side. */
export interface SearchWord {
  /** Letters and digits as `wordsOf` gives them; at least one. "O'Brien" is two that stand side by side. */
  readonly tokens: readonly string[];
  /** Still being typed: the last token is the beginning of a word. */
  readonly isPrefix: boolean;
}

/** More than this says no more. */
const MAX_QUERY = 200;
const MAX_WORDS = 8;
/** A run of letters without an end (a damaged text layer) is cut here, in the index and in what is typed alike. */
const MAX_TOKEN = 64;

const MARKS = /[\p{M}\u00AD\u200B-\u200D\u2060\uFEFF]/gu;
const TOKEN = /[\p{L}\p{N}]+/gu;
const JOINED = /\p{L}+['\u2019]\p{L}+|\d{1,3}(?:,\d{3})+/gu;

/** Lower case, without accents, soft hyphens and ligatures. Letters only ever compare in this form. */
function foldForSearch(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase();
}

/** The words of a text: runs of letters and digits, folded. Whatever else stands between them only parts them. */
export function wordsOf(text: string): readonly string[] {
  return (foldForSearch(text).match(TOKEN) ?? []).map((token) => token.slice(0, MAX_TOKEN));
}

/**
 * A text as the index holds it: its words, and after them what "O'Brien" and "642,000" are when typed without the
 * mark, "obrien" and "642000". Behind, so that the words of a phrase still stand side by side.
 */
export function indexText(text: string): string {
  const joined = new Set((text.match(JOINED) ?? []).flatMap((found) => wordsOf(found.replace(/['\u2019,]/g, ''))));
  return [...wordsOf(text), ...joined].join(' ');
}

/**
 * What was typed, word by word. The last one is a beginning unless its quotation mark is closed. Empty when there is no
 * letter and no digit in it; any text at all is a query.
 */
export function parseQuery(text: string): readonly SearchWord[] {
  const pieces = text.slice(0, MAX_QUERY).split(/["\u201C\u201D]/);
  const words = pieces.flatMap((piece, at): readonly SearchWord[] => {
    const isQuoted = at % 2 === 1;
    const parts = isQuoted ? [piece] : piece.split(/\s+/u);
    const isClosed = isQuoted && at < pieces.length - 1;
    return parts
      .map((part) => ({ tokens: wordsOf(part), isPrefix: !isClosed }))
      .filter(({ tokens }) => tokens.length > 0);
  });
  const first = words.slice(0, MAX_WORDS);
  return first.map((word, at) => ({ ...word, isPrefix: word.isPrefix && at === first.length - 1 }));
}

/** What FTS5 is asked for one word. Tokens hold letters and digits alone, so nothing in them is syntax. */
export function matchOf({ tokens, isPrefix }: SearchWord): string {
  return `"${tokens.join(' ')}"${isPrefix ? '*' : ''}`;
}
