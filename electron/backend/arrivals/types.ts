import type { Result } from '../../../core/result.ts';

/** What a keeper of bytes answers: the content's SHA-256 (hex) and its length. */
export interface Kept {
  readonly sha256: string;
  readonly bytes: number;
}

/** A failure of the keeper (disk full, read-only), with its own sentence. */
export interface SinkFailure {
  readonly type: string;
  readonly sentence: string;
}

/**
 * Where unpacked bytes go. It takes bytes and never a name, so nothing that arrives can choose a path. Bytes given as an
 * iterable that throws midway must leave nothing behind.
 */
export type Sink = (bytes: Uint8Array | AsyncIterable<Uint8Array>) => Promise<Result<Kept, SinkFailure>>;

/** The file could not be read to its end, or the person stopped it. */
export type ReadFailure =
  | { readonly type: 'Unreadable'; readonly sentence: string }
  | { readonly type: 'Empty'; readonly sentence: string }
  | { readonly type: 'TooLarge'; readonly sentence: string }
  | { readonly type: 'Stopped'; readonly sentence: string };

/** The keeper could not keep a part; `cause` is its type and the sentence is its own. */
export interface NotKept {
  readonly type: 'NotKept';
  readonly cause: string;
  readonly sentence: string;
}

/** A part that was left out, and why. */
export interface Refused {
  readonly name: string;
  readonly sentence: string;
}

export const STOPPED = { type: 'Stopped', sentence: 'Stopped. The file is kept as it came.' } as const;

export function notKept(failure: SinkFailure): NotKept {
  return { type: 'NotKept', cause: failure.type, sentence: failure.sentence };
}

/** A size a person reads: "100 MB", "2 GB". */
export function sizeWords(bytes: number): string {
  if (bytes >= 1_000_000_000) return `${Math.round(bytes / 100_000_000) / 10} GB`;
  if (bytes >= 1_000_000) return `${Math.round(bytes / 1_000_000)} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} KB`;
}
