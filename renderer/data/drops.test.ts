import { expect, test } from 'vitest';
import { wholeFiles } from './drops.ts';
import { pagesText, sizeText, versionMark } from './papers.ts';

test('of files that go one after the other, those count that are wholly over', () => {
  const sizes = [100, 50, 0, 200];
  expect(wholeFiles(sizes, 0)).toBe(0);
  expect(wholeFiles(sizes, 99)).toBe(0);
  expect(wholeFiles(sizes, 100)).toBe(1);
  expect(wholeFiles(sizes, 150)).toBe(3);
  expect(wholeFiles(sizes, 350)).toBe(4);
});

test('sizes, pages and versions are said as people say them', () => {
  expect([888, 312_400, 999_600, 2_400_000, 150_000_000, 1_200_000_000].map(sizeText)).toEqual([
    ...['888 bytes', '312 KB', '1.0 MB', '2.4 MB', '150 MB', '1.2 GB'],
  ]);
  expect([pagesText(null), pagesText(1), pagesText(3_000)]).toEqual(['', '1 page', '3,000 pages']);
  expect(versionMark({ number: 2, suffix: 'SS' })).toBe('v2 SS');
});
