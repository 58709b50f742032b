/** A run of text as pdf.js gives it: `transform` places its baseline's start, in PDF units. */
export interface TextRun {
  readonly str: string;
  readonly dir: string;
  /** `[a, b, c, d, x, y]`. */
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

/** A run placed on the page as it is shown: y grows downwards. */
export interface PlacedRun {
  readonly str: string;
  readonly dir: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Of the letters. */
  readonly size: number;
}

/** More runs than this are no page that a person wrote. */
const MAX_RUNS = 100_000;

/**
 * The text of a page in the order in which it was written: columns stay columns, and what was filled in later stands
 * at the end. Right-to-left text is in logical order, as pdf.js gives it.
 */
export function textOfRuns(runs: readonly TextRun[]): string {
  const lines: string[] = [];
  let line = '';
  for (const { str, hasEOL } of runs) {
    line += str;
    if (!hasEOL) continue;
    lines.push(line);
    line = '';
  }
  lines.push(line);
  return lines.map(oneLine).filter(Boolean).join('\n');
}

/** The lines of a page from top to bottom as a person sees them, however they were written. */
export function linesByPlace(runs: readonly PlacedRun[]): readonly string[] {
  const placed = runs.slice(0, MAX_RUNS).filter(({ str }) => str.trim() !== '');
  const rows: PlacedRun[][] = [];
  for (const run of placed.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const above = row?.[0];
    // Letters of one line may stand a little higher or lower: half a letter's size still is the same line.
    if (row && above && run.y - above.y <= Math.max(2, Math.min(above.size, run.size) / 2)) row.push(run);
    else rows.push([run]);
  }
  return rows.map(textOfRow).filter(Boolean);
}

function textOfRow(row: readonly PlacedRun[]): string {
  const isRightToLeft = row.filter(({ dir }) => dir === 'rtl').length * 2 > row.length;
  const across = row.toSorted((a, b) => a.x - b.x);
  let text = '';
  let end = Number.NEGATIVE_INFINITY;
  const words: string[] = [];
  for (const { str, x, width, size } of across) {
    const isApart = x - end > size * 0.2;
    if (isApart && text !== '') {
      words.push(text);
      text = '';
    }
    text = isRightToLeft ? str + text : text + str;
    end = Math.max(end, x + width);
  }
  words.push(text);
  return oneLine((isRightToLeft ? words.toReversed() : words).join(' '));
}

/** Control characters out, white space to single spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Co}\s]+/gu, ' ').trim();
}
