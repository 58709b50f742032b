import type { Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { freeSegment, nameKey } from '../../../core/documents/file-name.ts';
import type { ArrivedFile } from '../watch/types.ts';
import { arriveWith } from './arrive.ts';
import type { PapersDeps } from './types.ts';

/** Where files go that were to be moved once they are in. It is no part of what is watched. */
export const TAKEN_FOLDER = 'Taken by Closeboard';

/** Only when the person asked for it, and never over another file. What can not be moved stays, and is not taken twice. */
export async function moveAside(deps: PapersDeps, file: ArrivedFile, sha256: string): Promise<void> {
  const folder = join(file.path.slice(0, file.path.length - file.relPath.length), TAKEN_FOLDER);
  try {
    if (!isSame(await lstat(file.path), file)) return;
    await mkdir(folder, { recursive: true });
    if (!(await lstat(folder)).isDirectory()) return;
    const target = await takeName(folder, basename(file.relPath));
    try {
      await rename(file.path, target);
    } catch (error) {
      await unlink(target);
      throw error;
    }
    await takeLate(deps, file, { target, sha256 });
  } catch (error) {
    deps.log.warn('a taken file could not be moved', { code: codeOf(error) });
  }
}

/** A free name, taken by an empty file of ours, so that whoever is as quick as we are gets another. */
async function takeName(folder: string, name: string): Promise<string> {
  const there = new Set((await readdir(folder)).map(nameKey));
  for (;;) {
    const free = freeSegment(name, there);
    try {
      await (await open(join(folder, free), 'wx')).close();
      return join(folder, free);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      there.add(nameKey(free));
    }
  }
}

/** Another program may have put a new file there in the last moment: it was moved unread, so it is read where it is. */
async function takeLate(
  deps: PapersDeps,
  file: ArrivedFile,
  { target, sha256 }: { readonly target: string; readonly sha256: string },
): Promise<void> {
  if (isSame(await lstat(target), file)) return;
  const added = await deps.vault.add({ path: target }, { signal: deps.closing });
  if (!added.ok) deps.log.warn('a moved file could not be read', { type: added.error.type });
  else if (added.value.sha256 !== sha256) {
    const { folderId, relPath } = file;
    await arriveWith(deps, added.value, { source: 'watch', fileName: basename(relPath), relPath, folderId });
  }
}

function isSame(stats: Stats, { ino, bytes, mtimeMs }: ArrivedFile): boolean {
  return stats.isFile() && stats.ino === ino && stats.size === bytes && stats.mtimeMs === mtimeMs;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
