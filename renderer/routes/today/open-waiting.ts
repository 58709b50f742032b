import { useNavigate } from '@tanstack/react-router';
import type { TodayAbout } from '../../../electron/contract/values.ts';
import type { DealTab } from '../../data/deal-tabs.ts';
import { toShow } from '../../data/portal-rows.ts';
import { rowToShow } from '../../data/portal-views.ts';
import { useSession } from '../../data/session.tsx';

const TABS: Readonly<Record<TodayAbout['kind'], DealTab>> = {
  change: 'changes',
  messages: 'messages',
  form: 'overview',
  proposal: 'people',
  lead: 'overview',
};

/** Goes to where somebody is answered, with them picked. */
export function useOpenWaiting(): (dealId: string, about: TodayAbout) => void {
  const navigate = useNavigate();
  const session = useSession();
  return (dealId, { kind, id }) => {
    if (kind === 'change') rowToShow(session, 'changes').set({ id });
    if (kind === 'messages') rowToShow(session, 'messages').set({ id });
    if (kind === 'form' || kind === 'proposal') toShow(session, kind).set(id);
    const tab = TABS[kind];
    void navigate({ to: '/deals/$dealId', params: { dealId }, search: tab === 'overview' ? {} : { tab } });
  };
}
