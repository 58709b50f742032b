import { useCallback, useEffect, useRef, useState } from 'react';
import { createStore, type Store, useStore } from '../ui/store.ts';
import { asCallError, call } from './api.ts';
import { newId } from './ids.ts';
import { type JobProgress, type Session, type ToastLink, useSession } from './session.tsx';

/** Something the page itself is busy with: sending files to the host. */
export interface PageWork {
  readonly id: string;
  readonly title: string;
  readonly done: number;
  readonly total: number;
  /** "3 of 12 files" */
  readonly words: string;
  readonly stop: () => void;
}

const works = new WeakMap<Session, Store<readonly PageWork[]>>();

export function pageWorkOf(session: Session): Store<readonly PageWork[]> {
  const there = works.get(session) ?? createStore<readonly PageWork[]>([]);
  works.set(session, there);
  return there;
}

/** Puts a piece of the page's own work into the line of jobs, or its newer state in its place. */
export function showWork(session: Session, work: PageWork): void {
  const store = pageWorkOf(session);
  const isThere = store.get().some(({ id }) => id === work.id);
  store.set(isThere ? store.get().map((one) => (one.id === work.id ? work : one)) : [...store.get(), work]);
}

export function endWork(session: Session, id: string): void {
  const store = pageWorkOf(session);
  store.set(store.get().filter((one) => one.id !== id));
}

/** Waits until a job is over. Events may come before the answer that names the job, so the last one is looked at first. */
export function endOfJob(session: Session, jobId: string): Promise<JobProgress> {
  return new Promise((resolve) => {
    let stop = () => {};
    const look = () => {
      const now = session.jobs.get()[jobId];
      if (now === undefined || now.state === 'running') return;
      stop();
      resolve(now);
    };
    stop = session.jobs.subscribe(look);
    look();
  });
}

/** A job that has just ended has nothing left to stop. */
export function stopJob(jobId: string): void {
  call('jobs:cancel', { jobId }).catch(() => undefined);
}

/** Says how a job ended in the line at the foot, with the way to what it made. */
export function tellEnd(session: Session, end: Pick<JobProgress, 'state' | 'sentence'>, link?: ToastLink): void {
  const kind = end.state === 'failed' ? 'refused' : 'done';
  session.toast.set({ id: newId(), text: end.sentence, kind, undo: null, ...(link ? { link } : {}) });
}

/** Jobs whose end can not be told any more, because the backend that ran them stopped. */
export function loseJobs(session: Session): void {
  const jobs = session.jobs.get();
  const lost = Object.values(jobs).filter((job) => job.state === 'running');
  if (lost.length === 0) return;
  const ended = lost.map((job) => [
    job.jobId,
    { ...job, state: 'failed' as const, sentence: `${job.title} stopped. What was done so far is kept.` },
  ]);
  session.jobs.set({ ...jobs, ...Object.fromEntries(ended) });
}

export interface OneJob {
  /** Null before it was started; `starting` until the first word of it comes. */
  readonly progress: JobProgress | 'starting' | null;
  /** Why it was not even started. */
  readonly wrong: string | null;
  readonly isRunning: boolean;
  readonly start: (ask: () => Promise<{ readonly jobId: string }>) => Promise<void>;
  readonly stop: () => void;
  readonly reset: () => void;
}

/** A job that a dialog waits for. When the dialog goes first, the line at the foot says the end instead. */
export function useOneJob(linkOf: (end: JobProgress) => ToastLink | undefined): OneJob {
  const session = useSession();
  const jobs = useStore(session.jobs);
  const [jobId, setJobId] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const isShown = useRef(true);
  const link = useRef(linkOf);
  link.current = linkOf;
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const start = useCallback<OneJob['start']>(
    async (ask) => {
      setWrong(null);
      setJobId('');
      try {
        const { jobId: id } = await ask();
        setJobId(id);
        const end = await endOfJob(session, id);
        if (!isShown.current) tellEnd(session, end, link.current(end));
      } catch (thrown) {
        setJobId(null);
        const sentence = asCallError(thrown).message;
        if (isShown.current) setWrong(sentence);
        else tellEnd(session, { state: 'failed', sentence });
      }
    },
    [session],
  );
  const progress = jobId === null ? null : (jobs[jobId] ?? 'starting');
  return {
    progress,
    wrong,
    isRunning: progress === 'starting' || progress?.state === 'running',
    start,
    stop: () => jobId && stopJob(jobId),
    reset: () => setJobId(null),
  };
}
