import type { PlainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { summarise } from '../../../core/deals/summarise.ts';
import type { Db } from '../../../db/handles.ts';
import { followVersions } from '../papers/follow.ts';
import type { Papers } from '../papers/papers.ts';
import { localDay } from '../services/clock.ts';
import type { DealDates } from '../services/deal-dates.ts';
import type { Jobs } from '../services/jobs.ts';
import type { Office } from '../services/office.ts';
import type { Resources } from '../services/resources.ts';
import type { CommandRunner } from '../services/run-command.ts';
import type { TodayList } from '../services/today-list.ts';
import type { LazySync } from '../sync/lazy.ts';
import type { BackendDeps } from '../types.ts';

/** What a handler works with while the records are open. */
export interface Open {
  readonly deps: BackendDeps;
  readonly db: Db;
  readonly office: Office;
  readonly resources: Resources;
  readonly runner: CommandRunner;
  readonly jobs: Jobs;
  readonly todayList: TodayList;
  readonly newId: () => string;
  /** Rows of the inbox were changed by a command. */
  readonly onInbox: () => void;
  /** The desktop's side of the portal. */
  readonly sync: LazySync;
  readonly datesOf: (deal: Deal) => DealDates;
  readonly today: () => PlainDate;
}

/** The same with the work on files, which is loaded once the board stands. */
export interface WithPapers extends Open {
  readonly papers: Papers;
}

export function openContext(
  parts: Omit<Open, 'runner' | 'today' | 'sync'>,
  makeSync: (runner: CommandRunner) => LazySync,
): Open {
  const { db, office, deps, datesOf } = parts;
  const runner: CommandRunner = {
    db,
    workspace: office.workspace,
    actor: office.actor,
    summarise: (deal) => summarise(deal, datesOf(deal).dueOf),
    follow: (write, { changes }) => {
      if (followVersions(write, changes, deps.now().toISOString())) parts.onInbox();
    },
  };
  return { ...parts, runner, sync: makeSync(runner), today: () => localDay(deps.now()) };
}
