import { err, ok, type Result } from '../../../core/result.ts';

export type VaultFailureType = keyof typeof SENTENCES;

/** Why a file did not go in or come out. `code` is the system's own word (`ENOSPC`), for the log only. */
export interface VaultFailure {
  readonly type: VaultFailureType;
  /** What a person reads: what happened, what is still true, what they can do. */
  readonly sentence: string;
  readonly code: string | null;
}

const SENTENCES = {
  NoSpace: 'The disk is full. Nothing was lost; free some space and it can be filed again.',
  ReadOnly: 'Closeboard cannot write there. Nothing was lost; check that the disk is connected and may be written to.',
  SourceGone: 'The file is no longer there or cannot be read. Put it back and file it again.',
  SourceBusy: 'Another program has the file open, or it may not be read. Close it there and file it again.',
  SourceChanged: 'The file was still being written. File it again when the other program has finished.',
  TooBig: 'The file is larger than Closeboard takes. It was left where it is.',
  NotAFile: 'This is not a file but a folder, a link or a device. Choose the file itself.',
  Cancelled: 'Stopped. Nothing of this file was kept.',
  Damaged: 'The kept copy of this file no longer reads as it was filed. File the original again to mend it.',
  Missing: 'Closeboard does not hold this file on this computer.',
  NameTaken: 'There is already something with that name. It was left as it is; choose another name.',
} as const;

export function failure(type: VaultFailureType, code: string | null = null): VaultFailure {
  return { type, sentence: SENTENCES[type], code };
}

/** Carries a failure up to `attempt` from the depth of a copy; answered as a value at the vault's door. */
export class Refusal extends Error {
  readonly failure: VaultFailure;
  constructor(what: VaultFailure) {
    super(what.type);
    this.failure = what;
  }
}

/** Runs `work` and answers a `Refusal` as a value. Anything else that is thrown is a defect and goes on. */
export async function attempt<T>(work: () => Promise<T>): Promise<Result<T, VaultFailure>> {
  try {
    return ok(await work());
  } catch (thrown) {
    if (thrown instanceof Refusal) return err(thrown.failure);
    throw thrown;
  }
}

export function stopIf(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Refusal(failure('Cancelled'));
}

/** The system's code of what was thrown, null when it is none of its refusals. */
export function codeOf(thrown: unknown): string | null {
  if (!(thrown instanceof Error) || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}

/** A step that reads what the person gave us. */
export async function onSource<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (thrown) {
    const code = codeOf(thrown);
    throw code === null || thrown instanceof Refusal ? thrown : new Refusal(failure(sourceType(code), code));
  }
}

/** A step that writes: into the vault, or into the folder a copy was asked for. */
export async function onOurs<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === null || thrown instanceof Refusal) throw thrown;
    throw new Refusal(failure(FULL.has(code) ? 'NoSpace' : 'ReadOnly', code));
  }
}

/** A step that reads a blob. */
export async function onBlob<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === null || thrown instanceof Refusal) throw thrown;
    throw new Refusal(failure(GONE.has(code) ? 'Missing' : code === 'EIO' ? 'Damaged' : 'ReadOnly', code));
  }
}

/** The answer of `step`, or null where nothing is there. */
export async function orNull<T>(step: Promise<T>): Promise<T | null> {
  try {
    return await step;
  } catch (thrown) {
    if (GONE.has(codeOf(thrown) ?? '')) return null;
    throw thrown;
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
const GONE = new Set(['ENOENT', 'ENOTDIR']);
/** EMFILE and ENFILE pass like a lock does: too much is open just now. */
const BUSY = new Set(['EBUSY', 'EPERM', 'EACCES', 'ETXTBSY', 'EAGAIN', 'EMFILE', 'ENFILE']);
/** The last is Node's own, for a path with a NUL in it. */
const NO_FILE = new Set(['ELOOP', 'EISDIR', 'ENAMETOOLONG', 'ENXIO', 'ERR_INVALID_ARG_VALUE']);

function sourceType(code: string): VaultFailureType {
  if (BUSY.has(code)) return 'SourceBusy';
  return NO_FILE.has(code) ? 'NotAFile' : 'SourceGone';
}
