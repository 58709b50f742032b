import { err, ok, type Result } from '../../../core/result.ts';
import { SYSTEM_TIMERS } from './alarms.ts';
import { createArrivals } from './arrivals.ts';
import { DISK } from './file-system.ts';
import { createFolder, type FolderRun } from './folder.ts';
import { openHints } from './hints.ts';
import { isInside } from './names.ts';
import { SAY } from './sentences.ts';
import { SYSTEM } from './system.ts';
import { TIMINGS } from './timings.ts';
import type { FolderState, WatchedFolder, WatcherDeps, WatchRefusal } from './types.ts';

/**
 * Watched folders: every file that comes into one is handed over once, when it has stopped changing.
 *
 * Events of the system are hints; a look at the whole folder is the truth. It happens at the start, on resume, `wake`
 * and `rescan`, after any trouble with events, a moment after events have ceased, in and after new folders, and hourly;
 * on network drives, and where the system has no room to listen, every ten seconds instead.
 * The source is only read. Nothing here throws for what lies in a folder.
 */
export interface Watcher {
  /** Begins with a folder and returns once it is accepted, not when it was looked through. A missing one is accepted. */
  add(folder: WatchedFolder): Promise<Result<null, WatchRefusal>>;
  /** Stops and forgets the folder, not what was seen in it. */
  remove(id: string): Promise<void>;
  /** Files in line wait; one that is being handed over is finished. */
  pause(id: string): Promise<void>;
  resume(id: string): void;
  /** Looks through a folder, or all: for a drive that was plugged in, and when the window comes to the front. Files in use are tried again. */
  rescan(id?: string): Promise<void>;
  /** Null for a folder that is not watched. */
  state(id: string): FolderState | null;
  /** The computer has slept: events of that time are lost. */
  wake(): Promise<void>;
  /** Waits for the files that are being handed over. */
  close(): Promise<void>;
}

interface Kept {
  readonly config: WatchedFolder;
  /** Null while it is paused. */
  run: FolderRun | null;
}

export function createWatcher(input: WatcherDeps): Watcher {
  const fs = { ...DISK, ...input.fs };
  const system = { ...SYSTEM, ...input.system };
  const timings = { ...TIMINGS, ...input.timings };
  const timers = input.timers ?? SYSTEM_TIMERS;
  const folders = new Map<string, Kept>();
  let isClosed = false;

  const arrivals = createArrivals({
    ...input,
    fs,
    timers,
    timings,
    platform: system.platform,
    mayHydrate: input.mayHydrate ?? (() => false),
    onChange: (id) => folders.get(id)?.run?.onWaiting(),
  });
  const isOwn = (path: string) => input.ownPlaces().some((place) => isInside(place, path, system.platform));
  const start = (config: WatchedFolder): FolderRun => {
    const listeningElsewhere = () =>
      [...folders.values()].reduce(
        (sum, { run, config: { id } }) => sum + (id === config.id ? 0 : (run?.watches() ?? 0)),
        0,
      );
    const hints = input.openHints ?? openHints;
    return createFolder(config, {
      ...input,
      fs,
      system,
      timings,
      timers,
      openHints: hints,
      arrivals,
      isOwn,
      listeningElsewhere,
    });
  };
  const refusalOf = async ({ id, path }: WatchedFolder): Promise<WatchRefusal | null> => {
    if (folders.has(id)) return { type: 'SameId', sentence: SAY.sameId };
    const real = (one: string) => fs.realpath(one).catch(() => one);
    const own = await real(path);
    for (const place of input.ownPlaces()) {
      const isIn = isInside(place, path, system.platform) || isInside(await real(place), own, system.platform);
      if (isIn) return { type: 'OwnPlace', sentence: SAY.ownPlace };
    }
    for (const { config } of folders.values()) {
      const other = await real(config.path);
      if (isInside(other, own, system.platform))
        return { type: 'InsideWatched', sentence: SAY.insideWatched(config.path) };
      if (isInside(own, other, system.platform))
        return { type: 'HoldsWatched', sentence: SAY.holdsWatched(config.path) };
    }
    const stats = await fs.lstat(own).catch(() => null);
    const isFolder = stats === null || stats.isDirectory();
    return isFolder ? null : { type: 'NotAFolder', sentence: SAY.notAFolder };
  };
  const runs = (id?: string) =>
    [...folders.values()].flatMap(({ run, config }) => (run !== null && (id ?? config.id) === config.id ? [run] : []));
  const rescan = async (id?: string) => {
    await Promise.all(runs(id).map((run) => run.rescan()));
  };
  // One after the other, so that two folders that overlap are not accepted at once.
  let adding: Promise<unknown> = Promise.resolve();
  const add = async (folder: WatchedFolder): Promise<Result<null, WatchRefusal>> => {
    const refusal = await refusalOf(folder);
    if (refusal !== null) return err(refusal);
    const kept: Kept = { config: folder, run: null };
    folders.set(folder.id, kept);
    if (folder.isPaused || isClosed) input.onState(folder.id, PAUSED);
    else kept.run = start(folder);
    return ok(null);
  };
  const stop = async (kept: Kept | undefined) => {
    const run = kept?.run ?? null;
    if (kept !== undefined) kept.run = null;
    await run?.close();
  };
  return {
    add: (folder) => {
      const added = adding.then(() => add(folder));
      adding = added.catch(() => null);
      return added;
    },
    remove: async (id) => {
      const kept = folders.get(id);
      folders.delete(id);
      await stop(kept);
    },
    pause: async (id) => {
      const kept = folders.get(id);
      if (kept === undefined || kept.run === null) return;
      await stop(kept);
      if (kept.run === null) input.onState(id, PAUSED);
    },
    resume: (id) => {
      const kept = folders.get(id);
      if (kept !== undefined && kept.run === null && !isClosed) kept.run = start(kept.config);
    },
    rescan,
    state: (id) => {
      const kept = folders.get(id);
      return kept === undefined ? null : (kept.run?.state() ?? PAUSED);
    },
    wake: () => rescan(),
    close: async () => {
      isClosed = true;
      await Promise.all([...folders.values()].map(stop));
      await arrivals.close();
    },
  };
}

const PAUSED: FolderState = {
  kind: 'paused',
  files: 0,
  waiting: 0,
  method: 'events',
  sentence: SAY.paused,
  lastScanAt: null,
  held: [],
};
