import type { Result } from '../../../core/result.ts';
import { type Added, type AddOptions, addTo } from './add.ts';
import { checkBlob, someOf } from './check.ts';
import { type CopyOutOptions, copyOutOf } from './copy-out.ts';
import { attempt, failure, onBlob, onOurs, orNull, Refusal, type VaultFailure } from './failures.ts';
import { namesIn } from './folders.ts';
import { readFully } from './io.ts';
import { blobPath, isSha256, tempFolder } from './layout.ts';
import type { VaultSource } from './source.ts';
import { createStore, type Store, type VaultDeps } from './store.ts';
import { tempNames } from './temp-names.ts';
import { emptyTrashOf, trashBlob, untrashBlob } from './trash.ts';

type Answer<T> = Promise<Result<T, VaultFailure>>;

export interface Range {
  readonly from: number;
  /** Not included; past the end is the end. */
  readonly to: number;
}

export interface SampleOptions {
  readonly count: number;
  /** A number from 0 up to 1. */
  readonly pick: () => number;
  /** The contents that ought to be here, so that a missing one is found too; else what is here. */
  readonly of?: Iterable<string> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Unsound {
  readonly sha256: string;
  readonly failure: VaultFailure;
}

/**
 * Files by the SHA-256 of their content: written once, whole, never changed. It knows nothing of deals; who refers to
 * a content says when it goes to the trash. Hashes are 64 lowercase hex digits; anything else is `Missing`.
 */
export interface Vault {
  /** Fails: every type but `Missing` and `NameTaken`. Damaged content that comes again is written anew. */
  add(source: VaultSource, options?: AddOptions): Answer<Added>;
  /** Null for what is no hash. To read only: whoever writes there breaks the promise of this store. */
  pathOf(sha256: string): string | null;
  has(sha256: string): Promise<boolean>;
  /** Fails: `Missing`, `Damaged`, `ReadOnly` (the folder can't be used). */
  read(sha256: string, range: Range): Answer<Uint8Array>;
  /** Fails: `NameTaken`, `Missing`, `Damaged`, `NoSpace`, `ReadOnly`, `Cancelled`. */
  copyOut(sha256: string, targetPath: string, options?: CopyOutOptions): Answer<void>;
  trash(sha256: string): Answer<void>;
  untrash(sha256: string): Answer<void>;
  /** The contents that are gone for good. */
  emptyTrash(options: { readonly olderThanDays: number }): Answer<readonly string[]>;
  /** Every content in use, in the order of the hashes. Throws a `Refusal` when the folder can't be read. */
  list(): AsyncIterable<string>;
  /** Once at each start: removes what a crash left half-written. Answers how many that were. */
  recover(): Answer<{ readonly removed: number }>;
  check(sha256: string, options?: { readonly signal?: AbortSignal | undefined }): Answer<{ readonly bytes: number }>;
  /** Those of some that are damaged or missing. */
  sample(options: SampleOptions): Answer<readonly Unsound[]>;
}

export function createVault(deps: VaultDeps): Vault {
  const store = createStore(deps);
  const locked = (sha256: string, work: (store: Store, sha256: string) => Promise<void>): Answer<void> =>
    attempt(async () => {
      if (!isSha256(sha256)) throw new Refusal(failure('Missing'));
      await store.locked(sha256, () => work(store, sha256));
    });
  return {
    add: (source, options = {}) => attempt(() => addTo(store, source, options)),
    pathOf: (sha256) => (isSha256(sha256) ? blobPath(store.folder, sha256) : null),
    has: (sha256) => holds(store, sha256),
    read: (sha256, range) => attempt(() => readRange(store, sha256, range)),
    copyOut: (sha256, target, options = {}) => attempt(() => copyOutOf(store, sha256, target, options)),
    trash: (sha256) => locked(sha256, trashBlob),
    untrash: (sha256) => locked(sha256, untrashBlob),
    emptyTrash: ({ olderThanDays }) => attempt(() => emptyTrashOf(store, olderThanDays)),
    list: () => listOf(store),
    recover: () => attempt(() => recoverIn(store)),
    check: (sha256, options = {}) => attempt(() => checkBlob(store, sha256, options.signal)),
    sample: (options) => attempt(() => sampleOf(store, options)),
  };
}

async function holds(store: Store, sha256: string): Promise<boolean> {
  if (!isSha256(sha256)) return false;
  const there = await orNull(store.io.lstat(blobPath(store.folder, sha256)));
  return there?.isFile() === true;
}

async function readRange(store: Store, sha256: string, { from, to }: Range): Promise<Uint8Array> {
  if (!isSha256(sha256)) throw new Refusal(failure('Missing'));
  const handle = await onBlob(store.io.open(blobPath(store.folder, sha256), 'r'));
  try {
    const size = Number((await onBlob(handle.stat())).size);
    const start = Math.min(Math.max(0, from), size);
    const bytes = new Uint8Array(Math.max(0, Math.min(to, size) - start));
    const filled = await onBlob(readFully(handle, bytes, { position: start }));
    return bytes.subarray(0, filled);
  } finally {
    await handle.close();
  }
}

async function* listOf({ io, folder }: Store): AsyncGenerator<string> {
  const pairs = async (path: string) => (await onOurs(namesIn(io, path))).filter((name) => /^[0-9a-f]{2}$/.test(name));
  for (const first of await pairs(folder)) {
    for (const second of await pairs(`${folder}/${first}`)) {
      const names = await onOurs(namesIn(io, `${folder}/${first}/${second}`));
      yield* names.filter((name) => isSha256(name) && name.startsWith(first + second));
    }
  }
}

async function recoverIn(store: Store): Promise<{ readonly removed: number }> {
  const folder = tempFolder(store.folder);
  await onOurs(store.io.mkdir(folder));
  let removed = 0;
  for (const name of await onOurs(namesIn(store.io, folder))) {
    const path = `${folder}/${name}`;
    const stat = await onOurs(orNull(store.io.lstat(path)));
    if (stat === null || !tempNames.isAbandoned(name, store.now().getTime() - Number(stat.mtimeMs))) continue;
    await onOurs(orNull(store.io.unlink(path)));
    removed += 1;
  }
  return { removed };
}

async function sampleOf(store: Store, { count, pick, of, signal }: SampleOptions): Promise<readonly Unsound[]> {
  const unsound: Unsound[] = [];
  for (const sha256 of await someOf(of ?? listOf(store), count, pick)) {
    const sound = await attempt(() => checkBlob(store, sha256, signal));
    if (sound.ok) continue;
    if (sound.error.type === 'Cancelled') throw new Refusal(sound.error);
    if (['Missing', 'Damaged'].includes(sound.error.type)) unsound.push({ sha256, failure: sound.error });
  }
  return unsound;
}
