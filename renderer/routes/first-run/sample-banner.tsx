import { useWorkspace } from '../../data/queries.ts';
import { isRunning, useSampleJob } from '../../data/samples.ts';
import { counted } from '../../data/words.ts';
import styles from './first-run.module.css';
import { JobLine } from './first-run.tsx';

/** Says which deals are made up, and takes them away in one step. */
export function SampleBanner() {
  const workspace = useWorkspace().data;
  const job = useSampleJob();
  const count = workspace?.sampleCount ?? 0;
  if (count === 0 && !isRunning(job.progress)) return <div />;
  return (
    <section className={styles.banner} aria-label="Sample deals">
      {isRunning(job.progress) ? (
        <JobLine job={job} />
      ) : (
        <>
          <span>
            {counted(count, 'deal is', 'deals are')} made up, marked <span className="sample">Sample</span>. Your own
            are not touched when they go.
          </span>
          <button type="button" className="btn sm push" onClick={() => void job.start('samples:remove')}>
            Remove sample deals
          </button>
        </>
      )}
    </section>
  );
}
