import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Area, MIN_SIZE, placeWindow, readShellState } from './window-state.ts';

const laptop: Area = { x: 0, y: 25, width: 1440, height: 875 };
const screen: Area = { x: 1440, y: 0, width: 2560, height: 1400 };

describe('placeWindow', () => {
  test('opens as it was left, on whichever display that was', () => {
    const kept = { x: 1600, y: 100, width: 1500, height: 1000 };
    expect(placeWindow(kept, [laptop, screen])).toEqual(kept);
  });

  test('comes back to the middle of the first display when the other one is gone', () => {
    const placed = placeWindow({ x: 1600, y: 100, width: 1500, height: 1000 }, [laptop]);
    expect(placed).toEqual({ x: 40, y: 33, width: 1360, height: 860 });
  });

  test('opens in the middle the first time', () => {
    expect(placeWindow(undefined, [screen])).toMatchObject({ width: 1360, height: 860, x: 2040, y: 270 });
  });

  test('shrinks to a smaller display and keeps its title bar below the menu bar', () => {
    const placed = placeWindow({ x: 10, y: 20, width: 4000, height: 3000 }, [laptop]);
    expect(placed).toEqual({ x: 10, y: 25, width: 1440, height: 875 });
  });

  test('is always reachable and at least as large as it may be', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 });
    const size = fc.integer({ min: 1, max: 10_000 });
    const kept = fc.record({ x: number, y: number, width: size, height: size });
    fc.assert(
      fc.property(fc.option(kept, { nil: undefined }), fc.boolean(), (bounds, isDocked) => {
        const areas: readonly [Area, ...Area[]] = isDocked ? [laptop, screen] : [laptop];
        const placed = placeWindow(bounds, areas);
        const home = areas.find(
          (area) =>
            Math.min(placed.x + placed.width, area.x + area.width) - Math.max(placed.x, area.x) >= 120 &&
            placed.y >= area.y &&
            placed.y + 40 <= area.y + area.height,
        );
        expect(home).toBeDefined();
        expect(placed.width).toBeGreaterThanOrEqual(MIN_SIZE.width);
        expect(placed.height).toBeGreaterThanOrEqual(MIN_SIZE.height);
      }),
    );
  });
});

describe('readShellState', () => {
  const nothing = { isMaximized: false, theme: 'system' };
  test.each([
    null,
    '',
    '{',
    '[]',
    '"x"',
    '{"theme":"pink"}',
    '{"bounds":{"x":1e400}}',
    '{"bounds":{"x":0,"y":0,"width":0,"height":5}}',
  ])('%s is as if nothing had been kept', (text) => expect(readShellState(text)).toEqual(nothing));

  test('reads what was kept', () => {
    const kept = { bounds: { x: 1, y: 2, width: 1100, height: 800 }, isMaximized: true, theme: 'dark' };
    expect(readShellState(JSON.stringify(kept))).toEqual(kept);
  });
});
