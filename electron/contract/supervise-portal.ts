import type { Log } from './log.ts';
import { FromPortal, type ToPortal } from './portal-wire.ts';
import { type ProcessListener, startProcess } from './start-process.ts';
import type { OwnPortal } from './wire.ts';

/** A portal process that was started. Neither function throws. */
export interface PortalProcess {
  post(message: ToPortal): void;
  kill(): void;
}

/** Starts the process. May throw: that counts as a process that ended at once. */
export type ForkPortal = (listener: ProcessListener) => PortalProcess;

export interface PortalDeps {
  readonly fork: ForkPortal;
  /** `why` is a sentence when it could not be started; empty while it starts or when it is not wanted. */
  readonly tell: (portal: OwnPortal | null, why: string) => void;
  readonly log: Log;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Calls back once after so many milliseconds; returns what takes that back. */
  readonly after: (ms: number, then: () => void) => () => void;
}

export interface SupervisedPortal {
  /**
   * True starts it, at once also where it waits before the next try. Whoever says it again gets its state again, with a
   * new code: a backend that was started anew knows neither. False ends it.
   */
  want(isWanted: boolean): void;
  /** Ends it for good and waits for that, at most `limitMs`; then it is killed. */
  close(limitMs: number): Promise<void>;
}

/** Opening the records of many years and bringing them to a new form may take its time. */
const START_LIMIT_MS = 120_000;
/** One that says nothing for this long does not answer desktops either. */
const ANSWER_LIMIT_MS = 30_000;
const CLOSE_LIMIT_MS = 5_000;

/** How long the next try waits, by how many ended before it. */
const WAITS_MS = [500, 1_000, 2_000, 5_000, 15_000, 60_000, 300_000];
/** What ran this long is not counted among those. */
const CALM_MS = 10 * 60_000;

const NOT_STARTED =
  'The portal of this computer does not start. All of your work is kept on this computer, and Closeboard tries it again.';

/** A process while it runs. */
interface Running {
  readonly process: PortalProcess;
  /** What it listens on, since when; null until it says so. */
  up: { readonly port: number; readonly since: number } | null;
  why: string;
  /** A new code is on its way: one more would make that one void. */
  isAsked: boolean;
  /** It was told to end. */
  isEnding: boolean;
}

/**
 * Keeps the portal of this computer running while it is wanted. One that ends is started again, later each time; a stop
 * of the backend does not touch it.
 */
export function supervisePortal(deps: PortalDeps): SupervisedPortal {
  let isWanted = false;
  let isClosed = false;
  let running: Running | null = null;
  let failures = 0;
  let forget: () => void = () => {};
  let whenEnded: () => void = () => {};

  const wait = (ms: number, then: () => void) => {
    forget();
    forget = deps.after(ms, then);
  };

  const start = () => {
    forget();
    const how = { fork: deps.fork, log: deps.log, what: 'starting the portal' };
    const process = startProcess(how, { heard: hear, ended });
    if (process === null) return;
    running = { process, up: null, why: '', isAsked: false, isEnding: false };
    limit(running, START_LIMIT_MS);
  };

  const limit = ({ process }: Running, ms: number) => {
    wait(ms, () => {
      deps.log.warn('the portal did not answer in time', { limitMs: ms });
      process.kill();
    });
  };

  const hear = (message: unknown) => {
    const parsed = FromPortal.safeParse(message);
    if (!parsed.success) return deps.log.warn('the portal said something unknown');
    if (running === null || running.isEnding) return;
    const heard = parsed.data;
    if (heard.kind === 'failed') {
      running.why = heard.why;
      // It ends by itself; one that does not is ended.
      return limit(running, CLOSE_LIMIT_MS);
    }
    if (heard.kind === 'ready') running.up = { port: heard.port, since: deps.now() };
    if (running.up === null) return;
    running.isAsked = false;
    forget();
    deps.tell(addressesOf(running.up.port, heard.code), '');
  };

  const ended = (code: number | null) => {
    const last = running;
    running = null;
    forget();
    whenEnded();
    if (!isWanted) return;
    // It was wanted again while it ended.
    if (last?.isEnding) return start();
    deps.log.warn('the portal stopped', { code });
    const ranMs = last?.up ? deps.now() - last.up.since : 0;
    if (ranMs > CALM_MS) failures = 0;
    const ms = WAITS_MS[Math.min(failures, WAITS_MS.length - 1)] ?? CALM_MS;
    failures += 1;
    deps.tell(null, last?.why || (last?.up ? '' : NOT_STARTED));
    wait(ms, start);
  };

  const end = (target: Running, limitMs: number) => {
    target.isEnding = true;
    target.process.post({ kind: 'close' });
    limit(target, limitMs);
  };

  return {
    want(wanted) {
      if (isClosed) return;
      isWanted = wanted;
      if (!wanted) {
        forget();
        failures = 0;
        if (running !== null && !running.isEnding) end(running, CLOSE_LIMIT_MS);
        return deps.tell(null, '');
      }
      if (running === null) return start();
      if (running.up === null || running.isEnding || running.isAsked) return;
      running.isAsked = true;
      running.process.post({ kind: 'local-code' });
      limit(running, ANSWER_LIMIT_MS);
    },
    close(limitMs) {
      isClosed = true;
      isWanted = false;
      forget();
      const target = running;
      if (target === null) return Promise.resolve();
      return new Promise((resolve) => {
        whenEnded = resolve;
        end(target, limitMs);
        wait(limitMs, () => {
          deps.log.warn('the portal did not close in time', { limitMs });
          target.process.kill();
          resolve();
        });
      });
    },
  };
}

/** Programs use the address; people's links use names, which keep files and pages apart (RFC 6761: both are this computer). */
function addressesOf(port: number, code: string): OwnPortal {
  return {
    url: `http://127.0.0.1:${port}`,
    publicUrl: `http://portal.localhost:${port}`,
    filesUrl: `http://files.localhost:${port}`,
    code,
  };
}
