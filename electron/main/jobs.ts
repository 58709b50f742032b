import type { HostEvent } from '../contract/events.ts';

/** Which jobs run, as their progress tells. A restart for an update waits for them. */
export interface RunningJobs {
  hear(event: HostEvent): void;
  isBusy(): boolean;
}

export function createRunningJobs(): RunningJobs {
  const running = new Set<string>();
  return {
    hear(event) {
      // A backend that stopped takes its jobs with it.
      if (event.type === 'backend:state' && event.state !== 'ready') running.clear();
      if (event.type !== 'job:progress') return;
      if (event.state === 'running') running.add(event.jobId);
      else running.delete(event.jobId);
    },
    isBusy: () => running.size > 0,
  };
}
