import { join } from 'node:path';
import { attempt, codeOf, orNull } from '../vault/failures.ts';
import { hashFile } from '../vault/hash-file.ts';
import { outsideIo } from '../vault/io.ts';
import { tempNames } from '../vault/temp-names.ts';
import type { Vault } from '../vault/vault.ts';
import { isIgnoredName } from './ignored-names.ts';
import type { KnownFile, ThereFile, WantedFile } from './model.ts';
import { type FolderProblem, inProblem, problem } from './problems.ts';

const MAX_DEPTH = 4;
const MAX_FILES = 20_000;
const MAX_FILE_BYTES = 2 * 1024 ** 3;
/** A file whose content is younger than this may still be in the writing. */
export const SETTLE_MS = 2000;

export interface Listing {
  readonly files: readonly Omit<ThereFile, 'sha256'>[];
  /** Names at the top that are no documents. */
  readonly occupied: readonly string[];
}

/** Every regular file, four folders deep; links are never followed. Removes half copies of our own that a crash left. */
export async function listDealFolder(
  folder: string,
  nowMs: number,
  maxFiles: number = MAX_FILES,
): Promise<Listing | FolderProblem> {
  const files: Omit<ThereFile, 'sha256'>[] = [];
  const occupied: string[] = [];
  const walk = async (below: string, depth: number): Promise<void> => {
    for (const name of (await orNull(outsideIo.readdir(join(folder, below)))) ?? []) {
      const relPath = below === '' ? name : `${below}/${name}`;
      const stat = await orNull(outsideIo.lstat(join(folder, relPath)));
      if (stat === null) continue;
      const mtimeMs = Number(stat.mtimeNs) / 1e6;
      const isDocument = stat.isFile() && !isIgnoredName(name);
      if (!isDocument && depth === 0) occupied.push(name);
      if (isDocument) files.push({ relPath, bytes: Number(stat.size), mtimeMs, ino: String(stat.ino) });
      else if (stat.isFile() && tempNames.isAbandoned(name, nowMs - mtimeMs))
        await orNull(outsideIo.unlink(join(folder, relPath)));
      else if (stat.isDirectory() && depth < MAX_DEPTH && !name.startsWith('.')) await walk(relPath, depth + 1);
      if (files.length > maxFiles) return;
    }
  };
  try {
    await walk('', 0);
  } catch (thrown) {
    if (codeOf(thrown) === null) throw thrown;
    return problem('Unreadable');
  }
  return files.length > maxFiles ? problem('TooMany') : { files, occupied };
}

export interface Look {
  readonly folder: string;
  readonly known: readonly KnownFile[];
  readonly wanted: readonly WantedFile[];
  readonly vault: Vault;
  readonly signal?: AbortSignal | undefined;
  readonly nowMs: number;
  readonly settleMs: number;
}

export interface Seen {
  readonly there: readonly ThereFile[];
  readonly problems: readonly FolderProblem[];
  /** False when something has to be looked at again soon. */
  readonly isSettled: boolean;
}

/** Puts the content's hash to each file. Only what changed is read, and what is new goes into the vault by it. */
export async function readContents(files: Listing['files'], look: Look): Promise<Seen> {
  const knownByName = new Map(look.known.map((file) => [file.name, file]));
  const contents = new Set([...look.known, ...look.wanted].map(({ sha256 }) => sha256));
  const sizes = new Set([...look.known, ...look.wanted].map(({ bytes }) => bytes));
  const there: ThereFile[] = [];
  const problems: FolderProblem[] = [];
  let isSettled = true;
  for (const file of files) {
    const known = knownByName.get(file.relPath);
    const isAsBefore = known !== undefined && known.bytes === file.bytes && known.ino === file.ino;
    if (isAsBefore && known.mtimeMs === file.mtimeMs) {
      there.push({ ...file, sha256: known.sha256 });
      continue;
    }
    const path = join(look.folder, file.relPath);
    const read = sizes.has(file.bytes) ? await attempt(() => hashFile(outsideIo, path, look.signal)) : null;
    if (read?.ok === true && isAsBefore && read.value.sha256 === known.sha256) {
      there.push({ ...file, sha256: known.sha256 });
      continue;
    }
    const isFresh = Math.abs(look.nowMs - file.mtimeMs) < look.settleMs;
    const isHeld = read?.ok === true && contents.has(read.value.sha256) && (await look.vault.has(read.value.sha256));
    const options = { signal: look.signal, maxBytes: MAX_FILE_BYTES };
    const added = isFresh || (read?.ok === true && isHeld) ? read : await look.vault.add({ path }, options);
    if (added?.ok === false && added.error.type === 'SourceGone') continue;
    const trouble = added?.ok === false ? inProblem(added.error.type, file.relPath) : null;
    if (trouble !== null) problems.push(trouble);
    const isRead = added?.ok === true && !isFresh;
    isSettled &&= isRead || trouble !== null;
    const { sha256, bytes } = isRead ? added.value : { sha256: null, bytes: file.bytes };
    there.push({ ...file, sha256, bytes });
  }
  return { there, problems, isSettled };
}
