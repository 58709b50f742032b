import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptBackups } from './keep.ts';

const NOW = '2026-06-30T12:00:00.000Z';
const MINUTE = 60_000;

test('keeps the last 12, one of each of 24 hours, one of each of 30 days', () => {
  // Every 15 minutes for 40 days.
  const all = Array.from({ length: 40 * 24 * 4 }, (_, index) => backup(index * 15));
  const kept = keptBackups(all, '').map((info) => info.takenAt);
  expect(kept.slice(0, 12)).toEqual(all.slice(0, 12).map((info) => info.takenAt));
  const hours = new Set(kept.filter((at) => at > '2026-06-29T12:30').map((at) => at.slice(0, 13)));
  expect(hours.size).toBe(24);
  const days = new Set(kept.map((at) => at.slice(0, 10)));
  expect(days.size).toBe(30);
  expect(kept.every((at) => at >= '2026-06-01')).toBe(true);
  expect(kept.length).toBeLessThanOrEqual(12 + 24 + 30);
});

test('a clock that ran four years ahead for an hour takes no other backup away', () => {
  const all = Array.from({ length: 25 }, (_, index) => backup(index * 24 * 60));
  const ahead = [0, 15, 30].map((minute) => backup(minute - 4 * 365 * 24 * 60));
  const [last] = ahead;
  const kept = keptBackups([...ahead, ...all], last?.id ?? '');
  expect(kept).toEqual([...ahead, ...all]);
});

test('the one just taken stays, although a clock that was put back makes it the oldest', () => {
  const all = Array.from({ length: 40 * 24 * 4 }, (_, index) => backup(index * 15));
  const taken = backup(400 * 24 * 60);
  expect(keptBackups([...all, taken], taken.id)).toContain(taken);
});

test('those taken before a migration stay for ever', () => {
  const old = { id: 'old', kind: 'migration' as const, takenAt: '2020-01-01T00:00:00.000Z' };
  expect(keptBackups([old, backup(0)], backup(0).id)).toContain(old);
});

test('the newest always stays, and keeping twice keeps the same', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 200 }), (minutes) => {
      const all = minutes.map(backup);
      const once = keptBackups(all, '');
      const newest = all.reduce((a, b) => (a.takenAt > b.takenAt ? a : b));
      expect(once).toContain(newest);
      expect(once.length).toBeGreaterThanOrEqual(Math.min(12, all.length));
      expect(keptBackups(once, '')).toEqual(once);
    }),
  );
});

function backup(minutesAgo: number) {
  const takenAt = new Date(Date.parse(NOW) - minutesAgo * MINUTE).toISOString();
  return { id: takenAt, kind: 'rolling' as const, takenAt };
}
