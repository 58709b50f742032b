import { isRunning, type SampleJob, useSampleJob } from '../../data/samples.ts';
import { useSession } from '../../data/session.tsx';
import { Icon } from '../../ui/icon.tsx';
import { KeyBar } from '../../ui/keys.tsx';
import { Bar, Plate } from '../../ui/marks.tsx';
import styles from './first-run.module.css';

const HINTS = [
  { keys: ['N'], does: 'new deal' },
  { keys: ['Mod K'], does: 'find or do' },
  { keys: ['?'], does: 'all keys', isLast: true },
];

/** The screen of somebody who has no deals yet. */
export function FirstRun() {
  const session = useSession();
  const job = useSampleJob();
  return (
    <div className={styles.frame}>
      <main className={styles.middle}>
        <div className={styles.plates} aria-hidden="true">
          <Plate number="1847" kind="buy" says="Buyer side" size="m" />
          <Plate number="2210" kind="sell" says="Seller side" size="m" />
          <Plate number="640" kind="rent" says="Rental side" size="m" />
        </div>
        <h1>No deals here yet</h1>
        <p className={styles.lead}>See how a busy week looks before you put your own work in.</p>
        {isRunning(job.progress) ? (
          <JobLine job={job} />
        ) : (
          <>
            <button type="button" className="btn go" onClick={() => void job.start('samples:add')}>
              Try it with sample deals
            </button>
            <JobEnd job={job} />
            <p className="meta">25 made-up deals in all six stages. One click removes them.</p>
            <button type="button" className="btn link" onClick={() => session.dialog.set('new-deal')}>
              Start your first deal
            </button>
          </>
        )}
        <p className={`meta ${styles.low}`}>
          <Icon name="lock" size="s" /> Everything stays on this computer.
        </p>
      </main>
      <KeyBar hints={HINTS} />
    </div>
  );
}

/** Words and a count for what takes longer than a second, with Stop beside it. */
export function JobLine(props: { readonly job: SampleJob }) {
  const { progress, stop } = props.job;
  const known = progress === 'starting' || progress === null ? null : progress;
  return (
    <div className={styles.job} role="status">
      <p>
        {known === null
          ? 'Starting'
          : `${known.title}, ${known.done.toLocaleString('en-US')} of ${known.total.toLocaleString('en-US')}`}
      </p>
      <Bar done={known?.done ?? 0} total={known?.total ?? 1} />
      <button type="button" className="btn sm" onClick={stop}>
        Stop
      </button>
    </div>
  );
}

function JobEnd(props: { readonly job: SampleJob }) {
  const { progress } = props.job;
  if (progress === null || progress === 'starting' || progress.state === 'done') return null;
  return <p role="alert">{progress.sentence}</p>;
}
