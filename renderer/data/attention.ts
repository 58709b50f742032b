import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { AttentionChoice, AttentionItem } from '../../electron/contract/sync.ts';
import { asCallError, call } from './api.ts';
import { dealsChanged } from './events.tsx';
import { newId } from './ids.ts';
import { keys } from './queries.ts';
import { useIsPainted } from './ready.ts';
import { type Session, useSession } from './session.tsx';

/** What the portal sent back and waits for a person; of one deal, or of all. No start waits for it. */
export function useAttention(dealId?: string) {
  return useQuery({ ...listOf(dealId), enabled: useIsPainted() });
}

/** The same for a screen that shows it: read with the screen. */
export function useAttentionNow(dealId?: string) {
  return useQuery(listOf(dealId));
}

function listOf(dealId: string | undefined) {
  return {
    queryKey: [...keys.attention, dealId ?? ''],
    queryFn: () => call('attention:list', dealId === undefined ? {} : { dealId }),
  };
}

/** Answers an entry; gives back the sentence of a refusal, null when it was done. What was done has its Undo. */
export type AnswerAttention = (item: AttentionItem, choice: AttentionChoice) => Promise<string | null>;

export function useAnswerAttention(): AnswerAttention {
  const client = useQueryClient();
  const session = useSession();
  return useCallback((item, choice) => answer(item, choice, client, session), [client, session]);
}

async function answer(
  item: AttentionItem,
  choice: AttentionChoice,
  client: QueryClient,
  session: Session,
): Promise<string | null> {
  try {
    const reply = await call('attention:answer', { id: item.id, choice });
    if (reply.outcome === 'refused') return reply.refusal.message;
    const undo = reply.changes > 0 ? { commandId: reply.commandId, dealId: item.dealId, label: reply.label } : null;
    if (undo !== null) session.undoables.set([...session.undoables.get(), undo].slice(-200));
    session.toast.set({ id: newId(), text: reply.label, kind: 'done', undo });
    return null;
  } catch (thrown) {
    return asCallError(thrown).message;
  } finally {
    void client.invalidateQueries({ queryKey: keys.attention });
    dealsChanged(client, [item.dealId]);
  }
}
