import { useNavigate } from '@tanstack/react-router';
import type { Missing } from '../../../electron/contract/values.ts';
import type { DealTab } from '../../data/deal-tabs.ts';
import { lineToShow } from '../../data/papers.ts';
import { rowToShow } from '../../data/portal-views.ts';
import { type Session, useSession } from '../../data/session.tsx';
import { createStore, type Store } from '../../ui/store.ts';

/** Where on a deal a missing thing is brought in. What is written on the deal itself has no tab of its own. */
const TAB_OF: Readonly<Record<string, DealTab>> = {
  task: 'tasks',
  document: 'documents',
  change: 'changes',
  person: 'people',
  anchor: 'dates',
};

export function mayOpen(item: Pick<Missing, 'kind'>): boolean {
  return TAB_OF[item.kind] !== undefined;
}

/** Opens the tab where a missing thing is brought in, a task or a document picked. */
export function useOpenMissing(dealId: string): (item: Missing) => void {
  const navigate = useNavigate();
  const session = useSession();
  return (item) => {
    const tab = TAB_OF[item.kind];
    if (tab === undefined) return;
    if (item.kind === 'document') lineToShow(session).set(item.id);
    if (item.kind === 'change') rowToShow(session, 'changes').set({ id: item.id });
    if (item.kind === 'task') taskToShow(session).set(item.id);
    void navigate({ to: '/deals/$dealId', params: { dealId }, search: { tab } });
  };
}

const picked = new WeakMap<Session, Store<string | null>>();

/** The task to show when the tasks of its deal open: set it, then go to the tab. */
export function taskToShow(session: Session): Store<string | null> {
  const there = picked.get(session) ?? createStore<string | null>(null);
  picked.set(session, there);
  return there;
}
