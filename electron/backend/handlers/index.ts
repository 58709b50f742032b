import { userInfo } from 'node:os';
import { v7 as newId } from 'uuid';
import type { Deal } from '../../../core/deals/model.ts';
import type { Db } from '../../../db/handles.ts';
import type { CallError, CallNameOf } from '../../contract/calls.ts';
import type { HostEvent } from '../../contract/events.ts';
import { dealDates } from '../services/deal-dates.ts';
import { createJobs } from '../services/jobs.ts';
import { openOffice } from '../services/office.ts';
import { openRecords } from '../services/records.ts';
import { createResources } from '../services/resources.ts';
import { keepSummariesCurrent } from '../services/summary-rule.ts';
import { createTodayList } from '../services/today-list.ts';
import { type BackendDeps, type Handler, type Handlers, type ParsedInput, unanswered } from '../types.ts';
import { boardColumnPage, boardColumns } from './board.ts';
import { type Open, openContext } from './context.ts';
import { command, getDeal, listActivity } from './deals.ts';
import { find, findSimilar } from './find.ts';
import { addSamples, removeSamples } from './samples.ts';
import { listToday } from './today.ts';
import { getWorkspace, saveProfile, saveSettings } from './workspace.ts';

const CLOSED: CallError = {
  type: 'records-closed',
  message: 'The records are not open. Restore a backup or try again on the screen that says so.',
};

/** Wires the backend: what is opened once, and one handler a call. */
export function createHandlers(deps: BackendDeps): Handlers {
  const resources = createResources();
  const jobs = createJobs({ emit: deps.emit, log: deps.log, newId });
  const datesOf = (deal: Deal) => dealDates(deal, resources);
  let open: Open | null = null;

  const onOpen = (db: Db) => {
    const office = openOffice({ db, resources, firstName: nameOfUser(), newId });
    const todayList = createTodayList({ db, members: office.members, myId: office.profile().memberId, datesOf });
    const emit = (event: HostEvent) => {
      if (event.type === 'deals:changed') todayList.forget(event.dealIds);
      deps.emit(event);
    };
    open = openContext({ deps: { ...deps, emit }, db, office, resources, jobs, todayList, newId, datesOf });
    keepSummariesCurrent(() => open, open);
  };
  const records = openRecords(deps, onOpen, () => {
    open = null;
  });
  const told = (state: ReturnType<typeof records.state>) => {
    deps.emit({ type: 'records:changed', state });
    return state;
  };

  /** A call that needs the records open. */
  function whenOpen<N extends CallNameOf<'backend'>>(
    answer: (open: Open, input: ParsedInput<N>) => ReturnType<Handler<N>>,
  ): Handler<N> {
    return (input) => (open === null ? unanswered(CLOSED) : answer(open, input));
  }

  return {
    'records:state': () => records.state(),
    'records:retry': () => told(records.retry()),
    'records:restore': ({ backupId }) => told(records.restore(backupId)),
    'workspace:get': whenOpen(getWorkspace),
    'workspace:save-profile': whenOpen(saveProfile),
    'workspace:save-settings': whenOpen(saveSettings),
    'board:columns': whenOpen(boardColumns),
    'board:column': whenOpen(boardColumnPage),
    'today:list': whenOpen(listToday),
    'deals:get': whenOpen(getDeal),
    'deals:activity': whenOpen(listActivity),
    'deals:similar': whenOpen(findSimilar),
    'deals:command': whenOpen(command),
    'search:find': whenOpen(find),
    'samples:add': whenOpen(addSamples),
    'samples:remove': whenOpen(removeSamples),
    'jobs:cancel': ({ jobId }) => {
      jobs.cancel(jobId);
      return { done: true };
    },
    close: async () => {
      await jobs.close();
      await records.close();
    },
  };
}

/** What the computer calls the person, until they say it themselves. */
function nameOfUser(): string {
  try {
    const { username } = userInfo();
    return username === '' || username === 'root'
      ? 'Coordinator'
      : username.charAt(0).toUpperCase() + username.slice(1);
  } catch {
    return 'Coordinator';
  }
}
