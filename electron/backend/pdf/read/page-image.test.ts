import { expect, test } from 'vitest';
import { imageSize } from './page-image.ts';

test.each([
  [{ width: 612, height: 792 }, 200, { width: 200, height: 259 }],
  [{ width: 612, height: 792 }, 9_999, { width: 2_000, height: 2_588 }],
  [{ width: 612, height: 792 }, Number.NaN, { width: 1, height: 1 }],
  [{ width: 612, height: 792 }, -5, { width: 1, height: 1 }],
  [{ width: 10, height: 1_000 }, 2_000, { width: 282, height: 28_200 }],
  [{ width: 1, height: 14_400_000 }, 2_000, { width: 1, height: 8_000_000 }],
  [{ width: 14_400_000, height: 1 }, 2_000, { width: 2_000, height: 1 }],
  [{ width: 0, height: 0 }, 100, { width: 100, height: 100 }],
])('a picture of %o at %s is %o', (page, width, size) => {
  expect(imageSize(page, width)).toEqual(size);
});
