import { join } from 'node:path';
import { failure, onOurs, orNull, Refusal } from './failures.ts';
import { namesIn } from './folders.ts';
import { renameSteadily } from './io.ts';
import { blobFolder, blobPath, isSha256, trashFolder } from './layout.ts';
import type { Store } from './store.ts';

/** `trash/2026-06-02/<sha256>`: the day (UTC) is in the name, since a time kept beside a file may not reach the disk. */
export async function trashBlob(store: Store, sha256: string): Promise<void> {
  const from = blobPath(store.folder, sha256);
  const there = await onOurs(orNull(store.io.lstat(from)));
  if (!there?.isFile()) throw new Refusal(failure('Missing'));
  const trash = trashFolder(store.folder);
  const on = store.now().toISOString().slice(0, 10);
  const day = join(trash, on);
  await onOurs(store.io.mkdir(day));
  store.trashDays?.add(on);
  await onOurs(renameSteadily(store.io, from, join(day, sha256)));
  await store.folders.flush([day, trash, store.folder, blobFolder(store.folder, sha256)]);
}

/** Takes content back out of the trash. What is there already stays; then only the trashed copy goes. */
export async function untrashBlob(store: Store, sha256: string): Promise<void> {
  const [newest] = await trashedPaths(store, sha256);
  const path = blobPath(store.folder, sha256);
  const there = await onOurs(orNull(store.io.lstat(path)));
  if (there === null) {
    if (newest === undefined) throw new Refusal(failure('Missing'));
    store.folders.forget();
    await store.folders.ensure(sha256);
    await onOurs(renameSteadily(store.io, newest, path));
    await store.folders.flush(store.folders.leadingTo(sha256));
  }
  await dropTrashed(store, sha256);
}

/** True when there was something to drop. */
export async function dropTrashed(store: Store, sha256: string): Promise<boolean> {
  const paths = await trashedPaths(store, sha256);
  for (const path of paths) await onOurs(orNull(store.io.unlink(path)));
  return paths.length > 0;
}

/**
 * Removes for good what has been in the trash for more than `olderThanDays` whole days, and answers what that was. A
 * folder that is no day and a file that is no hash are not ours and stay.
 */
export async function emptyTrashOf(store: Store, olderThanDays: number): Promise<readonly string[]> {
  const trash = trashFolder(store.folder);
  const today = dayNumber(store.now().toISOString().slice(0, 10));
  const removed: string[] = [];
  for (const day of await trashDays(store)) {
    if (today - dayNumber(day) <= olderThanDays) continue;
    const folder = join(trash, day);
    for (const sha256 of (await onOurs(namesIn(store.io, folder))).filter(isSha256)) {
      await store.locked(sha256, () => onOurs(orNull(store.io.unlink(join(folder, sha256)))));
      removed.push(sha256);
    }
    const left = await onOurs(namesIn(store.io, folder));
    if (left.length > 0) continue;
    await onOurs(orNull(store.io.rmdir(folder)));
    store.trashDays?.delete(day);
  }
  return removed;
}

/** Newest first. */
async function trashedPaths(store: Store, sha256: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const day of (await trashDays(store)).toReversed()) {
    const path = join(trashFolder(store.folder), day, sha256);
    if ((await onOurs(orNull(store.io.lstat(path))))?.isFile()) paths.push(path);
  }
  return paths;
}

/** Oldest first. Two processes on one folder would cost a trashed copy its early end, no more. */
async function trashDays(store: Store): Promise<readonly string[]> {
  if (store.trashDays === null) {
    const names = await onOurs(namesIn(store.io, trashFolder(store.folder)));
    store.trashDays = new Set(names.filter((name) => /^\d{4}-\d{2}-\d{2}$/.test(name) && dayNumber(name) > 0));
  }
  return [...store.trashDays].toSorted();
}

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}
