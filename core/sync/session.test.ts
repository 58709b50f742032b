import { describe, expect, test } from 'vitest';
import { followAnew, NOT_FOLLOWING } from './heads.ts';
import { emptyUnit, runHere } from './rebase.ts';
import {
  formerIdsOf,
  greet,
  hearProblem,
  hearStore,
  isForUs,
  MAX_FORMER_IDS,
  membersOf,
  noteAnswered,
  openSession,
  renewed,
  type Session,
  signedIn,
  startRenewal,
  whatToAsk,
} from './session.ts';
import { GROUND, OPEN } from './testing.ts';
import type { HelloReply, Problem } from './wire.ts';

const OURS: Session = { ...openSession('x1'), nextSeq: 8, answeredSeq: 5 };
const FOLLOW = { ...NOT_FOLLOWING, storeId: 's', cursor: 3 };

function problem(type: Exclude<Problem['type'], 'SeqGap' | 'StoreChanged'>): Problem {
  return { type, message: type };
}

function hello(lastSeq: number, storeId = 's'): HelloReply {
  return {
    ...{ protocol: 2, floor: 2, storeId, memberId: 'm-noor', role: 'tc', workspaceName: 'Fennimore', team: [] },
    ...{ at: '2026-06-02T16:12:00.000Z', lastSeq },
  };
}

describe('what a problem means', () => {
  test('a device that is not known, closed or set back renews itself, a server that forgot is fetched anew', () => {
    for (const type of ['UnknownDevice', 'DeviceClosed', 'DeviceRewound'] as const)
      expect(hearProblem(OURS, problem(type))).toMatchObject({ type: 'renew', didForget: false });
    const changed = { type: 'StoreChanged', message: '', storeId: 't' } as const;
    expect(hearProblem(OURS, changed)).toMatchObject({ type: 'renew', didForget: true });
    expect(hearStore(FOLLOW, { storeId: 't' })).toMatchObject({ type: 'renew', didForget: true });
    expect(hearStore(FOLLOW, { storeId: 's' })).toEqual({ type: 'go-on' });
  });

  test('a gap is a server that was set back only when it waits for what it answered', () => {
    const gap = (expected: number) => hearProblem(OURS, { type: 'SeqGap', message: '', expected });
    expect(gap(5)).toMatchObject({ type: 'renew', didForget: true });
    expect(gap(6)).toEqual({ type: 'go-on' });
  });

  test('the others lose nothing and renew nothing', () => {
    expect(hearProblem(OURS, problem('UnitNotAvailable'))).toEqual({ type: 'drop-stage' });
    expect(hearProblem(OURS, problem('DeviceRevoked'))).toEqual({ type: 'signed-out' });
    expect(hearProblem(OURS, problem('DesktopTooOld'))).toEqual({ type: 'too-old' });
    expect(hearProblem(OURS, problem('ServerTooOld'))).toEqual({ type: 'server-too-old' });
  });
});

test('an answer to who we were, about another store, or while renewing is not for us', () => {
  expect(isForUs(OURS, FOLLOW, { deviceId: 'x1', storeId: 's' })).toBe(true);
  expect(isForUs(OURS, FOLLOW, { deviceId: 'x0', storeId: 's' })).toBe(false);
  expect(isForUs(OURS, FOLLOW, { deviceId: 'x1', storeId: null })).toBe(false);
  const renewing = startRenewal(OURS, { newId: 'x2', didForget: false });
  expect(isForUs(renewing, FOLLOW, { deviceId: 'x1', storeId: 's' })).toBe(false);
});

describe('a greeting', () => {
  test('names the store at the first server and changes nothing afterwards', () => {
    expect(greet(openSession('x1'), NOT_FOLLOWING, { reply: hello(0), isFirst: true })).toMatchObject({
      heard: { type: 'go-on' },
      follow: { storeId: 's' },
    });
    expect(greet(OURS, FOLLOW, { reply: hello(6), isFirst: true }).follow).toBe(FOLLOW);
  });

  test('that knows more or less than it may is the end of this id, unless it is a late one', () => {
    const first = (lastSeq: number) => greet(OURS, FOLLOW, { reply: hello(lastSeq), isFirst: true }).heard;
    expect(first(8)).toMatchObject({ type: 'renew', didForget: false });
    expect(first(4)).toMatchObject({ type: 'renew', didForget: true });
    expect(greet(OURS, FOLLOW, { reply: hello(4), isFirst: false }).heard).toEqual({ type: 'go-on' });
  });
});

describe('a renewal', () => {
  const ran = runHere(emptyUnit('d1'), { command: OPEN, order: 1 }, GROUND);
  const entry = ran.ok ? ran.value.entry : null;
  if (entry === null) throw new Error('nothing was done');
  const sent = { ...entry, sent: { deviceId: 'x1', seq: 1 } };
  const waiting = { follow: FOLLOW, outbox: [sent], log: [] };
  const reply = { storeId: 's', deviceId: 'x2', known: [{ deviceId: 'x1', lastSeq: 0 }] };

  test('asks with one id until it is answered, and keeps that the server forgot', () => {
    const once = startRenewal(OURS, { newId: 'x2', didForget: false });
    const twice = startRenewal(once, { newId: 'x3', didForget: true });
    expect(twice.renewing).toEqual({ deviceId: 'x2', didForget: true });
    expect(startRenewal(twice, { newId: 'x4', didForget: false }).renewing).toEqual(twice.renewing);
  });

  test('names every id we went by, the newest when there are too many', () => {
    expect(formerIdsOf({ ...OURS, formerIds: ['x0'] })).toEqual(['x0', 'x1']);
    const many = Array.from({ length: 300 }, (_, n) => `old${n}`);
    const named = formerIdsOf({ ...OURS, formerIds: many });
    expect([named.length, named.at(-1)]).toEqual([MAX_FORMER_IDS, 'x1']);
  });

  test('begins at number 1 with everything that waits, and follows on where it was', () => {
    const session = startRenewal(OURS, { newId: 'x2', didForget: false });
    expect(renewed(session, waiting, reply)).toEqual({
      session: { deviceId: 'x2', formerIds: ['x1'], nextSeq: 1, answeredSeq: 0, renewing: null },
      follow: FOLLOW,
      isAnew: false,
      outbox: [{ ...sent, sent: null }],
      log: [],
    });
    expect(renewed(session, waiting, { ...reply, deviceId: 'x9' })).toBeNull();
    expect(renewed(OURS, waiting, reply)).toBeNull();
  });

  test('at a server that forgot, or another one, fetches everything anew', () => {
    const forgot = startRenewal(OURS, { newId: 'x2', didForget: true });
    expect(renewed(forgot, waiting, reply)).toMatchObject({ isAnew: true, follow: followAnew('s') });
    const other = startRenewal(OURS, { newId: 'x2', didForget: false });
    expect(renewed(other, waiting, { ...reply, storeId: 't' })).toMatchObject({
      isAnew: true,
      follow: followAnew('t'),
    });
  });
});

test('signed in again it keeps who it was and asks for a new id first; under the same id nothing changes', () => {
  const again = signedIn({ ...OURS, formerIds: ['x0'] }, { deviceId: 'x2', newId: 'x3' });
  expect(again).toEqual({
    deviceId: 'x2',
    formerIds: ['x0', 'x1'],
    nextSeq: 1,
    answeredSeq: 0,
    renewing: { deviceId: 'x3', didForget: false },
  });
  expect(formerIdsOf(again)).toEqual(['x0', 'x1', 'x2']);
  expect(signedIn(OURS, { deviceId: 'x1', newId: 'x3' })).toBe(OURS);
});

test('what to ask for: renewal first, then the greeting, and nothing is sent to a server that forgot', () => {
  const renewing = startRenewal(OURS, { newId: 'x2', didForget: false });
  expect(whatToAsk(renewing, FOLLOW, true)).toEqual(['renew']);
  expect(whatToAsk(OURS, FOLLOW, false)).toEqual(['hello']);
  expect(whatToAsk(OURS, NOT_FOLLOWING, true)).toEqual(['hello']);
  expect(whatToAsk(OURS, FOLLOW, true)).toEqual(['heads', 'push']);
  expect(whatToAsk(OURS, { ...FOLLOW, wanted: new Map([['d1', 2]]) }, true)).toEqual(['heads', 'pages', 'push']);
  expect(whatToAsk(OURS, followAnew('t'), true)).toEqual(['heads']);
  expect(noteAnswered(OURS, [7, 6]).answeredSeq).toBe(7);
  expect(noteAnswered(OURS, []).answeredSeq).toBe(5);
});

test('rules read the team without those who left', () => {
  const theo = { id: 'm-theo', name: 'Theo Lindqvist', role: 'tc', email: 'theo@fennimore.example' } as const;
  const team = [
    { ...theo, isGone: false },
    { ...theo, id: 'm-old', isGone: true },
  ];
  expect(membersOf(team)).toEqual([theo]);
});
