import { setTimeout as pause } from 'node:timers/promises';
import { UPLOAD_CHUNK } from '../../../../portal/api/device-calls.ts';

/** How fast files may go, both ways together. */
export interface Pace {
  /** Kilobytes a second; null without a cap. */
  set(cap: number | null): void;
  /** So many bytes go next: waits until that is within the cap. Rejects when the signal ends it. */
  take(bytes: number, signal: AbortSignal): Promise<void>;
  /** The most to ask for at once, so that a slow line is kept evenly and not in bursts. */
  piece(): number;
}

/** A piece under a cap is what goes in so many seconds. */
const PIECE_SECONDS = 2;
const LEAST = 32 * 1024;

export function createPace(clock: () => number = () => performance.now()): Pace {
  let cap: number | null = null;
  /** When all that was taken so far has gone, in milliseconds of the clock. */
  let freeAt = 0;
  return {
    set: (wanted) => {
      if (wanted === cap) return;
      cap = wanted;
      freeAt = clock();
    },
    take: async (bytes, signal) => {
      signal.throwIfAborted();
      if (cap === null) return;
      const at = Math.max(clock(), freeAt);
      freeAt = at + bytes / (cap * 1.024);
      const wait = at - clock();
      if (wait > 0) await pause(wait, undefined, { signal });
    },
    piece: () => (cap === null ? UPLOAD_CHUNK : Math.min(UPLOAD_CHUNK, Math.max(LEAST, cap * 1024 * PIECE_SECONDS))),
  };
}
