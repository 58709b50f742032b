import { findAll, foldQuery, foldRuns } from './fold-text.ts';
import type { Source } from './source.ts';

export interface Found {
  readonly count: number;
  /** From 1; 0 while nothing is chosen. */
  readonly at: number;
  readonly isDone: boolean;
  /** The chosen hit: its page, and which of the hits of that page. */
  readonly now: { readonly page: number; readonly nth: number } | null;
}

export interface Search {
  find(text: string): void;
  step(by: 1 | -1): void;
}

interface SearchDeps {
  readonly source: Pick<Source, 'pages' | 'runs'>;
  /** The page from which is searched, from 0. */
  readonly from: () => number;
  readonly tell: (query: string, found: Found) => void;
  /** Lets the frame paint and hear between pages. */
  readonly pause: () => Promise<void>;
}

/** More than that in one document is no search any more. */
const MAX_COUNT = 50_000;
/** Folded pages that are kept, so that the next search needs not read them again: some 20 MB of text. */
const MAX_LETTERS = 10_000_000;

/** Looks through all pages, the first hit from the current page on is chosen as soon as it is found. */
export function createSearch({ source, from, tell, pause }: SearchDeps): Search {
  const kept = new Map<number, ReturnType<typeof foldRuns>>();
  let letters = 0;
  let query = '';
  let turn = 0;
  let counts: number[] = [];
  let now: { page: number; nth: number } | null = null;
  let isDone = true;

  const pageText = async (page: number) => {
    const known = kept.get(page);
    if (known !== undefined) return known;
    // A page whose words cannot be read has none.
    const folded = foldRuns(await source.runs(page).catch(() => []));
    if (letters < MAX_LETTERS) kept.set(page, folded);
    letters += folded.text.length;
    return folded;
  };
  const total = () => counts.reduce((sum, count) => sum + (count ?? 0), 0);
  const report = () => {
    const chosen = now;
    const before = chosen === null ? 0 : counts.slice(0, chosen.page).reduce((sum, count) => sum + (count ?? 0), 0);
    tell(query, { count: total(), at: chosen === null ? 0 : before + chosen.nth + 1, isDone, now });
  };
  const look = async () => {
    turn += 1;
    const mine = turn;
    const start = Math.min(Math.max(from(), 0), source.pages - 1);
    counts = new Array<number>(source.pages).fill(0);
    now = null;
    isDone = query === '';
    report();
    let sum = 0;
    for (let index = 0; index < source.pages && query !== '' && sum < MAX_COUNT; index += 1) {
      const page = (start + index) % source.pages;
      const hits = findAll(await pageText(page), query).length;
      if (mine !== turn) return;
      counts[page] = hits;
      sum += hits;
      if (hits > 0 && now === null) {
        now = { page, nth: 0 };
        report();
      }
      if (index % 20 === 19) {
        report();
        await pause();
        if (mine !== turn) return;
      }
    }
    isDone = true;
    report();
  };

  return {
    find(text) {
      query = foldQuery(text);
      void look();
    },
    step(by) {
      if (now === null) return;
      let { page, nth } = now;
      nth += by;
      if (nth < 0 || nth >= (counts[page] ?? 0)) {
        do page = (page + by + source.pages) % source.pages;
        while ((counts[page] ?? 0) === 0);
        nth = by === 1 ? 0 : (counts[page] ?? 1) - 1;
      }
      now = { page, nth };
      report();
    },
  };
}
