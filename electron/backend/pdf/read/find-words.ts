import type { PdfBox } from '../types.ts';
import type { TextRun } from './page-lines.ts';
import type { FieldText } from './page-text.ts';

const MAX_MATCHES = 500;

/** One letter of the page as it is compared, and the part of the run it comes from (0 to 1). */
interface Letter {
  readonly char: string;
  readonly run: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Where a needle stands in the runs of a page and in its fields: capital letters, white space, ligatures and curly
 * quotes make no difference. A place inside a run is estimated from the run's width. At most 500 places.
 */
export function findWords(
  needle: string,
  runs: readonly TextRun[],
  fields: readonly FieldText[],
): readonly (readonly PdfBox[])[] {
  const wanted = lettersOf(needle, 0).map(({ char }) => char);
  const text = collapse(wanted).join('').trim();
  if (text === '') return [];
  const letters = collapseLetters(runs.flatMap((run, at) => runLetters(run, at)));
  const hay = letters.map(({ char }) => char).join('');
  const matches: PdfBox[][] = [];
  // Every letter is one UTF-16 unit, so that places in `hay` are places in `letters`.
  for (let at = hay.indexOf(text); at >= 0 && matches.length < MAX_MATCHES; at = hay.indexOf(text, at + text.length)) {
    matches.push(boxesOf(letters.slice(at, at + text.length), runs));
  }
  for (const { text: value, box } of fields) {
    const field = collapse(lettersOf(value, 0).map(({ char }) => char)).join('');
    if (matches.length < MAX_MATCHES && field.includes(text)) matches.push([boxOf([cornersOf(box)].flat())]);
  }
  return matches;
}

function runLetters(run: TextRun, at: number): readonly Letter[] {
  const letters = lettersOf(run.str, at);
  return run.hasEOL ? [...letters, { char: ' ', run: at, from: 1, to: 1 }] : letters;
}

function lettersOf(text: string, run: number): readonly Letter[] {
  const points = [...text];
  return points.flatMap((point, at) => {
    const place = { run, from: at / points.length, to: (at + 1) / points.length };
    return [...plain(point)].flatMap((char) => char.split('')).map((char) => ({ char, ...place }));
  });
}

/** NFKC parts ligatures; marks that stand apart are dropped on both sides. */
function plain(point: string): string {
  if (/\s/u.test(point)) return ' ';
  return point
    .normalize('NFKD')
    .replace(/\p{M}|\p{Cc}|\u00ad/gu, '')
    .replace(/[\u2018\u2019\u201b]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2010-\u2015]/g, '-')
    .toLowerCase();
}

function collapse(chars: readonly string[]): readonly string[] {
  return chars.filter((char, at) => char !== ' ' || chars[at - 1] !== ' ');
}

function collapseLetters(letters: readonly Letter[]): readonly Letter[] {
  return letters.filter(({ char }, at) => char !== ' ' || letters[at - 1]?.char !== ' ');
}

/** One box for each run that the letters come from. */
function boxesOf(letters: readonly Letter[], runs: readonly TextRun[]): PdfBox[] {
  const parts = new Map<number, { from: number; to: number }>();
  for (const { char, run, from, to } of letters) {
    const part = parts.get(run);
    if (part) part.to = Math.max(part.to, to);
    else if (char !== ' ') parts.set(run, { from, to });
  }
  return [...parts].flatMap(([at, { from, to }]) => {
    const run = runs[at];
    return run ? [boxOf(runCorners(run, from, to))] : [];
  });
}

type Corner = readonly [number, number];

/** A run may be turned: its corners are walked along its own direction. A fifth of a letter hangs under the baseline. */
function runCorners(run: TextRun, from: number, to: number): readonly Corner[] {
  const [a = 1, b = 0, , , x = 0, y = 0] = run.transform;
  const length = Math.hypot(a, b) || 1;
  const [cos, sin] = [a / length, b / length];
  const size = run.height || length;
  const isRightToLeft = run.dir === 'rtl';
  const [start, end] = isRightToLeft ? [1 - to, 1 - from] : [from, to];
  const corner = (along: number, up: number): Corner => [x + cos * along - sin * up, y + sin * along + cos * up];
  return [start * run.width, end * run.width].flatMap((along) => [
    corner(along, -0.2 * size),
    corner(along, 0.9 * size),
  ]);
}

function cornersOf([x0, y0, x1, y1]: readonly [number, number, number, number]): readonly Corner[] {
  return [
    [x0, y0],
    [x1, y1],
  ];
}

function boxOf(corners: readonly Corner[]): PdfBox {
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
