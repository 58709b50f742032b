/** One measured figure. Good while `value` is at most `limit`; a figure that is only told has the limit `NONE`. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  /** "x" for a ratio, else "ms". */
  readonly unit: string;
  readonly limit: number;
}

export const NONE = Number.POSITIVE_INFINITY;

export interface BenchOptions {
  /** One iteration on little data: shows that the bench runs, and measures nothing. */
  readonly smoke: boolean;
}

/** What each file of this folder but the helpers exports, as `run` or under names of its own. */
export type Bench = (options: BenchOptions) => readonly BenchRow[] | Promise<readonly BenchRow[]>;

/** The middle of many. Throws on none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('median of nothing');
  return middle;
}

/** Milliseconds that `work` takes. */
export function timeOf(work: () => void): number {
  const from = performance.now();
  work();
  return performance.now() - from;
}

/**
 * Two works done in turns, so that whatever else the computer does hits both; the order changes each round, since the
 * second finds warmer caches. `ratio` is the middle of the rounds' own ratios, in milliseconds the middle of ours.
 */
export function inTurns(
  rounds: number,
  ours: () => void,
  bare: () => void,
): { readonly mine: number; readonly ratio: number } {
  const mine: number[] = [];
  const ratios: number[] = [];
  const warm = Math.min(rounds, 20);
  for (let round = -warm; round < rounds; round += 1) {
    const isOursFirst = round % 2 === 0;
    const first = timeOf(isOursFirst ? ours : bare);
    const second = timeOf(isOursFirst ? bare : ours);
    if (round < 0) continue;
    mine.push(isOursFirst ? first : second);
    ratios.push(isOursFirst ? first / second : second / first);
  }
  return { mine: median(mine), ratio: median(ratios) };
}
