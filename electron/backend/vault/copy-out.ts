import { constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { attempt, codeOf, failure, onBlob, onOurs, orNull, Refusal, stopIf } from './failures.ts';
import { flushFolder } from './folders.ts';
import { hashFile } from './hash-file.ts';
import { renameToFree } from './io.ts';
import { blobPath, isSha256 } from './layout.ts';
import type { Store } from './store.ts';
import { tempNames } from './temp-names.ts';

export interface CopyOutOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a copy of a blob under a name that must be free. A copy (shared blocks where the disk can), never a hard link:
 * what is edited outside must not reach the vault. The copy is read back and compared before it gets its name.
 */
export async function copyOutOf(store: Store, sha256: string, target: string, options: CopyOutOptions): Promise<void> {
  stopIf(options.signal);
  if (!isSha256(sha256)) throw new Refusal(failure('Missing'));
  const { outside: io } = store;
  if ((await onOurs(orNull(io.lstat(target)))) !== null) throw new Refusal(failure('NameTaken'));
  const name = tempNames.next();
  const temp = join(dirname(target), name);
  try {
    await copyTo(store, sha256, temp);
    await compare(store, sha256, temp, options.signal);
    stopIf(options.signal);
    await takeName(store, temp, target);
    await onOurs(flushFolder(io, dirname(target)));
  } finally {
    await orNull(io.unlink(temp)).catch(() => store.log.warn('A temp file stays until the folder is next read'));
    tempNames.done(name);
  }
}

/** `copyFile` hands on that the blob is read-only; the copy is the person's own and may be written. */
async function copyTo(store: Store, sha256: string, temp: string): Promise<void> {
  const { outside: io } = store;
  const from = blobPath(store.folder, sha256);
  if (!(await onBlob(io.lstat(from))).isFile()) throw new Refusal(failure('Missing'));
  const made = await onOurs(io.open(temp, 'wx'));
  const { mode } = await onOurs(made.stat()).finally(() => made.close());
  await onOurs(io.copyFile(from, temp, constants.COPYFILE_FICLONE));
  await onOurs(io.chmod(temp, Number(mode) & 0o777));
  const handle = await onOurs(io.open(temp, 'r+'));
  await onOurs(handle.sync()).finally(() => handle.close());
}

async function compare(store: Store, sha256: string, temp: string, signal: AbortSignal | undefined): Promise<void> {
  const copy = await attempt(() => hashFile(store.outside, temp, signal));
  // What keeps us from reading our own copy again lies with the folder it was asked for, not with a source.
  if (!copy.ok) throw new Refusal(copy.error.type === 'Cancelled' ? copy.error : failure('ReadOnly', copy.error.code));
  if (copy.value.sha256 === sha256) return;
  store.damaged.add(sha256);
  throw new Refusal(failure('Damaged'));
}

async function takeName(store: Store, temp: string, target: string): Promise<void> {
  try {
    await renameToFree(store.outside, temp, target);
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') throw new Refusal(failure('NameTaken', 'EEXIST'));
    await onOurs(Promise.reject(thrown));
  }
}
