import { removeFolders } from './folders.ts';
import { killOffspring } from './processes.ts';

/** Who is told to end, by a terminal or by whoever started it, has stopped and not failed. */
const STOPPED = 130;
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Told to end, this process takes everything along that it started, whatever a journey is doing just then. To be called
 * before anything is started: the driver of the browsers listens too, and closes them without ending anything.
 */
export function endOnSignals(): void {
  for (const signal of SIGNALS) process.on(signal, endNow);
}

/** All at once and nothing awaited, so that nothing can be started meanwhile. */
export function endNow(): never {
  killOffspring();
  removeFolders();
  process.exit(STOPPED);
}
