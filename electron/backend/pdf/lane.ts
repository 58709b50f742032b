import { err } from '../../../core/result.ts';
import type { Log } from '../../contract/log.ts';
import type { PdfLimits } from './limits.ts';
import { type PdfProblemType, pdfProblem } from './problem.ts';
import type { Answer, FromThread } from './protocol.ts';
import { startThread, type Thread, type ThreadEnd } from './thread.ts';
import type { Progress } from './types.ts';
import { createWatch, type Watch } from './watch.ts';

export interface LaneOptions {
  readonly entry: URL | string;
  readonly log: Log;
  readonly limits: PdfLimits;
}

export interface Job {
  readonly name: string;
  readonly input: unknown;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

export interface Lane {
  /** Waits for its turn, runs, and answers. Never rejects. */
  run(job: Job): Promise<Answer>;
  /** What waits or runs answers `Cancelled`; the thread is gone afterwards. */
  close(): Promise<void>;
}

interface Waiting extends Job {
  readonly id: number;
  readonly answer: (answer: Answer) => void;
}

/**
 * One thread and the queue before it: one job at a time, first come first served. The thread starts with the first job
 * and ends when there was none for a while. A job that goes over a limit, or takes the thread down with it, fails alone:
 * the next job gets a fresh thread.
 */
export function createLane({ entry, log, limits }: LaneOptions): Lane {
  const queue: Waiting[] = [];
  let thread: Thread | null = null;
  let current: { readonly job: Waiting; readonly watch: Watch } | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;
  let isClosed = false;

  const settle = (answer: Answer) => {
    if (current === null) return;
    const { job, watch } = current;
    current = null;
    watch.stop();
    thread?.hold(false);
    job.answer(answer);
    next();
  };
  const giveUp = (type: PdfProblemType) => {
    if (current === null) return;
    log.warn('a PDF task was ended', { task: current.job.name, why: type });
    // Not waited for: native code may hold a thread on its way out, and the next job has a thread of its own.
    void thread?.end();
    thread = null;
    settle(err(pdfProblem(type)));
  };
  const onMessage = (message: FromThread) => {
    if (message.type === 'defect') log.defect('PDF task', message.error, { task: current?.job.name ?? null });
    if (message.id !== current?.job.id) return;
    if (message.type === 'done') settle(message.answer);
    if (message.type !== 'progress') return;
    current.watch.alive();
    current.job.onProgress?.(message.progress);
  };
  const onEnd = ({ isOutOfMemory, error }: ThreadEnd) => {
    thread = null;
    if (error && !isOutOfMemory) log.defect('PDF thread', error);
    giveUp(isOutOfMemory ? 'TooMuchMemory' : 'WorkerGone');
  };
  const next = () => {
    clearTimeout(idle);
    const job = queue.shift();
    if (job === undefined) {
      idle = setTimeout(rest, limits.idleMs).unref();
      return;
    }
    thread ??= startThread({ entry, limits, onMessage, onEnd });
    thread.hold(true);
    current = { job, watch: createWatch(limits, giveUp) };
    thread.post({ type: 'start', id: job.id, name: job.name, input: job.input, limits });
  };
  const rest = () => {
    void thread?.end();
    thread = null;
  };
  const cancel = (job: Waiting) => {
    if (current?.job === job) {
      current.watch.cancelled();
      thread?.post({ type: 'cancel', id: job.id });
      return;
    }
    const at = queue.indexOf(job);
    if (at < 0) return;
    queue.splice(at, 1);
    job.answer(err(pdfProblem('Cancelled')));
  };
  const run = ({ signal, ...rest }: Job): Promise<Answer> =>
    new Promise((resolve) => {
      if (isClosed || signal?.aborted) {
        resolve(err(pdfProblem('Cancelled')));
        return;
      }
      lastId += 1;
      const onAbort = () => cancel(job);
      const answer = (value: Answer) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value);
      };
      const job: Waiting = { ...rest, signal, id: lastId, answer };
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(job);
      if (current === null) next();
    });
  const close = async () => {
    isClosed = true;
    clearTimeout(idle);
    for (const job of queue.splice(0)) job.answer(err(pdfProblem('Cancelled')));
    const last = thread;
    thread = null;
    settle(err(pdfProblem('Cancelled')));
    clearTimeout(idle);
    await last?.end();
  };
  return { run, close };
}
