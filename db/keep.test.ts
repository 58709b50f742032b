import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptBackups } from './keep.ts';

const NOW = '2026-06-30T12:00:00.000Z';
const MINUTE = 60_000;

test('keeps the last 12, one an hour for a day, one a day for 30 days', () => {
  // Every 15 minutes for 40 days.
  const all = Array.from({ length: 40 * 24 * 4 }, (_, index) => backup(index * 15));
  const kept = keptBackups(all, NOW).map((info) => info.takenAt);
  expect(kept.slice(0, 12)).toEqual(all.slice(0, 12).map((info) => info.takenAt));
  const hours = new Set(kept.filter((at) => at > '2026-06-29T12:00').map((at) => at.slice(0, 13)));
  expect(hours.size).toBe(25);
  const days = new Set(kept.map((at) => at.slice(0, 10)));
  expect(days.size).toBe(31);
  expect(kept.every((at) => at >= '2026-05-31T12:00')).toBe(true);
  expect(kept.length).toBeLessThan(12 + 25 + 31);
});

test('those taken before a migration stay for ever', () => {
  const old = { id: 'old', kind: 'migration' as const, takenAt: '2020-01-01T00:00:00.000Z' };
  expect(keptBackups([old, backup(0)], NOW)).toContain(old);
});

test('the newest always stays, and keeping twice keeps the same', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 200 }), (minutes) => {
      const all = minutes.map(backup);
      const once = keptBackups(all, NOW);
      const newest = all.reduce((a, b) => (a.takenAt > b.takenAt ? a : b));
      expect(once).toContain(newest);
      expect(once.length).toBeGreaterThanOrEqual(Math.min(12, all.length));
      expect(keptBackups(once, NOW)).toEqual(once);
    }),
  );
});

function backup(minutesAgo: number) {
  const takenAt = new Date(Date.parse(NOW) - minutesAgo * MINUTE).toISOString();
  return { id: takenAt, kind: 'rolling' as const, takenAt };
}
