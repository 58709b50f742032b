import type { OneJob } from '../../data/jobs.ts';
import { Refusal } from '../../ui/calm.tsx';
import { Bar } from '../../ui/marks.tsx';
import styles from './documents.module.css';

/** How far a job of this dialog is, with Stop; its refusal when it did not come to an end. */
export function JobInDialog(props: { readonly job: OneJob; readonly says: string }) {
  const { job } = props;
  if (job.wrong !== null) return <Refusal says={job.wrong} />;
  if (job.isRunning) {
    const progress = job.progress === 'starting' ? null : job.progress;
    const count = progress !== null && progress.total > 1 ? `${progress.done} of ${progress.total}` : '';
    return (
      <div className={styles.job} role="status">
        <span>{props.says}</span>
        <Bar done={progress?.done ?? 0} total={progress?.total ?? 1} />
        <span className="meta nb">{count}</span>
        <button type="button" className="btn sm" onClick={job.stop}>
          Stop
        </button>
      </div>
    );
  }
  if (job.progress === null || job.progress === 'starting' || job.progress.state === 'done') return null;
  return <Refusal says={job.progress.sentence || 'Stopped. Nothing was changed.'} />;
}
