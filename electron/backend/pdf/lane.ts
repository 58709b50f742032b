import { err } from '../../../core/result.ts';
import { pdfProblem } from './problem.ts';
import type { Answer } from './protocol.ts';
import { createRunner, type Run, type RunnerOptions } from './runner.ts';

export interface Job extends Omit<Run, 'answer'> {
  readonly signal: AbortSignal | undefined;
}

export interface Lane {
  /** Waits for its turn, runs, and answers. Never rejects. */
  run(job: Job): Promise<Answer>;
  /** What waits or runs answers `Cancelled`; the thread is gone afterwards. */
  close(): Promise<void>;
}

/**
 * A queue before one thread: first come, first served. The thread starts with the first job and ends when there was none
 * for a while. A job that goes over a limit, or takes the thread down with it, fails alone: the next gets a fresh thread.
 */
export function createLane(options: RunnerOptions): Lane {
  const runner = createRunner(options);
  const queue: Run[] = [];
  let running: Run | null = null;
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;

  const next = () => {
    clearTimeout(idle);
    running = queue.shift() ?? null;
    if (running !== null) runner.run(running);
    else if (!isClosed) idle = setTimeout(() => void runner.end(), options.limits.idleMs).unref();
  };
  const cancel = (run: Run) => {
    if (run === running) {
      runner.cancel();
      return;
    }
    const at = queue.indexOf(run);
    if (at >= 0) queue.splice(at, 1);
    run.answer(err(pdfProblem('Cancelled')));
  };
  const run = ({ signal, ...job }: Job): Promise<Answer> =>
    new Promise((resolve) => {
      if (isClosed || signal?.aborted) {
        resolve(err(pdfProblem('Cancelled')));
        return;
      }
      const onAbort = () => cancel(waiting);
      const answer = (value: Answer) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(value);
        if (waiting === running) next();
      };
      const waiting: Run = { ...job, answer };
      signal?.addEventListener('abort', onAbort, { once: true });
      queue.push(waiting);
      if (running === null) next();
    });
  const close = async () => {
    isClosed = true;
    clearTimeout(idle);
    for (const waiting of queue.splice(0)) waiting.answer(err(pdfProblem('Cancelled')));
    await runner.end();
  };
  return { run, close };
}
