import type { Arrivals } from './arrivals.ts';
import type { Source } from './candidate.ts';
import { isMissing, type WatchFs } from './file-system.ts';
import type { SeenEntry, SeenStore } from './types.ts';
import { absolute, walk } from './walk.ts';

/** What a look at a whole folder found. */
export interface Looked {
  readonly files: number;
  /** Every folder in it under the root (empty for the root) with its number. */
  readonly folders: ReadonlyMap<string, number>;
  /** Folders that could not be looked into. */
  readonly unread: readonly { readonly relPath: string; readonly isTooDeep: boolean }[];
  /** False when it was broken off. */
  readonly isWhole: boolean;
}

export interface LookInput {
  readonly source: Source;
  readonly from: string;
  readonly fs: WatchFs;
  readonly store: SeenStore;
  readonly arrivals: Arrivals;
  readonly isOwn: (path: string) => boolean;
  readonly mayGoOn: () => boolean;
  readonly now: () => number;
}

const PAGE = 500;

/** Looks through everything under `from` and keeps what is not known. Throws when `from` itself can't be read. */
export async function lookThrough(input: LookInput): Promise<Looked> {
  const { source, from, arrivals, mayGoOn } = input;
  const startedAt = input.now();
  const folders = new Map<string, number>();
  const unread: { relPath: string; isTooDeep: boolean }[] = [];
  const paths = new Set<string>();
  let files = 0;
  let known = 0;
  for await (const met of walk({ ...input, root: source.root })) {
    if (met.type === 'folder') folders.set(met.relPath, met.ino);
    else if (met.type === 'unread') unread.push(met);
    else {
      files += met.files.length;
      // Only a look at the whole folder can say what is gone.
      if (from === '') for (const { relPath } of met.files) paths.add(relPath);
      known += await arrivals.meet(source, met.files, from === '' ? 'look' : 'event');
    }
  }
  const isWhole = mayGoOn() && folders.has(from);
  // As many as were ever seen are there: then none of them is gone, and thousands need not be read.
  if (isWhole && from === '' && known !== input.store.count(source.folderId)) noteGone(input, paths, unread, startedAt);
  return { files, folders, unread, isWhole };
}

/**
 * Keeps in mind what was seen before and was not met. Not what is under a folder that could not be read, and not what was
 * seen on another volume: a drive that is not plugged in leaves an empty folder behind.
 */
function noteGone(
  { source, store, now }: LookInput,
  paths: ReadonlySet<string>,
  unread: readonly { readonly relPath: string }[],
  startedAt: number,
): void {
  const isHidden = (relPath: string) => unread.some((folder) => relPath.startsWith(`${folder.relPath}/`));
  let after: string | null = null;
  for (;;) {
    const page: readonly SeenEntry[] = store.all(source.folderId, after, PAGE);
    for (const entry of page) {
      if (paths.has(entry.relPath) || isHidden(entry.relPath) || entry.dev !== source.dev) continue;
      source.gone.note(entry, startedAt, now());
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    after = last.relPath;
  }
}

/** Forgets what has stayed away, so that it arrives again when it comes back later. Returns what was forgotten. */
export async function forgetGone({ source, store, fs }: LookInput, before: number): Promise<number> {
  let forgotten = 0;
  for (const entry of source.gone.before(before)) {
    const isBack = await fs.lstat(absolute(source.root, entry.relPath)).then(
      () => true,
      (error: unknown) => !isMissing(error),
    );
    const [now] = store.getMany(source.folderId, [entry.relPath]).values();
    const isSame = now !== undefined && now.ino === entry.ino && now.mtimeMs === entry.mtimeMs;
    if (isBack || !isSame) {
      source.gone.forget(entry.relPath);
      continue;
    }
    store.remove(source.folderId, entry.relPath);
    forgotten += 1;
  }
  return forgotten;
}
