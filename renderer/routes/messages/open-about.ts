import { useNavigate } from '@tanstack/react-router';
import type { MessageView } from '../../../electron/contract/portal-views.ts';
import { lineToShow } from '../../data/papers.ts';
import { rowToShow } from '../../data/portal-views.ts';
import { useSession } from '../../data/session.tsx';
import { taskToShow } from '../deal/open-missing.ts';

const TABS = { task: 'tasks', document: 'documents', date: 'dates', change: 'changes', deal: 'overview' } as const;

/** Goes to what a message is about, with that picked. */
export function useOpenAbout(dealId: string): (about: NonNullable<MessageView['about']>) => void {
  const navigate = useNavigate();
  const session = useSession();
  return ({ type, id }) => {
    if (type === 'task') taskToShow(session).set(id);
    if (type === 'document') lineToShow(session).set(id);
    if (type === 'change') rowToShow(session, 'changes').set({ id });
    void navigate({ to: '/deals/$dealId', params: { dealId }, search: type === 'deal' ? {} : { tab: TABS[type] } });
  };
}
