import { attentionCount } from '../../../db/sync/attention.ts';
import { openCount } from '../../../db/sync/outbox.ts';
import type { SyncState } from '../../contract/sync.ts';
import type { RoundEnd } from './engine.ts';
import type { SyncGround } from './ground.ts';
import type { Keeper } from './keeper.ts';
import { type Facts, syncState } from './view.ts';

/** Not more often than this is told how far it is, in milliseconds; another status is told at once. */
const TELL_MS = 250;
const MANY = 20_000;
const MANY_MS = 2_000;

export interface Status {
  state(): SyncState;
  /** Something may differ: told soon, at once when the status does. */
  changed(): void;
  ended(end: RoundEnd): void;
  moving(): void;
  /** Whether there is a way to the server; `why` says why there never will be. */
  way(hasWay: boolean, why?: string): void;
  clock(offMs: number): void;
  keyProblem(sentence: string): void;
  close(): void;
}

export interface StatusDeps {
  readonly own: SyncGround;
  readonly keeper: Keeper;
  readonly nowDate: () => Date;
  readonly files: () => SyncState['files'];
  readonly tell: (state: SyncState) => void;
}

type Known = Omit<Facts, 'waiting' | 'attention' | 'files' | 'now'>;

const UNKNOWN: Known = {
  end: null,
  hasWay: false,
  why: '',
  isMoving: false,
  offlineSince: null,
  message: '',
  currentAt: null,
  clockOffMs: null,
  keyProblem: '',
};

/** Keeps what is true of the connection, and tells it. */
export function createStatus({ own, keeper, nowDate, files, tell }: StatusDeps): Status {
  let known = UNKNOWN;
  let told: SyncState | null = null;
  let timer: NodeJS.Timeout | null = null;
  let isClosed = false;
  let counted = { waiting: 0, at: 0 };

  /** A long queue (all that was done before there was a portal) is not counted anew at each telling. */
  const waitingNow = () => {
    const now = performance.now();
    if (counted.waiting < MANY || now - counted.at > MANY_MS) counted = { waiting: openCount(own.db.read), at: now };
    return counted.waiting;
  };
  const state = (): SyncState => {
    const { read } = own.db;
    const counts = { waiting: waitingNow(), attention: attentionCount(read), files: files() };
    return syncState(keeper.state(), { ...known, ...counts, now: nowDate() });
  };
  const tellNow = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    // What ends late, once the records are closed, has nobody to tell.
    if (isClosed) return;
    const now = state();
    if (told !== null && JSON.stringify(told) === JSON.stringify(now)) return;
    told = now;
    tell(now);
  };
  const changed = () => {
    if (timer !== null) return;
    timer = setTimeout(tellNow, TELL_MS);
    timer.unref();
  };
  const know = (more: Partial<Known>) => {
    const before = [known.end, known.hasWay, known.why, known.isMoving].join();
    known = { ...known, ...more };
    if (before === [known.end, known.hasWay, known.why, known.isMoving].join()) changed();
    else tellNow();
  };
  return {
    state,
    changed,
    ended: (end) => know(knownAfter(end, known, nowDate())),
    moving: () => (known.isMoving ? changed() : know({ isMoving: true })),
    way: (hasWay, why = '') => know(hasWay ? { hasWay, why: '' } : { hasWay, why, end: null, isMoving: false }),
    clock: (clockOffMs) => know({ clockOffMs }),
    keyProblem: (keyProblem) => know({ keyProblem }),
    close: () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}

function knownAfter(end: RoundEnd, before: Known, now: Date): Partial<Known> {
  if (end.type === 'stopped' || end.type === 'signed-out') return { isMoving: false };
  if (end.type === 'offline')
    return { end: 'offline', isMoving: false, message: end.message, offlineSince: before.offlineSince ?? now };
  const isCurrent = end.type === 'current';
  return { end: end.type, isMoving: false, offlineSince: null, ...(isCurrent ? { currentAt: now } : {}) };
}
