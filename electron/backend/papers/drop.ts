import { lstat, opendir, readFile, realpath, rm } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import type { Id } from '../../../core/deals/model.ts';
import type { Result } from '../../../core/result.ts';
import type { ArrivalRow } from '../../../db/files-tables.ts';
import { type DropSource, UploadFacts } from '../../contract/files.ts';
import { groupPhotos } from '../arrivals/photo-order.ts';
import type { JobEnd } from '../services/jobs.ts';
import type { VaultFailure } from '../vault/failures.ts';
import { isPhoto, photosToArrival } from './photos.ts';
import type { Reader } from './reader.ts';
import { takeMany } from './take-many.ts';
import type { ArrivalSource, PapersDeps } from './types.ts';

/** One regular file of a drop. */
interface DropFile {
  readonly path: string;
  readonly fileName: string;
  readonly relPath: string;
  /** Removed once its bytes are in the vault: a browser's upload. Never a person's own file. */
  readonly isOurs: boolean;
  readonly facts: string | null;
}

export interface Drop {
  readonly sources: readonly DropSource[];
  readonly how: Extract<ArrivalSource, 'drop' | 'paste' | 'pick'>;
  readonly dealId?: Id | undefined;
  readonly lineId?: Id | undefined;
}

/** Folders are walked this deep, and so many files are taken at once. */
const DEEPEST = 20;
const MOST_FILES = 20_000;
const LITTER = /^(\.|~\$|Thumbs\.db$|desktop\.ini$)|\.(part|crdownload|tmp|download|partial)$/i;

/** Takes a whole drop in, some files at a time. The sources stay as they are; what could not be taken is told at the end. */
export async function takeDrop(
  deps: PapersDeps,
  drop: Drop,
  { tell, signal, reader, onTaken }: DropWatch,
): Promise<JobEnd> {
  const { files, problems } = await filesOf(deps, drop.sources, signal);
  const photos = new Map<number, ArrivalRow>();
  const places = createPlaces(deps, drop, files);
  let ended = 0;
  let taken = 0;
  let isFull = false;
  const onEnd = async (index: number, row: Result<ArrivalRow, VaultFailure>) => {
    const file = files[index];
    if (file === undefined) return;
    ended += 1;
    tell(ended, files.length);
    if (row.ok) {
      taken += 1;
      // Photos of one drop are pages of one paper: they wait for each other, from before the reader can see them.
      if (isPhoto(row.value) && row.value.state === 'reading') photos.set(index, row.value);
      if (file.isOurs) await removeUpload(file);
    } else if (row.error.type !== 'Cancelled' && !isFull) problems.push(`${file.fileName}: ${row.error.sentence}`);
    // A full disk takes no other file either, and is told once.
    if (!row.ok && row.error.type === 'NoSpace') isFull = true;
    reader.release(
      places
        .settle(index)
        .filter((at) => !photos.has(at))
        .map(places.idAt),
    );
    if (row.ok) onTaken();
  };
  try {
    tell(0, files.length);
    const onBegin = (index: number) => reader.holdBack(places.idAt(index));
    await takeMany(deps, places.toTake, { signal, onBegin, onEnd });
    const inOrder = [...photos].toSorted(([a], [b]) => a - b).map(([, row]) => row);
    for (const group of groupsOf(inOrder)) await photosToArrival(deps, group, { signal });
  } finally {
    reader.release(files.map((_, index) => places.idAt(index)));
  }
  tell(files.length, files.length);
  return endOf({ taken, total: files.length, problems, isStopped: signal.aborted });
}

/**
 * The order of a drop, whatever is done first: all of it came at one instant, with ids in the order of its files. The
 * reader gets them in that order too, since of two that are the same it keeps the first.
 */
function createPlaces(deps: PapersDeps, drop: Drop, files: readonly DropFile[]) {
  const { how: source, dealId = null, lineId = null } = drop;
  const at = deps.now().toISOString();
  const toTake = files.map(({ path, fileName, relPath }) => {
    const id = deps.newId();
    return { path, came: { source, fileName, relPath, id, dealId, lineId, at } };
  });
  const ended = new Set<number>();
  let first = 0;
  return {
    toTake,
    idAt: (index: number): Id => toTake[index]?.came.id ?? '',
    /** One is done. Answers those that have none left before them now. */
    settle: (index: number): readonly number[] => {
      ended.add(index);
      const from = first;
      while (ended.delete(first)) first += 1;
      return Array.from({ length: first - from }, (_, n) => from + n);
    },
  };
}

interface DropWatch {
  readonly tell: (done: number, total: number) => void;
  readonly signal: AbortSignal;
  readonly reader: Pick<Reader, 'holdBack' | 'release'>;
  readonly onTaken: () => void;
}

/** Photos whose names or times say that they belong together, each group in page order. */
function groupsOf(photos: readonly ArrivalRow[]): readonly (readonly ArrivalRow[])[] {
  const facts = photos.map((row) => ({ row, name: row.fileName, takenAt: null }));
  return groupPhotos(facts).map((group) => {
    // A page that is there twice is one page; the second is known as the same when the first is in its place.
    const bySha = new Map(group.toReversed().map(({ row }) => [row.sha256, row]));
    return group.flatMap(({ row }) => (bySha.get(row.sha256) === row ? [row] : []));
  });
}

function endOf(end: {
  readonly taken: number;
  readonly total: number;
  readonly problems: readonly string[];
  readonly isStopped: boolean;
}): JobEnd {
  const { taken, total, problems, isStopped } = end;
  const count = taken === 1 ? 'One file came in.' : `${taken} files came in.`;
  if (isStopped) return { state: 'cancelled', sentence: `Stopped. ${count} The others are still where they were.` };
  if (problems.length === 0) return { state: 'done', sentence: total === 0 ? 'There was no file in it.' : count };
  const more = problems.length > 2 ? ` And ${problems.length - 2} more.` : '';
  return {
    state: taken === 0 ? 'failed' : 'done',
    sentence: `${taken === 0 ? '' : `${count} `}Not taken: ${problems.slice(0, 2).join(' ')}${more}`,
  };
}

async function filesOf(
  deps: PapersDeps,
  sources: readonly DropSource[],
  signal: AbortSignal,
): Promise<{ readonly files: readonly DropFile[]; readonly problems: string[] }> {
  const files: DropFile[] = [];
  const problems: string[] = [];
  const isOurs = await ownPlaces(deps.folder);
  for (const source of sources) {
    if (signal.aborted) break;
    if (source.kind === 'upload') {
      const file = await uploadOf(deps, source.uploadId);
      if (file === null) problems.push('A file did not arrive whole. Drop it again.');
      else files.push(file);
      continue;
    }
    const stats = await lstat(source.path).catch(() => null);
    const fileName = basename(source.path);
    if (stats === null) problems.push(`${fileName}: It is not there any more.`);
    else if (await isOurs(source.path)) problems.push(`${fileName}: ${OURS}`);
    else if (stats.isDirectory())
      await walk(source.path, { root: source.path, depth: 0, files, problems, signal, isOurs });
    else files.push({ path: source.path, fileName, relPath: fileName, isOurs: false, facts: null });
  }
  if (files.length > MOST_FILES) problems.push(`Only the first ${MOST_FILES} files were taken. Drop the rest again.`);
  return { files: files.slice(0, MOST_FILES), problems };
}

interface Walk {
  readonly root: string;
  readonly depth: number;
  readonly files: DropFile[];
  readonly problems: string[];
  readonly signal: AbortSignal;
  readonly isOurs: IsOurs;
}

type IsOurs = (path: string) => Promise<boolean>;

const OURS = 'This belongs to Closeboard itself. It was left as it is.';
/** What lies in the data folder for other programs: files from here may be dropped again. */
const FOR_OTHERS: ReadonlySet<string> = new Set(['Deals', 'out-going']);

/** Whether a path leads into the data folder, where records and the vault are nobody's papers. */
async function ownPlaces(dataFolder: string): Promise<IsOurs> {
  const real = async (path: string) => await realpath(path).catch(() => path);
  const folder = await real(dataFolder);
  return async (path) => {
    const below = relative(folder, await real(path));
    const [first = ''] = below.split(sep);
    return first !== '..' && !isAbsolute(below) && !FOR_OTHERS.has(first);
  };
}

/** Links are not followed, hidden and half-written files are left. */
async function walk(path: string, at: Walk): Promise<void> {
  const { root, depth, files, problems, signal, isOurs } = at;
  if (files.length > MOST_FILES || signal.aborted) return;
  if (depth > DEEPEST) {
    problems.push(`${basename(path)}: This folder lies too deep in others. Drop it by itself.`);
    return;
  }
  if (await isOurs(path)) return;
  try {
    for await (const entry of await opendir(path)) {
      if (files.length > MOST_FILES || signal.aborted) return;
      if (LITTER.test(entry.name)) continue;
      const child = join(path, entry.name);
      const relPath = [basename(root), ...relative(root, child).split(sep)].join('/');
      if (entry.isDirectory()) await walk(child, { ...at, depth: depth + 1 });
      else if (entry.isFile()) files.push({ path: child, fileName: entry.name, relPath, isOurs: false, facts: null });
    }
  } catch {
    problems.push(`${basename(path)}: This folder can not be read.`);
  }
}

/** A browser's upload: its bytes and what was said of it, beside the records. */
async function uploadOf(deps: PapersDeps, uploadId: string): Promise<DropFile | null> {
  const base = join(deps.folder, 'incoming', uploadId);
  try {
    const facts = UploadFacts.parse(JSON.parse(await readFile(`${base}.json`, 'utf8')));
    const { name, relativePath, size } = facts;
    if ((await lstat(`${base}.file`)).size !== size) return null;
    return { path: `${base}.file`, fileName: name, relPath: relativePath || name, isOurs: true, facts: `${base}.json` };
  } catch {
    return null;
  }
}

async function removeUpload({ path, facts }: DropFile): Promise<void> {
  await rm(path, { force: true });
  if (facts !== null) await rm(facts, { force: true });
}
