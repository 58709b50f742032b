/** A run of text as a page has it. */
export interface Run {
  readonly text: string;
  readonly endsLine: boolean;
}

/** Text as it is searched: small letters, one space for any white space, plain quotes and dashes. */
export interface Folded {
  readonly text: string;
  /** For each character of `text`: the run it came from, and where in that run. */
  readonly runs: Int32Array;
  readonly offsets: Int32Array;
}

export interface Hit {
  readonly start: number;
  readonly end: number;
}

const MAX_HITS = 10_000;

/** One page, foldable back: a hit in `text` can be shown in its runs. */
export function foldRuns(runs: readonly Run[]): Folded {
  let text = '';
  const from: number[] = [];
  const at: number[] = [];
  const add = (letters: string, run: number, offset: number) => {
    for (let index = 0; index < letters.length; index += 1) {
      const isSpace = letters[index] === ' ';
      if (isSpace && (text === '' || text.endsWith(' '))) continue;
      text += letters[index];
      from.push(run);
      at.push(offset);
    }
  };
  for (const [run, { text: words, endsLine }] of runs.entries()) {
    let offset = 0;
    for (const letter of words) {
      add(foldLetter(letter), run, offset);
      offset += letter.length;
    }
    if (endsLine) add(' ', run, words.length);
  }
  return { text, runs: Int32Array.from(from), offsets: Int32Array.from(at) };
}

/** What a person typed, folded as pages are. */
export function foldQuery(text: string): string {
  return foldRuns([{ text, endsLine: false }]).text.trim();
}

/** Where a folded text stands on a page, without overlaps, at most 10,000 times. */
export function findAll({ text }: Folded, query: string): readonly Hit[] {
  const hits: Hit[] = [];
  if (query === '') return hits;
  for (let start = text.indexOf(query); start >= 0 && hits.length < MAX_HITS; ) {
    hits.push({ start, end: start + query.length });
    start = text.indexOf(query, start + query.length);
  }
  return hits;
}

/** Where a quoted proof stands: as it is, else without any spaces, since scans lose and add them. */
export function findQuote(folded: Folded, quote: string): Hit | null {
  const query = foldQuery(quote);
  const exact = findAll(folded, query)[0];
  if (exact !== undefined || query === '') return exact ?? null;
  const places: number[] = [];
  let dense = '';
  for (let index = 0; index < folded.text.length; index += 1) {
    if (folded.text[index] === ' ') continue;
    dense += folded.text[index];
    places.push(index);
  }
  const wanted = query.replaceAll(' ', '');
  const start = dense.indexOf(wanted);
  const first = places[start];
  const last = places[start + wanted.length - 1];
  return start < 0 || first === undefined || last === undefined ? null : { start: first, end: last + 1 };
}

function foldLetter(letter: string): string {
  // Most letters are plain, and normalising each of a long document's takes a second.
  const code = letter.charCodeAt(0);
  if (code < 128) return code <= 32 ? ' ' : letter.toLowerCase();
  if (/\s/.test(letter)) return ' ';
  if (/[\u2018\u2019\u201a\u2032]/.test(letter)) return "'";
  if (/[\u201c\u201d\u201e\u2033]/.test(letter)) return '"';
  if (/[\u2010-\u2015\u2212]/.test(letter)) return '-';
  if (letter === '\u00ad') return '';
  return letter.normalize('NFKC').toLowerCase();
}
