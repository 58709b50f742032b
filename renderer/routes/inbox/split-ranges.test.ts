import { expect, test } from 'vitest';
import { nextPart, type PartText, partsOf, readParts } from './split-ranges.ts';

const part = (from: string, to: string): PartText => ({ key: `${from}-${to}`, from, to, title: ' A ', reason: '' });
const sentence = (parts: readonly PartText[], pages = 9) => {
  const read = readParts(parts, pages);
  return read.kind === 'wrong' ? `${read.at}: ${read.sentence}` : read.leftOut;
};

test('suggested cuts read back as they came', () => {
  const cuts = [
    { from: 1, to: 4, title: 'Listing agreement', reason: 'A new form begins.' },
    { from: 5, to: 9, title: '', reason: '' },
  ];
  expect(readParts(partsOf(cuts), 9)).toEqual({ kind: 'cuts', cuts, leftOut: '' });
});

test('what is no page, out of the file, turned round or in two parts is said beside its part', () => {
  expect(sentence([part('1', 'x')])).toBe('0: Write the first and the last page as numbers.');
  expect(sentence([part('1', '4'), part('5', '10')])).toBe('1: This file has pages 1 to 9.');
  expect(sentence([part('0', '4')])).toBe('0: This file has pages 1 to 9.');
  expect(sentence([part('4', '1')])).toBe('0: Page 4 comes after page 1. Write the lower one first.');
  expect(sentence([part('1', '4'), part('4', '9')])).toBe('1: Page 4 is in part 1 already.');
  expect(sentence([part('1', '9')])).toMatch(/^0: This is the whole file/);
  expect(sentence([])).toBe('-1: Add at least one part.');
});

test('pages that are in no part are named, and are no mistake', () => {
  expect(sentence([part('1', '4'), part('6', '9')])).toBe(
    'Page 5 is in no part. It stays in the bundle, which is kept.',
  );
  expect(sentence([part('7', '8'), part('2', '3')])).toBe(
    'Pages 1, 4 to 6 and 9 are in no part. They stay in the bundle, which is kept.',
  );
});

test('another part goes on where the last one ends', () => {
  expect(nextPart([part('1', '4')], 9, 'k')).toMatchObject({ from: '5', to: '9' });
  expect(nextPart([part('1', '9')], 9, 'k')).toMatchObject({ from: '9', to: '9' });
});
