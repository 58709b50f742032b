import { expect, test } from 'vitest';
import { isKeepable } from './keepable.ts';

test.each([
  ['a', true],
  ['😀 é', true],
  ['a\0', false],
  ['\ud83d', false],
  [{ dealId: 'd', more: [1, null, true, 'x'] }, true],
  [{ dealId: 'd', more: [{ deep: '\udc00' }] }, false],
  [{ 'a\0': 1 }, false],
] as const)('%j: %s', (value, isFine) => {
  expect(isKeepable(value)).toBe(isFine);
});
