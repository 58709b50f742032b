import { join } from 'node:path';
import type { Id } from '../../../../core/deals/model.ts';
import { type Db, inWrite, type Write } from '../../../../db/handles.ts';
import { fileTasks } from '../../../../db/sync/tables.ts';
import type { Log } from '../../../contract/log.ts';
import type { Vault } from '../../vault/vault.ts';
import type { FileQueue, PortalClient } from '../types.ts';
import { askMissing } from './ask-missing.ts';
import { fetchFile } from './fetch-file.ts';
import { takeFetched } from './intake.ts';
import type { Outcome } from './outcome.ts';
import { createPace } from './pace.ts';
import { createPlanner } from './planner.ts';
import { sendFile } from './send-file.ts';
import { lackingKey, settleTask } from './settle.ts';
import {
  countTasks,
  dueAt,
  type FileTask,
  isSmallerWaiting,
  isStillWanted,
  nextTask,
  recheckSome,
  setTask,
  TASK_SQL,
  type Way,
  wakeTasks,
} from './tasks.ts';

export interface FileQueueDeps {
  readonly db: Db;
  readonly log: Log;
  readonly now: () => Date;
  /** The data folder, absolute. */
  readonly folder: string;
  /** The vault, and what follows files that came; loaded when something first moves. */
  readonly load: () => Promise<{ readonly vault: Vault; readonly arrived: (dealIds: readonly Id[]) => void }>;
  /** As it was when the program last ended. */
  readonly wanted: { readonly isPaused: boolean; readonly cap: number | null };
}

/** Between two tellings, and between two writes of how far a file is. */
const TELL_MS = 250;
const KEEP_MS = 1_000;
/** However often it is told to wait, it looks again after so long. */
const MOST_QUIET_MS = 5 * 60_000;
/** A file gives way to one that is so many times smaller than what is left of it. */
const GIVE_WAY = 8;

interface Running {
  readonly task: FileTask;
  readonly ending: AbortController;
  done: number;
  keptAt: number;
}

/** One connection's life: what is learnt of the server counts until it ends. */
interface Session {
  readonly client: PortalClient;
  readonly ending: AbortController;
  /** Contents that the server said it lacks, by deal and hash. */
  readonly lacking: Set<string>;
}

/** Moves files between vault and portal, one each way at a time, whatever ends and begins around it. */
export function createFileQueue(deps: FileQueueDeps): FileQueue {
  const { db, log, now, folder, load } = deps;
  const pace = createPace();
  pace.set(deps.wanted.cap);
  let { isPaused, cap } = deps.wanted;
  let session: Session | null = null;
  let isClosed = false;
  let quiet = { until: 0, times: 0, sentence: '' };
  const running = new Map<Way, Running>();
  const loops = new Map<Way, Promise<void>>();
  const timers = new Map<Way | 'tell', ReturnType<typeof setTimeout>>();
  const at = () => now().toISOString();
  let onChanged: () => void = () => {};
  inWrite(db, wakeTasks);

  const tell = () => {
    if (isClosed || timers.has('tell')) return;
    later('tell', TELL_MS, () => onChanged());
  };
  const later = (name: Way | 'tell', ms: number, work: () => void) => {
    clearTimeout(timers.get(name));
    const timer = setTimeout(() => {
      timers.delete(name);
      work();
    }, ms);
    timer.unref();
    timers.set(name, timer);
  };
  const planner = createPlanner({
    db,
    log,
    now: at,
    onPlanned: () => {
      tell();
      pumpAll();
    },
  });

  const pumpAll = () => {
    pump('up');
    pump('down');
  };
  const pump = (way: Way) => {
    if (isClosed || isPaused || session === null || loops.has(way)) return;
    const wait = quiet.until - performance.now();
    if (wait > 0) return later(way, wait, () => pump(way));
    const loop = runWay(way, session)
      .catch((error: unknown) => {
        log.defect('moving files', error, { way });
        calmDown({ type: 'away', sentence: '', waitMs: 60_000 });
      })
      .finally(() => {
        loops.delete(way);
        tell();
        if (!isClosed) waitForNext(way);
      });
    loops.set(way, loop);
  };
  /** Wakes when the next one is due, or the server may be asked again. */
  const waitForNext = (way: Way) => {
    if (session === null || isPaused) return;
    const due = dueAt(db.read, way);
    if (due === null) return;
    const ms = Math.max(Date.parse(due) - now().getTime(), quiet.until - performance.now(), 20);
    later(way, Math.min(ms, 24 * 60 * 60_000), () => pump(way));
  };

  async function runWay(way: Way, of: Session): Promise<void> {
    while (session === of && !isPaused && quiet.until <= performance.now()) {
      const task = nextTask(db.read, way, at());
      if (task === null) {
        if (way === 'up' && inWrite(db, (write) => recheckSome(write, at())) > 0) continue;
        return;
      }
      const outcome = await tryOne(task, of);
      if (outcome === null) continue;
      if (outcome.type === 'away') calmDown(outcome);
      else if (outcome.type === 'done') quiet = { until: 0, times: 0, sentence: '' };
      if (outcome.type === 'signed-out') return stop();
      tell();
    }
  }

  /** Null when it only became known what is to be done with it. */
  async function tryOne(task: FileTask, of: Session): Promise<Outcome | null> {
    if (!isStillWanted(db.read, task)) {
      inWrite(db, (write) => void write.run(TASK_SQL.drop, task.sha256, task.dealId, task.way));
      return null;
    }
    if (task.way === 'up' && task.uploadUrl === null && !of.lacking.has(lackingKey(task)))
      return await askMissing({ db, now, task, client: of.client, signal: of.ending.signal, lacking: of.lacking });
    const { vault, arrived } = await load();
    if (session !== of) return { type: 'stopped' };
    const run: Running = { task, ending: new AbortController(), done: task.done, keptAt: 0 };
    running.set(task.way, run);
    inWrite(db, (write) => void setTask(write, task, { state: 'running', problem: '' }));
    tell();
    try {
      const outcome = await move(run, of, { vault, arrived });
      of.lacking.delete(lackingKey(task));
      // Closed meanwhile, with or without the records: what was running waits again at the next start.
      if (isClosed && (outcome.type !== 'done' || !db.raw.open)) return outcome;
      inWrite(db, (write) => settleTask(write, { task, outcome, done: run.done, now: now() }));
      if (outcome.type === 'refused') log.warn('a file was not moved', { way: task.way, bytes: task.bytes });
      return outcome;
    } finally {
      running.delete(task.way);
      // Whatever was thrown above: it is not left as if it were moving.
      if (!isClosed) wakeOne(task);
    }
  }

  const wakeOne = (task: FileTask) => {
    const still = "sha256 = ? AND deal_id = ? AND way = ? AND state = 'running'";
    const set = { state: 'waiting' } as const;
    if (fileTasks.get(db.read, `WHERE ${still}`, task.sha256, task.dealId, task.way) === null) return;
    inWrite(db, (write) => void fileTasks.update(write, set, still, task.sha256, task.dealId, task.way));
  };

  function move(run: Running, { client, ending }: Session, { vault, arrived }: Awaited<ReturnType<typeof load>>) {
    const { task } = run;
    const signal = AbortSignal.any([run.ending.signal, ending.signal]);
    const onBytes = (done: number) => moved(run, done);
    const keep = (work: (write: Write) => void) => inWrite(db, work);
    if (task.way === 'up')
      return sendFile(task, {
        ...{ client, vault, pace, signal, onBytes },
        onPlace: (uploadUrl) => keep((write) => void setTask(write, task, { uploadUrl })),
      });
    return fetchFile(task, {
      ...{ client, vault, pace, signal, onBytes, folder: join(folder, 'portal-files') },
      onAdded: async (added) => {
        await takeFetched({ db, vault, now }, task, added);
        arrived([task.dealId]);
      },
    });
  }

  function moved(run: Running, done: number): void {
    run.done = done;
    tell();
    if (performance.now() - run.keptAt < KEEP_MS) return;
    run.keptAt = performance.now();
    const { task } = run;
    inWrite(db, (write) => void setTask(write, task, { done }));
    const bytes = Math.floor((task.bytes - done) / GIVE_WAY);
    if (!isSmallerWaiting(db.read, task.way, { now: at(), bytes })) return;
    run.ending.abort();
  }

  function calmDown({ sentence, waitMs }: Extract<Outcome, { type: 'away' }>): void {
    const times = quiet.times + 1;
    const wait = Math.min(MOST_QUIET_MS, waitMs * 2 ** Math.min(6, times - 1));
    quiet = { until: performance.now() + wait, times, sentence };
  }

  const stop = () => {
    session?.ending.abort();
    session = null;
    tell();
  };

  return {
    followed: (dealIds) => planner.plan(dealIds),
    start: (client) => {
      stop();
      if (isClosed) return;
      session = { client, ending: new AbortController(), lacking: new Set() };
      quiet = { until: 0, times: 0, sentence: '' };
      planner.plan([]);
      pumpAll();
      // Loops of the connection before end first.
      for (const [way, loop] of loops) loop.finally(() => pump(way)).catch(() => {});
    },
    stop,
    watch: (listener) => {
      onChanged = listener;
    },
    state: () => {
      const { up, down, bytesLeft, failed, problem } = countTasks(db.read);
      const run = running.get('up') ?? running.get('down');
      const gone = [...running.values()].reduce((sum, { task, done }) => sum + done - task.done, 0);
      const more = failed > 1 ? `${failed} files were not moved. ` : '';
      return {
        ...{ up, down, isPaused, cap },
        bytesLeft: Math.max(0, bytesLeft - Math.max(0, gone)),
        current:
          run === undefined ? null : { name: run.task.name, done: run.done, bytes: run.task.bytes, way: run.task.way },
        problem: quiet.sentence || (problem === '' ? '' : `${more}${problem}`),
      };
    },
    set: (wanted) => {
      if (wanted.cap !== undefined) {
        cap = wanted.cap;
        pace.set(cap);
      }
      if (wanted.isPaused !== undefined && wanted.isPaused !== isPaused) {
        isPaused = wanted.isPaused;
        if (isPaused) for (const { ending } of running.values()) ending.abort();
        else pumpAll();
      }
      tell();
    },
    close: async () => {
      stop();
      isClosed = true;
      planner.close();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(loops.values());
    },
  };
}
