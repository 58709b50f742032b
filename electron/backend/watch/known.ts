import type { Stats } from 'node:fs';
import type { WatchFs } from './file-system.ts';
import { fold } from './names.ts';
import type { Found, SeenEntry, SeenStore } from './types.ts';
import { statAll } from './walk.ts';

/** A watched folder while it is there. */
export interface Place {
  readonly folderId: string;
  /** Absolute, without links in it. */
  readonly root: string;
  readonly sinceMs: number;
  /** Network drives give a file another number each time they are connected. */
  readonly hasSteadyNumbers: boolean;
}

/** `unsure`: the same by all but one sign, so that only the content can tell. */
export type Verdict = 'new' | 'same' | 'unsure' | 'rewritten';

/** Compares a file with what was seen at its path. Numbers of files are used again: alone they prove nothing. */
function judge(entry: SeenEntry | undefined, stats: Stats, hasSteadyNumbers: boolean): Verdict {
  if (entry === undefined) return 'new';
  if (entry.bytes !== stats.size) return 'rewritten';
  const isSameTime = hasTime(entry, stats);
  const isSameNumber = entry.ino === stats.ino;
  if (isSameTime && (isSameNumber || !hasSteadyNumbers)) return 'same';
  return 'unsure';
}

export interface RecogniseDeps {
  readonly store: SeenStore;
  readonly fs: WatchFs;
}

/** A file that may have to be taken, beside what was seen at its path. */
export interface Unknown {
  readonly found: Found;
  readonly entry: SeenEntry | undefined;
  readonly verdict: Exclude<Verdict, 'same'>;
}

export interface Recognised {
  readonly unknown: readonly Unknown[];
  /** At how many of the paths something was seen before. */
  readonly known: number;
}

/**
 * Passes over what is known already, and writes down what only moved: a file with the number, length and time of one seen
 * at a path where it no longer is. That holds for renames by case or by spelling of accents too, where the old name
 * still leads to the file. A second name for the same file (hard link) is a file of its own.
 */
export async function recognise(place: Place, files: readonly Found[], deps: RecogniseDeps): Promise<Recognised> {
  const entries = deps.store.getMany(
    place.folderId,
    files.map(({ relPath }) => relPath),
  );
  const unknown: Unknown[] = [];
  const put: SeenEntry[] = [];
  const gone: string[] = [];
  for (const found of files) {
    const entry = entries.get(found.relPath);
    const verdict = judge(entry, found.stats, place.hasSteadyNumbers);
    if (verdict === 'same') {
      // A drive that was plugged into another port has another volume number.
      if (entry !== undefined && entry.dev !== found.stats.dev) put.push({ ...entry, ...signsOf(found.stats) });
      continue;
    }
    const moved = verdict === 'new' ? await movedFrom(place, found, deps) : null;
    if (moved !== null) {
      put.push({ ...moved.entry, ...signsOf(found.stats), relPath: found.relPath });
      if (moved.isOldGone) gone.push(moved.entry.relPath);
    } else if (verdict === 'new' && isFromBefore(place, found.stats)) {
      put.push(entryOf(place, found, { sha256: null, state: 'ignored' }));
    } else unknown.push({ found, entry, verdict });
  }
  if (put.length > 0) deps.store.put(put);
  for (const relPath of gone) deps.store.remove(place.folderId, relPath);
  return { unknown, known: entries.size };
}

export function entryOf(place: Place, found: Found, kept: Pick<SeenEntry, 'sha256' | 'state'>): SeenEntry {
  return { folderId: place.folderId, relPath: found.relPath, ...signsOf(found.stats), ...kept };
}

interface Moved {
  readonly entry: SeenEntry;
  readonly isOldGone: boolean;
}

async function movedFrom(place: Place, { relPath, stats }: Found, { store, fs }: RecogniseDeps): Promise<Moved | null> {
  const same = store
    .byIdentity(place.folderId, stats.dev, stats.ino)
    .filter((entry) => entry.bytes === stats.size && hasTime(entry, stats));
  if (same.length === 0) return null;
  const old = await statAll(
    same.map((entry) => entry.relPath),
    { root: place.root, fs },
  );
  for (const [index, entry] of same.entries()) {
    const now = old[index]?.stats ?? null;
    // The old path is kept while something new lies there: that is then the next version of it.
    if (now === null || now.ino !== stats.ino) return { entry, isOldGone: now === null };
    if (fold(entry.relPath) === fold(relPath)) return { entry, isOldGone: true };
  }
  return null;
}

function isFromBefore({ sinceMs }: Place, stats: Stats): boolean {
  return Math.max(stats.ctimeMs, stats.birthtimeMs) < sinceMs;
}

function signsOf(stats: Stats): Pick<SeenEntry, 'dev' | 'ino' | 'bytes' | 'mtimeMs'> {
  return { dev: stats.dev, ino: stats.ino, bytes: stats.size, mtimeMs: stats.mtimeMs };
}

/** To the millisecond: finer times do not survive every store. */
function hasTime(entry: SeenEntry, stats: Stats): boolean {
  return Math.abs(entry.mtimeMs - stats.mtimeMs) < 1;
}
