import type { PortalContext } from '../context.ts';
import { ANYWHERE } from '../store/areas/limits.ts';
import type { JobHandler } from './run.ts';

const DAY_MS = 86_400_000;
/** What is over is kept a while, for whoever looks into what happened. */
const KEPT_DAYS = 30;
const KEPT_JOB_DAYS = 7;

/** Takes away what is over: codes, sessions, intakes that nobody went on with, jobs that are done, windows of limits. */
export const purgeJob: JobHandler = {
  kind: 'purge',
  everyMs: DAY_MS,
  run: async ({ store, workspaceId, now, log }: PortalContext) => {
    const nowMs = now().getTime();
    const before = new Date(nowMs - KEPT_DAYS * DAY_MS).toISOString();
    const jobsBefore = new Date(nowMs - KEPT_JOB_DAYS * DAY_MS).toISOString();
    const gone = await store.transaction(workspaceId, async (tx) => ({
      codes: await tx.codes.purge(workspaceId, before),
      sessions: await tx.sessions.purge(workspaceId, before),
      intakes: await tx.intakes.purge(workspaceId, before),
      jobs: await tx.jobs.purge(workspaceId, jobsBefore),
    }));
    const limits = (await store.limits.purge(workspaceId, nowMs)) + (await store.limits.purge(ANYWHERE, nowMs));
    log.info('purged', { ...gone, limits });
  },
};
