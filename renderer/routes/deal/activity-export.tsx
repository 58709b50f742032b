import type { DealView } from '../../../electron/contract/values.ts';
import { call } from '../../data/api.ts';
import { useOneJob } from '../../data/jobs.ts';
import { saveCopy } from '../../data/papers.ts';
import { useSession } from '../../data/session.tsx';
import { Refusal } from '../../ui/calm.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Kbd, useKeys } from '../../ui/keys.tsx';
import { Bar } from '../../ui/marks.tsx';
import styles from './activity.module.css';

/** The whole deal with its trail as one file, which can be checked outside of Closeboard. */
export function ActivityExport(props: { readonly deal: DealView }) {
  const { deal } = props;
  const session = useSession();
  const job = useOneJob(() => ({ title: 'Activity', to: `/deals/${deal.id}?tab=activity` }));
  const start = () => !job.isRunning && void job.start(() => call('trail:export', { dealId: deal.id }));
  useKeys({ e: start });
  const end = job.progress !== null && job.progress !== 'starting' && !job.isRunning ? job.progress : null;
  const made = end?.state === 'done' ? end.made : undefined;
  return (
    <div className={styles.export}>
      {job.isRunning ? (
        <Running job={job} />
      ) : made !== undefined ? (
        <>
          <span role="status" title={end?.sentence}>
            The export is ready.
          </span>
          <button type="button" className="btn go sm" onClick={() => void saveCopy(session, made)}>
            Save it
          </button>
          <button type="button" className="btn bare sm" onClick={job.reset}>
            Put away
          </button>
        </>
      ) : (
        <button type="button" className="btn sm" onClick={start} title="Closeboard verify checks the file">
          <Icon name="db" size="s" /> Export with trail <Kbd>E</Kbd>
        </button>
      )}
      {job.wrong !== null && <Refusal says={job.wrong} />}
      {end !== null && end.state !== 'done' && <Refusal says={end.sentence || 'Stopped. Nothing was made.'} />}
    </div>
  );
}

function Running(props: { readonly job: ReturnType<typeof useOneJob> }) {
  const { progress, stop } = props.job;
  const now = progress === 'starting' || progress === null ? null : progress;
  return (
    <>
      <span role="status">{now?.title || 'Putting the deal into one file'}</span>
      <span className={styles.bar}>
        <Bar done={now?.done ?? 0} total={now?.total ?? 1} />
      </span>
      {now !== null && now.total > 1 && (
        <span className="meta nb">
          {now.done.toLocaleString('en-US')} of {now.total.toLocaleString('en-US')}
        </span>
      )}
      <button type="button" className="btn sm" onClick={stop}>
        Stop
      </button>
    </>
  );
}
