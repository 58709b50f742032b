import type { HostEvent } from '../../contract/events.ts';
import type { Log } from '../../contract/log.ts';

/** Work that takes longer than a second: told step by step, and stopped when the person says so. */
export interface Jobs {
  /** Starts a job and returns its id at once. One step at a time; between steps other calls are answered. */
  start(job: Job): string;
  /** Starts work that waits for disks or other threads; it says itself how far it is and how it ended. */
  run(job: LongJob): string;
  /** Asks a job to stop before its next step. A job that is over is left alone. */
  cancel(jobId: string): void;
  isBusy(): boolean;
  /** Stops every job and waits until none is inside a step. */
  close(): Promise<void>;
}

export interface Job {
  /** "Adding sample deals" */
  readonly title: string;
  readonly total: number;
  /** Does step `index` (from 0) whole, or throws; what earlier steps did stays. */
  readonly step: (index: number) => void;
  /** What to say at the end, by how many steps were done. */
  readonly sentence: (done: number) => string;
  /** Called once at the end, with whether every step was done. */
  readonly onEnd?: (isWhole: boolean) => void;
}

export interface LongJob {
  readonly title: string;
  readonly total: number;
  /** `tell` says how far it is; `signal` is aborted when the person stops it. What it throws is a defect. */
  readonly work: (tell: (done: number, total: number) => void, signal: AbortSignal) => Promise<JobEnd>;
}

export interface JobEnd {
  readonly state: 'done' | 'cancelled' | 'failed';
  readonly sentence: string;
  readonly made?: { readonly sha256: string; readonly name: string };
  readonly dealId?: string;
}

export interface JobsDeps {
  readonly emit: (event: HostEvent) => void;
  readonly log: Log;
  readonly newId: () => string;
}

export function createJobs({ emit, log, newId }: JobsDeps): Jobs {
  const running = new Map<string, { stop: boolean; ended: Promise<void>; readonly halt: AbortController }>();

  const run = async (jobId: string, job: Job, own: { readonly stop: boolean }) => {
    const tell = (done: number, state: 'running' | 'done' | 'cancelled' | 'failed', sentence: string) =>
      emit({ type: 'job:progress', jobId, title: job.title, done, total: job.total, state, sentence });
    let done = 0;
    try {
      tell(0, 'running', '');
      while (done < job.total && !own.stop) {
        // Lets calls and events in between two steps; a step itself is synchronous and whole.
        await new Promise((resolve) => setImmediate(resolve));
        if (own.stop) break;
        job.step(done);
        done += 1;
        tell(done, 'running', '');
      }
      tell(done, done < job.total ? 'cancelled' : 'done', job.sentence(done));
    } catch (error) {
      log.defect('a job failed', error, { job: job.title, step: done });
      tell(done, 'failed', `${job.title} stopped at ${done} of ${job.total}. What was done so far is kept.`);
    } finally {
      running.delete(jobId);
      job.onEnd?.(done === job.total);
    }
  };
  const runLong = async (jobId: string, { title, total, work }: LongJob, signal: AbortSignal) => {
    const told = { done: 0, total };
    const event = { type: 'job:progress' as const, jobId, title };
    const tell = (done: number, of: number) => {
      Object.assign(told, { done, total: of });
      emit({ ...event, ...told, state: 'running', sentence: '' });
    };
    tell(0, total);
    try {
      const { state, ...end } = await work(tell, signal);
      emit({ ...event, ...told, done: state === 'done' ? told.total : told.done, state, ...end });
    } catch (error) {
      log.defect('a job failed', error, { job: title, step: told.done });
      emit({ ...event, ...told, state: 'failed', sentence: `${title} stopped. What was done so far is kept.` });
    } finally {
      running.delete(jobId);
    }
  };
  return {
    start: (job) => {
      const jobId = newId();
      const own = { stop: false, ended: Promise.resolve(), halt: new AbortController() };
      running.set(jobId, own);
      own.ended = run(jobId, job, own);
      return jobId;
    },
    run: (job) => {
      const jobId = newId();
      const own = { stop: false, ended: Promise.resolve(), halt: new AbortController() };
      running.set(jobId, own);
      own.ended = runLong(jobId, job, own.halt.signal);
      return jobId;
    },
    cancel: (jobId) => {
      const job = running.get(jobId);
      if (job === undefined) return;
      job.stop = true;
      job.halt.abort();
    },
    isBusy: () => running.size > 0,
    close: async () => {
      for (const job of running.values()) {
        job.stop = true;
        job.halt.abort();
      }
      await Promise.all([...running.values()].map((job) => job.ended));
    },
  };
}
