import type { Log } from '../../contract/log.ts';
import { createFolders, type Folders } from './folders.ts';
import { outsideIo, ownIo, type VaultIo } from './io.ts';

/** What the parts of one vault share. */
export interface Store {
  readonly folder: string;
  /** For the vault's own folder. */
  readonly io: VaultIo;
  /** For what comes in and goes out. */
  readonly outside: VaultIo;
  readonly log: Log;
  readonly now: () => Date;
  readonly folders: Folders;
  /** Found not to read as it was filed; the next add of the content writes it anew. */
  readonly damaged: Set<string>;
  /** The days of the trash, looked up once; null until then. */
  trashDays: Set<string> | null;
  /** One at a time for each content. */
  locked<T>(sha256: string, work: () => Promise<T>): Promise<T>;
}

export interface VaultDeps {
  /** Closeboard's own folder for files; made when it is not there. */
  readonly folder: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly io?: VaultIo | undefined;
}

export function createStore({ folder, log, now, ...deps }: VaultDeps): Store {
  const io = deps.io ?? ownIo;
  return {
    folder,
    io,
    outside: deps.io ?? outsideIo,
    log,
    now,
    folders: createFolders(io, folder),
    damaged: new Set(),
    trashDays: null,
    locked: createLocks(),
  };
}

function createLocks(): Store['locked'] {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const done = before.then(work, work);
    last.set(key, done);
    const leave = () => {
      if (last.get(key) === done) last.delete(key);
    };
    done.then(leave, leave);
    return done;
  };
}
