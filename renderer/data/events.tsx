import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { HostEvent } from '../../electron/contract/events.ts';
import { hostApi } from './api.ts';
import { newId } from './ids.ts';
import { loseJobs } from './jobs.ts';
import { peopleActed } from './people-notices.ts';
import { keys } from './queries.ts';
import { type BackendState, type Session, useSession } from './session.tsx';
import { syncChanged } from './sync.ts';

/** Hears the host for as long as the page lives, and says which of the things on screen are to be read again. */
export function HostEvents(props: {
  readonly onOpenDeal: (dealId: string) => void;
  readonly onMenu: (item: string) => void;
}) {
  const client = useQueryClient();
  const session = useSession();
  const { onOpenDeal, onMenu } = props;
  useEffect(() => {
    return hostApi().listen((event) => {
      if (event.type === 'open:deal') onOpenDeal(event.dealId);
      else if (event.type === 'menu') onMenu(event.item);
      else takeIn(event, client, session);
    });
  }, [client, session, onOpenDeal, onMenu]);
  return null;
}

function takeIn(event: HostEvent, client: QueryClient, session: Session): void {
  switch (event.type) {
    case 'deals:changed':
      dealsChanged(client, event.dealIds);
      return;
    case 'people:acted':
      peopleActed(session, event.acts);
      return;
    case 'inbox:changed':
      inboxChanged(client);
      return;
    case 'workspace:changed':
      // The team as it is known here: whoever looks at it, or at who sees what, is shown it anew.
      for (const queryKey of [keys.workspace, keys.team, ['access']]) void client.invalidateQueries({ queryKey });
      return;
    case 'sync:changed':
      syncChanged(client, event.state);
      return;
    case 'access:changed':
      accessChanged(client, event.dealId);
      return;
    case 'records:changed':
      client.setQueryData(keys.records, event.state);
      if (event.state.kind === 'open') readAgain(client);
      return;
    case 'job:progress':
      session.jobs.set({ ...session.jobs.get(), [event.jobId]: event });
      return;
    case 'backend:state':
      backendChanged(client, session, event);
      return;
    case 'updates:changed':
      client.setQueryData(keys.updates, event.state);
      return;
  }
}

/** A start may be over before the eye has seen it, so it is said when it is done, unless a refusal stands there. */
function backendChanged(client: QueryClient, session: Session, event: BackendState): void {
  const wasStarting = session.backend.get()?.state === 'restarting';
  session.backend.set(event.state === 'ready' ? null : event);
  loseJobs(session);
  if (event.state !== 'ready') return;
  readAgain(client);
  if (wasStarting && session.toast.get()?.kind !== 'refused')
    session.toast.set({ id: newId(), kind: 'done', undo: null, text: STARTED_AGAIN });
}

const STARTED_AGAIN = 'Closeboard started its records again after they had stopped. What was saved is all there.';

/** Somebody was let in or shut out, or something was done, seen or denied. */
function accessChanged(client: QueryClient, dealId: string): void {
  void client.invalidateQueries({ queryKey: keys.access(dealId) });
  void client.invalidateQueries({ queryKey: keys.trail(dealId) });
}

const INBOX_COALESCE_MS = 150;
const inboxWaiting = new WeakMap<QueryClient, { isAgain: boolean }>();

/** Something came in or was decided. A burst of files is read a few times a second, not once for each file. */
export function inboxChanged(client: QueryClient): void {
  const pending = inboxWaiting.get(client);
  if (pending !== undefined) {
    pending.isAgain = true;
    return;
  }
  for (const queryKey of [keys.inbox, keys.inboxCount, keys.review, ['lines']])
    void client.invalidateQueries({ queryKey });
  const later = { isAgain: false };
  inboxWaiting.set(client, later);
  setTimeout(() => {
    inboxWaiting.delete(client);
    if (later.isAgain) inboxChanged(client);
  }, INBOX_COALESCE_MS);
}

const COALESCE_MS = 60;
const waiting = new WeakMap<QueryClient, Set<string>>();

/**
 * Rows of these deals changed; none named means many. The first change is read at once, those that follow within
 * a few frames are read together, so that a burst (sample deals) costs a handful of readings and not hundreds.
 */
export function dealsChanged(client: QueryClient, dealIds: readonly string[]): void {
  const pending = waiting.get(client);
  const names = dealIds.length === 0 ? ['*'] : dealIds;
  if (pending !== undefined) {
    for (const name of names) pending.add(name);
    return;
  }
  invalidate(client, names);
  const later = new Set<string>();
  waiting.set(client, later);
  setTimeout(() => {
    waiting.delete(client);
    if (later.size > 0) dealsChanged(client, later.has('*') ? [] : [...later]);
  }, COALESCE_MS);
}

const OF_DEAL = [keys.deal, keys.activity, keys.lines, keys.access, keys.trail, keys.changes, keys.threads];

function invalidate(client: QueryClient, names: readonly string[]): void {
  const lists = [keys.board, keys.today, keys.workspace, keys.inbox, keys.inboxCount, keys.review, keys.attention];
  const ofDeals = names.includes('*')
    ? [['deal'], ['activity'], ['lines'], ['access'], ['trail'], ['changes'], ['threads']]
    : names.flatMap((dealId) => OF_DEAL.map((key) => key(dealId)));
  for (const queryKey of [...lists, ...ofDeals, ['found']]) void client.invalidateQueries({ queryKey });
}

export function readAgain(client: QueryClient): void {
  void client.invalidateQueries();
}
