import { useCallback } from 'react';
import { useStore } from '../ui/store.ts';
import { asCallError, call } from './api.ts';
import { showRefusal } from './commands.ts';
import { type JobProgress, useSession } from './session.tsx';

export interface SampleJob {
  /** Null before it was started from here. */
  readonly progress: JobProgress | 'starting' | null;
  readonly start: (what: 'samples:add' | 'samples:remove') => Promise<void>;
  readonly stop: () => void;
}

/** Adds or removes the sample deals, with progress. */
export function useSampleJob(): SampleJob {
  const session = useSession();
  const jobs = useStore(session.jobs);
  const jobId = useStore(session.sampleJob);
  const start = useCallback(
    async (what: 'samples:add' | 'samples:remove') => {
      session.sampleJob.set('');
      try {
        session.sampleJob.set((await call(what, {})).jobId);
      } catch (thrown) {
        session.sampleJob.set(null);
        showRefusal(session, asCallError(thrown).message);
      }
    },
    [session],
  );
  const progress = jobId === null ? null : (jobs[jobId] ?? 'starting');
  const stop = useCallback(() => {
    // A job that has just ended has nothing left to stop.
    if (jobId) call('jobs:cancel', { jobId }).catch(() => undefined);
  }, [jobId]);
  return { progress, start, stop };
}

export function isRunning(progress: SampleJob['progress']): boolean {
  return progress === 'starting' || progress?.state === 'running';
}
