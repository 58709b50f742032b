import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Log } from '../../contract/log.ts';
import { type OpenHints, openHints } from './hints.ts';
import type { WatchTimings } from './timings.ts';
import type { ArrivedFile, FolderState, SeenEntry, SeenStore, Taken, WatchedFolder, WatcherDeps } from './types.ts';
import { createWatcher, type Watcher } from './watcher.ts';

/** Seen files in memory: for tests and benches, which need no database. */
export function memorySeenStore(): SeenStore {
  const byPath = new Map<string, SeenEntry>();
  const byNumber = new Map<string, Set<string>>();
  let sorted: string[] | null = null;
  const key = (folderId: string, relPath: string) => `${folderId}\0${relPath}`;
  const number = ({ folderId, dev, ino }: Pick<SeenEntry, 'folderId' | 'dev' | 'ino'>) => `${folderId}\0${dev}\0${ino}`;
  const drop = (path: string) => {
    const entry = byPath.get(path);
    if (entry === undefined) return;
    byPath.delete(path);
    byNumber.get(number(entry))?.delete(path);
    sorted = null;
  };
  return {
    getMany: (folderId, relPaths) =>
      new Map(
        relPaths.flatMap((relPath) => {
          const entry = byPath.get(key(folderId, relPath));
          return entry === undefined ? [] : [[relPath, entry]];
        }),
      ),
    put: (entries) => {
      for (const entry of entries) {
        const path = key(entry.folderId, entry.relPath);
        drop(path);
        byPath.set(path, entry);
        byNumber.set(number(entry), (byNumber.get(number(entry)) ?? new Set()).add(path));
      }
      sorted = null;
    },
    remove: (folderId, relPath) => drop(key(folderId, relPath)),
    byIdentity: (folderId, dev, ino) =>
      [...(byNumber.get(number({ folderId, dev, ino })) ?? [])].flatMap((path) => byPath.get(path) ?? []),
    count: (folderId) => [...byPath.values()].filter((entry) => entry.folderId === folderId).length,
    all: (folderId, after, limit) => {
      sorted ??= [...byPath.keys()].sort();
      const from = after === null ? `${folderId}\0` : `${key(folderId, after)}\0`;
      const begin = sorted.findIndex((path) => path >= from);
      const page = begin === -1 ? [] : sorted.slice(begin, begin + limit);
      return page.flatMap((path) => byPath.get(path) ?? []).filter((entry) => entry.folderId === folderId);
    },
  };
}

/** A number in 0..1 that follows from a seed: the same ones again for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The real events with a share of them lost. */
export function losing(share: number, random: () => number, inner: OpenHints = openHints): OpenHints {
  return (input) =>
    inner({
      ...input,
      onHint: (relPath) => {
        if (random() >= share) input.onHint(relPath);
      },
    });
}

/** The waits of the product, a few times shorter. */
const SHORT: Partial<WatchTimings> = {
  gateMs: 120,
  incompleteMs: 900,
  lockMs: 20,
  lockMaxMs: 160,
  coalesceMs: 200,
  rootMs: 100,
  pollMs: 100,
  newFolderMs: [0, 60, 400],
  settleMs: 250,
  settleMaxMs: 1000,
  stateMs: 10,
};

export const QUIET: Log = { info: () => {}, warn: () => {}, defect: () => {} };

/** A PDF as far as the gate can tell. */
export function pdf(text: string): string {
  return `%PDF-1.7\n${text}\n%%EOF\n`;
}

export interface Rig {
  readonly root: string;
  readonly store: SeenStore;
  readonly watcher: Watcher;
  readonly got: ArrivedFile[];
  readonly defects: unknown[];
  /** SHA-256 of each file as it was when it was handed over, in the order of `got`. */
  readonly hashes: string[];
  readonly write: (relPath: string, text?: string) => string;
  readonly add: (more?: Partial<WatchedFolder>) => ReturnType<Watcher['add']>;
  readonly state: () => FolderState;
  /** Waits for something to become true; throws with the state after 20 s. */
  readonly until: (isSo: () => boolean) => Promise<void>;
  /** Waits until the folder has been looked through and nothing waits. */
  readonly quiet: () => Promise<void>;
  readonly names: () => readonly string[];
  readonly close: () => Promise<void>;
}

export interface RigOptions extends Partial<Omit<WatcherDeps, 'timings'>> {
  readonly root?: string;
  readonly timings?: Partial<WatchTimings>;
  readonly receive?: (file: ArrivedFile, sha256: string) => Taken | Promise<Taken>;
}

/** A watcher over a temporary folder of its own, with a receiver that reads each file whole. */
export function createRig({ receive, root: given, timings, ...more }: RigOptions = {}): Rig {
  const root = given ?? realpathSync(mkdtempSync(join(tmpdir(), 'closeboard-watch-')));
  const store = more.store ?? memorySeenStore();
  const got: ArrivedFile[] = [];
  const hashes: string[] = [];
  const defects: unknown[] = [];
  const onFile = async (file: ArrivedFile): Promise<Taken> => {
    const sha256 = createHash('sha256').update(readFileSync(file.path)).digest('hex');
    got.push(file);
    hashes.push(sha256);
    return receive === undefined ? { type: 'taken', sha256 } : receive(file, sha256);
  };
  const watcher = createWatcher({
    store,
    onFile,
    onState: () => {},
    log: { ...QUIET, defect: (_where, error) => defects.push(error) },
    now: () => 0,
    ownPlaces: () => [],
    ...more,
    timings: { ...SHORT, ...timings },
  });
  const state = () => {
    const found = watcher.state('f');
    if (found === null) throw new Error('not watched');
    return found;
  };
  const until = async (isSo: () => boolean) => {
    const end = performance.now() + 20_000;
    while (!isSo()) {
      if (performance.now() > end) throw new Error(`not so after 20 s: ${JSON.stringify(watcher.state('f'))}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    root,
    store,
    watcher,
    got,
    hashes,
    defects,
    write: (relPath, text = pdf(relPath)) => {
      const path = join(root, relPath);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      return path;
    },
    add: (folder) => watcher.add({ id: 'f', path: root, policy: 'leave', isPaused: false, ...folder }),
    state,
    until,
    quiet: async () => {
      await until(() => state().kind === 'ready');
      await watcher.rescan('f');
      await until(() => state().waiting === 0);
    },
    names: () => got.map(({ relPath }) => relPath).sort(),
    close: async () => {
      await watcher.close();
      if (given === undefined) rmSync(root, { recursive: true, force: true });
    },
  };
}
