import type { Form, FormFamily } from './forms-schema.ts';

/** The code of a form as a page carries it. */
export interface FormMark {
  readonly family: FormFamily;
  /** RPA, 20, OP-H, ASIS, CBS1, 22A. */
  readonly code: string;
  /** "12/22", "20-19", "6", "8-24"; empty when the page does not say. */
  readonly revision: string;
  /** Page n of m of the form itself; null when the page does not say. */
  readonly page: number | null;
  readonly of: number | null;
  /** Letter for letter. */
  readonly quote: string;
}

interface MarkRule {
  readonly family: FormFamily;
  readonly pattern: RegExp;
  /** What the groups of the pattern are. */
  readonly read: (groups: Readonly<Record<string, string | undefined>>) => { code: string; revision: string };
}

const PAGE = String.raw`\(?\s*PAGE\s+(?<page>\d{1,3})\s+OF\s+(?<of>\d{1,3})\s*\)?`;
const REVISED = String.raw`\(?\s*(?:REVISED|REV\.?)\s*(?:DATE\s*)?(?<revision>\d{1,2}/\d{2,4})`;

/** How the families print their codes. A code counts only when resources/forms knows it. */
const RULES: readonly MarkRule[] = [
  {
    family: 'car',
    pattern: new RegExp(
      String.raw`\b(?<code>[A-Z]{2,5}(?:-[A-Z]{1,2})?)\s*,?\s*(?:${REVISED}\)?\s*(?:${PAGE})?|${PAGE})`,
      'gi',
    ),
    read: ({ code = '', revision = '' }) => ({ code, revision }),
  },
  {
    family: 'car',
    pattern: new RegExp(
      String.raw`\bC\.?\s?A\.?\s?R\.?\s+FORM\s+(?<code>[A-Z]{2,5}(?:-[A-Z]{1,2})?)\b(?:\s*,?\s*${REVISED})?`,
      'gi',
    ),
    read: ({ code = '', revision = '' }) => ({ code, revision }),
  },
  {
    family: 'trec',
    pattern: /\bTREC\s+(?:FORM\s+)?(?:NO\.?\s*)?(?<code>OP-[A-Z]|\d{1,2}(?=-\d))(?:-(?<revision>\d{1,2}))?(?!\d)/gi,
    read: ({ code = '', revision }) => ({ code, revision: revision === undefined ? '' : `${code}-${revision}` }),
  },
  {
    family: 'trec',
    pattern: /\b(?:\(?TXR|TAR)[- ]?(?<code>\d{4})\b/gi,
    read: ({ code = '' }) => ({ code: `TXR-${code}`, revision: '' }),
  },
  {
    family: 'trec',
    pattern: /\b(?<code>T-47(?:\.1)?)(?![\d.]*\d)/gi,
    read: ({ code = '' }) => ({ code, revision: '' }),
  },
  {
    family: 'farbar',
    pattern:
      /\b(?:FAR\s?\/\s?BAR|FLORIDA\s?REALTORS®?\s?\/\s?FLORIDA\s?BAR)\s*-?\s*(?<code>AS\s?IS)?\s*-?\s*(?<revision>\d{1,2})\b/gi,
    read: ({ code, revision = '' }) => ({ code: code === undefined ? 'STD' : 'ASIS', revision }),
  },
  {
    family: 'farbar',
    pattern: /\bCRSP-(?<revision>\d{1,2})\b/gi,
    read: ({ revision = '' }) => ({ code: 'CRSP', revision }),
  },
  {
    family: 'co',
    pattern: /\b(?<code>[A-Z]{2,3}\d{1,2})-(?<revision>\d{1,2}-\d{2})\b/g,
    read: ({ code = '', revision = '' }) => ({ code, revision }),
  },
  {
    family: 'nwmls',
    pattern: new RegExp(
      String.raw`\bFORM\s+(?<code>\d{1,2}[A-Z]{0,2})\b(?=[^\n]{0,80}(?:REV|NWMLS|NORTHWEST MULTIPLE|©))(?:[^\n]{0,60}?${REVISED})?`,
      'gi',
    ),
    read: ({ code = '', revision = '' }) => ({ code, revision }),
  },
];

/** Codes are read from this much of a line or a page's end; nobody prints a longer one. */
const MOST_TEXT = 600;

/** The codes of known forms in a footer or a heading, in the order of the text. */
export function marksIn(
  text: string,
  forms: ReadonlyMap<string, Form>,
): readonly (FormMark & { readonly form: Form })[] {
  const capped = text.slice(0, MOST_TEXT);
  const found: (FormMark & { readonly form: Form; readonly at: number })[] = [];
  for (const { family, pattern, read } of RULES)
    for (const match of capped.matchAll(pattern)) {
      const groups = match.groups ?? {};
      const { code, revision } = read(groups);
      const form = forms.get(markKey(family, code));
      if (form === undefined) continue;
      const page = groups.page === undefined ? pageOf(capped) : { page: Number(groups.page), of: Number(groups.of) };
      const quote = match[0]
        .replace(/^\(/, '')
        .replace(/\s*\($/, '')
        .trim();
      found.push({ family, code: code.toUpperCase(), revision, ...page, quote, form, at: match.index });
    }
  found.sort((left, right) => left.at - right.at);
  // "C.A.R. Form TDS, Revised 6/24" is read by two rules
  return found.filter((mark, at) => {
    const before = found[at - 1];
    return before?.form !== mark.form || mark.at >= before.at + before.quote.length;
  });
}

export function markKey(family: FormFamily, code: string): string {
  return `${family} ${code.toUpperCase().replace(/\s/g, '')}`;
}

/** "Page 3 of 11" anywhere in a footer. */
export function pageOf(text: string): { readonly page: number | null; readonly of: number | null } {
  const found = /\bpage\s+(\d{1,3})\s+of\s+(\d{1,3})\b/i.exec(text);
  return found === null ? { page: null, of: null } : { page: Number(found[1]), of: Number(found[2]) };
}
