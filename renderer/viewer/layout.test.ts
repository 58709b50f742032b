import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GAP, layPages, MARGIN, pageAt, saneSize, scaleFor, stepPercent, turnBox, turned } from './layout.ts';

const letter = { width: 816, height: 1056 };

describe('pages below each other', () => {
  test('lie with a gap between them, turned pages lower', () => {
    const layout = layPages([letter, letter], 0.5, 0);
    expect([...layout.tops]).toEqual([MARGIN, MARGIN + 528 + GAP, MARGIN + 2 * 528 + GAP + MARGIN]);
    expect(layPages([letter], 1, 90).tops[1]).toBe(MARGIN + 816 + MARGIN);
    expect(turned(letter, 270)).toEqual({ width: 1056, height: 816 });
  });

  test('the page at its own top is that page, for any sizes', () => {
    const size = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }) });
    fc.assert(
      fc.property(
        fc.array(size, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0.02, max: 4, noNaN: true }),
        (sizes, scale) => {
          const layout = layPages(sizes, scale, 0);
          for (const page of sizes.keys()) expect(pageAt(layout, layout.tops[page] ?? 0)).toBe(page);
          expect(pageAt(layout, -5)).toBe(0);
          expect(pageAt(layout, 1e9)).toBe(sizes.length - 1);
        },
      ),
    );
  });

  test('a document that is too long for the browser is shown smaller, whole', () => {
    const layout = layPages(
      Array.from({ length: 20_000 }, () => letter),
      4,
      0,
    );
    expect(layout.tops.at(-1)).toBeLessThan(33_000_000);
    expect(layout.scale).toBeLessThan(4);
  });
});

test('a page that lies about its size gets one that can be laid', () => {
  expect(saneSize({ width: Number.NaN, height: Number.POSITIVE_INFINITY })).toEqual({ width: 1000, height: 1000 });
  expect(saneSize({ width: -5, height: 1e9 })).toEqual({ width: 1, height: 50_000 });
});

describe('zoom', () => {
  test('fits the width, the page, or is as chosen', () => {
    const view = { width: 816 / 2 + 2 * MARGIN, height: 264 + 2 * MARGIN };
    expect(scaleFor({ fit: 'width', percent: 100 }, view, letter)).toBe(0.5);
    expect(scaleFor({ fit: 'page', percent: 100 }, view, letter)).toBe(0.25);
    expect(scaleFor({ fit: null, percent: 150 }, view, letter)).toBe(1.5);
    expect(scaleFor({ fit: 'width', percent: 100 }, { width: 0, height: 0 }, letter)).toBeGreaterThan(0);
  });

  test('steps up and down between 25 and 400', () => {
    expect([stepPercent(100, 1), stepPercent(100, -1), stepPercent(106, -1)]).toEqual([110, 90, 100]);
    expect([stepPercent(400, 1), stepPercent(10, -1)]).toEqual([400, 25]);
  });
});

test('four quarter turns bring a box back', () => {
  const box = { left: 0.1, top: 0.2, width: 0.3, height: 0.05 };
  expect(turnBox(box, 90)).toEqual({ left: expect.closeTo(0.75), top: 0.1, width: 0.05, height: 0.3 });
  const back = turnBox(turnBox(box, 90), 270);
  for (const side of ['left', 'top', 'width', 'height'] as const) expect(back[side]).toBeCloseTo(box[side]);
  const over = turnBox(turnBox(box, 180), 180);
  for (const side of ['left', 'top', 'width', 'height'] as const) expect(over[side]).toBeCloseTo(box[side]);
});
