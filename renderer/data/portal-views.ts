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

type Tab = 'changes' | 'messages';
/** What a tab opens with: a row to show, or a new one to begin. */
export type ToShow = { readonly id: string } | { readonly isNew: true };

const shown: Readonly<Record<Tab, WeakMap<Session, Store<ToShow | null>>>> = {
  changes: new WeakMap(),
  messages: new WeakMap(),
};

/** The request or the conversation to show when its tab opens: set it, then go to the tab, which takes it. */
export function rowToShow(session: Session, tab: Tab): Store<ToShow | null> {
  const there = shown[tab].get(session) ?? createStore<ToShow | null>(null);
  shown[tab].set(session, there);
  return there;
}
