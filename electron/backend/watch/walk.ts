import type { Dirent, Stats } from 'node:fs';
import { join } from 'node:path';
import { isMissing, type WatchFs } from './file-system.ts';
import { isIgnoredName } from './names.ts';
import type { Found } from './types.ts';

/** What one look at a folder met, in pieces of at most 256 files. */
export type Met =
  | { readonly type: 'files'; readonly files: readonly Found[] }
  | { readonly type: 'folder'; readonly relPath: string; readonly ino: number }
  /** A folder in it that could not be looked into: nothing is known about what is under it. */
  | { readonly type: 'unread'; readonly relPath: string; readonly isTooDeep: boolean };

export interface WalkInput {
  /** Absolute, without links in it. */
  readonly root: string;
  /** Where to begin, under the root; empty for the root itself. */
  readonly from: string;
  readonly fs: WatchFs;
  /** Folders to pass over, absolute. */
  readonly isOwn: (path: string) => boolean;
  readonly mayGoOn: () => boolean;
}

export const MAX_DEPTH = 20;
const BATCH = 256;
/** A wait for the disk costs far more than the look itself, so that several folders wait at once. */
const FOLDERS_TOGETHER = 8;
const FILES_TOGETHER = 8;

/**
 * Looks at everything under a folder: streamed, never through a link, never out of the root, files only (no pipes,
 * sockets, devices), names by `isIgnoredName`. Other work gets its turn between two batches, since each waits for the disk.
 * Throws when the folder it begins with can't be read; folders under it that can't are told as `unread`.
 */
export async function* walk(input: WalkInput): AsyncGenerator<Met> {
  const open = [input.from];
  const running = new Map<AsyncGenerator<Met>, Promise<Turn>>();
  let files: readonly Found[] = [];
  try {
    for (;;) {
      while (running.size < FOLDERS_TOGETHER && open.length > 0 && input.mayGoOn()) {
        const look = lookSafely(open.pop() ?? '', input, open);
        running.set(look, turnOf(look));
      }
      if (running.size === 0) break;
      const { look, result } = await Promise.race(running.values());
      if (result.done === true) {
        running.delete(look);
        continue;
      }
      running.set(look, turnOf(look));
      if (result.value.type !== 'files') yield result.value;
      else if (files.length + result.value.files.length <= BATCH) files = [...files, ...result.value.files];
      else {
        yield { type: 'files', files };
        files = result.value.files;
      }
    }
    if (files.length > 0) yield { type: 'files', files };
  } finally {
    await Promise.all([...running.keys()].map((look) => look.return(undefined)));
  }
}

/** The next of what a look at one folder meets. */
interface Turn {
  readonly look: AsyncGenerator<Met>;
  readonly result: IteratorResult<Met>;
}

async function turnOf(look: AsyncGenerator<Met>): Promise<Turn> {
  return { look, result: await look.next() };
}

async function* lookSafely(relPath: string, input: WalkInput, open: string[]): AsyncGenerator<Met> {
  if (relPath !== '' && relPath.split('/').length > MAX_DEPTH) {
    yield { type: 'unread', relPath, isTooDeep: true };
    return;
  }
  try {
    yield* lookInto(relPath, input, open);
  } catch (error) {
    if (relPath === input.from) throw error;
    // Gone between being listed and being looked into: not there, which is an answer.
    if (!isMissing(error)) yield { type: 'unread', relPath, isTooDeep: false };
  }
}

async function* lookInto(relPath: string, input: WalkInput, open: string[]): AsyncGenerator<Met> {
  const { root, fs, isOwn, mayGoOn } = input;
  const path = absolute(root, relPath);
  const stats = await fs.lstat(path);
  // A link that has taken a folder's place would lead out of the root. Above it lies what was looked at a moment before;
  // above the first one anything can have happened.
  if (!stats.isDirectory() || (relPath === input.from && (await fs.realpath(path)) !== path)) return;
  yield { type: 'folder', relPath, ino: stats.ino };
  let names: string[] = [];
  for await (const entry of await fs.list(path)) {
    if (!mayGoOn()) return;
    if (isIgnoredName(entry.name)) continue;
    const child = relPath === '' ? entry.name : `${relPath}/${entry.name}`;
    const kind = await kindOf(entry, absolute(root, child), fs);
    if (kind === 'folder' && !isOwn(absolute(root, child))) open.push(child);
    if (kind === 'file') names.push(child);
    if (names.length < BATCH) continue;
    yield { type: 'files', files: await statFiles(names, input) };
    names = [];
  }
  if (names.length > 0) yield { type: 'files', files: await statFiles(names, input) };
}

/** Some file systems list names without their kind. */
async function kindOf(entry: Dirent, path: string, fs: WatchFs): Promise<'file' | 'folder' | 'other'> {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink() || entry.isFIFO() || entry.isSocket()) return 'other';
  if (entry.isBlockDevice() || entry.isCharacterDevice()) return 'other';
  const stats = await fs.lstat(path).catch(() => null);
  if (stats?.isDirectory() === true) return 'folder';
  return stats?.isFile() === true ? 'file' : 'other';
}

async function statFiles(relPaths: readonly string[], input: WalkInput): Promise<readonly Found[]> {
  const all = await statAll(relPaths, input);
  return all.flatMap(({ relPath, stats }) => (stats?.isFile() === true ? [{ relPath, stats }] : []));
}

/** The records of many paths, a few at a time, never through a link; null for what is not there or can't be seen. */
export async function statAll(
  relPaths: readonly string[],
  { root, fs }: Pick<WalkInput, 'root' | 'fs'>,
): Promise<readonly { readonly relPath: string; readonly stats: Stats | null }[]> {
  const found: { relPath: string; stats: Stats | null }[] = [];
  for (let from = 0; from < relPaths.length; from += FILES_TOGETHER) {
    const some = relPaths.slice(from, from + FILES_TOGETHER);
    const stat = async (relPath: string) => ({
      relPath,
      stats: await fs.lstat(absolute(root, relPath)).catch(() => null),
    });
    found.push(...(await Promise.all(some.map(stat))));
  }
  return found;
}

/** The path on this system of one that is kept with "/". */
export function absolute(root: string, relPath: string): string {
  return relPath === '' ? root : join(root, relPath);
}
