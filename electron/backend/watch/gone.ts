import type { SeenEntry } from './types.ts';

/** Files that were seen and are not there any more, kept for a moment: they may come back, or be found elsewhere. */
export interface Gone {
  /** `from`..`to`: between when and when it went, on the watcher's own clock. */
  readonly note: (entry: SeenEntry, from: number, to: number) => void;
  /** Those of this length that went within `coalesceMs` of `at`. */
  readonly like: (bytes: number, at: number) => readonly SeenEntry[];
  readonly forget: (relPath: string) => void;
  /** Those that went before `at`. */
  readonly before: (at: number) => readonly SeenEntry[];
  readonly size: () => number;
}

interface Noted {
  readonly entry: SeenEntry;
  readonly from: number;
  readonly to: number;
}

/** What does not fit is noted by the next look. */
const MOST = 20_000;

export function createGone(coalesceMs: number): Gone {
  const all = new Map<string, Noted>();
  // By length: a folder of thousands that was exchanged for its copy asks thousands of times.
  const byLength = new Map<number, Map<string, Noted>>();
  return {
    note: (entry, from, to) => {
      if (all.size >= MOST || all.has(entry.relPath)) return;
      const noted = { entry, from, to };
      all.set(entry.relPath, noted);
      byLength.set(entry.bytes, (byLength.get(entry.bytes) ?? new Map()).set(entry.relPath, noted));
    },
    like: (bytes, at) =>
      [...(byLength.get(bytes)?.values() ?? [])]
        .filter(({ entry, from, to }) => entry.sha256 !== null && at >= from - coalesceMs && at <= to + coalesceMs)
        .map(({ entry }) => entry),
    forget: (relPath) => {
      const noted = all.get(relPath);
      if (noted === undefined) return;
      all.delete(relPath);
      byLength.get(noted.entry.bytes)?.delete(relPath);
    },
    before: (at) => [...all.values()].filter(({ to }) => to < at).map(({ entry }) => entry),
    size: () => all.size,
  };
}
