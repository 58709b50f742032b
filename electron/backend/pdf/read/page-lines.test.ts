import { describe, expect, test } from 'vitest';
import { linesByPlace, type PlacedRun, textOfRuns } from './page-lines.ts';

const run = (str: string, hasEOL = false, dir = 'ltr') => ({
  str,
  dir,
  hasEOL,
  transform: [10, 0, 0, 10, 0, 0],
  width: 10,
  height: 10,
});
const placed = (str: string, x: number, y: number, more: Partial<PlacedRun> = {}): PlacedRun => ({
  str,
  dir: 'ltr',
  x,
  y,
  width: str.length * 5,
  size: 10,
  ...more,
});

describe('textOfRuns', () => {
  test('keeps the order of writing, one line each, white space single and control characters gone', () => {
    expect(textOfRuns([run('Purchase'), run('  '), run('price', true), run('', true), run('\u0000$ 1', true)])).toBe(
      'Purchase price\n$ 1',
    );
  });

  test('keeps right-to-left text as it is read', () => {
    expect(textOfRuns([run('שלום', false, 'rtl'), run(' ', false, 'rtl'), run('עולם', true, 'rtl')])).toBe('שלום עולם');
  });
});

describe('linesByPlace', () => {
  test('reads from top to bottom and left to right, however it was written', () => {
    const runs = [placed('TREC NO. 20-19', 40, 770), placed('Elm Street', 200, 30), placed('12', 185, 32)];
    expect(linesByPlace(runs)).toEqual(['12 Elm Street', 'TREC NO. 20-19']);
  });

  test('joins what touches and parts what stands apart', () => {
    expect(linesByPlace([placed('Pur', 0, 0), placed('chase', 15, 0), placed('price', 60, 0)])).toEqual([
      'Purchase price',
    ]);
  });

  test('turns a right-to-left line round', () => {
    const rtl = { dir: 'rtl' };
    expect(linesByPlace([placed('עולם', 0, 0, rtl), placed('שלום', 40, 0, rtl)])).toEqual(['שלום עולם']);
  });

  test('a page without text has no lines', () => {
    expect(linesByPlace([placed('  ', 0, 0)])).toEqual([]);
  });
});
