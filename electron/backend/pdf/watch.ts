import type { PdfLimits } from './limits.ts';
import type { PdfProblemType } from './problem.ts';

const MB = 1_000_000;

export interface Watch {
  /** The thread is up: the task's time begins. */
  started(): void;
  /** A sign of progress. */
  alive(): void;
  /** From now on the task has `cancelMs` to answer. */
  cancelled(): void;
  stop(): void;
}

/**
 * Watches one task from outside its thread, and so also when that thread no longer listens. Says once what limit was
 * passed.
 *
 * Time is counted in ticks, not read from a clock: hours that the computer slept, or seconds in which this process was
 * busy itself, are no time that the task had.
 */
export function createWatch(limits: PdfLimits, onLimit: (type: PdfProblemType) => void): Watch {
  const everyMs = Math.max(10, Math.min(250, limits.quietMs / 4, limits.cancelMs / 4));
  const startRss = process.memoryUsage.rss();
  let isStarted = false;
  let total = 0;
  let quiet = 0;
  let sinceCancel: number | null = null;
  let tickedAt = performance.now();

  const reached = (): PdfProblemType | null => {
    if (sinceCancel !== null && sinceCancel > limits.cancelMs) return 'Cancelled';
    if (quiet > (isStarted ? limits.quietMs : limits.startMs) || total > limits.totalMs) return 'TookTooLong';
    return process.memoryUsage.rss() - startRss > limits.growthMb * MB ? 'TooMuchMemory' : null;
  };
  const timer = setInterval(() => {
    const now = performance.now();
    const passed = Math.min(now - tickedAt, 4 * everyMs);
    tickedAt = now;
    if (isStarted) total += passed;
    quiet += passed;
    if (sinceCancel !== null) sinceCancel += passed;
    const type = reached();
    if (type === null) return;
    clearInterval(timer);
    onLimit(type);
  }, everyMs);
  return {
    started: () => {
      isStarted = true;
      quiet = 0;
    },
    alive: () => {
      quiet = 0;
    },
    cancelled: () => {
      sinceCancel ??= 0;
    },
    stop: () => clearInterval(timer),
  };
}
