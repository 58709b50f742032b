import type { Alarms } from './alarms.ts';
import type { Arrivals } from './arrivals.ts';
import type { Source } from './candidate.ts';
import { codeOf, type WatchFs } from './file-system.ts';
import type { Gone } from './gone.ts';
import { type Hints, LARGE_TREE, type OpenHints } from './hints.ts';
import type { Looked } from './look.ts';
import { isIgnoredPath } from './names.ts';
import { hasHeadroom, type WatchSystem } from './system.ts';
import type { WatchTimings } from './timings.ts';
import type { SeenStore, Timers } from './types.ts';
import { absolute, statAll } from './walk.ts';

export interface ListeningDeps {
  readonly folderId: string;
  readonly store: SeenStore;
  readonly fs: WatchFs;
  readonly system: WatchSystem;
  readonly timers: Timers;
  readonly timings: WatchTimings;
  readonly openHints: OpenHints;
  readonly arrivals: Arrivals;
  readonly alarms: Alarms;
  readonly gone: Gone;
  readonly isOwn: (path: string) => boolean;
  readonly listeningElsewhere: () => number;
  /** The folder while it is there. */
  readonly source: () => Source | null;
  readonly look: (from: string, source: Source) => Promise<Looked>;
  readonly onActivity: () => void;
  /** Events were lost, so that only a look at everything helps. */
  readonly onLost: () => void;
  /** The system tells nothing any more: looks have to take over. */
  readonly onPolling: () => void;
}

/** Listens to what the system tells of a folder, and looks where it points. */
export interface Listening {
  /** After each look: begins to listen, or follows what the look found. True when it has just begun. */
  readonly keepUp: (source: Source, looked: Looked) => Promise<boolean>;
  readonly isPolling: () => boolean;
  readonly watches: () => number;
  readonly stop: () => Promise<void>;
}

/** The limits of Linux on folders and on listeners, and that on open files. */
const OUT_OF_ROOM = new Set(['ENOSPC', 'EMFILE', 'ENFILE']);
const BATCH = 256;
const LOST_MS = 500;

export function createListening(deps: ListeningDeps): Listening {
  const { alarms, timings, openHints } = deps;
  let hints: Hints | null = null;
  let isLarge = false;
  let isFull = false;
  let folders = new Map<string, number>();
  const pending = new Set<string>();
  let draining: Promise<void> | null = null;
  let round = 0;

  const onHint = (relPath: string) => {
    if (isIgnoredPath(relPath) || deps.source() === null) return;
    pending.add(relPath);
    deps.onActivity();
    draining ??= drain().finally(() => {
      draining = null;
    });
  };
  const drain = async () => {
    while (pending.size > 0) {
      const source = deps.source();
      const some = [...pending].slice(0, BATCH);
      for (const relPath of some) pending.delete(relPath);
      if (source === null) continue;
      try {
        await follow(some, source);
      } catch {
        // The disk or the records failed under it: the look that follows says so, and does not lose these.
        onError(null);
      }
    }
  };
  const follow = async (relPaths: readonly string[], source: Source) => {
    const foreign = relPaths.filter((relPath) => !deps.isOwn(absolute(source.root, relPath)));
    const all = await statAll(foreign, { root: source.root, fs: deps.fs });
    const files = all.flatMap(({ relPath, stats }) => (stats?.isFile() === true ? [{ relPath, stats }] : []));
    // A file of the same name may have been a folder before.
    for (const { relPath, stats } of all) {
      if (stats === null) noteGone(relPath, source);
      else if (stats.isDirectory() && folders.get(relPath) !== stats.ino) meetFolder(relPath, stats.ino);
    }
    if (files.length > 0) await deps.arrivals.meet(source, files, 'event');
    for (const { relPath } of files) deps.arrivals.nudge(deps.folderId, relPath);
  };
  const noteGone = (relPath: string, source: Source) => {
    const now = deps.timers.now();
    const entry = deps.store.getMany(deps.folderId, [relPath]).get(relPath);
    if (entry !== undefined) deps.gone.note(entry, now, now);
    if (!folders.delete(relPath)) return;
    for (const path of [...folders.keys()]) if (path.startsWith(`${relPath}/`)) folders.delete(path);
    if (source === deps.source()) deps.onActivity();
  };
  /** What was put into a new folder before the system listened to it sends no event: looked at now and twice later. */
  const meetFolder = (relPath: string, ino: number) => {
    const source = deps.source();
    if (source === null || deps.isOwn(absolute(source.root, relPath))) return;
    folders.set(relPath, ino);
    hints?.addFolder(relPath);
    for (const [index, ms] of timings.newFolderMs.entries()) {
      alarms.setOnce(`folder ${index} ${relPath}`, ms, () => {
        lookAt(relPath).catch(() => onError(null));
      });
    }
  };
  const lookAt = async (relPath: string) => {
    const source = deps.source();
    if (source === null) return;
    const looked = await deps.look(relPath, source).catch(() => null);
    // Removed again, or no folder any more: its parent tells.
    if (looked === null || source !== deps.source()) return;
    for (const [path, ino] of looked.folders) if (folders.get(path) !== ino) meetFolder(path, ino);
  };
  const onError = (error: unknown) => {
    if (!OUT_OF_ROOM.has(codeOf(error))) {
      alarms.setOnce('lost', LOST_MS, deps.onLost);
      return;
    }
    isFull = true;
    close().then(deps.onPolling, deps.onPolling);
  };
  const close = async () => {
    const open = hints;
    hints = null;
    round += 1;
    pending.clear();
    await open?.close();
  };
  const open = async (source: Source, looked: Looked): Promise<boolean> => {
    const isRoom = await hasHeadroom(looked.folders.size, deps.listeningElsewhere(), deps.system);
    if (!isRoom) {
      isFull = true;
      return false;
    }
    const mine = ++round;
    const entries = looked.files + looked.folders.size;
    const whileMine =
      <T>(run: (value: T) => void) =>
      (value: T) => {
        if (mine === round) run(value);
      };
    const opened = await openHints({
      root: source.root,
      folders: [...looked.folders.keys()],
      entries,
      onHint: whileMine(onHint),
      onError: whileMine(onError),
    });
    if (mine !== round) {
      await opened.close();
      return false;
    }
    hints = opened;
    isLarge = entries > LARGE_TREE;
    return true;
  };
  return {
    keepUp: async (source, looked) => {
      const before = folders;
      folders = new Map(looked.folders);
      if (!source.hasSteadyNumbers || isFull) return false;
      // A tree that has grown large is listened to in the way that costs less.
      if (hints !== null && !isLarge && looked.files > 2 * LARGE_TREE) await close();
      if (hints === null) return open(source, looked);
      for (const [path, ino] of looked.folders) if (before.get(path) !== ino) meetFolder(path, ino);
      return false;
    },
    isPolling: () => isFull || deps.source()?.hasSteadyNumbers === false,
    watches: () => hints?.watches() ?? 0,
    stop: async () => {
      isFull = false;
      folders = new Map();
      await close();
      await draining;
    },
  };
}
