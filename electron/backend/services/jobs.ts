import type { HostEvent } from '../../contract/events.ts';
import type { Log } from '../../contract/log.ts';

/** Work that takes longer than a second: told step by step, and stopped when the person says so. */
export interface Jobs {
  /** Starts a job and returns its id at once. One step at a time; between steps other calls are answered. */
  start(job: Job): string;
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

export interface JobsDeps {
  readonly emit: (event: HostEvent) => void;
  readonly log: Log;
  readonly newId: () => string;
}

export function createJobs({ emit, log, newId }: JobsDeps): Jobs {
  const running = new Map<string, { stop: boolean; ended: Promise<void> }>();

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
  return {
    start: (job) => {
      const jobId = newId();
      const own = { stop: false, ended: Promise.resolve() };
      running.set(jobId, own);
      own.ended = run(jobId, job, own);
      return jobId;
    },
    cancel: (jobId) => {
      const job = running.get(jobId);
      if (job !== undefined) job.stop = true;
    },
    isBusy: () => running.size > 0,
    close: async () => {
      for (const job of running.values()) job.stop = true;
      await Promise.all([...running.values()].map((job) => job.ended));
    },
  };
}
