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
import { answerAttention, listAttention } from './attention.ts';
import { boardColumnPage, boardColumns } from './board.ts';
import { type Open, openContext, type WithPapers } from './context.ts';
import { command, getDeal, listActivity } from './deals.ts';
import { createFiles, type FileCalls, type Files } from './files.ts';
import { find, findSimilar } from './find.ts';
import { countInbox } from './inbox-count.ts';
import { listChanges, listThreads } from './portal-views.ts';
import { addSamples, removeSamples } from './samples.ts';
import {
  checkServer,
  getSyncState,
  joinServer,
  listWaiting,
  noteRestored,
  openSync,
  setFiles,
  signInAgain,
  signOut,
  trySyncNow,
} from './sync.ts';
import { listToday } from './today.ts';
import { getWorkspace, saveProfile, saveSettings } from './workspace.ts';

const CLOSED: CallError = {
  type: 'records-closed',
  message: 'The records are not open. Restore a backup or try again on the screen that says so.',
};

/** What speaks with the portal for a person is loaded when it is first asked for: the board does not wait for it. */
const team = () => import('./team.ts');
const access = () => import('./access.ts');
const trail = () => import('./trail.ts');
const leads = () => import('./leads.ts');
const preview = () => import('./preview.ts');
const peopleActs = () => import('./people-acts.ts');

/** Wires the backend: what is opened once, and one handler a call. */
export function createHandlers(deps: BackendDeps): Handlers {
  const resources = createResources();
  const jobs = createJobs({ emit: deps.emit, log: deps.log, newId });
  const datesOf = (deal: Deal) => dealDates(deal, resources);
  let open: Open | null = null;
  let files: Files | null = null;

  const onOpen = (db: Db) => {
    const office = openOffice({ db, resources, firstName: nameOfUser(), newId });
    const todayList = createTodayList({
      ...{ db, datesOf, members: office.members, actor: office.actor },
      ...{ team: () => office.workspace().members, myId: () => office.profile().memberId },
      now: () => deps.now().toISOString(),
    });
    const emit = (event: HostEvent) => {
      if (event.type === 'deals:changed') {
        todayList.forget(event.dealIds);
        files?.changed(event.dealIds);
        open?.sync.changed(event.dealIds);
      }
      deps.emit(event);
    };
    const parts = { deps: { ...deps, emit }, db, office, resources, jobs, todayList, newId, datesOf };
    const context = openContext({ ...parts, onInbox: () => files?.tell() }, (runner) =>
      openSync(parts, runner, () => files),
    );
    open = context;
    files = createFiles(context);
    keepSummariesCurrent(() => open, open);
  };
  const records = openRecords(deps, onOpen, () => {
    open?.sync.abandon();
    open = null;
    files?.abandon();
    files = null;
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

  /** A call that needs the work on files as well, which is loaded when it is first needed. */
  function whenFiles<N extends CallNameOf<'backend'>>(
    answer: (called: FileCalls, open: WithPapers, input: ParsedInput<N>) => ReturnType<Handler<N>>,
  ): Handler<N> {
    return async (input) => {
      const ready = files;
      if (open === null || ready === null) return unanswered(CLOSED);
      const { called, papers } = await ready.load();
      // Closed meanwhile.
      if (open === null || files !== ready) return unanswered(CLOSED);
      return await answer(called, { ...open, papers }, input);
    };
  }

  /** In the background: the deals are there and can be worked on. */
  const addPapers = (current: Open) => {
    files
      ?.load()
      .then(({ called, papers }) => {
        if (open === current) called.addSamplePapers({ ...current, papers });
      })
      .catch((error: unknown) => deps.log.defect('adding sample papers', error));
  };

  return {
    'records:state': () => records.state(),
    'records:retry': () => told(records.retry()),
    'records:restore': ({ backupId }) => {
      const state = records.restore(backupId);
      if (state.kind === 'open' && open !== null) noteRestored(open);
      return told(state);
    },
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
    'deals:preview': whenOpen(async (...asked) => (await preview()).previewCommand(...asked)),
    'deals:preview-new': whenOpen(async (...asked) => (await preview()).previewNewDeal(...asked)),
    'search:find': whenOpen(find),
    'search:all': whenFiles((called, ...asked) => called.findAll(...asked)),
    'inbox:add': whenFiles((called, ...asked) => called.addToInbox(...asked)),
    'inbox:list': whenFiles((called, open) => called.listInbox(open)),
    'inbox:item': whenFiles((called, ...asked) => called.getInboxItem(...asked)),
    'inbox:count': whenOpen(countInbox),
    'inbox:file': whenFiles((called, ...asked) => called.fileItem(...asked)),
    'inbox:propose': whenFiles((called, ...asked) => called.proposeAgain(...asked)),
    'inbox:undo': whenFiles((called, ...asked) => called.undoItem(...asked)),
    'inbox:set-aside': whenFiles((called, ...asked) => called.setItemAside(...asked)),
    'inbox:verdict-on-held': whenFiles((called, ...asked) => called.judgeHeld(...asked)),
    'inbox:password': whenFiles((called, ...asked) => called.givePassword(...asked)),
    'inbox:cuts': whenFiles((called, ...asked) => called.suggestItemCuts(...asked)),
    'inbox:split': whenFiles((called, ...asked) => called.splitItem(...asked)),
    'inbox:join-photos': whenFiles((called, ...asked) => called.joinItems(...asked)),
    'files:read': whenFiles((called, ...asked) => called.readFileBytes(...asked)),
    'files:put': whenFiles((called, ...asked) => called.putFile(...asked)),
    'files:copy-out': whenFiles((called, ...asked) => called.copyOut(...asked)),
    'review:queue': whenFiles((called, ...asked) => called.listReview(...asked)),
    'papers:lines': whenFiles((called, ...asked) => called.listLines(...asked)),
    'papers:arrange': whenFiles((called, ...asked) => called.arrange(...asked)),
    'papers:stamp': whenFiles((called, ...asked) => called.stamp(...asked)),
    'papers:merge': whenFiles((called, ...asked) => called.merge(...asked)),
    'papers:checklist': whenFiles((called, ...asked) => called.printChecklist(...asked)),
    'papers:packet': whenFiles((called, ...asked) => called.buildPacket(...asked)),
    'papers:folder': whenFiles((called, ...asked) => called.dealFolder(...asked)),
    'folders:list': whenFiles((called, open) => called.listFolders(open)),
    'folders:add': whenFiles((called, ...asked) => called.addFolder(...asked)),
    'folders:save': whenFiles((called, ...asked) => called.saveFolder(...asked)),
    'folders:remove': whenFiles((called, ...asked) => called.removeFolder(...asked)),
    'folders:rescan': whenFiles((called, ...asked) => called.rescanFolders(...asked)),
    'sync:state': whenOpen(getSyncState),
    'sync:try-now': whenOpen(trySyncNow),
    'sync:waiting': whenOpen(listWaiting),
    'sync:check-server': whenOpen(checkServer),
    'sync:join': whenOpen(joinServer),
    'sync:sign-in-again': whenOpen(signInAgain),
    'sync:sign-out': whenOpen(signOut),
    'sync:files': whenOpen(setFiles),
    'changes:of': whenOpen(listChanges),
    'messages:of': whenOpen(listThreads),
    'portal-rows:of': whenOpen(async (...asked) => (await peopleActs()).getPortalRows(...asked)),
    'portal-rows:sight': whenOpen(async (...asked) => (await peopleActs()).getSight(...asked)),
    'attention:list': whenOpen(listAttention),
    'attention:answer': whenOpen(answerAttention),
    'team:get': whenOpen(async (current) => (await team()).getTeam(current)),
    'team:invite': whenOpen(async (...asked) => (await team()).inviteMember(...asked)),
    'team:withdraw': whenOpen(async (...asked) => (await team()).withdrawInvitation(...asked)),
    'team:device-code': whenOpen(async (current, input) => (await team()).makeDeviceCode(current, input)),
    'team:set-member': whenOpen(async (...asked) => (await team()).setMember(...asked)),
    'team:revoke-member': whenOpen(async (...asked) => (await team()).revokeMember(...asked)),
    'team:revoke-device': whenOpen(async (...asked) => (await team()).revokeDevice(...asked)),
    'leads:links': whenOpen(async (current) => (await leads()).listLinks(current)),
    'leads:make-link': whenOpen(async (...asked) => (await leads()).makeIntakeLink(...asked)),
    'leads:revoke-link': whenOpen(async (...asked) => (await leads()).revokeIntakeLink(...asked)),
    'leads:of': whenOpen(async (...asked) => (await leads()).getLead(...asked)),
    'leads:merge': whenOpen(async (...asked) => (await leads()).mergeLead(...asked)),
    'access:get': whenOpen(async (...asked) => (await access()).getAccess(...asked)),
    'access:set-member': whenOpen(async (...asked) => (await access()).setDealMember(...asked)),
    'access:make-link': whenOpen(async (...asked) => (await access()).makeLink(...asked)),
    'access:revoke-link': whenOpen(async (...asked) => (await access()).revokeLink(...asked)),
    'access:set-download': whenOpen(async (...asked) => (await access()).setLinkDownload(...asked)),
    'access:preview': whenOpen(async (...asked) => (await access()).previewAs(...asked)),
    'trail:list': whenOpen(async (...asked) => (await trail()).listTrail(...asked)),
    'trail:export': whenFiles(async (_called, ...asked) => (await trail()).exportTrail(...asked)),
    'samples:add': whenOpen((current) => addSamples(current, () => addPapers(current))),
    'samples:remove': whenOpen(removeSamples),
    'jobs:cancel': ({ jobId }) => {
      jobs.cancel(jobId);
      return { done: true };
    },
    close: async () => {
      await jobs.close();
      await open?.sync.close();
      await files?.close();
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
