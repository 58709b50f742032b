import type { Result } from '../../../core/result.ts';
import type { PdfProblem } from './problem.ts';
import type { Progress } from './types.ts';

/** What goes to the thread. `maxFileBytes` and `bufferMb` are limits that only the thread can keep. */
export type ToThread =
  | {
      readonly type: 'start';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      readonly limits: ThreadLimits;
    }
  | { readonly type: 'cancel'; readonly id: number };

export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'done'; readonly id: number; readonly answer: Answer; readonly ms: number }
  /** Something that no rule foresaw; the task of that id still answers. */
  | { readonly type: 'defect'; readonly id: number; readonly error: Error };

export type Answer = Result<unknown, PdfProblem>;

export interface ThreadLimits {
  readonly maxFileBytes: number;
  readonly bufferMb: number;
}

/** What a task in the thread is given besides its input. */
export interface TaskContext {
  readonly signal: AbortSignal;
  readonly limits: ThreadLimits;
  onProgress(progress: Progress): void;
  /**
   * Lets messages in, so that a cancel is heard, and holds the thread's memory against its limit. Called between pages.
   * Returns what the task must end with, or null.
   */
  breathe(): Promise<PdfProblem | null>;
}

/** A task of the thread. Input and output are plain data. It never throws for what a file or a person can do. */
export type Task = (input: never, context: TaskContext) => Promise<Answer>;
export type Tasks = Readonly<Record<string, Task>>;
