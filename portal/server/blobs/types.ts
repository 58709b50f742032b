import type { Readable } from 'node:stream';

/** Bytes by their SHA-256, apart from the records. A folder today; an object store behind the same interface later. */
export interface Blobs {
  /**
   * Takes a file of this computer in under its hash: moved, flushed, renamed. The caller has hashed it. Adding what is
   * there already is no error. The file is gone from where it was afterwards.
   */
  take(file: string, sha256: string): Promise<void>;
  has(sha256: string): Promise<boolean>;
  /** Bytes from `from` to `to`, both included; the whole without. Null when they are not there. */
  read(sha256: string, range?: { readonly from: number; readonly to: number }): Promise<Readable | null>;
  /** In bytes; null when it is not there. */
  size(sha256: string): Promise<number | null>;
  remove(sha256: string): Promise<void>;
  /** Puts bytes that no longer are what they were out of the way, kept for whoever runs the server: the content is missing then. */
  setAside(sha256: string): Promise<void>;
  /** A folder on the same disk for uploads that are not whole yet. */
  readonly incoming: string;
  /** Whether it can be written to now. */
  check(): Promise<boolean>;
}
