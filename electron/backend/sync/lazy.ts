import { attentionCount } from '../../../db/sync/attention.ts';
import { openCount } from '../../../db/sync/outbox.ts';
import { firstPortalState, readStanding } from '../../../db/sync/state.ts';
import type { SyncDeps } from './deps.ts';
import type { FileQueue, Sync } from './types.ts';
import { syncState } from './view.ts';

/** The board stands long before. */
const BEGIN_AFTER_MS = 3_000;

export interface LazySync extends Sync {
  /** Rows of these deals changed; an empty list means many. */
  changed(dealIds: readonly string[]): void;
  /** The records are gone already: whatever runs is stopped and not waited for. */
  abandon(): void;
}

export interface LazyDeps extends Omit<SyncDeps, 'files'> {
  /** Loads what moves files. */
  readonly makeFiles: () => Promise<FileQueue>;
  readonly beginAfterMs?: number | undefined;
}

/** The same before it is loaded: it tells what is on disk, and loads when it is time or when it is asked for more. */
export function createLazySync({ makeFiles, beginAfterMs = BEGIN_AFTER_MS, ...deps }: LazyDeps): LazySync {
  let loaded: { readonly sync: Sync; readonly files: FileQueue } | null = null;
  let loading: Promise<Sync> | null = null;
  let isClosed = false;

  const load = (): Promise<Sync> => {
    loading ??= Promise.all([import('./sync.ts'), makeFiles()]).then(([{ createSync }, files]) => {
      if (isClosed) throw new Error('the records were closed meanwhile');
      loaded = { files, sync: createSync({ ...deps, files }) };
      return loaded.sync;
    });
    return loading;
  };
  const timer = setTimeout(() => {
    load().catch((error: unknown) => {
      if (!isClosed) deps.log.defect('loading sync', error);
    });
  }, beginAfterMs);
  timer.unref();

  const early = () => {
    const { read } = deps.own.db;
    const state = readStanding(read) ?? { ...firstPortalState(''), wanted: new Map() };
    return syncState(state, {
      ...{ end: null, hasWay: false, why: '', isMoving: false, offlineSince: null, message: '', currentAt: null },
      ...{ clockOffMs: null, keyProblem: '', waiting: openCount(read), attention: attentionCount(read) },
      files: {
        up: 0,
        down: 0,
        bytesLeft: 0,
        current: null,
        isPaused: state.filesPaused,
        cap: state.filesCap,
        problem: '',
      },
      now: deps.nowDate(),
    });
  };
  const stop = () => {
    isClosed = true;
    clearTimeout(timer);
  };
  return {
    state: () => loaded?.sync.state() ?? early(),
    client: () => loaded?.sync.client() ?? null,
    nudge: () => loaded?.sync.nudge(),
    changed: (dealIds) => {
      loaded?.sync.nudge();
      loaded?.files.followed(dealIds);
    },
    tryNow: () => {
      if (loaded !== null) return loaded.sync.tryNow();
      load().then(
        (sync) => sync.tryNow(),
        (error: unknown) => deps.log.defect('loading sync', error),
      );
    },
    checkServer: async (url) => (await load()).checkServer(url),
    join: async (wanted) => (await load()).join(wanted),
    signInAgain: async (code) => (await load()).signInAgain(code),
    signOut: async (wanted) => (await load()).signOut(wanted),
    setFiles: (wanted) => {
      load().then(
        (sync) => sync.setFiles(wanted),
        (error: unknown) => deps.log.defect('loading sync', error),
      );
    },
    close: async () => {
      stop();
      await loading?.catch(() => null);
      await loaded?.sync.close();
    },
    abandon: () => {
      stop();
      loaded?.sync.close().catch((error: unknown) => deps.log.defect('closing sync', error));
    },
  };
}
