import { setTimeout as pause } from 'node:timers/promises';
import type { PortalContext } from '../context.ts';
import type { JobRow } from '../store/areas/jobs.ts';
import { detailOf } from '../store/failures.ts';

/** Work that a server process carries out apart from requests, at least once: it must not mind being done again. */
export interface JobHandler {
  readonly kind: string;
  /** What it throws is logged, and the job is tried again later. */
  run(context: PortalContext, payload: unknown, signal: AbortSignal): Promise<void>;
  /** For one that comes by itself: how far apart, in milliseconds. One of all server processes does each. */
  readonly everyMs?: number;
}

export interface JobLoop {
  /** Begins nothing more, tells what runs to stop, and waits for it at most `limitMs`. */
  close(limitMs: number): Promise<void>;
  /** Looks at once instead of in some seconds. Fulfilled when nothing is due any more. */
  runDue(): Promise<void>;
}

const LOOK_MS = 4_000;
const CLAIM_MS = 15 * 60_000;
const AT_ONCE = 5;
const MOST_TRIES = 12;
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 3_600_000;

/** Claims what is due every few seconds, with jitter so that server processes do not all ask at once. */
export function startJobs(context: PortalContext, handlers: readonly JobHandler[]): JobLoop {
  const byKind = new Map(handlers.map((handler) => [handler.kind, handler]));
  const ending = new AbortController();
  const { signal } = ending;
  const turn: Turn = { context, byKind, added: new Map(), signal };
  let last: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    last = last.then(() => (signal.aborted ? undefined : runTurn(turn)));
    return last;
  };
  const loop = async () => {
    while (!signal.aborted) {
      await look();
      await pause(LOOK_MS * (0.75 + Math.random() / 2), undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const running = loop();
  return {
    runDue: look,
    close: async (limitMs) => {
      ending.abort();
      const stopped = new AbortController();
      await Promise.race([
        Promise.all([running, last]),
        pause(limitMs, undefined, { signal: stopped.signal }).catch(() => undefined),
      ]);
      stopped.abort();
    },
  };
}

/** How long a job waits after so many tries, in milliseconds; null to give it up. */
export function retryAfterMs(tries: number): number | null {
  return tries >= MOST_TRIES ? null : Math.min(FIRST_RETRY_MS * 2 ** (tries - 1), LONGEST_RETRY_MS);
}

async function runTurn(turn: Turn): Promise<void> {
  const { context, signal } = turn;
  try {
    await addRecurring(context, turn);
    for (let isMore = true; isMore && !signal.aborted; ) {
      const claimed = await claim(context);
      for (const job of claimed) await runOne(turn, job);
      isMore = claimed.length === AT_ONCE;
    }
  } catch (error) {
    // The records are away, or a slip of ours: either way the next turn tries again.
    context.log.warn('jobs were not looked at', { detail: detailOf(error) });
  }
}

/** One job for each stretch of time: its number is the key, so whichever process is first makes it. */
async function addRecurring(
  { store, workspaceId, now, newId }: PortalContext,
  { byKind, added }: Pick<Turn, 'byKind' | 'added'>,
): Promise<void> {
  const at = now();
  for (const { kind, everyMs } of byKind.values()) {
    if (everyMs === undefined) continue;
    const sameKey = `every:${Math.floor(at.getTime() / everyMs)}`;
    const job = { workspaceId, jobId: newId(), kind, sameKey, payload: {}, runAt: at.toISOString() };
    if (added.get(kind) === sameKey) continue;
    await store.transaction(workspaceId, (tx) => tx.jobs.add(job));
    added.set(kind, sameKey);
  }
}

async function claim({ store, workspaceId, now, owner }: PortalContext): Promise<readonly JobRow[]> {
  const at = now();
  const due = await store.read((read) => read.jobs.dueWorkspaces(at.toISOString(), 1_000));
  if (!due.includes(workspaceId)) return [];
  const until = new Date(at.getTime() + CLAIM_MS).toISOString();
  const wanted = { workspaceId, at: at.toISOString(), until, owner, limit: AT_ONCE };
  return store.transaction(workspaceId, (tx) => tx.jobs.claim(wanted));
}

interface Turn {
  readonly context: PortalContext;
  readonly byKind: ReadonlyMap<string, JobHandler>;
  /** Kind -> the stretch of time that it is known to be added for, so that a quiet server does not write every few seconds. */
  readonly added: Map<string, string>;
  readonly signal: AbortSignal;
}

async function runOne({ context, byKind, signal }: Turn, job: JobRow): Promise<void> {
  const { store, workspaceId, owner, log, now } = context;
  const { jobId, kind } = job;
  const handler = byKind.get(kind);
  try {
    // One of a newer program waits for it.
    if (handler === undefined) throw new Error('no handler of that kind');
    await handler.run(context, job.payload, signal);
    await store.transaction(workspaceId, (tx) => tx.jobs.finish(workspaceId, jobId, owner));
  } catch (error) {
    log.defect(`job ${kind} ${jobId}`, error);
    const waitMs = signal.aborted ? 0 : retryAfterMs(job.tries);
    const retryAt = waitMs === null ? null : new Date(now().getTime() + waitMs).toISOString();
    const failed = { workspaceId, jobId, owner, retryAt, problem: detailOf(error) };
    await store.transaction(workspaceId, (tx) => tx.jobs.fail(failed));
  }
}
