import { setTimeout as sleep } from 'node:timers/promises';
import type { AppUpdater, UpdateCheckResult, UpdateInfo } from 'electron-updater';
import type { UpdateState } from '../contract/updates.ts';
import { isSafeFeed } from './update-feed.ts';
import { type FailureReason, nextUpdating, off, type UpdateEvent, type Updating } from './update-state.ts';

/** The part of electron-updater's `autoUpdater` that is used here. */
export type UpdateEngine = Pick<
  AppUpdater,
  | 'autoDownload'
  | 'autoInstallOnAppQuit'
  | 'disableWebInstaller'
  | 'setFeedURL'
  | 'checkForUpdates'
  | 'downloadUpdate'
  | 'quitAndInstall'
  | 'on'
  | 'off'
>;

export interface UpdaterDeps {
  readonly autoUpdater: UpdateEngine;
  /** Folder of `latest*.yml` and the installers; null turns updates off. See update-feed.ts. */
  readonly feedUrl: string | null;
  /** Whether a job runs that a restart would break. */
  readonly isBusy: () => boolean | Promise<boolean>;
  readonly onState: (state: UpdateState) => void;
  /** How long a server may say nothing, in ms, before it is given up. */
  readonly patienceMs?: number;
}

export interface Updater {
  /** Looks for a newer version; never downloads by itself. Resolves when the answer is known. */
  check(): Promise<UpdateState>;
  /** Fetches the version that was found; resolves when it is ready, or refused with a sentence. */
  download(): Promise<UpdateState>;
  /** Installs what is ready and starts again, unless a job runs: then nothing happens but a sentence. */
  restart(): Promise<UpdateState>;
  state(): UpdateState;
  close(): void;
}

/** How long a cancelled download may take to end, in ms. */
const endingMs = 2_000;

/** Updates by electron-updater, one step at a time and each only when a person asks for it. */
export function createUpdater({ autoUpdater, feedUrl, isBusy, onState, patienceMs = 60_000 }: UpdaterDeps): Updater {
  const held = holdState(firstState(feedUrl), onState);
  let token: UpdateCheckResult['cancellationToken'];
  const steps = createSteps(held, patienceMs, () => token?.cancel());
  const look = async (): Promise<UpdateEvent> => {
    const result = await autoUpdater.checkForUpdates();
    token = result?.cancellationToken;
    return answerOf(result);
  };
  const fetchFound = async (): Promise<UpdateEvent> => {
    await autoUpdater.downloadUpdate(token);
    return { type: 'Downloaded' };
  };
  if (held.state().kind !== 'off' && feedUrl) prepare(autoUpdater, feedUrl);
  const unlisten = listen(autoUpdater, held, steps.alive);

  return {
    state: held.state,
    async check() {
      return held.tell({ type: 'CheckStarted' }) ? steps.run(look, 'FeedSilent') : held.state();
    },
    async download() {
      return held.tell({ type: 'DownloadStarted' }) ? steps.run(fetchFound, 'DownloadCut') : held.state();
    },
    async restart() {
      if (held.state().kind !== 'ready') return held.state();
      const busy = await isBusy();
      held.tell({ type: 'RestartAsked', isBusy: busy });
      if (!busy && !held.isClosed()) autoUpdater.quitAndInstall(false, true);
      return held.state();
    },
    close() {
      held.close();
      token?.cancel();
      unlisten();
    },
  };
}

interface Held {
  state(): UpdateState;
  /** Whether the event changed the state. */
  tell(event: UpdateEvent): boolean;
  isClosed(): boolean;
  close(): void;
}

function holdState(first: UpdateState, onState: (state: UpdateState) => void): Held {
  let now: Updating = { state: first, notes: '' };
  let closed = false;
  return {
    state: () => now.state,
    tell(event) {
      const next = nextUpdating(now, event);
      const changed = next.state !== now.state;
      now = next;
      if (changed && !closed) onState(now.state);
      return changed;
    },
    isClosed: () => closed,
    close() {
      closed = true;
    },
  };
}

/** Runs one step at a time; a server that falls silent fails it, however long the engine would go on waiting. */
function createSteps(held: Held, patienceMs: number, cancel: () => void) {
  let alive = () => {};
  const run = async (work: () => Promise<UpdateEvent>, silent: FailureReason): Promise<UpdateState> => {
    const watch = watchSilence(patienceMs);
    alive = watch.alive;
    const working = work();
    try {
      held.tell(await Promise.race([working, watch.silent]));
    } catch (error) {
      cancel();
      // The engine joins a download that is still ending to the next one, so its end is awaited before anything can begin.
      if (held.state().kind === 'downloading') await Promise.race([Promise.allSettled([working]), sleep(endingMs)]);
      held.tell({ type: 'Failed', reason: error === watch ? silent : reasonOf(error, held.state()) });
    } finally {
      watch.stop();
    }
    return held.state();
  };
  return { run, alive: () => alive() };
}

/** @returns what takes the listeners off again */
function listen(autoUpdater: UpdateEngine, held: Held, alive: () => void): () => void {
  const onProgress = ({ percent }: { percent: number }) => {
    alive();
    held.tell({ type: 'Progressed', percent: Math.floor(percent) });
  };
  // Every other error also rejects the step that met it.
  const onError = () => held.tell({ type: 'InstallFailed' });
  autoUpdater.on('download-progress', onProgress);
  autoUpdater.on('error', onError);
  return () => {
    autoUpdater.off('download-progress', onProgress);
    autoUpdater.off('error', onError);
  };
}

/** The state before anybody looked: off, with the reason, where there is no address that may be used. */
export function firstState(feedUrl: string | null): UpdateState {
  if (feedUrl === null) return off('No update address is set, so Closeboard does not look for updates.');
  if (!isSafeFeed(feedUrl)) return off('The update address must begin with https://, so Closeboard does not use it.');
  return { kind: 'idle' };
}

function prepare(autoUpdater: UpdateEngine, feedUrl: string): void {
  autoUpdater.autoDownload = false;
  // A quit is not a yes: only `restart` installs.
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.disableWebInstaller = true;
  autoUpdater.setFeedURL({ provider: 'generic', url: feedUrl });
}

function answerOf(result: UpdateCheckResult | null): UpdateEvent {
  if (result === null) return { type: 'NotInstalled' };
  if (!result.isUpdateAvailable) return { type: 'NothingNewer' };
  return { type: 'Found', version: result.updateInfo.version, notes: notesOf(result.updateInfo.releaseNotes) };
}

/** Release notes as plain text, newest first: markup from a feed is never shown as markup. At most 20,000 characters. */
function notesOf(notes: UpdateInfo['releaseNotes']): string {
  const parts = Array.isArray(notes) ? notes.map(({ version, note }) => `${version}\n${note ?? ''}`) : [notes ?? ''];
  return parts
    .join('\n\n')
    .replaceAll(/<[^>]*>/g, '')
    .trim()
    .slice(0, 20_000);
}

const missingFileCodes = [
  'ERR_UPDATER_NO_FILES_PROVIDED',
  'ERR_UPDATER_ZIP_FILE_NOT_FOUND',
  'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND',
];

/** electron-updater throws errors with a `code` for what it checked itself, and plain ones of the network for the rest. */
function reasonOf(error: unknown, state: UpdateState): FailureReason {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC') return 'NoRoom';
  if (['ERR_CHECKSUM_MISMATCH', 'ERR_UPDATER_INVALID_SIGNATURE'].includes(code)) return 'DownloadWrong';
  if (missingFileCodes.includes(code)) return 'NoFileForThisSystem';
  if (code.startsWith('ERR_UPDATER_')) return 'FeedUnreadable';
  return state.kind === 'downloading' ? 'DownloadCut' : 'FeedSilent';
}

/** Rejects with itself after `ms` without a sign of life. */
function watchSilence(ms: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let give = (_: unknown) => {};
  const watch = {
    alive: () => {
      clearTimeout(timer);
      timer = setTimeout(() => give(watch), ms);
    },
    stop: () => {
      clearTimeout(timer);
      give = () => {};
    },
    silent: new Promise<never>((_, reject) => {
      give = reject;
    }),
  };
  watch.alive();
  return watch;
}
