import type { Id } from '../../../../core/deals/model.ts';
import { writeFailureOf } from '../../../../db/failures.ts';
import { type Db, inWrite } from '../../../../db/handles.ts';
import type { Log } from '../../../contract/log.ts';
import { carryOut, dealsToPlan, isChange, planOf } from './tasks.ts';

export interface Planner {
  /** Rows of these deals changed; an empty list means many. */
  plan(dealIds: readonly Id[]): void;
  close(): void;
}

export interface PlannerDeps {
  readonly db: Db;
  readonly log: Log;
  readonly now: () => string;
  readonly onPlanned: () => void;
}

/** What a command and its switch change is planned once. */
const SOON_MS = 100;
/** So many deals in one transaction; calls of the person come in between. */
const AT_ONCE = 20;
const AGAIN_MS = 30_000;

/** Keeps the tasks in step with the rows of the deals, a few deals at a time. */
export function createPlanner({ db, log, now, onPlanned }: PlannerDeps): Planner {
  const waiting = new Set<Id>();
  let isAllWanted = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isClosed = false;

  const soon = (ms: number) => {
    if (isClosed || timer !== null) return;
    timer = setTimeout(step, ms);
    timer.unref();
  };
  const step = () => {
    timer = null;
    try {
      if (isAllWanted) for (const id of dealsToPlan(db.read)) waiting.add(id);
      isAllWanted = false;
      const some = [...waiting].slice(0, AT_ONCE);
      const plans = some.map((id) => planOf(db.read, id, now())).filter(isChange);
      if (plans.length > 0)
        inWrite(db, (write) => {
          for (const plan of plans) carryOut(write, plan);
        });
      for (const id of some) waiting.delete(id);
    } catch (error) {
      // A full disk: the rows stay, and are planned when there is room.
      if (writeFailureOf(error) === null) log.defect('planning the files of a deal', error);
      return soon(AGAIN_MS);
    }
    if (waiting.size > 0) return soon(0);
    onPlanned();
  };
  return {
    plan: (dealIds) => {
      if (dealIds.length === 0) isAllWanted = true;
      for (const id of dealIds) waiting.add(id);
      soon(SOON_MS);
    },
    close: () => {
      isClosed = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
