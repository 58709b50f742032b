import { useEffect, useState } from 'react';
import { pageWorkOf, stopJob } from '../data/jobs.ts';
import { useAnnounce, useSession } from '../data/session.tsx';
import styles from './job-bar.module.css';
import { Bar } from './marks.tsx';
import { useStore } from './store.ts';

interface JobLine {
  readonly id: string;
  readonly title: string;
  readonly words: string;
  readonly done: number;
  readonly total: number;
  readonly stop: () => void;
}

/** What is over before it can be read is not shown. */
const SHOWN_AFTER_MS = 500;

/** What runs now, at the foot of every screen: what it is, how far, and Stop. Its end is said by the line above it. */
export function JobBar() {
  const lines = useLines();
  const shown = useLasting(lines);
  useSaid(shown);
  if (shown.length === 0) return null;
  return (
    <section className={styles.jobs} aria-label="Running now">
      {shown.map((line) => (
        <div key={line.id} className={styles.job} data-job={line.id}>
          <span className="cut">{line.title}</span>
          <Bar done={line.done} total={line.total} />
          <span className="meta nb">{line.words}</span>
          <button type="button" className="btn sm" aria-label={`Stop: ${line.title}`} onClick={line.stop}>
            Stop
          </button>
        </div>
      ))}
    </section>
  );
}

function useLines(): readonly JobLine[] {
  const session = useSession();
  const jobs = useStore(session.jobs);
  const own = useStore(pageWorkOf(session));
  // The sample deals have a line of their own.
  const samples = useStore(session.sampleJob);
  const running = Object.values(jobs).filter((job) => job.state === 'running' && job.jobId !== samples);
  return [
    ...own,
    ...running.map((job) => ({
      ...{ id: job.jobId, title: job.title, done: job.done, total: job.total },
      words: job.total > 1 ? `${job.done.toLocaleString('en-US')} of ${job.total.toLocaleString('en-US')}` : '',
      stop: () => stopJob(job.jobId),
    })),
  ];
}

/** Those that have been running for a moment. */
function useLasting(lines: readonly JobLine[]): readonly JobLine[] {
  const [lasting, setLasting] = useState<ReadonlySet<string>>(new Set());
  const ids = lines.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (ids === '') return setLasting(new Set());
    const timer = setTimeout(() => setLasting((was) => new Set([...was, ...ids.split(' ')])), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [ids]);
  return lines.filter(({ id }) => lasting.has(id));
}

/** Each is read out once, when it appears; a count that is read out all the time is noise. */
function useSaid(lines: readonly JobLine[]): void {
  const announce = useAnnounce();
  const [said, setSaid] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const fresh = lines.filter(({ id }) => !said.has(id));
    if (fresh.length === 0) return;
    setSaid(new Set([...said, ...fresh.map(({ id }) => id)]));
    announce(fresh.map(({ title }) => title).join('. '));
  });
}
