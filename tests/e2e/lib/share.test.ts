import { expect, test } from 'vitest';
import { shareOf } from './share.ts';

const journeys = [
  { name: 'a' },
  { name: 'short', runsOnce: true, limitMs: 60_000 },
  { name: 'long', runsOnce: true, limitMs: 600_000 },
  { name: 'usual', runsOnce: true },
  { name: 'b', limitMs: 900_000 },
  { name: 'middle', runsOnce: true, limitMs: 300_000 },
];
const names = (lane: number, lanes: number) => shareOf(journeys, lane, lanes).map(({ name }) => name);

test('each lane runs what could differ, in the given order, and its part of what runs once', () => {
  expect(names(0, 2)).toEqual(['a', 'long', 'b']);
  expect(names(1, 2)).toEqual(['a', 'short', 'usual', 'b', 'middle']);
});

test('what runs once runs in exactly one lane, however many there are', () => {
  for (const lanes of [1, 2, 3, 7]) {
    const all = Array.from({ length: lanes }, (_, lane) => names(lane, lanes)).flat();
    for (const { name, runsOnce } of journeys)
      expect(all.filter((each) => each === name)).toHaveLength(runsOnce ? 1 : lanes);
  }
});
