import { type Db, inWrite } from '../../../../db/handles.ts';
import { fileTasks } from '../../../../db/sync/tables.ts';
import type { PortalClient } from '../types.ts';
import { OFFLINE, type Outcome, outcomeOf } from './outcome.ts';
import { lackingKey, recheckAt, settleTask } from './settle.ts';
import { type FileTask, setTask, TASK_SQL } from './tasks.ts';

export interface Asking {
  readonly db: Db;
  readonly now: () => Date;
  /** The next one; others of its deal are asked about with it. */
  readonly task: FileTask;
  readonly client: PortalClient;
  readonly signal: AbortSignal;
  readonly lacking: Set<string>;
}

const AT_ONCE = 500;

/**
 * Asks which contents of a deal the server lacks, so that nothing is sent twice, whoever sent it. Null when it answered:
 * what it has is done, what it lacks is known, and what it does not know of (yet) is asked about again.
 */
export async function askMissing({ db, now, task, client, signal, lacking }: Asking): Promise<Outcome | null> {
  const { dealId } = task;
  const others = fileTasks.all(db.read, TASK_SQL.unasked, dealId, AT_ONCE);
  const asked = new Map([task, ...others].slice(0, AT_ONCE).map((each) => [each.sha256, each]));
  const sha256s = [...asked.keys()];
  const answer = await client.ask('files/missing', { dealId, sha256s }, signal);
  if (signal.aborted) return { type: 'stopped' };
  if (!answer.ok) {
    const { error } = answer;
    if (error.type === 'signed-out') return { type: 'signed-out' };
    if (error.type === 'offline') return OFFLINE;
    if (error.error.type !== 'not-available') return outcomeOf(429, JSON.stringify({ error: error.error }));
    // The deal is not there yet, or not for us (any more): the next look at it says.
    inWrite(db, (write) => {
      const nextAt = new Date(now().getTime() + DEAL_AGAIN_MS).toISOString();
      for (const each of asked.values()) setTask(write, each, { state: 'asleep', nextAt });
    });
    return null;
  }
  const missing = new Set(answer.value.missing);
  const unnamed = new Set(answer.value.unnamed.map((place) => sha256s[place]));
  inWrite(db, (write) => {
    for (const each of asked.values()) {
      if (missing.has(each.sha256)) continue;
      if (unnamed.has(each.sha256)) {
        settleTask(write, { task: each, outcome: { type: 'not-there' }, done: 0, now: now() });
        continue;
      }
      setTask(write, each, { state: 'done', done: each.bytes, tries: 0, problem: '', nextAt: recheckAt(now()) });
    }
  });
  for (const each of asked.values()) if (missing.has(each.sha256)) lacking.add(lackingKey(each));
  return null;
}

const DEAL_AGAIN_MS = 60 * 60_000;
