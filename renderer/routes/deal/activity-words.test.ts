import { expect, test } from 'vitest';
import { TRAIL_GROUPS } from '../../../electron/contract/sync.ts';
import { CHIPS, GROUP_FACES, isChipOn, toggled } from './activity-words.ts';

test('denied and refused alone have the octagon', () => {
  expect(TRAIL_GROUPS.filter((group) => GROUP_FACES[group].icon === 'blocked')).toEqual(['refused', 'denied']);
});

test('a chip of two kinds turns both on, and both off again', () => {
  const chip = CHIPS.find(({ groups }) => groups.length === 2);
  if (chip === undefined) throw new Error('no chip of two kinds');
  const on = toggled(chip, ['view']);
  expect(on).toEqual(['view', 'denied', 'refused']);
  expect(isChipOn(chip, on)).toBe(true);
  expect(isChipOn(chip, ['denied'])).toBe(false);
  expect(toggled(chip, on)).toEqual(['view']);
});
