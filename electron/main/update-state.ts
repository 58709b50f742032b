import type { UpdateState } from '../contract/updates.ts';

/** What happened to the search for, or the download of, an update. */
export type UpdateEvent =
  | { readonly type: 'CheckStarted' }
  | { readonly type: 'Found'; readonly version: string; readonly notes: string }
  | { readonly type: 'NothingNewer' }
  | { readonly type: 'NotInstalled' }
  | { readonly type: 'DownloadStarted' }
  | { readonly type: 'Progressed'; readonly percent: number }
  | { readonly type: 'Downloaded' }
  | { readonly type: 'RestartAsked'; readonly isBusy: boolean }
  | { readonly type: 'InstallFailed' }
  | { readonly type: 'Failed'; readonly reason: FailureReason };

/** Why a check or a download came to nothing; the sentences are below. */
export type FailureReason =
  | 'FeedSilent'
  | 'FeedUnreadable'
  | 'DownloadCut'
  | 'DownloadWrong'
  | 'NoFileForThisSystem'
  | 'NoRoom';

/** The state and, where the event needs it, what an update said of itself while it was being fetched. */
export interface Updating {
  readonly state: UpdateState;
  readonly notes: string;
}

/**
 * The state after an event. An event that makes no sense in a state leaves it as it is,
 * so a late answer of the network can never undo what the person did since.
 */
export function nextUpdating({ state, notes }: Updating, event: UpdateEvent): Updating {
  const to = (next: UpdateState, nextNotes = notes): Updating => ({ state: next, notes: nextNotes });
  const stay = { state, notes };
  switch (event.type) {
    case 'CheckStarted':
      return mayCheck(state) ? to({ kind: 'checking' }, '') : stay;
    case 'Found':
      return state.kind === 'checking' ? to(available(event.version, event.notes), event.notes) : stay;
    case 'NothingNewer':
      return state.kind === 'checking' ? to({ kind: 'none', sentence: 'This is the newest version.' }) : stay;
    case 'NotInstalled':
      return state.kind === 'checking'
        ? to(off('This copy was not installed by an installer, so it cannot update itself.'))
        : stay;
    case 'DownloadStarted':
      return state.kind === 'available' ? to(downloading(state.version, 0)) : stay;
    case 'Progressed':
      return state.kind === 'downloading'
        ? to(downloading(state.version, Math.max(state.percent, event.percent)))
        : stay;
    case 'Downloaded':
      return state.kind === 'downloading' ? to(ready(state.version, notes, readySentence(state.version))) : stay;
    case 'RestartAsked':
      return state.kind === 'ready'
        ? to(ready(state.version, notes, restartSentence(state.version, event.isBusy)))
        : stay;
    case 'InstallFailed':
      return state.kind === 'ready' ? to(ready(state.version, notes, installSentence)) : stay;
    case 'Failed':
      return isUnderWay(state) ? to({ kind: 'failed', sentence: failureSentences[event.reason] }) : stay;
  }
}

/** Whether looking for an update makes sense: not while one is being fetched or waits for the restart. */
function mayCheck(state: UpdateState): boolean {
  return ['idle', 'none', 'failed', 'available'].includes(state.kind);
}

export function off(sentence: string): UpdateState {
  return { kind: 'off', sentence };
}

function isUnderWay(state: UpdateState): boolean {
  return state.kind === 'checking' || state.kind === 'downloading';
}

function available(version: string, notes: string): UpdateState {
  return { kind: 'available', version, notes, sentence: `Closeboard ${version} is available.` };
}

function downloading(version: string, percent: number): UpdateState {
  return {
    kind: 'downloading',
    version,
    percent,
    sentence: `Downloading Closeboard ${version}. You can keep working.`,
  };
}

function ready(version: string, notes: string, sentence: string): UpdateState {
  return { kind: 'ready', version, notes, sentence };
}

function readySentence(version: string): string {
  return `Closeboard ${version} is downloaded. It is installed when you choose Restart, not before.`;
}

function restartSentence(version: string, isBusy: boolean): string {
  return isBusy
    ? 'Something is still running. Choose Restart again when it is done; nothing was stopped.'
    : `Restarting into Closeboard ${version}.`;
}

const installSentence =
  'The update could not be installed, and this version stays. Try Restart again, or run the new installer yourself.';

const failureSentences: Readonly<Record<FailureReason, string>> = {
  FeedSilent: 'The update server could not be reached. Check your connection, then look again.',
  FeedUnreadable:
    'The update server gave an answer that Closeboard cannot read. Nothing was changed; look again later.',
  DownloadCut:
    'The download broke off. The part that came was thrown away and nothing was changed; look again to download it anew.',
  DownloadWrong:
    'The downloaded file is not the one that was published, so it was thrown away and nothing was changed. Look again later; if it happens twice, tell whoever runs your update server.',
  NoFileForThisSystem: 'The update server has no file for this system. Nothing was changed.',
  NoRoom: 'There is no room on the disk for the update. Make some room, then look again.',
};
