import { useQuery } from '@tanstack/react-query';
import { createStore, type Store } from '../ui/store.ts';
import { call } from './api.ts';
import { keys } from './queries.ts';
import type { Session } from './session.tsx';

/** The requests for change of a deal, those on their way first. */
export function useChanges(dealId: string) {
  return useQuery({ queryKey: keys.changes(dealId), queryFn: () => call('changes:of', { dealId }) });
}

/** The conversations of a deal, those that wait for an answer first. */
export function useThreads(dealId: string) {
  return useQuery({ queryKey: keys.threads(dealId), queryFn: () => call('messages:of', { dealId }) });
}

/** What a tab opens with: a row to show, or a new one to begin. */
export type ToShow = { readonly id: string } | { readonly isNew: true };

const shown = new WeakMap<Session, Store<ToShow | null>>();

/** The request or the conversation to show when its tab opens: set it, then go to the tab, which takes it. */
export function rowToShow(session: Session): Store<ToShow | null> {
  const there = shown.get(session) ?? createStore<ToShow | null>(null);
  shown.set(session, there);
  return there;
}
