import type { Cut } from '../../../electron/contract/papers.ts';

/** One part as it is being typed. */
export interface PartText {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly title: string;
  readonly reason: string;
}

export type PartsRead =
  | { readonly kind: 'cuts'; readonly cuts: readonly Cut[]; readonly leftOut: string }
  | { readonly kind: 'wrong'; readonly at: number; readonly sentence: string };

export function partsOf(cuts: readonly Cut[]): readonly PartText[] {
  return cuts.map((cut, at) => ({ ...cut, key: `cut${at}`, from: String(cut.from), to: String(cut.to) }));
}

/** Reads the parts: pages that exist, the first before the last, and no page in two parts. */
export function readParts(parts: readonly PartText[], pages: number): PartsRead {
  if (parts.length === 0) return { kind: 'wrong', at: -1, sentence: 'Add at least one part.' };
  const cuts: Cut[] = [];
  for (const [at, part] of parts.entries()) {
    const from = pageOf(part.from);
    const to = pageOf(part.to);
    const wrong = rangeWrong(from, to, pages);
    if (wrong !== null) return { kind: 'wrong', at, sentence: wrong };
    const title = part.title.trim();
    const cut = { from: from ?? 1, to: to ?? 1, title, reason: part.reason };
    const double = cuts.findIndex((other) => other.from <= cut.to && cut.from <= other.to);
    const twice = cuts[double];
    if (twice !== undefined) {
      const page = Math.max(twice.from, cut.from);
      return { kind: 'wrong', at, sentence: `Page ${page} is in part ${double + 1} already.` };
    }
    cuts.push(cut);
  }
  const [only] = cuts;
  if (cuts.length === 1 && only?.from === 1 && only.to === pages)
    return { kind: 'wrong', at: 0, sentence: 'This is the whole file. Give it a last page, then add another part.' };
  return { kind: 'cuts', cuts, leftOut: leftOut(cuts, pages) };
}

function rangeWrong(from: number | null, to: number | null, pages: number): string | null {
  if (from === null || to === null) return 'Write the first and the last page as numbers.';
  if (from < 1 || to > pages) return `This file has pages 1 to ${pages}.`;
  if (from > to) return `Page ${from} comes after page ${to}. Write the lower one first.`;
  return null;
}

function pageOf(text: string): number | null {
  return /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : null;
}

/** "Pages 3 and 7 to 9 are in no part. They stay in the bundle." Empty when every page is in one. */
function leftOut(cuts: readonly Cut[], pages: number): string {
  const gaps: string[] = [];
  let next = 1;
  let single = true;
  const gap = (from: number, to: number) => {
    if (from > to) return;
    if (gaps.length > 0 || from !== to) single = false;
    gaps.push(from === to ? String(from) : `${from} to ${to}`);
  };
  for (const cut of [...cuts].sort((a, b) => a.from - b.from)) {
    gap(next, cut.from - 1);
    next = Math.max(next, cut.to + 1);
  }
  gap(next, pages);
  if (gaps.length === 0) return '';
  const list = gaps.length === 1 ? gaps[0] : `${gaps.slice(0, -1).join(', ')} and ${gaps.at(-1)}`;
  return single
    ? `Page ${list} is in no part. It stays in the bundle, which is kept.`
    : `Pages ${list} are in no part. They stay in the bundle, which is kept.`;
}

/** The part that goes on where the last one ends. */
export function nextPart(parts: readonly PartText[], pages: number, key: string): PartText {
  const last = Math.max(0, ...parts.map((part) => pageOf(part.to) ?? 0));
  const from = Math.min(pages, last + 1);
  return { key, from: String(from), to: String(pages), title: '', reason: '' };
}
