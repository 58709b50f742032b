import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { err, ok, type Result } from '../../../core/result.ts';
import { type ReadFailure, STOPPED, sizeWords } from './types.ts';

const PIECE = 1 << 20;

/**
 * Opens an ordinary file for reading and hands it to `use`; closes it after. Links, pipes, devices and folders are refused
 * as unreadable, so that no read can wait for ever.
 */
export async function withFile<T, E>(
  path: string,
  use: (file: FileHandle, bytes: number) => Promise<Result<T, E>>,
): Promise<Result<T, E | ReadFailure>> {
  let file: FileHandle;
  try {
    // Windows has neither flag; there they are undefined and count as nothing.
    file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch {
    return err(unreadable());
  }
  try {
    const facts = await file.stat();
    if (!facts.isFile()) return err(unreadable());
    return await use(file, facts.size);
  } catch (failure) {
    if (isSystemFailure(failure)) return err(unreadable());
    throw failure;
  } finally {
    await file.close();
  }
}

/** A whole file of at most `max` bytes, in memory of its own. An empty file is a failure. */
export function readWhole(
  path: string,
  { max, signal }: { readonly max: number; readonly signal?: AbortSignal | undefined },
): Promise<Result<Uint8Array<ArrayBuffer>, ReadFailure>> {
  return withFile(path, async (file, bytes): Promise<Result<Uint8Array<ArrayBuffer>, ReadFailure>> => {
    if (bytes === 0) return err({ type: 'Empty', sentence: 'This file is empty. Ask the sender to send it again.' });
    if (bytes > max) return err(tooLarge(bytes, max));
    const whole = new Uint8Array(bytes);
    let at = 0;
    while (at < bytes) {
      if (signal?.aborted) return err(STOPPED);
      const { bytesRead } = await file.read(whole, at, Math.min(PIECE, bytes - at), at);
      if (bytesRead === 0) return err(unreadable());
      at += bytesRead;
    }
    return ok(whole);
  });
}

/** At most `length` bytes from `position`; fewer at the end of the file. */
export async function readAt(file: FileHandle, position: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const piece = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await file.read(piece, at, length - at, position + at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return piece.subarray(0, at);
}

/** Bytes as letters of the same number, for magic words. `TextDecoder('latin1')` is Windows-1252 and moves some. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function tooLarge(bytes: number, max: number): ReadFailure {
  const sentence = `This file has ${sizeWords(bytes)}; up to ${sizeWords(max)} can be taken apart. It is kept as it came.`;
  return { type: 'TooLarge', sentence };
}

function unreadable(): ReadFailure {
  return { type: 'Unreadable', sentence: 'This file could not be read from the disk. Add it again from where it was.' };
}

/** The system's own failures carry a code and a call; anything else is a defect and is thrown on. */
function isSystemFailure(failure: unknown): boolean {
  return failure instanceof Error && 'code' in failure && 'syscall' in failure;
}
