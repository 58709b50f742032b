import type { Result } from '../../../core/result.ts';
import type { Log } from '../../contract/log.ts';
import type { EditTasks } from './edit-tasks.ts';
import { createLane, type Lane } from './lane.ts';
import { PDF_LIMITS, type PdfLimits } from './limits.ts';
import type { PdfProblem } from './problem.ts';
import type { FindInput, PageImageInput, PdfFind, PdfInfo, PdfPageImage, PdfText, Progress } from './types.ts';

export interface PdfWorkerOptions {
  /** The thread's script: `worker.ts` beside this file, or what the build made of it. */
  readonly entry: URL | string;
  readonly log: Log;
  readonly limits?: Partial<PdfLimits>;
}

export interface PdfCall {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

export interface PdfReadCall extends PdfCall {
  readonly password?: string | undefined;
  /**
   * `now`: a person waits for it. `later`: it is read for the inbox or the search. The two have a thread each, so that
   * neither a long text nor a merge ever stands before a page that is turned.
   */
  readonly turn?: 'now' | 'later' | undefined;
}

/**
 * All work on PDFs, outside of the thread that answers the window. Paths are absolute. No call rejects; what a file or a
 * limit does is a value, and fails that call only. Calls after `close` answer `Cancelled`.
 */
export interface PdfWorker {
  /** `later` unless told otherwise. */
  info(path: string, call?: PdfReadCall): Promise<Result<PdfInfo, PdfProblem>>;
  /** `later` unless told otherwise; progress in pages. */
  text(path: string, call?: PdfReadCall): Promise<Result<PdfText, PdfProblem>>;
  /** `now` unless told otherwise. */
  find(path: string, input: FindInput, call?: PdfReadCall): Promise<Result<PdfFind, PdfProblem>>;
  /** `now` unless told otherwise. */
  pageImage(path: string, input: PageImageInput, call?: PdfReadCall): Promise<Result<PdfPageImage, PdfProblem>>;
  /** Makes a PDF out of others, in the `later` thread. A call that fails may leave a part of its output behind. */
  run<Name extends keyof EditTasks>(
    task: Name,
    input: EditTasks[Name]['input'],
    call?: PdfCall,
  ): Promise<Result<EditTasks[Name]['output'], PdfProblem>>;
  close(): Promise<void>;
}

export function createPdfWorker({ entry, log, limits }: PdfWorkerOptions): PdfWorker {
  const options = { entry, log, limits: { ...PDF_LIMITS, ...limits } };
  const lanes = { now: createLane(options), later: createLane(options) };
  // The names and shapes of what crosses the thread are told by `worker.ts`, which serves the same ones.
  const ask = <T>(lane: Lane, name: string, input: object, { signal, onProgress }: PdfCall) =>
    lane.run({ name, input, signal, onProgress }) as Promise<Result<T, PdfProblem>>;
  const read =
    <T>(name: string, usual: 'now' | 'later') =>
    (input: object, { password, turn, ...call }: PdfReadCall = {}) =>
      ask<T>(lanes[turn ?? usual], name, { ...input, password }, call);
  const info = read<PdfInfo>('info', 'later');
  const text = read<PdfText>('text', 'later');
  const find = read<PdfFind>('find', 'now');
  const pageImage = read<PdfPageImage>('pageImage', 'now');
  return {
    info: (path, call) => info({ path }, call),
    text: (path, call) => text({ path }, call),
    find: (path, input, call) => find({ ...input, path }, call),
    pageImage: (path, input, call) => pageImage({ ...input, path }, call),
    run: (task, input, call) => ask(lanes.later, task, input, call ?? {}),
    close: async () => {
      await Promise.all([lanes.now.close(), lanes.later.close()]);
    },
  };
}
