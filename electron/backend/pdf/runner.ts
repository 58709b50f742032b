import { err } from '../../../core/result.ts';
import type { Log } from '../../contract/log.ts';
import type { PdfLimits } from './limits.ts';
import { type PdfProblemType, pdfProblem } from './problem.ts';
import type { Answer, FromThread } from './protocol.ts';
import { startThread, type Thread, type ThreadEnd } from './thread.ts';
import type { Progress } from './types.ts';
import { createWatch, type Watch } from './watch.ts';

export interface RunnerOptions {
  readonly entry: URL | string;
  readonly log: Log;
  readonly limits: PdfLimits;
}

export interface Run {
  readonly name: string;
  readonly input: unknown;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  /** Called once. */
  readonly answer: (answer: Answer) => void;
}

/** One thread that does one task at a time, within its limits. */
export interface Runner {
  /** Starts the thread if there is none. Only when nothing runs. */
  run(run: Run): void;
  /** Asks what runs to stop; it answers in any case. */
  cancel(): void;
  /** Ends the thread. What runs answers `Cancelled`. */
  end(): Promise<void>;
}

export function createRunner({ entry, log, limits }: RunnerOptions): Runner {
  let thread: Thread | null = null;
  let isReady = false;
  let current: (Run & { readonly id: number; readonly watch: Watch }) | null = null;
  let lastId = 0;

  const settle = (answer: Answer) => {
    const run = current;
    current = null;
    thread?.hold(false);
    run?.watch.stop();
    run?.answer(answer);
  };
  const drop = async () => {
    const dropped = thread;
    thread = null;
    isReady = false;
    await dropped?.end();
  };
  const giveUp = (type: PdfProblemType) => {
    log.warn('a PDF task was ended', { task: current?.name ?? null, why: type });
    // Not waited for: native code may hold a thread on its way out, and the next task gets a thread of its own.
    void drop();
    settle(err(pdfProblem(type)));
  };
  const onMessage = (message: FromThread) => {
    if (message.type === 'defect') log.defect('PDF task', message.error, { task: current?.name ?? null });
    if (message.type === 'ready') {
      isReady = true;
      current?.watch.started();
    }
    // What an ended task still says is nobody's.
    if (current === null || !('id' in message) || message.id !== current.id) return;
    if (message.type === 'done') settle(message.answer);
    if (message.type !== 'progress') return;
    current.watch.alive();
    current.onProgress?.(message.progress);
  };
  const onEnd = ({ isOutOfMemory, error }: ThreadEnd) => {
    if (error && !isOutOfMemory) log.defect('PDF thread', error);
    if (current === null) void drop();
    else giveUp(isOutOfMemory ? 'TooMuchMemory' : 'WorkerGone');
  };
  return {
    run: (run) => {
      lastId += 1;
      current = { ...run, id: lastId, watch: createWatch(limits, giveUp) };
      try {
        thread ??= startThread({ entry, limits, onMessage, onEnd });
        thread.hold(true);
        if (isReady) current.watch.started();
        thread.post({ type: 'start', id: lastId, name: run.name, input: run.input, limits });
      } catch (error) {
        // An entry that is no path, an input that is no plain data: a defect, and still an answer.
        log.defect('PDF thread', error, { task: run.name });
        settle(err(pdfProblem('Defect')));
      }
    },
    cancel: () => {
      if (current === null) return;
      current.watch.cancelled();
      thread?.post({ type: 'cancel', id: current.id });
    },
    end: async () => {
      const dropped = drop();
      if (current !== null) settle(err(pdfProblem('Cancelled')));
      await dropped;
    },
  };
}
