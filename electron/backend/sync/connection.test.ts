import { describe, expect, test } from 'vitest';
import { delayOf, TIMINGS } from './connection.ts';

const calm = { failures: 0, random: 0.5, arePokesOpen: false, timings: TIMINGS };

describe('how long a connection rests', () => {
  test('when everything is there: less where the server does not hint', () => {
    expect(delayOf({ type: 'current' }, calm)).toEqual({ ms: 30_000, atLeast: 0 });
    expect(delayOf({ type: 'current' }, { ...calm, arePokesOpen: true })).toEqual({ ms: 60_000, atLeast: 0 });
  });

  test('offline ever longer, up to a minute, spread so that not all come at once, never less than a second', () => {
    const offline = { type: 'offline', message: '', waitSeconds: 0 } as const;
    const ms = (failures: number, random: number) => delayOf(offline, { ...calm, failures, random }).ms;
    expect([1, 2, 3, 4, 7, 50].map((failures) => ms(failures, 1))).toEqual([
      1_000, 2_000, 4_000, 8_000, 60_000, 60_000,
    ]);
    expect(ms(7, 0)).toBe(30_000);
    expect(ms(1, 0)).toBe(1_000);
    expect(delayOf(offline, { ...calm, failures: 1 }).atLeast).toBe(1_000);
  });

  test('as long as the server asks for', () => {
    const limited = { type: 'offline', message: '', waitSeconds: 90 } as const;
    expect(delayOf(limited, { ...calm, failures: 1 }).ms).toBe(90_000);
  });

  test('with a program that is too old, long', () => {
    expect(delayOf({ type: 'too-old' }, calm).ms).toBe(600_000);
    expect(delayOf({ type: 'more' }, calm)).toEqual({ ms: 2_000, atLeast: 1_000 });
  });
});
