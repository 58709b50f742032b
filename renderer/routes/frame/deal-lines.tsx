import { useLocation, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { toShow } from '../../data/portal-rows.ts';
import { rowToShow } from '../../data/portal-views.ts';
import { useDeal } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { ROLE_WORDS } from '../../data/words.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Line } from './palette.tsx';

/** What can be done on the deal that is open: asking for a document, a change or answers, and writing to each person of it. */
export function useDealLines(): readonly Line[] {
  const dealId = useLocation({ select: ({ pathname }) => /^\/deals\/([^/]+)/.exec(pathname)?.[1] ?? null });
  const deal = useDeal(dealId).data;
  const navigate = useNavigate();
  const session = useSession();
  return useMemo(() => {
    if (dealId === null || !deal || deal.closedOn !== null) return [];
    const go = (tab?: 'changes' | 'messages' | 'documents') =>
      void navigate({ to: '/deals/$dealId', params: { dealId }, search: tab === undefined ? {} : { tab } });
    const ask: Line = {
      ...{ id: 'ask-for-a-change', title: 'Ask for a change', detail: deal.streetName, mark: <Icon name="pen" /> },
      does: () => {
        rowToShow(session, 'changes').set({ isNew: true });
        go('changes');
      },
    };
    const write = deal.people.map(
      ({ id, name, role }): Line => ({
        ...{ id: `write-${id}`, title: `Write to ${name}`, detail: ROLE_WORDS[role], mark: <Icon name="mail" /> },
        does: () => {
          rowToShow(session, 'messages').set({ id });
          go('messages');
        },
      }),
    );
    const request: Line = {
      ...{ id: 'ask-for-a-document', title: 'Ask for a document', detail: deal.streetName, mark: <Icon name="file" /> },
      does: () => {
        toShow(session, 'request').set(dealId);
        go('documents');
      },
    };
    const questions: Line = {
      ...{ id: 'ask-questions', title: 'Ask questions', detail: deal.streetName, mark: <Icon name="people" /> },
      does: () => {
        toShow(session, 'questions').set(dealId);
        go();
      },
    };
    return [request, questions, ask, ...write];
  }, [deal, dealId, navigate, session]);
}
