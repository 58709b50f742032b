import { wholeJourney } from './journey/whole.ts';
import type { Journey } from './lib/journey.ts';

/**
 * The product from end to end: the coordinator at the desk, two clients at their phones, the portal of the office between
 * them. Each step leaves its picture in artifacts/journey/<host>/.
 */
export const journeys: readonly Journey[] = [
  {
    name: 'journey: a California deal from its first day to a closing that can be proven, at the desk and on phones',
    limitMs: 900_000,
    run: wholeJourney,
  },
];
