import { describe, expect, test } from 'vitest';
import type { PdfBox } from '../types.ts';
import { findWords } from './find-words.ts';
import type { TextRun } from './page-lines.ts';

const run = (str: string, x: number, y: number, more: Partial<TextRun> = {}): TextRun => ({
  str,
  dir: 'ltr',
  transform: [10, 0, 0, 10, x, y],
  width: str.length * 10,
  height: 10,
  hasEOL: false,
  ...more,
});

function first(matches: readonly (readonly PdfBox[])[]): PdfBox {
  const box = matches[0]?.[0];
  if (!box) throw new Error('found nowhere');
  return box;
}

describe('findWords', () => {
  test('gives the part of the run where the words stand', () => {
    const box = first(findWords('elm', [run('12 Elm St', 100, 700)], []));
    expect(box).toEqual({ x: 130, y: 698, width: 30, height: 11 });
  });

  test('runs over lines and parts: one box each', () => {
    const runs = [run('12 Elm', 0, 700, { hasEOL: true }), run('Street', 0, 680)];
    expect(findWords('elm street', runs, [])).toEqual([
      [
        { x: 30, y: 698, width: 30, height: 11 },
        { x: 0, y: 678, width: 60, height: 11 },
      ],
    ]);
  });

  test.each([
    ["buyer's ﬁnal", 'Buyer’s   final'],
    ['JOSE NUNEZ', 'José Núñez'],
    ['12-14', '12–14'],
    ['istanbul', 'İstanbul'],
  ])('takes %s for %s', (needle, text) => {
    expect(findWords(needle, [run(text, 0, 0)], [])).toHaveLength(1);
  });

  test('walks along a turned run', () => {
    const box = first(findWords('b', [run('ab', 100, 100, { transform: [0, 10, -10, 0, 100, 100] })], []));
    expect(box.y).toBeCloseTo(110);
    expect(box.height).toBeCloseTo(10);
    expect(box.x).toBeCloseTo(91);
  });

  test('measures a right-to-left run from its right end', () => {
    const box = first(findWords('א', [run('אבג', 0, 0, { dir: 'rtl' })], []));
    expect(box.x).toBeCloseTo(20);
  });

  test('finds what is filled into a field', () => {
    expect(findWords('elm', [], [{ text: '12 Elm Street', box: [10, 20, 110, 40] }])).toEqual([
      [{ x: 10, y: 20, width: 100, height: 20 }],
    ]);
  });

  test('an empty needle stands nowhere', () => {
    expect(findWords(' \u0301', [run('text', 0, 0)], [])).toEqual([]);
  });

  test('stops at 500 places', () => {
    expect(findWords('a', [run('a'.repeat(2_000), 0, 0)], [])).toHaveLength(500);
  });
});
