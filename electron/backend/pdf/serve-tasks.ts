import type { MessagePort } from 'node:worker_threads';
import { err } from '../../../core/result.ts';
import { type PdfProblem, pdfProblem } from './problem.ts';
import type { Answer, FromThread, TaskContext, Tasks, ThreadLimits, ToThread } from './protocol.ts';

const MB = 1_000_000;
/** Not more often than this, so that a document of many small pages does not drown its caller. */
const PROGRESS_EVERY_MS = 50;

/** The thread's side: runs one named task at a time and answers each exactly once. */
export function serveTasks(port: MessagePort, tasks: Tasks): void {
  const post = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
  let running: { readonly id: number; readonly cancel: AbortController } | null = null;
  // A library's forgotten promise must not end the thread: the task that made it still answers, or runs into its limit.
  process.on('unhandledRejection', (reason) => {
    post({ type: 'defect', id: running?.id ?? 0, error: asError(reason) });
  });
  port.on('message', (message: ToThread) => {
    if (message.type === 'cancel') {
      if (running?.id === message.id) running.cancel.abort();
      return;
    }
    const cancel = new AbortController();
    running = { id: message.id, cancel };
    const startedAt = performance.now();
    void runTask(message, tasks, cancel.signal, post).then((answer) => {
      running = null;
      const done = { type: 'done', id: message.id, ms: performance.now() - startedAt } as const;
      try {
        post({ ...done, answer }, transfersOf(answer));
      } catch (error) {
        // An answer that can't be cloned is a defect of its task, and must still be an answer.
        post({ type: 'defect', id: message.id, error: asError(error) });
        post({ ...done, answer: err(pdfProblem('Defect')) });
      }
    });
  });
  post({ type: 'ready' });
}

async function runTask(
  { id, name, input, limits }: Extract<ToThread, { type: 'start' }>,
  tasks: Tasks,
  signal: AbortSignal,
  post: (message: FromThread) => void,
): Promise<Answer> {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  try {
    if (!task) throw new Error(`no PDF task is called ${name}`);
    const answer = await task(input as never, contextOf(id, signal, limits, post));
    return signal.aborted && !answer.ok ? err(pdfProblem('Cancelled')) : answer;
  } catch (error) {
    if (signal.aborted) return err(pdfProblem('Cancelled'));
    post({ type: 'defect', id, error: asError(error) });
    return err(pdfProblem('Defect'));
  }
}

function contextOf(
  id: number,
  signal: AbortSignal,
  limits: ThreadLimits,
  post: (message: FromThread) => void,
): TaskContext {
  let postedAt = Number.NEGATIVE_INFINITY;
  return {
    signal,
    limits,
    onProgress: (progress) => {
      const at = performance.now();
      if (at - postedAt < PROGRESS_EVERY_MS && progress.done < progress.total) return;
      postedAt = at;
      post({ type: 'progress', id, progress: { done: progress.done, total: progress.total } });
    },
    breathe: async (): Promise<PdfProblem | null> => {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return pdfProblem('Cancelled');
      return process.memoryUsage().external > limits.bufferMb * MB ? pdfProblem('TooMuchMemory') : null;
    },
  };
}

/** A picture's bytes change hands instead of being copied. */
function transfersOf(answer: Answer): ArrayBuffer[] {
  if (!answer.ok || typeof answer.value !== 'object' || answer.value === null) return [];
  return Object.values(answer.value).flatMap((value) =>
    value instanceof Uint8Array && value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength
      ? [value.buffer]
      : [],
  );
}

function asError(reason: unknown): Error {
  if (!(reason instanceof Error)) return new Error(`thrown: ${typeof reason}`);
  // Errors of a library may carry what can't be cloned.
  const error = new Error(reason.message);
  error.name = reason.name;
  error.stack = reason.stack ?? '';
  return error;
}
