import { createAlarms } from './alarms.ts';
import type { Arrivals } from './arrivals.ts';
import type { Source } from './candidate.ts';
import { codeOf, isMissing, type WatchFs } from './file-system.ts';
import { createGone } from './gone.ts';
import type { OpenHints } from './hints.ts';
import { createListening } from './listening.ts';
import { forgetGone, type Looked, lookThrough } from './look.ts';
import { SAY, secondsOf } from './sentences.ts';
import { isNetworkPath, type WatchSystem } from './system.ts';
import type { WatchTimings } from './timings.ts';
import type { FolderState, Held, Timers, WatchedFolder, WatcherDeps } from './types.ts';

export interface FolderDeps extends Pick<WatcherDeps, 'store' | 'log' | 'now' | 'onState'> {
  readonly timers: Timers;
  readonly timings: WatchTimings;
  readonly fs: WatchFs;
  readonly system: WatchSystem;
  readonly openHints: OpenHints;
  readonly arrivals: Arrivals;
  readonly isOwn: (path: string) => boolean;
  /** Folders that the other watched folders listen to. */
  readonly listeningElsewhere: () => number;
}

/** One watched folder while it is not paused. */
export interface FolderRun {
  readonly config: WatchedFolder;
  /** Looks through the whole folder; one look serves all who ask while it waits its turn. */
  readonly rescan: () => Promise<void>;
  readonly state: () => FolderState;
  readonly watches: () => number;
  /** How many wait has changed. */
  readonly onWaiting: () => void;
  readonly close: () => Promise<void>;
}

/** A look is not repeated before this many times as long as it took. */
const REST = 20;

export function createFolder(config: WatchedFolder, deps: FolderDeps): FolderRun {
  const { timers, timings, fs, arrivals, system } = deps;
  const alarms = createAlarms(timers);
  const gone = createGone(timings.coalesceMs);
  const pollMs = config.pollMs ?? timings.pollMs;
  let source: Source | null = null;
  let rootKey = '';
  let looked: Looked | null = null;
  let lastScanAt: number | null = null;
  let kind: FolderState['kind'] = 'scanning';
  let trouble = '';
  let isClosed = false;
  let tookMs = 0;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  const state = (): FolderState => ({
    kind,
    files: looked?.files ?? 0,
    waiting: arrivals.waiting(config.id),
    method: listening.isPolling() ? 'polling' : 'events',
    sentence: sentenceOf(),
    lastScanAt,
    held: [...unreadOf(looked), ...arrivals.held(config.id)],
  });
  const sentenceOf = () => {
    if (kind === 'missing' || kind === 'problem') return trouble;
    if (!listening.isPolling()) return '';
    return (source?.hasSteadyNumbers === false ? SAY.network : SAY.limit)(secondsOf(pollMs));
  };
  const tell = () => {
    alarms.clear('state');
    if (!isClosed) deps.onState(config.id, state());
  };
  const become = (now: FolderState['kind'], why = '') => {
    const isNews = kind !== now || trouble !== why;
    kind = now;
    trouble = why;
    if (isNews) tell();
    else alarms.setOnce('state', timings.stateMs, tell);
  };

  const lookInput = (from: string, of: Source) => {
    const mayGoOn = () => !isClosed && source === of;
    return { source: of, from, fs, store: deps.store, arrivals, isOwn: deps.isOwn, mayGoOn, now: timers.now };
  };
  const listening = createListening({
    ...deps,
    alarms,
    folderId: config.id,
    source: () => source,
    look: (from, of) => lookThrough(lookInput(from, of)),
    onActivity: () => settleSoon(),
    onLost: () => background(() => rescan()),
    onPolling: () => alarms.set('poll', pollMs, () => background(() => rescan())),
    gone,
  });

  /** The folder itself: there, and the same one as before? */
  const findRoot = async (): Promise<Source> => {
    const root = await fs.realpath(config.path);
    const stats = await fs.lstat(root);
    if (!stats.isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    const key = `${stats.dev}:${stats.ino}:${root}`;
    if (source !== null && key === rootKey) return source;
    await listening.stop();
    arrivals.drop(config.id);
    rootKey = key;
    const hasSteadyNumbers = !(await isNetworkPath(root, system));
    const { id: folderId, policy, sinceMs = 0 } = config;
    source = { folderId, root, sinceMs, policy, hasSteadyNumbers, gone, dev: stats.dev };
    return source;
  };
  const lose = async (error: unknown) => {
    await listening.stop();
    arrivals.drop(config.id);
    source = null;
    looked = null;
    if (isMissing(error)) return become('missing', SAY.missing);
    const code = codeOf(error);
    const isDenied = ['EACCES', 'EPERM'].includes(code);
    if (!isDenied) deps.log.defect('watch: a folder cannot be looked through', error);
    become('problem', isDenied ? SAY.closed : /^E[A-Z]+$/.test(code) ? SAY.unreadable : SAY.notKept);
  };
  const scan = async () => {
    alarms.clear('settle');
    alarms.clear('settle-most');
    const from = timers.now();
    try {
      const of = await findRoot();
      arrivals.nudge(config.id);
      const found = await lookThrough(lookInput('', of));
      if (isClosed || source !== of) return;
      if (!found.isWhole) throw Object.assign(new Error('the folder went away'), { code: 'ENOENT' });
      looked = found;
      lastScanAt = deps.now();
      const isFirst = await listening.keepUp(of, found);
      tookMs = timers.now() - from;
      if (isClosed) return;
      become('ready');
      // What came between the look and the first event is found by a second look.
      if (isFirst) background(() => rescan());
      forgetLater();
    } catch (error) {
      if (!isClosed) await lose(error);
    }
    if (!isClosed) planNext();
  };
  const planNext = () => {
    alarms.set('root', timings.rootMs, () => background(checkRoot));
    if (source === null) return;
    if (listening.isPolling()) alarms.set('poll', Math.max(pollMs, tookMs * 2), () => background(() => rescan()));
    else alarms.set('hourly', timings.hourlyMs, () => background(() => rescan()));
  };
  const rescan = (): Promise<void> => {
    if (isClosed) return Promise.resolve();
    if (running === null) {
      running = scan().finally(() => {
        running = null;
      });
      return running;
    }
    const again = () => {
      next = null;
      return rescan();
    };
    next ??= running.then(again, again);
    return next;
  };
  const checkRoot = async () => {
    const stats = await fs.realpath(config.path).then(
      async (root) => ({ root, ...(await fs.lstat(root)) }),
      () => null,
    );
    const isSame = stats !== null && `${stats.dev}:${stats.ino}:${stats.root}` === rootKey;
    if (isSame && kind === 'ready') alarms.set('root', timings.rootMs, () => background(checkRoot));
    else if (stats === null && kind === 'missing') alarms.set('root', timings.rootMs, () => background(checkRoot));
    else await rescan();
  };
  /** Events are lost in bursts, and a lost one has neighbours that were not. */
  const settleSoon = () => {
    const rest = tookMs * REST;
    alarms.set('settle', Math.max(timings.settleMs, rest), () => background(() => rescan()));
    alarms.setOnce('settle-most', Math.max(timings.settleMaxMs, rest), () => background(() => rescan()));
    forgetLater();
  };
  const forgetLater = () => {
    if (gone.size() === 0 || isClosed) return;
    const keptMs = timings.coalesceMs + 2 * timings.gateMs;
    alarms.setOnce('gone', keptMs, () =>
      background(async () => {
        if (source !== null && !isClosed) await forgetGone(lookInput('', source), timers.now() - keptMs + 10);
        forgetLater();
      }),
    );
  };
  const background = (work: () => Promise<void>) => {
    work().catch((error: unknown) => deps.log.defect('watch: work in the background failed', error));
  };

  tell();
  background(() => rescan());
  return {
    config,
    rescan,
    state,
    watches: () => listening.watches(),
    onWaiting: () => alarms.setOnce('state', timings.stateMs, tell),
    close: async () => {
      isClosed = true;
      alarms.clearAll();
      arrivals.drop(config.id);
      await listening.stop();
      await running;
      await listening.stop();
      alarms.clearAll();
    },
  };
}

function unreadOf(looked: Looked | null): readonly Held[] {
  return (looked?.unread ?? []).slice(0, 20).map(({ relPath, isTooDeep }) => ({
    relPath,
    why: 'closed-folder',
    sentence: isTooDeep ? SAY.tooDeep : SAY.closedFolder,
  }));
}
