import type { Log } from '../../contract/log.ts';
import { type Candidate, candidateOf, regate, type Source } from './candidate.ts';
import { isSameFile } from './contents.ts';
import type { WatchFs } from './file-system.ts';
import { createHandOver } from './hand-over.ts';
import { recognise } from './known.ts';
import { createQueue } from './queue.ts';
import { SAY } from './sentences.ts';
import { createStep } from './step.ts';
import type { WatchTimings } from './timings.ts';
import type { ArrivedFile, Found, Held, SeenStore, Timers, WatcherDeps } from './types.ts';

export interface ArrivalsDeps {
  readonly store: SeenStore;
  readonly onFile: WatcherDeps['onFile'];
  readonly log: Log;
  readonly fs: WatchFs;
  readonly timers: Timers;
  readonly timings: WatchTimings;
  readonly mayHydrate: (folderId: string) => boolean;
  readonly platform: NodeJS.Platform;
  /** How many wait, or what is held, is no longer what it was. */
  readonly onChange: (folderId: string) => void;
}

/**
 * A file that the system told of is most likely being written, so that a look soon after sees the end of that. One met
 * by a look at the whole folder has mostly lain there: it is looked at again when its wait is over.
 */
export type MetBy = 'event' | 'look';

/** Files from the moment they are met until they are taken, of all folders. */
export interface Arrivals {
  /** Looks through a batch and keeps what is not known yet. Answers at how many of the paths something was seen before. */
  readonly meet: (source: Source, files: readonly Found[], as: MetBy) => Promise<number>;
  /** Something happened to a file that may be on its way: look now, also when it was parked. */
  readonly nudge: (folderId: string, relPath?: string) => void;
  /** Lets go of the files of a folder; one that is being handed over is finished. */
  readonly drop: (folderId: string) => void;
  readonly waiting: (folderId: string) => number;
  readonly held: (folderId: string) => readonly Held[];
  readonly close: () => Promise<void>;
}

/** What the parts of the way share. */
export interface Way extends ArrivalsDeps {
  readonly leave: (one: Candidate) => void;
  readonly refuse: (one: Candidate, sentence: string) => void;
  readonly handOver: (one: Candidate, facts: ArrivalFacts) => void;
  /** A file came back from the receiver: some may be due again. */
  readonly onHandled: () => void;
}

export type ArrivalFacts = Pick<ArrivedFile, 'isNewContent' | 'previousSha256' | 'isIncomplete'>;

const SENTENCES = {
  locked: SAY.inUse,
  placeholder: SAY.placeholder,
  incomplete: SAY.incomplete,
} as const;
const LOOKS_TOGETHER = 8;
const HANDED_TOGETHER = 2;
const MOST_HELD = 100;

export function createArrivals(deps: ArrivalsDeps): Arrivals {
  const byFolder = new Map<string, Map<string, Candidate>>();
  const refused = new Map<string, Map<string, string>>();
  const looks = createQueue(LOOKS_TOGETHER, deps.log);
  const line = createQueue(HANDED_TOGETHER, deps.log);
  let order = 0;
  let timer: unknown = null;
  let isClosed = false;
  const of = (folderId: string) => byFolder.get(folderId) ?? new Map<string, Candidate>();

  const leave = (one: Candidate) => {
    one.isDropped = true;
    const all = of(one.source.folderId);
    if (all.get(one.relPath) === one) all.delete(one.relPath);
    deps.onChange(one.source.folderId);
  };
  const refuse = (one: Candidate, sentence: string) => {
    const some = refused.get(one.source.folderId) ?? new Map<string, string>();
    if (some.size < MOST_HELD) refused.set(one.source.folderId, some.set(one.relPath, sentence));
    leave(one);
  };
  const way = { ...deps, leave, refuse, onHandled: () => plan() };
  const step = createStep({ ...way, handOver: createHandOver(way, line) });

  const tick = () => {
    timer = null;
    const now = deps.timers.now();
    for (const all of byFolder.values()) {
      for (const one of all.values()) {
        if (one.isBusy || one.dueAt > now) continue;
        one.isBusy = true;
        looks.add(one.order, async () => {
          try {
            if (!one.isDropped) await step(one);
          } catch (error) {
            one.dueAt = deps.timers.now() + deps.timings.lockMaxMs;
            throw error;
          } finally {
            one.isBusy = false;
            plan();
          }
        });
      }
    }
    plan();
  };
  /** One timer for all; due times are coarse, so that thousands of files make a few looks and not thousands. */
  const plan = () => {
    if (timer !== null || isClosed) return;
    const isAnyDue = [...byFolder.values()].some((all) => hasDue(all));
    if (isAnyDue) timer = deps.timers.set(tick, Math.max(5, Math.min(250, deps.timings.gateMs / 8)));
  };
  /** Not one that someone is at, or that is in line: there it is looked at once more anyway. */
  const meetAgain = (one: Candidate, { stats }: Found, now: number) => {
    const isWaiting = !one.isBusy && one.dueAt !== Number.POSITIVE_INFINITY;
    if (isWaiting && !isSameFile(stats, one.stats)) regate(one, stats, now, deps.timings.gateMs);
  };
  return {
    meet: async (source, files, as) => {
      const { unknown, known } = await recognise(source, files, deps);
      if (isClosed || unknown.length === 0) return known;
      const all = of(source.folderId);
      byFolder.set(source.folderId, all);
      const now = deps.timers.now();
      for (const { found } of unknown) {
        const there = all.get(found.relPath);
        if (there !== undefined) {
          meetAgain(there, found, now);
          continue;
        }
        order += 1;
        refused.get(source.folderId)?.delete(found.relPath);
        const one = candidateOf(source, found.relPath, found.stats, now, order);
        if (as === 'look') one.dueAt = now + deps.timings.gateMs;
        all.set(found.relPath, one);
      }
      deps.onChange(source.folderId);
      plan();
      return known;
    },
    nudge: (folderId, relPath) => {
      const all = of(folderId);
      const some = relPath === undefined ? [...all.values()] : [all.get(relPath)];
      for (const one of some) if (one !== undefined && one.held !== null) one.dueAt = deps.timers.now();
      plan();
    },
    drop: (folderId) => {
      for (const one of of(folderId).values()) one.isDropped = true;
      byFolder.delete(folderId);
      refused.delete(folderId);
    },
    waiting: (folderId) => of(folderId).size,
    held: (folderId) => heldOf(of(folderId), refused.get(folderId)),
    close: async () => {
      isClosed = true;
      if (timer !== null) deps.timers.clear(timer);
      for (const all of byFolder.values()) for (const one of all.values()) one.isDropped = true;
      await looks.close();
      await line.close();
    },
  };
}

function hasDue(all: ReadonlyMap<string, Candidate>): boolean {
  for (const one of all.values()) if (!one.isBusy && one.dueAt !== Number.POSITIVE_INFINITY) return true;
  return false;
}

function heldOf(
  all: ReadonlyMap<string, Candidate>,
  refused: ReadonlyMap<string, string> = new Map(),
): readonly Held[] {
  const held: Held[] = [...refused].map(([relPath, sentence]) => ({ relPath, why: 'refused', sentence }));
  for (const { relPath, held: why } of all.values()) {
    if (held.length >= MOST_HELD) break;
    if (why === 'locked' || why === 'placeholder' || why === 'incomplete')
      held.push({ relPath, why, sentence: SENTENCES[why] });
  }
  return held;
}
