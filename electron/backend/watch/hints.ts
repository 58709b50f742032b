import { type FSWatcher as DirectoryWatch, watch as watchDirectory } from 'node:fs';
import { join } from 'node:path';
import { watch } from 'chokidar';
import { isIgnoredPath, relPathOf } from './names.ts';
import { absolute, MAX_DEPTH } from './walk.ts';

/** Where the system is asked to tell of changes, and whom to tell. */
export interface HintsInput {
  /** Absolute, without links in it. */
  readonly root: string;
  /** Every folder in it, under the root, the root as an empty string. */
  readonly folders: readonly string[];
  /** Files and folders in it. */
  readonly entries: number;
  /** Something happened to the file or folder of this path under the root: look. It may be gone, or never have been. */
  readonly onHint: (relPath: string) => void;
  /** Hints were lost, or none come any more. */
  readonly onError: (error: unknown) => void;
}

export interface Hints {
  /** How many folders the system was asked about, as the limit of Linux counts them. */
  readonly watches: () => number;
  /** A folder was made. */
  readonly addFolder: (relPath: string) => void;
  readonly close: () => Promise<void>;
}

export type OpenHints = (input: HintsInput) => Promise<Hints>;

/** Up to here chokidar watches the tree; a larger one is listened to without a record of its files. */
export const LARGE_TREE = 5000;

/**
 * Events of the system, from chokidar for an ordinary folder and from Node itself for a large one.
 *
 * Measured on a tree of 20,000 files in 421 folders (Linux, 2 cores), ready and memory added: chokidar 6 on all of it
 * 1.0 s and 194 MB (274 MB with 4,021 folders); chokidar with the files ignored 0.7 s and 156 MB, since it still reads
 * each one's record; one `fs.watch` for each folder 8 ms and under 1 MB (30 ms, 5 MB). What chokidar adds, telling files
 * from folders and moves from removals, the look at the folder does anyway: hints only say where to look at once.
 */
export const openHints: OpenHints = (input) =>
  input.entries <= LARGE_TREE ? openChokidar(input) : openDirectories(input);

async function openChokidar({ root, onHint, onError }: HintsInput): Promise<Hints> {
  const watcher = watch(root, {
    followSymlinks: false,
    ignoreInitial: true,
    ignored: (path) => {
      const relPath = relPathOf(root, path);
      return relPath !== null && isIgnoredPath(relPath);
    },
    // A depth would take the one recursive watch of macOS and Windows apart into one for each folder.
    ...(process.platform === 'linux' ? { depth: MAX_DEPTH } : {}),
  });
  watcher.on('all', (_event, path) => {
    const relPath = relPathOf(root, path);
    if (relPath !== null) onHint(relPath);
  });
  watcher.on('error', onError);
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return {
    watches: () => Object.keys(watcher.getWatched()).length,
    // It finds new folders itself.
    addFolder: () => {},
    close: () => watcher.close(),
  };
}

/** Linux listens to one folder at a time; macOS and Windows to a whole tree at once. */
async function openDirectories(input: HintsInput): Promise<Hints> {
  const { root, folders, onHint, onError } = input;
  const isTree = process.platform === 'darwin' || process.platform === 'win32';
  const open = new Map<string, DirectoryWatch>();
  const forget = (relPath: string) => {
    open.get(relPath)?.close();
    open.delete(relPath);
  };
  const addFolder = (relPath: string) => {
    if (isTree && relPath !== '') return;
    // The folder may be another one under an old name, which the old watch does not follow.
    forget(relPath);
    try {
      const one = watchDirectory(absolute(root, relPath), { recursive: isTree, persistent: false }, (_event, name) => {
        if (name === null) return onError(new Error('events were lost'));
        const hint = join(relPath, name).replaceAll('\\', '/');
        if (!isIgnoredPath(hint)) onHint(hint);
      });
      // A folder that is removed ends its watch; its parent tells.
      one.on('error', (error) => {
        forget(relPath);
        onError(error);
      });
      open.set(relPath, one);
    } catch (error) {
      onError(error);
    }
  };
  for (const relPath of folders) addFolder(relPath);
  return {
    watches: () => open.size,
    addFolder,
    close: async () => {
      for (const relPath of [...open.keys()]) forget(relPath);
    },
  };
}
