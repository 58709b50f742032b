import { Worker } from 'node:worker_threads';
import type { PdfLimits } from './limits.ts';
import type { FromThread, ToThread } from './protocol.ts';

/** Why a thread ended by itself. */
export interface ThreadEnd {
  readonly isOutOfMemory: boolean;
  /** Null when it simply left. */
  readonly error: Error | null;
}

export interface Thread {
  post(message: ToThread): void;
  /** While held, the thread keeps the process alive. */
  hold(isHeld: boolean): void;
  /** Ends it. Nothing is heard of it afterwards, and what it was doing stops wherever it was. */
  end(): Promise<void>;
}

export interface ThreadOptions {
  readonly entry: URL | string;
  readonly limits: PdfLimits;
  readonly onMessage: (message: FromThread) => void;
  readonly onEnd: (end: ThreadEnd) => void;
}

/** Starts one thread. It gets no environment, and its heap ends in a message instead of ending the process. */
export function startThread({ entry, limits, onMessage, onEnd }: ThreadOptions): Thread {
  const worker = new Worker(entry, {
    name: 'pdf',
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
  });
  let isEnded = false;
  let failure: Error | null = null;
  worker.on('message', (message: FromThread) => {
    if (!isEnded) onMessage(message);
  });
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(`thrown: ${typeof error}`);
  });
  worker.on('exit', () => {
    if (isEnded) return;
    isEnded = true;
    const code = failure === null ? undefined : (failure as NodeJS.ErrnoException).code;
    onEnd({ isOutOfMemory: code === 'ERR_WORKER_OUT_OF_MEMORY', error: failure });
  });
  return {
    post: (message) => worker.postMessage(message),
    hold: (isHeld) => (isHeld ? worker.ref() : worker.unref()),
    end: async () => {
      isEnded = true;
      await worker.terminate();
    },
  };
}
