import type { VersionView } from '../../electron/contract/papers.ts';
import type { SyncState } from '../../electron/contract/sync.ts';
import { sizeText } from './papers.ts';
import { useSync } from './sync.ts';

/** A file whose bytes are not on this computer yet: what is true of it, and how far it is when it moves now. */
export interface Way {
  /** For a row. */
  readonly short: string;
  /** For where its pages would be. */
  readonly sentence: string;
  readonly moving: { readonly done: number; readonly bytes: number } | null;
}

type Facts = Pick<VersionView, 'isHere' | 'isHeld' | 'fileName' | 'originalName' | 'bytes'>;

/** Null for a file that is here, and for a held one, which says more of itself. */
export function wayOf(version: Facts, state: SyncState | undefined): Way | null {
  if (version.isHere || version.isHeld) return null;
  const size = sizeText(version.bytes);
  if (state === undefined || state.kind === 'own')
    return { short: 'Not on this computer', sentence: `Not on this computer (${size}).`, moving: null };
  const { files, status } = state;
  if (status !== 'current' && status !== 'syncing')
    return {
      short: 'Comes when the portal answers',
      sentence: `Not on this computer yet (${size}). It comes from the portal when the connection is back.`,
      moving: null,
    };
  if (files.isPaused)
    return {
      short: 'Files are paused',
      sentence: `Not on this computer yet (${size}). Files are paused: it comes when they go on.`,
      moving: null,
    };
  const now = files.current;
  const isIt = now?.way === 'down' && (now.name === version.fileName || now.name === version.originalName);
  return {
    short: isIt ? `Coming, ${sizeText(now.done)} of ${sizeText(now.bytes)}` : 'On its way from the portal',
    sentence: `On its way from the portal (${size}). It opens by itself when it is here.`,
    moving: isIt ? { done: now.done, bytes: now.bytes } : null,
  };
}

export function useWay(version: Facts | null): Way | null {
  const state = useSync();
  return version === null ? null : wayOf(version, state);
}
