import type { DroppedFile } from '../../electron/contract/files.ts';

/** As much of a drop or a paste as is read here. */
export interface DroppedItems {
  readonly items: ArrayLike<Pick<DataTransferItem, 'kind' | 'getAsFile' | 'webkitGetAsEntry'>>;
}

export interface Collected {
  readonly files: readonly DroppedFile[];
  /** More than `MAX_FILES`, or folders deeper than `MAX_DEPTH`, were dropped: these are the first of them. */
  readonly isCut: boolean;
}

const MAX_FILES = 20_000;
const MAX_DEPTH = 32;

/**
 * The files of a drop, those in folders with their way below it ("Smith/disclosures/tds.pdf"). `whole` leaves folders
 * as one entry each, for a host that gets their real path and walks them itself; `walk` goes through them here.
 * A file that cannot be read any more is left out. Call it in the event itself: its items are gone after that turn.
 */
export async function collectDrop(drop: DroppedItems, folders: 'whole' | 'walk'): Promise<Collected> {
  const taken = Array.from(drop.items).flatMap((item) => {
    if (item.kind !== 'file') return [];
    return [{ file: item.getAsFile(), entry: item.webkitGetAsEntry() }];
  });
  const files: DroppedFile[] = [];
  let isCut = false;
  const add = (file: DroppedFile) => {
    if (files.length < MAX_FILES) files.push(file);
    else isCut = true;
  };
  const walk = async (folder: FileSystemDirectoryEntry, path: string, depth: number): Promise<void> => {
    if (depth > MAX_DEPTH) isCut = true;
    if (isCut) return;
    for (const entry of await childrenOf(folder)) {
      const below = `${path}/${entry.name}`;
      if (isFolder(entry)) await walk(entry, below, depth + 1);
      else await fileOf(entry as FileSystemFileEntry).then((file) => file && add({ file, relativePath: below }));
    }
  };
  for (const { file, entry } of taken) {
    if (entry !== null && isFolder(entry) && folders === 'walk') await walk(entry, entry.name, 1);
    else if (file !== null) add({ file, relativePath: file.name });
  }
  return { files, isCut };
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}

/** A folder tells its entries a hundred at a time, until it tells none. What cannot be read has none. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  while (all.length < MAX_FILES) {
    const some = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) break;
    all.push(...some);
  }
  return all;
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}
