/** A page as the reader of PDFs gives it. */
export interface CutPage {
  readonly text: string;
  /** True when nothing is printed on it: an empty sheet put between two documents. */
  readonly isBlank?: boolean | undefined;
  /** Points, as seen. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** A page on which a document probably starts. */
export interface Cut {
  /** Page number from 1. The first page of a bundle is always one, with certainty 1. */
  readonly page: number;
  /** 0 to 1. From 0.8 the page itself says so. */
  readonly certainty: number;
  readonly reason: string;
  /** The name of the form, when the page shows one. */
  readonly title: string | null;
}

interface Numbering {
  readonly page: number;
  readonly of: number | null;
}

const MAX_READ = 20_000;
/** "PAGE 1 OF 4", "(Page 1 of 3)", "Pg. 2/7"; the last one on the page, as a footer is. */
const NUMBERED = /\b(?:page|pg\.?|p[aá]gina)\s*:?\s*(\d{1,3})\s*(?:of|de|\/)\s*(\d{1,3})\b/gi;
const NUMBERED_ALONE = /^\s*(?:page|pg\.?)\s*:?\s*(\d{1,3})\s*$/gim;
/** "TREC NO. 20-19", "RPA REVISED 12/22", "FR/BAR-6x", "Form 1004": the mark of a form at the foot of its pages. */
const MARKS = [
  /\bTREC\s+NO\.?\s*([A-Z]{0,4}\s?\d{1,3}-\d{1,3})/i,
  /\bTXR[\s-]*(\d{3,4})\b/i,
  /\b([A-Z]{2,8})\s+(?:REVISED|REV\.?)\s+\d{1,2}\/\d{2,4}/,
  /\b(FR\/BAR|FAR\/BAR|FARBAR)[\s-]*(\d{1,2}[a-z]{0,2})?/i,
  /\bForm\s+(?:No\.?\s*)?(\d{2,5}[A-Z]?(?:-[A-Z0-9]{1,4})?)\b/i,
];
const TITLE =
  /\b(agreement|contract|addendum|amendment|disclosure|notice|statement|report|application|certificate|affidavit|deed|estimate|invoice|receipt|checklist|acknowledg(?:e)?ment|authorization|commitment|policy|survey|counter ?offer|inspection|appraisal|instructions|letter)\b/i;
const SAME_SIZE = 12;

/**
 * Where the documents of a scanned bundle probably start, each with its reason; strongest sign first, one cut a page.
 * Reads words only, so a bundle without text gives its blank separators and changes of paper.
 */
export function suggestCuts(pages: readonly CutPage[]): readonly Cut[] {
  return pages.flatMap((page, at) => {
    if (isEmpty(page)) return [];
    const before = pages.slice(0, at).findLast((earlier) => !isEmpty(earlier));
    const title = titleOf(page);
    if (before === undefined) return [{ page: at + 1, certainty: 1, reason: 'The first page.', title }];
    const sign = signOf(page, before, at > 0 && pages[at - 1]?.isBlank === true);
    return sign === null ? [] : [{ page: at + 1, ...sign, title }];
  });
}

function signOf(page: CutPage, before: CutPage, isAfterBlank: boolean): Pick<Cut, 'certainty' | 'reason'> | null {
  const now = numberingOf(page);
  const last = numberingOf(before);
  if (now !== null && now.page > 1 && follows(now, last)) return null;
  if (now?.page === 1 && now.of !== null) return { certainty: 0.95, reason: `It says page 1 of ${now.of}.` };
  if (isAfterBlank) return { certainty: 0.8, reason: 'A blank page comes before it.' };
  if (last !== null && last.of !== null && last.page === last.of && now === null) {
    return { certainty: 0.75, reason: `The page before it says ${last.page} of ${last.of}.` };
  }
  if (now?.page === 1) return { certainty: 0.7, reason: 'It says page 1.' };
  const mark = markOf(page);
  const earlier = markOf(before);
  if (mark !== null && earlier !== null && mark !== earlier) {
    return { certainty: 0.85, reason: `The form changes from ${earlier} to ${mark}.` };
  }
  if (titleOf(page) !== null) return { certainty: mark !== earlier ? 0.6 : 0.5, reason: 'It starts with a title.' };
  if (isOtherPaper(page, before)) return { certainty: 0.4, reason: 'The paper has another size.' };
  return null;
}

function follows(now: Numbering, last: Numbering | null): boolean {
  return last === null || (now.page === last.page + 1 && (now.of === null || last.of === null || now.of === last.of));
}

function isEmpty(page: CutPage): boolean {
  return page.isBlank === true;
}

function numberingOf({ text }: CutPage): Numbering | null {
  const read = text.slice(-MAX_READ);
  const found = [...read.matchAll(NUMBERED)].at(-1);
  if (found !== undefined) {
    const [page, of] = [Number(found[1]), Number(found[2])];
    return page >= 1 && page <= of ? { page, of } : null;
  }
  const alone = [...read.matchAll(NUMBERED_ALONE)].at(-1);
  return alone === undefined ? null : { page: Number(alone[1]), of: null };
}

/** The form's own mark, in capitals with single spaces: "TREC NO. 20-19". */
function markOf({ text }: CutPage): string | null {
  const read = text.slice(-MAX_READ);
  for (const pattern of MARKS) {
    const found = read.match(pattern);
    if (found !== null) return found[0].replace(/\s+/g, ' ').trim().toUpperCase();
  }
  return null;
}

/** A short line in capitals among the first ones, that names a kind of paper. */
function titleOf({ text }: CutPage): string | null {
  const lines = text
    .slice(0, 2_000)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .slice(0, 6);
  return lines.find((line) => line.length >= 6 && line.length <= 90 && isLoud(line) && TITLE.test(line)) ?? null;
}

function isLoud(line: string): boolean {
  const letters = line.replace(/\P{L}/gu, '');
  return letters.length > 4 && letters === letters.toUpperCase();
}

function isOtherPaper(page: CutPage, before: CutPage): boolean {
  const [a, b] = [sidesOf(page), sidesOf(before)];
  if (a === null || b === null) return false;
  return Math.abs(a.short - b.short) > SAME_SIZE || Math.abs(a.long - b.long) > SAME_SIZE;
}

/** A page that lies on its side is the same paper. */
function sidesOf({ width, height }: CutPage): { readonly short: number; readonly long: number } | null {
  if (width === undefined || height === undefined) return null;
  return { short: Math.min(width, height), long: Math.max(width, height) };
}
