import type { Stats } from 'node:fs';
import type { Log } from '../../contract/log.ts';
import type { WatchFs } from './file-system.ts';
import type { OpenHints } from './hints.ts';
import type { WatchSystem } from './system.ts';
import type { WatchTimings } from './timings.ts';

/** A folder of the person's that Closeboard looks after. */
export interface WatchedFolder {
  readonly id: string;
  /** Absolute. It may be missing for now, such as a drive that is not plugged in. */
  readonly path: string;
  /** Told with every file. The watcher itself never changes, moves or removes anything in the folder. */
  readonly policy: 'leave' | 'copy' | 'move';
  readonly isPaused: boolean;
  /** Milliseconds between two looks where the system tells nothing (a network share); 10,000 when left out. */
  readonly pollMs?: number;
  /**
   * Epoch milliseconds: files that came into the folder before this are noted and left alone. Judged by the later of
   * birth and change of the file's record, which a copy or a move into the folder renews and a kept date does not.
   * Left out, everything in the folder arrives.
   */
  readonly sinceMs?: number;
}

/** A file that has stopped changing and may be read. Everything in it is from outside: the name and size are not to be trusted. */
export interface ArrivedFile {
  readonly folderId: string;
  readonly policy: WatchedFolder['policy'];
  /** Absolute. A link can have taken its place since: open it without following links. */
  readonly path: string;
  /** Under the folder, with "/" on every system, spelled as the disk spells it. */
  readonly relPath: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly dev: number;
  readonly ino: number;
  /** The same path held other content when it was last taken. */
  readonly isNewContent: boolean;
  /** SHA-256 in hex of that other content. */
  readonly previousSha256: string | null;
  /** Empty, or a PDF without a beginning or an end, that has not changed for a minute: most likely damaged. */
  readonly isIncomplete: boolean;
}

/** What the receiver made of a file. `again`: it changed or was in use meanwhile. `refused`: not offered again until it changes. */
export type Taken =
  | { readonly type: 'taken'; readonly sha256: string }
  | { readonly type: 'again'; readonly inMs: number }
  | { readonly type: 'refused'; readonly sentence: string };

/** A file, or a folder in the folder, that is not taken and why. */
export interface Held {
  readonly relPath: string;
  readonly why: 'locked' | 'placeholder' | 'incomplete' | 'refused' | 'closed-folder';
  readonly sentence: string;
}

export interface FolderState {
  readonly kind: 'ready' | 'scanning' | 'paused' | 'missing' | 'problem';
  /** Files in it at the last full look, without hidden and temporary ones. */
  readonly files: number;
  /** Files that are not taken yet: still being written, in use, or in line. */
  readonly waiting: number;
  readonly method: 'events' | 'polling';
  /** What to say about it; empty when there is nothing to say. */
  readonly sentence: string;
  /** Epoch milliseconds; null before the first. */
  readonly lastScanAt: number | null;
  /** At most 100. */
  readonly held: readonly Held[];
}

/** One file that was dealt with, as the watcher remembers it over restarts. */
export interface SeenEntry {
  readonly folderId: string;
  /** Key together with `folderId`; compared byte by byte. */
  readonly relPath: string;
  readonly dev: number;
  /** On Windows rounded to 53 bits: never trusted without size and time. */
  readonly ino: number;
  readonly bytes: number;
  /** With its fraction: store it as a REAL. */
  readonly mtimeMs: number;
  readonly sha256: string | null;
  /** `ignored`: refused by the receiver, or in the folder before it was watched. */
  readonly state: 'taken' | 'ignored';
}

/** Where seen files are kept. Synchronous like SQLite; an index on (folderId, dev, ino) keeps renames quick. */
export interface SeenStore {
  /** At most 256 paths; what is not known is not in the map. */
  getMany(folderId: string, relPaths: readonly string[]): ReadonlyMap<string, SeenEntry>;
  /** Writes all in one transaction, each over the one with the same key. */
  put(entries: readonly SeenEntry[]): void;
  remove(folderId: string, relPath: string): void;
  /** More than one for hard links. */
  byIdentity(folderId: string, dev: number, ino: number): readonly SeenEntry[];
  /** How many entries the folder has. */
  count(folderId: string): number;
  /** The next `limit` entries of the folder after a path, ordered by the bytes of the path; all of them in pages. */
  all(folderId: string, after: string | null, limit: number): readonly SeenEntry[];
}

/** Why a folder cannot be watched. */
export type WatchRefusal = {
  readonly type: 'OwnPlace' | 'InsideWatched' | 'HoldsWatched' | 'NotAFolder' | 'SameId';
  readonly sentence: string;
};

export interface Timers {
  /** Milliseconds that only go forward, so that a wrong clock holds nothing up. */
  now(): number;
  set(run: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

export interface WatcherDeps {
  readonly store: SeenStore;
  /** At most two at a time. One that throws is logged, and its file offered again half a minute later. */
  readonly onFile: (file: ArrivedFile) => Promise<Taken>;
  readonly onState: (id: string, state: FolderState) => void;
  readonly log: Log;
  /** Epoch milliseconds, only to be shown. */
  readonly now: () => number;
  /** The vault and the deal folders: never watched, and passed over inside a watched folder. Absolute. */
  readonly ownPlaces: () => readonly string[];
  /** Whether files that are only in the cloud may be fetched by reading them. Never, when left out. */
  readonly mayHydrate?: (folderId: string) => boolean;
  readonly timers?: Timers;
  readonly openHints?: OpenHints;
  readonly fs?: Partial<WatchFs>;
  readonly system?: Partial<WatchSystem>;
  readonly timings?: Partial<WatchTimings>;
}

/** A regular file as a look at the folder found it. */
export interface Found {
  readonly relPath: string;
  readonly stats: Stats;
}
