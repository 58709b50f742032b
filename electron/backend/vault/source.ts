import type { BigIntStats } from 'node:fs';
import { codeOf, failure, onSource, Refusal, stopIf } from './failures.ts';
import { CHUNK_BYTES, READ_FLAGS, readFully, type VaultHandle, type VaultIo } from './io.ts';

/** A file of this computer, bytes in hand, or bytes as they come (an attachment, an entry of an archive). */
export type VaultSource =
  | { readonly path: string }
  | { readonly bytes: Uint8Array }
  | { readonly stream: AsyncIterable<Uint8Array> };

/** A source being read. A chunk stays as it is until the second `next` after it. */
export interface Reader {
  /** Null at the end. */
  next(): Promise<Uint8Array | null>;
  /** Throws `SourceChanged` when the file was written to while we read. `bytes`: how many we read. */
  verify(bytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface ReadLimits {
  readonly signal?: AbortSignal | undefined;
  readonly maxBytes?: number | undefined;
}

export async function openSource(io: VaultIo, source: VaultSource, limits: ReadLimits): Promise<Reader> {
  stopIf(limits.signal);
  if ('path' in source) return openFile(io, source.path, limits);
  return 'bytes' in source ? readBytes(source.bytes) : readStream(source.stream, limits.signal);
}

/** Opens a regular file and nothing else: no link is followed, no pipe waited for, no device read. */
export async function openRegular(io: VaultIo, path: string): Promise<{ handle: VaultHandle; stat: BigIntStats }> {
  const before = await onSource(io.lstat(path));
  if (!before.isFile()) throw new Refusal(failure('NotAFile'));
  const handle = await onSource(io.open(path, READ_FLAGS));
  try {
    const stat = await onSource(handle.stat());
    if (!stat.isFile()) throw new Refusal(failure('NotAFile'));
    // Something else was put in its place between looking and opening: a link, where no flag refuses one.
    if (stat.ino !== before.ino || stat.dev !== before.dev) throw new Refusal(failure('SourceChanged'));
    return { handle, stat };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}

/** True while the file is the one it was, as far as its size, time and number tell. */
export function isSameFile(before: BigIntStats, after: BigIntStats): boolean {
  return before.size === after.size && before.mtimeNs === after.mtimeNs && before.ino === after.ino;
}

async function openFile(io: VaultIo, path: string, { maxBytes }: ReadLimits): Promise<Reader> {
  const { handle, stat } = await openRegular(io, path);
  if (maxBytes !== undefined && stat.size > maxBytes) {
    await handle.close();
    throw new Refusal(failure('TooBig'));
  }
  const chunks = fileChunks(handle, Number(stat.size));
  return {
    next: chunks,
    verify: async (bytes) => {
      const after = await onSource(handle.stat());
      if (!isSameFile(stat, after) || BigInt(bytes) !== after.size) throw new Refusal(failure('SourceChanged'));
    },
    close: () => handle.close(),
  };
}

/** Two buffers in turn: one is read into while the other is written. A small file is one buffer, a byte longer than it. */
function fileChunks(handle: VaultHandle, size: number): () => Promise<Uint8Array | null> {
  const length = Math.min(size + 1, CHUNK_BYTES);
  const buffers = [Buffer.allocUnsafe(length), Buffer.allocUnsafe(size < length ? 0 : length)];
  let turn = 0;
  let left = size;
  let ended = false;
  return async () => {
    const buffer = buffers[turn % 2];
    if (ended || buffer === undefined) return null;
    // The last piece is known by the size; whether the file grew is seen by looking at it again afterwards.
    const filled = await onSource(readFully(handle, buffer, { enough: Math.min(buffer.length, Math.max(1, left)) }));
    turn += 1;
    left -= filled;
    ended = filled < buffer.length;
    return filled === 0 ? null : buffer.subarray(0, filled);
  };
}

function readBytes(bytes: Uint8Array): Reader {
  let given = false;
  return {
    next: async () => {
      if (given || bytes.length === 0) return null;
      given = true;
      return bytes;
    },
    verify: async () => undefined,
    close: async () => undefined,
  };
}

function readStream(stream: AsyncIterable<Uint8Array>, signal: AbortSignal | undefined): Reader {
  const iterator = stream[Symbol.asyncIterator]();
  let isDone = false;
  return {
    next: async () => {
      const step = await orAborted(streamStep(iterator), signal);
      isDone = step.done === true;
      return step.done === true ? null : step.value;
    },
    verify: async () => undefined,
    close: async () => {
      // Not waited for: a stream that hangs must not hang us, and what it says on its way out is of no use.
      if (!isDone) iterator.return?.().catch(() => undefined);
    },
  };
}

/** Whatever breaks a stream (a torn archive, a lost connection) is the source's doing, with a code or without. */
async function streamStep(iterator: AsyncIterator<Uint8Array>): Promise<IteratorResult<Uint8Array>> {
  try {
    return await iterator.next();
  } catch (thrown) {
    throw new Refusal(failure('SourceGone', codeOf(thrown)));
  }
}

function orAborted<T>(step: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return step;
  return new Promise((resolve, reject) => {
    const stop = () => reject(new Refusal(failure('Cancelled')));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    step.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
