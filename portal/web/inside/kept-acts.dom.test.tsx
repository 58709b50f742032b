import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Begun } from './acts.ts';
import { dropAct, forgetActs, forgetActsSoon, keepAct, keptActs } from './kept-acts.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.parse('2026-06-17T12:00:00Z');
const ACT: Begun = {
  key: 'complete-task t one',
  name: 'complete-task',
  input: { taskId: 't', isDone: true },
  actId: 'id-1',
  page: 'one',
  draft: null,
};

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

test('an act comes back as it was kept, until it is answered', () => {
  expect(keepAct(ACT, '2026-08-01', NOW)).toBe(true);
  expect(keptActs(NOW)).toEqual([ACT]);
  // Another act on the same thing is not dropped with it.
  dropAct({ key: ACT.key, actId: 'id-2' });
  expect(keptActs(NOW)).toHaveLength(1);
  dropAct(ACT);
  expect([keptActs(NOW), localStorage.length]).toEqual([[], 0]);
});

test('it is forgotten after a week, however often it was sent, and with the last day of the link', () => {
  keepAct(ACT, '2026-08-01', NOW);
  keepAct(ACT, '2026-08-01', NOW + 6 * DAY);
  expect(keptActs(NOW + 6.9 * DAY)).toHaveLength(1);
  expect([keptActs(NOW + 7 * DAY), localStorage.length]).toEqual([[], 0]);
  keepAct(ACT, '2026-06-18', NOW);
  expect(keptActs(NOW)).toHaveLength(1);
  expect([keptActs(NOW + 3 * DAY), localStorage.length]).toEqual([[], 0]);
});

test('a link that is over leaves it a day for a newer one; signing out leaves nothing of it', () => {
  keepAct(ACT, '2026-08-01', NOW);
  forgetActsSoon(NOW);
  expect(keptActs(NOW + 0.9 * DAY)).toHaveLength(1);
  expect(keptActs(NOW + DAY)).toEqual([]);
  keepAct(ACT, '2026-08-01', NOW);
  localStorage.setItem('draft x', '"half"');
  forgetActs();
  expect(Object.keys(localStorage)).toEqual(['draft x']);
});

test.each([
  ['no JSON', '{'],
  ['nothing', 'null'],
  ['a call that this page does not know', JSON.stringify({ ...ACT, name: 'toString', endsAt: NOW + DAY })],
  ['no time', JSON.stringify(ACT)],
  ['of another thing', JSON.stringify({ ...ACT, key: 'other', endsAt: NOW + DAY })],
])('what is no act of this page is forgotten: %s', (_what, text) => {
  localStorage.setItem(`act ${ACT.key}`, text);
  expect([keptActs(NOW), localStorage.length]).toEqual([[], 0]);
});

test('a browser that keeps nothing says so', () => {
  const setItem = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  vi.stubGlobal('localStorage', { getItem: () => null, setItem });
  expect(keepAct(ACT, '2026-08-01', NOW)).toBe(false);
});
