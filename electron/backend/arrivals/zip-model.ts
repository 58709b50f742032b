import { type Kept, type NotKept, type ReadFailure, type Refused, type Sink, sizeWords } from './types.ts';
import type { ZipName } from './zip-names.ts';

export interface UnpackedFile extends ZipName, Kept {}

export interface UnpackedZip {
  /** In the zip's own order. Two files may have the same name. */
  readonly files: readonly UnpackedFile[];
  readonly refused: readonly Refused[];
}

export type ZipFailure =
  | ReadFailure
  | NotKept
  | { readonly type: 'ZipDamaged'; readonly sentence: string }
  | { readonly type: 'ZipLocked'; readonly sentence: string }
  | { readonly type: 'TooManyFiles'; readonly sentence: string }
  /** Unpacks to far more than an honest zip of its size. */
  | { readonly type: 'ZipSwells'; readonly sentence: string };

export interface ZipLimits {
  readonly maxEntries: number;
  /** Bytes of one file, unpacked. */
  readonly maxFileBytes: number;
  /** Bytes of all files, unpacked. */
  readonly maxTotalBytes: number;
  /** Unpacked bytes per byte of the zip, asked for once more than `freeBytes` came out. */
  readonly maxRatio: number;
  readonly freeBytes: number;
}

export const ZIP_LIMITS: ZipLimits = {
  maxEntries: 2000,
  maxFileBytes: 500_000_000,
  maxTotalBytes: 2_000_000_000,
  maxRatio: 100,
  freeBytes: 10_000_000,
};

export interface UnpackZip {
  readonly sink: Sink;
  readonly limits?: ZipLimits | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after every entry, with entries done and entries in all. */
  readonly onEntry?: ((done: number, total: number) => void) | undefined;
}

export const LOCKED_FILE = 'This file is locked with a password. Ask the sender for it without one.';

/** What the unpacker threw, as a failure: strong encryption hides the list itself. */
export function zipDamaged(failure: unknown): ZipFailure {
  if (failure instanceof Error && failure.message.includes('encryption')) return zipLocked();
  const sentence = 'This zip is damaged or cut off. It is kept as it came. Ask the sender to send it again.';
  return { type: 'ZipDamaged', sentence };
}

export function zipLocked(): ZipFailure {
  return { type: 'ZipLocked', sentence: 'This zip is locked with a password. Ask the sender for it without one.' };
}

export function tooManyFiles(found: number, max: number): ZipFailure {
  const sentence = `This zip lists ${found.toLocaleString('en-US')} files; up to ${max.toLocaleString('en-US')} can be unpacked. It is kept as it came.`;
  return { type: 'TooManyFiles', sentence };
}

export function zipSwells({ maxTotalBytes }: ZipLimits): ZipFailure {
  const sentence = `This zip unpacks to far more than it should (at most ${sizeWords(maxTotalBytes)}). Nothing was taken from it; it is kept as it came.`;
  return { type: 'ZipSwells', sentence };
}

export function tooLargeWords(max: number): string {
  return `This file has more than ${sizeWords(max)}. Unpack the zip on your computer and add it by itself.`;
}
