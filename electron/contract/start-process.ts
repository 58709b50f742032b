import type { Log } from './log.ts';

export interface ProcessListener {
  heard(message: unknown): void;
  /** Told once, also when the process could not be started. */
  ended(code: number | null): void;
}

interface StartDeps<P> {
  /** Starts the process. May throw: that counts as a process that ended at once. */
  readonly fork: (listener: ProcessListener) => P;
  readonly log: Log;
  /** For the log: "starting the backend". */
  readonly what: string;
}

/** Starts a process and gives it, or null when it is over already. After its end nothing of it is listened to. */
export function startProcess<P>({ fork, log, what }: StartDeps<P>, listener: ProcessListener): P | null {
  let isOver = false;
  const once: ProcessListener = {
    heard: (message) => {
      if (!isOver) listener.heard(message);
    },
    ended: (code) => {
      if (isOver) return;
      isOver = true;
      listener.ended(code);
    },
  };
  try {
    const started = fork(once);
    return isOver ? null : started;
  } catch (error) {
    log.defect(what, error);
    once.ended(null);
    return null;
  }
}
