import { judgeProtocol, PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import type { Standing } from '../../../db/sync/state.ts';
import type { SyncState } from '../../contract/sync.ts';

/** What is true of the connection now, beside what is on disk. */
export interface Facts {
  /** Null before the first round ended. */
  readonly end: 'current' | 'more' | 'offline' | 'too-old' | 'server-too-old' | null;
  /** Whether there is a way to the server at all: the own portal is up, the key of a shared one is here. */
  readonly hasWay: boolean;
  /** Why the portal of this computer did not start; empty otherwise. */
  readonly why: string;
  /** Commands go or rows come at this moment. */
  readonly isMoving: boolean;
  readonly offlineSince: Date | null;
  /** What the last failure said. */
  readonly message: string;
  readonly currentAt: Date | null;
  /** The server's clock less this computer's, in milliseconds; null before a greeting. */
  readonly clockOffMs: number | null;
  readonly keyProblem: string;
  readonly waiting: number;
  readonly attention: number;
  readonly files: SyncState['files'];
  readonly now: Date;
}

type Status = SyncState['status'];

/** A clock that is off by less is not worth a word: nothing is ordered by it. */
const CLOCK_MINUTES = 5;

export function syncState(state: Standing, facts: Facts): SyncState {
  const status = statusOf(state, facts);
  const toFetch = state.wanted.size;
  const offBy = facts.clockOffMs === null ? 0 : Math.round(facts.clockOffMs / 60_000);
  return {
    kind: state.kind,
    workspaceName: state.kind === 'shared' ? state.workspaceName : '',
    url: state.url,
    role: state.role,
    status,
    sentence: sentenceOf(status, state, facts),
    short: shortOf(status, facts.waiting + toFetch),
    waiting: facts.waiting,
    toFetch,
    currentAt: facts.currentAt?.toISOString() ?? state.currentAt,
    offlineSince: status === 'offline' ? (facts.offlineSince?.toISOString() ?? null) : null,
    attention: facts.attention,
    clockOff: Math.abs(offBy) >= CLOCK_MINUTES ? -offBy : null,
    keyProblem: facts.keyProblem,
    files: facts.files,
  };
}

function statusOf(state: Standing, { end, hasWay, why, isMoving }: Facts): Status {
  if (state.isSignedOut) return 'signed-out';
  if (!hasWay) return why === '' ? 'starting' : 'offline';
  if (end === 'too-old' || end === 'server-too-old' || end === 'offline') return end;
  if (isMoving || end === 'more') return 'syncing';
  return end === null ? 'starting' : 'current';
}

function sentenceOf(status: Status, state: Standing, facts: Facts): string {
  const { waiting, now } = facts;
  const isOwn = state.kind === 'own';
  const portal = isOwn ? 'the portal of this computer' : state.workspaceName || 'your team’s portal';
  switch (status) {
    case 'starting':
      return isOwn
        ? 'The portal of this computer is starting. Keep working, all of it is kept on this computer.'
        : `Connecting to ${portal}. Keep working, all of it is kept on this computer.`;
    case 'current':
      return isOwn
        ? 'Everything is kept on this computer, and its portal is up to date.'
        : `Everything is sent, and everything from ${portal} is here.`;
    case 'syncing':
      return `${capital(movingWords(waiting, state.wanted.size))}. Keep working meanwhile.`;
    case 'offline':
      return `${offlineWords(facts, now)} Keep working, all of it is kept on this computer.${waitingWords(waiting)}`;
    case 'signed-out':
      return `${capital(portal)} does not know this computer any more. Ask for a new code and sign in again; nothing here is lost.${waitingWords(waiting)}`;
    case 'too-old':
      return versionWords({ version: PROTOCOL_VERSION + 1, floor: PROTOCOL_VERSION + 1 });
    case 'server-too-old':
      return versionWords({ version: PROTOCOL_VERSION - 1, floor: 1 });
    case 'off':
      return 'This computer is signed out. Everything is kept here.';
  }
}

function versionWords(server: { readonly version: number; readonly floor: number }): string {
  const verdict = judgeProtocol(PROTOCOL_VERSION, server);
  return verdict.type === 'Fits' ? '' : verdict.sentence;
}

function offlineWords({ why, offlineSince }: Facts, now: Date): string {
  if (why !== '') return why;
  return offlineSince === null ? 'No connection.' : `No connection since ${timeWords(offlineSince, now)}.`;
}

/** "9:41 AM"; of another day "Tue, Jun 2, 9:41 AM". In the person's own time. */
export function timeWords(at: Date, now: Date): string {
  const time = at.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
  if (at.toDateString() === now.toDateString()) return time;
  return `${at.toLocaleDateString('en-US', { weekday: 'short', month: 'short', day: 'numeric' })}, ${time}`;
}

function movingWords(waiting: number, toFetch: number): string {
  const sending = waiting > 0 ? `sending ${countOf(waiting, 'step')}` : '';
  const fetching = toFetch > 0 ? `fetching ${countOf(toFetch, 'deal')}` : '';
  return [sending, fetching].filter((words) => words !== '').join(' and ') || 'looking for what is new';
}

function waitingWords(waiting: number): string {
  if (waiting === 0) return '';
  return ` ${countOf(waiting, 'step')} ${waiting === 1 ? 'waits' : 'wait'} to go out.`;
}

function shortOf(status: Status, left: number): string {
  switch (status) {
    case 'starting':
      return 'Starting';
    case 'current':
      return 'Up to date';
    case 'syncing':
      return left > 0 ? `Syncing ${left.toLocaleString('en-US')}` : 'Syncing';
    case 'offline':
      return 'Offline';
    case 'signed-out':
    case 'off':
      return 'Signed out';
    case 'too-old':
    case 'server-too-old':
      return 'Update needed';
  }
}

function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
