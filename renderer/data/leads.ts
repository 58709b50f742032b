import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { asCallError, call } from './api.ts';
import { dealsChanged } from './events.tsx';
import { newId } from './ids.ts';
import { keys } from './queries.ts';
import { useSession } from './session.tsx';
import { useSync } from './sync.ts';

export const INTAKE_LINKS = ['intake-links'] as const;

/** That a deal came in by an intake link; null for every other deal. Under its deal, so it is read again with it. */
export function useLead(dealId: string) {
  return useQuery({ queryKey: [...keys.deal(dealId), 'lead'], queryFn: () => call('leads:of', { dealId }) });
}

/** Links for people who have no deal yet. Asked again each time they are looked at, and when the portal is back. */
export function useIntakeLinks() {
  const status = useSync()?.status;
  const isUp = status === 'current' || status === 'syncing';
  return useQuery({
    queryKey: [...INTAKE_LINKS, isUp],
    queryFn: () => call('leads:links', {}),
    staleTime: 0,
    placeholderData: (before) => before,
  });
}

/** Merges what came in into another deal; the sentence of a refusal, null when it was done. Both steps can be taken back. */
export function useMergeLead(): (dealId: string, intoDealId: string) => Promise<string | null> {
  const client = useQueryClient();
  const session = useSession();
  return useCallback(
    async (dealId, intoDealId) => {
      try {
        const reply = await call('leads:merge', { dealId, intoDealId });
        dealsChanged(client, [dealId, intoDealId]);
        if (reply.outcome === 'refused') return reply.refusal.message;
        const steps = reply.steps.map((step) => ({ ...step, label: reply.label }));
        session.undoables.set([...session.undoables.get(), ...steps].slice(-200));
        session.toast.set({ id: newId(), text: reply.label, kind: 'done', undo: steps.at(-1) ?? null });
        return null;
      } catch (thrown) {
        return asCallError(thrown).message;
      }
    },
    [client, session],
  );
}
