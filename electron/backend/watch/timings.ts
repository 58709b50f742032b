/** Milliseconds. The defaults are those of the promises; tests shorten them. */
export interface WatchTimings {
  /** Size and time of a file must stay the same for this long. */
  readonly gateMs: number;
  /** An empty file, or a PDF without its ends, is handed over all the same after this long without a change. */
  readonly incompleteMs: number;
  /** A file in use is tried again after this long, then twice as long, up to `lockMaxMs`. */
  readonly lockMs: number;
  readonly lockMaxMs: number;
  /** A file removed and put back, or copied and removed, within this is the same file. */
  readonly coalesceMs: number;
  /** Between two looks whether the folder itself is there. */
  readonly rootMs: number;
  readonly pollMs: number;
  readonly hourlyMs: number;
  /** Looks at a folder that was just made: what was put into it before the system listened sends no event. */
  readonly newFolderMs: readonly number[];
  /** A full look follows the last event by this, in case its neighbours were lost... */
  readonly settleMs: number;
  /** ...and while events keep coming, one at least this often. */
  readonly settleMaxMs: number;
  /** States are told at most this often. */
  readonly stateMs: number;
}

export const TIMINGS: WatchTimings = {
  gateMs: 2000,
  incompleteMs: 60_000,
  lockMs: 250,
  lockMaxMs: 30_000,
  coalesceMs: 2000,
  rootMs: 10_000,
  pollMs: 10_000,
  hourlyMs: 3_600_000,
  newFolderMs: [0, 1000, 10_000],
  settleMs: 5000,
  settleMaxMs: 30_000,
  stateMs: 200,
};
