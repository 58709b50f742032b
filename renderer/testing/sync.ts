import type { SyncState } from '../../electron/contract/sync.ts';

/** A connection at rest: the portal of this computer, with nothing on its way. */
export function syncOf(change: Partial<SyncState> = {}): SyncState {
  return {
    kind: 'own',
    workspaceName: '',
    url: '',
    role: 'admin',
    status: 'current',
    sentence: 'Everything is saved and kept on this computer.',
    short: 'Up to date',
    waiting: 0,
    toFetch: 0,
    currentAt: '2026-06-17T09:41:00.000Z',
    offlineSince: null,
    attention: 0,
    clockOff: null,
    keyProblem: '',
    files: { up: 0, down: 0, bytesLeft: 0, current: null, isPaused: false, cap: null, problem: '' },
    ...change,
  };
}
