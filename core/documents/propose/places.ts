import type { ArrivalText } from './types.ts';

/** Lines of a text that look like the foot of a form: short, with a page count or the name of a form's family. */
const FOOT =
  /page\s+\d{1,3}\s+of\s+\d{1,3}|\btrec\s+no|\bc\.?a\.?r\.?\s+form|\brevised\s+\d|\brev\.?\s+\d|far\s?\/\s?bar|floridabar|\bCRSP-|\bCBS\d-/i;
const LONGEST_FOOT = 200;
const FOOT_LINES = 4;

/** The feet of the pages, where the caller has not cut them out. */
export function readPlaces(text: ArrivalText): { readonly footers: readonly string[] } {
  const pages = text.pages ?? [];
  if (pages.length > 0) return { footers: pages.slice(0, 400).map(footOf) };
  return { footers: footLines(text.firstPages.slice(0, 30_000)) };
}

/** The last lines of a page's text. */
export function footOf(page: string): string {
  const lines = page
    .slice(-3000)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  return lines.slice(-FOOT_LINES).join('\n').slice(-600);
}

export function headOf(page: string): string {
  return page.slice(0, 500);
}

/** From 1; undefined where the pages are not known or none has it. */
export function pageOfQuote(text: ArrivalText | null, quote: string): number | undefined {
  const at = (text?.pages ?? []).findIndex((page) => page.includes(quote));
  return at < 0 ? undefined : at + 1;
}

function footLines(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.length <= LONGEST_FOOT && FOOT.test(line));
}
