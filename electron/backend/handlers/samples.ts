import { inWrite } from '../../../db/handles.ts';
import { sampleCount } from '../../../db/read/workspace.ts';
import { purgeSamples } from '../../../db/write/purge-samples.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import { addSample, sampleDeals } from '../services/sample-deals.ts';
import type { Open } from './context.ts';

/** Opens the made-up deals one by one. Stopping keeps those that are made. */
export function addSamples(open: Open, onDeals: () => void): { jobId: string } {
  const samples = sampleDeals();
  const jobId = open.jobs.start({
    title: 'Adding sample deals',
    total: samples.length,
    step: (index) => {
      const sample = samples[index];
      if (sample === undefined) throw new Error('no such sample');
      const dealId = addSample(
        {
          runner: open.runner,
          resources: open.resources,
          today: open.today,
          now: open.deps.now,
          newId: open.newId,
          ownerId: () => open.office.profile().memberId,
        },
        sample,
      );
      open.deps.emit({ type: 'deals:changed', dealIds: [dealId] });
    },
    sentence: (done) => `${done} made-up deals are on the board. One click removes them.`,
    onEnd: () => {
      open.deps.emit({ type: 'workspace:changed' });
      onDeals();
    },
  });
  return { jobId };
}

/** Takes all made-up deals away in one step; what a person entered stays. */
export function removeSamples(open: Open): { jobId: string } {
  const count = sampleCount(open.db.read);
  const jobId = open.jobs.start({
    title: 'Removing sample deals',
    total: 1,
    step: () => {
      inWrite(open.db, (write) => purgeSamples(write));
      dealCacheOf(open.db).forget();
      open.deps.emit({ type: 'deals:changed', dealIds: [] });
    },
    sentence: () => `${count} made-up deals are gone. Your own deals were not touched.`,
    onEnd: () => open.deps.emit({ type: 'workspace:changed' }),
  });
  return { jobId };
}
