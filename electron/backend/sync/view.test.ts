import { describe, expect, test } from 'vitest';
import { firstPortalState, type Standing } from '../../../db/sync/state.ts';
import { type Facts, syncState, timeWords } from './view.ts';

const NOW = new Date(2026, 5, 3, 9, 55);
const own: Standing = { ...firstPortalState('d1'), wanted: new Map() };
const shared: Standing = { ...own, kind: 'shared', url: 'https://p.example', workspaceName: 'Fennimore Realty' };
const facts: Facts = {
  ...{ end: 'current', hasWay: true, why: '', isMoving: false, offlineSince: null, message: '', currentAt: null },
  ...{ clockOffMs: null, keyProblem: '', waiting: 0, attention: 0, now: NOW },
  files: { up: 0, down: 0, bytesLeft: 0, current: null, isPaused: false, cap: null, problem: '' },
};

describe('what the connection says of itself', () => {
  test.each<[string, Standing, Partial<Facts>, string, RegExp]>([
    ['current', shared, {}, 'Up to date', /^Everything is sent, and everything from Fennimore Realty is here\.$/],
    ['current', own, {}, 'Up to date', /kept on this computer/],
    ['starting', own, { hasWay: false, end: null }, 'Starting', /^The portal of this computer is starting/],
    ['starting', shared, { hasWay: false, end: null }, 'Starting', /^Connecting to Fennimore Realty/],
    [
      'syncing',
      { ...shared, wanted: new Map([['d1', 3]]) },
      { isMoving: true, waiting: 2 },
      'Syncing 3',
      /^Sending 2 steps and fetching 1 deal\./,
    ],
    [
      'offline',
      shared,
      { end: 'offline', offlineSince: new Date(2026, 5, 3, 9, 41), waiting: 1 },
      'Offline',
      /^No connection since 9:41.AM\. Keep working, all of it is kept on this computer\. 1 step waits to go out\.$/,
    ],
    ['offline', own, { hasWay: false, end: null, why: 'Its port is taken.' }, 'Offline', /^Its port is taken\./],
    [
      'signed-out',
      { ...shared, isSignedOut: true },
      { waiting: 4 },
      'Signed out',
      /^Fennimore Realty does not know this computer any more\..*4 steps wait/,
    ],
    ['too-old', shared, { end: 'too-old' }, 'Update needed', /too old/],
    ['server-too-old', shared, { end: 'server-too-old' }, 'Update needed', /older than this Closeboard/],
  ])('%s', (status, standing, more, short, sentence) => {
    const state = syncState(standing, { ...facts, ...more });
    expect(state).toMatchObject({ status, short });
    expect(state.sentence).toMatch(sentence);
  });

  test('a clock is worth a word from five minutes on, and says which way', () => {
    const clock = (minutes: number) => syncState(shared, { ...facts, clockOffMs: minutes * 60_000 }).clockOff;
    expect(clock(4)).toBeNull();
    expect(clock(300)).toBe(-300);
    expect(clock(-6)).toBe(6);
  });

  test('a time of another day says which', () => {
    expect(timeWords(new Date(2026, 5, 2, 9, 41), NOW)).toMatch(/^Tue, Jun 2, 9:41.AM$/);
  });
});
