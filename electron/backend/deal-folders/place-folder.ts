import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { freeSegment, nameKey } from '../../../core/documents/file-name.ts';
import { codeOf, orNull } from '../vault/failures.ts';
import { outsideIo } from '../vault/io.ts';
import type { DealFolderState, KnownFolder, Observation } from './model.ts';
import { type FolderProblem, problem } from './problems.ts';

export interface Place {
  readonly root: string;
  readonly folderName: string;
  readonly known: DealFolderState;
  /** Names of the folders of all other deals; never taken, whatever is in them. */
  readonly otherFolders: readonly string[];
}

export interface Placed {
  readonly folder: KnownFolder;
  readonly observations: readonly Observation[];
  readonly problems: readonly FolderProblem[];
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * Finds the deal's folder, also under another name a person gave it, makes it when it is gone, and renames it with the
 * deal when that name is free. The root itself is never made: a disk that is not connected must not look empty.
 */
export async function placeFolder(place: Place): Promise<Placed | FolderProblem> {
  try {
    const root = await orNull(stat(place.root));
    if (root?.isDirectory() !== true) return problem('RootMissing');
    const entries = await entriesOf(place.root);
    const found = await findFolder(place, entries);
    if (found === null) return { folder: await makeFolder(place, entries), observations: [], problems: [] };
    const { name, namedBy } = found;
    const before = place.known.folder?.name ?? name;
    const isRenamed = namedBy === 'person' && before.normalize('NFC') !== name.normalize('NFC');
    const observations: Observation[] = isRenamed ? [{ type: 'folder-renamed', from: before, to: name }] : [];
    const isDue = namedBy === 'app' && found.wantedName !== place.folderName;
    if (!isDue) return { folder: found, observations, problems: [] };
    return { ...(await renameFolder(place, found, entries)), observations };
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === null) throw thrown;
    return problem(FULL.has(code) ? 'Full' : code === 'ENOENT' ? 'RootMissing' : 'Unwritable');
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** With a folder for each of thousands of deals, nothing may be asked of each entry. */
async function entriesOf(root: string): Promise<readonly Entry[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
}

/** Null for one that went meanwhile. */
async function inoOf(root: string, name: string): Promise<string | null> {
  const found = await orNull(outsideIo.lstat(join(root, name)));
  return found?.isDirectory() === true ? String(found.ino) : null;
}

async function findFolder({ root, known, folderName }: Place, entries: readonly Entry[]): Promise<KnownFolder | null> {
  const { folder, files } = known;
  if (folder === null) return null;
  const folders = entries.filter(({ isFolder }) => isFolder);
  const same =
    folders.find(({ name }) => name === folder.name) ??
    folders.find(({ name }) => name.normalize('NFC') === folder.name.normalize('NFC'));
  const sameIno = same === undefined ? null : await inoOf(root, same.name);
  if (same !== undefined && sameIno !== null) return { ...folder, name: same.name, ino: sameIno };
  for (const { name } of folders) {
    const ino = await inoOf(root, name);
    if (ino === null || ino !== folder.ino) continue;
    // A number is given again after a folder is removed: one of our files must be in it.
    const inside = new Set(await outsideIo.readdir(join(root, name)));
    if (!files.some((file) => inside.has(file.name))) continue;
    // Our own rename, after which we died before we could say so, or a person's.
    const isOurs = folder.namedBy === 'app' && name === freeSegment(folderName, new Set());
    return isOurs ? { ...folder, name, ino, wantedName: folderName } : { ...folder, name, ino, namedBy: 'person' };
  }
  return null;
}

/** A folder of that name that is no other deal's was made by a person for this one, or by us before a restore. */
async function makeFolder({ root, folderName, otherFolders }: Place, entries: readonly Entry[]): Promise<KnownFolder> {
  const others = new Set(otherFolders.map(nameKey));
  const blocked = entries.filter(({ isFolder }) => !isFolder).map(({ name }) => nameKey(name));
  const free = freeSegment(folderName, new Set([...others, ...blocked]));
  const there = entries.find(({ name, isFolder }) => isFolder && nameKey(name) === nameKey(free));
  const name = there?.name ?? free;
  if (there === undefined) await outsideIo.mkdir(join(root, name));
  const { ino } = await outsideIo.lstat(join(root, name));
  return { name, wantedName: folderName, namedBy: 'app', ino: String(ino) };
}

async function renameFolder(
  { root, folderName, otherFolders }: Place,
  folder: KnownFolder,
  entries: readonly Entry[],
): Promise<{ readonly folder: KnownFolder; readonly problems: readonly FolderProblem[] }> {
  const target = freeSegment(folderName, new Set());
  if (target === folder.name) return { folder: { ...folder, wantedName: folderName }, problems: [] };
  const taken = [...otherFolders, ...entries.map(({ name }) => name)].filter((name) => name !== folder.name);
  if (taken.some((name) => nameKey(name) === nameKey(target)))
    return { folder, problems: [problem('FolderNameTaken')] };
  try {
    await outsideIo.rename(join(root, folder.name), join(root, target));
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === null) throw thrown;
    return { folder, problems: [problem(code === 'EROFS' ? 'Unwritable' : 'FolderBusy')] };
  }
  return { folder: { ...folder, name: target, wantedName: folderName }, problems: [] };
}
