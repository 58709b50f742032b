import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useRef } from 'react';
import type { Stage } from '../../../core/deals/model.ts';
import type { BoardFilter, Card } from '../../../electron/contract/values.ts';
import { type Board, fetchMore, moveCard } from '../../data/board-pages.ts';
import { nowInstant } from '../../data/clock.ts';
import { useRun } from '../../data/commands.ts';
import { keys } from '../../data/queries.ts';
import { useSession } from '../../data/session.tsx';
import { cardName, PLATE_KINDS, STAGE_TITLES, sideSays } from '../../data/words.ts';
import { whyNot } from './moving.ts';
import type { NotReadyFor } from './not-ready.tsx';

/** A move that was not made, with what to show about it. */
export interface Refused {
  readonly card: Card;
  readonly what: NotReadyFor;
}

export function useOpenDeal(): (dealId: string) => void {
  const navigate = useNavigate();
  const session = useSession();
  return useCallback(
    (dealId) => {
      session.boardCard.set(dealId);
      void navigate({ to: '/deals/$dealId', params: { dealId } });
    },
    [navigate, session],
  );
}

export function useMore(filter: BoardFilter): (stage: Stage) => void {
  const client = useQueryClient();
  const under = useRef(new Set<string>());
  return useCallback(
    (stage) => {
      const key = [...keys.board, filter];
      const column = client.getQueryData<Board>(key)?.columns.find((one) => one.stage === stage);
      if (column === undefined || under.current.has(stage)) return;
      under.current.add(stage);
      // A page that could not be read is asked for again by the next scroll.
      fetchMore(client, key, column)
        .finally(() => under.current.delete(stage))
        .catch(() => undefined);
    },
    [client, filter],
  );
}

/** Moves a card: shown at once unless the board knows that it will be refused. Gives back the sentence of a refusal. */
export function useMoveTo(filter: BoardFilter, onRefused: (refused: Refused) => void) {
  const run = useRun();
  return useCallback(
    async (card: Card, to: Stage, anyway?: string): Promise<string | null> => {
      if (card.stage === to) return null;
      const key = [...keys.board, filter];
      const reply = await run({
        dealId: card.id,
        name: 'moveStage',
        args: { to, expected: card.stage, at: nowInstant(), ...(anyway === undefined ? {} : { anyway }) },
        showsRefusal: true,
        ahead: (client) => {
          const before = client.getQueryData<Board>(key);
          if (before === undefined || (anyway === undefined && whyNot(card, to) !== null)) return () => undefined;
          void client.cancelQueries({ queryKey: keys.board });
          client.setQueryData(key, moveCard(before, card.id, to));
          return () => client.setQueryData<Board>(key, (now) => now && moveCard(now, card.id, card.stage));
        },
      });
      if (reply.outcome === 'done') return null;
      if (anyway !== undefined) return reply.refusal.message;
      const what = {
        plate: card.plate,
        kind: PLATE_KINDS[card.side],
        sideSays: sideSays(card.side),
        street: cardName(card),
        to,
        refusal: reply.refusal,
      };
      onRefused({ card, what });
      return `${STAGE_TITLES[to]}: ${reply.refusal.message}`;
    },
    [filter, onRefused, run],
  );
}
