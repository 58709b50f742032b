import type { Stats } from 'node:fs';
import type { Gone } from './gone.ts';
import type { Place } from './known.ts';
import type { Held, WatchedFolder } from './types.ts';

/** A folder whose files are being taken. */
export interface Source extends Place {
  readonly policy: WatchedFolder['policy'];
  readonly gone: Gone;
  /** The volume the folder is on now. */
  readonly dev: number;
}

/** A file on its way to being taken. Times are on the watcher's own clock, in milliseconds. */
export interface Candidate {
  readonly source: Source;
  readonly relPath: string;
  /** Its place in the order of arrival. */
  readonly order: number;
  readonly seenAt: number;
  stats: Stats;
  /** Since when size and time are the same. */
  stableSince: number;
  /** When to look again; infinite while it is in line, or parked until the next look at the folder. */
  dueAt: number;
  /** Before the next try at a file in use. */
  waitMs: number;
  held: Held['why'] | null;
  /** Someone is at it. */
  isBusy: boolean;
  isDropped: boolean;
}

export function candidateOf(source: Source, relPath: string, stats: Stats, at: number, order: number): Candidate {
  const common = { source, relPath, order, seenAt: at, stats, stableSince: at };
  return { ...common, dueAt: at, waitMs: 0, held: null, isBusy: false, isDropped: false };
}

/** Starts the wait for no change over again. */
export function regate(one: Candidate, stats: Stats, at: number, gateMs: number): void {
  one.stats = stats;
  one.stableSince = at;
  one.dueAt = at + gateMs;
  one.waitMs = 0;
  one.held = null;
}
