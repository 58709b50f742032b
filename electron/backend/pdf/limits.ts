/** What one file may cost. A file over a limit ends in a value (`TooLarge`, `TookTooLong`, `TooMuchMemory`). */
export interface PdfLimits {
  /** Milliseconds that a thread has to start; they do not count for its first task. */
  readonly startMs: number;
  /** Milliseconds without a sign of progress. */
  readonly quietMs: number;
  /** Milliseconds in all, with progress. */
  readonly totalMs: number;
  /** Milliseconds that a cancelled task has to answer before its thread is ended. */
  readonly cancelMs: number;
  /** Milliseconds without work after which a thread ends and gives its memory back. */
  readonly idleMs: number;
  /** Megabytes of JavaScript heap of a thread. */
  readonly heapMb: number;
  /** Megabytes outside that heap (file bytes, decoded images), counted in the thread between pages. */
  readonly bufferMb: number;
  /** Megabytes that the whole process may grow by while a task runs: seen from outside, so also in the middle of a page. */
  readonly growthMb: number;
  readonly maxFileBytes: number;
}

export const PDF_LIMITS: PdfLimits = {
  startMs: 30_000,
  quietMs: 30_000,
  totalMs: 5 * 60_000,
  cancelMs: 1_000,
  idleMs: 60_000,
  heapMb: 1_024,
  bufferMb: 1_536,
  growthMb: 3_072,
  maxFileBytes: 1_000_000_000,
};
