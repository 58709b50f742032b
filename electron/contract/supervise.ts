import type { CallError, CallName, Reply } from './calls.ts';
import type { HostEvent } from './events.ts';
import type { Log } from './log.ts';
import { refused } from './reply.ts';
import { type ProcessListener, startProcess } from './start-process.ts';
import { FromBackend, type ToBackend } from './wire.ts';

/** A backend process that was started. Neither function throws. */
export interface BackendProcess {
  post(message: ToBackend): void;
  kill(): void;
}

/** Starts the process. May throw: that counts as a process that ended at once. */
export type Fork = (listener: ProcessListener) => BackendProcess;

/** What a backend wants of its host beside showing events: the portal of this computer, and secrets. */
export type BackendWish = Extract<FromBackend, { kind: 'want-portal' | 'ask-secret' | 'keep-secret' }>;

export interface SuperviseDeps {
  readonly fork: Fork;
  readonly emit: (event: HostEvent) => void;
  /** A backend that was started again wishes again: it knows nothing of what the one before it was told. */
  readonly onWish: (wish: BackendWish) => void;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Calls back once after so many milliseconds; returns what takes that back. */
  readonly after: (ms: number, then: () => void) => () => void;
  readonly onReady?: () => void;
}

export type SupervisedState = 'starting' | 'ready' | 'restarting' | 'gone' | 'closed';

export interface Supervised {
  call(name: CallName, input: unknown): Promise<Reply<unknown>>;
  /** Tells the backend that runs now; while none does it is lost, since the next one asks for itself. */
  tell(message: Extract<ToBackend, { kind: 'portal' | 'secret' }>): void;
  state(): SupervisedState;
  /** Asks the backend to close its records and waits for its end, at most `limitMs`; then it is ended. */
  close(limitMs: number): Promise<void>;
}

const SENTENCES = {
  ready: 'Your records are open.',
  restarting: 'The part of Closeboard that keeps your records stopped. It is being started again.',
  gone: 'The part of Closeboard that keeps your records stopped again. What was saved is safe. Start it again, or restart Closeboard.',
} as const;

const GONE: CallError = {
  type: 'backend-gone',
  message:
    'Closeboard lost its records for a moment while doing this. Look whether it was done before you do it again.',
};
const STILL_GONE: CallError = { type: 'backend-gone', message: SENTENCES.gone };

/** A second stop within this time means that starting again does not help. */
const CALM_MS = 10 * 60_000;

/** The call with which a person starts the records again after they are gone. */
const START_AGAIN: CallName = 'records:retry';

/**
 * Keeps one backend process running: started at once, started again after it stopped, and given up (`gone`) when it
 * stops again within ten minutes, until a person asks with `records:retry`. Whatever was under way when it stopped is
 * answered `backend-gone`; nothing is sent twice, since nobody knows how far it got.
 */
export function superviseBackend(deps: SuperviseDeps): Supervised {
  let state: SupervisedState = 'starting';
  let current: BackendProcess | null = null;
  let lastStop: number | null = null;
  let whenEnded: () => void = () => {};
  const pending = createPending();

  const tell = (next: 'ready' | 'restarting' | 'gone') => {
    state = next;
    deps.emit({ type: 'backend:state', state: next, sentence: SENTENCES[next] });
  };

  const start = () => {
    const how = { fork: deps.fork, log: deps.log, what: 'starting the backend' };
    const started = startProcess(how, { heard: hear, ended: stopped });
    // One that is over already has set what comes next.
    if (started !== null) current = started;
  };

  const hear = (message: unknown) => {
    const parsed = FromBackend.safeParse(message);
    if (!parsed.success) return deps.log.warn('the backend said something unknown');
    const heard = parsed.data;
    if (heard.kind === 'event') deps.emit(heard.event);
    else if (heard.kind === 'reply') pending.answer(heard.id, heard.reply);
    else if (state === 'closed' || heard.kind === 'closed') return;
    else if (heard.kind !== 'ready') deps.onWish(heard);
    else {
      tell('ready');
      deps.onReady?.();
    }
  };

  const stopped = (code: number | null) => {
    current = null;
    pending.answerAll(refused(GONE));
    whenEnded();
    if (state === 'closed') return;
    deps.log.warn('the backend stopped', { code });
    const isAgain = lastStop !== null && deps.now() - lastStop < CALM_MS;
    lastStop = deps.now();
    tell(isAgain ? 'gone' : 'restarting');
    if (!isAgain) start();
  };

  start();
  return {
    state: () => state,
    tell: (message) => current?.post(message),
    call(name, input) {
      if (state === 'gone' && name === START_AGAIN) {
        lastStop = null;
        tell('restarting');
        start();
      }
      const target = current;
      if (target === null) return Promise.resolve(refused(STILL_GONE));
      const { id, reply } = pending.add();
      target.post({ kind: 'call', id, name, input });
      return reply;
    },
    close(limitMs) {
      state = 'closed';
      const target = current;
      if (target === null) return Promise.resolve();
      return new Promise((resolve) => {
        const forget = deps.after(limitMs, () => {
          deps.log.warn('the backend did not close in time', { limitMs });
          target.kill();
          resolve();
        });
        whenEnded = () => {
          forget();
          resolve();
        };
        target.post({ kind: 'close' });
      });
    },
  };
}

/** The calls that wait for their reply, by the number that each was sent with. */
function createPending() {
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  let lastId = 0;
  return {
    add(): { id: number; reply: Promise<Reply<unknown>> } {
      lastId += 1;
      const id = lastId;
      return { id, reply: new Promise((resolve) => waiting.set(id, resolve)) };
    },
    answer(id: number, reply: Reply<unknown>): void {
      waiting.get(id)?.(reply);
      waiting.delete(id);
    },
    answerAll(reply: Reply<unknown>): void {
      for (const answer of waiting.values()) answer(reply);
      waiting.clear();
    },
  };
}
