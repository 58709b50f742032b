import type { Journey } from './journey.ts';

type Weighed = Pick<Journey, 'runsOnce' | 'limitMs'>;
const USUAL_MS = 150_000;

/**
 * What one of several lanes runs, in the given order: everything that could differ between hosts, and its part of
 * the journeys that run once. How long a journey may take stands for how long it takes.
 * @param lane counts from 0
 */
export function shareOf<J extends Weighed>(journeys: readonly J[], lane: number, lanes: number): readonly J[] {
  const loads = Array.from({ length: lanes }, () => 0);
  const once = journeys.filter(({ runsOnce }) => runsOnce === true);
  const longestFirst = once.toSorted((a, b) => (b.limitMs ?? USUAL_MS) - (a.limitMs ?? USUAL_MS));
  const own = new Set<J>();
  for (const journey of longestFirst) {
    const lightest = loads.indexOf(Math.min(...loads));
    loads[lightest] = (loads[lightest] ?? 0) + (journey.limitMs ?? USUAL_MS);
    if (lightest === lane) own.add(journey);
  }
  return journeys.filter((journey) => journey.runsOnce !== true || own.has(journey));
}
