import type { Write } from '../../../../db/handles.ts';
import { fileTasks } from '../../../../db/sync/tables.ts';
import type { Outcome } from './outcome.ts';
import { type FileTask, setTask, TASK_SQL } from './tasks.ts';

const DAY_MS = 24 * 60 * 60_000;
const RECHECK_MS = 7 * DAY_MS;
/** What is not there yet is asked for soon and then ever more rarely. */
const FIRST_AGAIN_MS = 1_000;
const MOST_AGAIN_MS = 6 * 60 * 60_000;
/** From then on nobody is told that it is still to come. */
const ASLEEP_AFTER = 9;

export interface Settling {
  readonly task: FileTask;
  readonly outcome: Outcome;
  /** How far it is. */
  readonly done: number;
  readonly now: Date;
}

/** What the server has is asked about again after a week: it may have been set back, or found a file damaged. */
export function recheckAt(now: Date): string {
  return after(now, RECHECK_MS);
}

/** A file of a deal, as a session remembers that the server lacks it. */
export function lackingKey({ dealId, sha256 }: Pick<FileTask, 'dealId' | 'sha256'>): string {
  return `${dealId}/${sha256}`;
}

/** Writes down how a file's way ended, and when it is tried again. */
export function settleTask(write: Write, { task, outcome, done, now }: Settling): void {
  switch (outcome.type) {
    case 'done':
      settleDone(write, task, now);
      return;
    case 'not-there': {
      const tries = task.tries + 1;
      const wait = Math.min(MOST_AGAIN_MS, FIRST_AGAIN_MS * 2 ** Math.min(16, tries - 1));
      const state = tries >= ASLEEP_AFTER ? 'asleep' : 'waiting';
      setTask(write, task, { state, tries, uploadUrl: null, done: 0, nextAt: after(now, wait) });
      return;
    }
    case 'refused':
      setTask(write, task, {
        ...{ state: 'failed', tries: task.tries + 1, uploadUrl: null, done: 0 },
        ...{ problem: outcome.sentence, nextAt: after(now, DAY_MS) },
      });
      return;
    default:
      setTask(write, task, { state: 'waiting', done });
  }
}

/** What came from the server is there: it need not be asked whether it lacks it. */
function settleDone(write: Write, task: FileTask, now: Date): void {
  const isDone = { state: 'done', done: task.bytes, uploadUrl: null, tries: 0, problem: '' } as const;
  if (task.way === 'up') {
    setTask(write, task, { ...isDone, nextAt: recheckAt(now) });
    return;
  }
  write.run(TASK_SQL.drop, task.sha256, task.dealId, 'down');
  fileTasks.put(write, { ...task, ...isDone, way: 'up', nextAt: recheckAt(now) });
}

function after(now: Date, ms: number): string {
  return new Date(now.getTime() + ms).toISOString();
}
