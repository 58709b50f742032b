import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { ReviewItem } from '../../electron/contract/papers.ts';
import { call } from './api.ts';
import { type Run, useRun } from './commands.ts';
import { keys, useToday } from './queries.ts';

/** What waits for a review, oldest first; of one deal, or of all. */
export function useReviewQueue(dealId: string | undefined) {
  return useQuery({
    queryKey: [...keys.review, dealId ?? ''],
    queryFn: () => call('review:queue', dealId === undefined ? {} : { dealId }),
  });
}

export type Verdict = 'approve' | 'reject' | 'waive';

/** Says a verdict on the version that is shown; gives back the sentence of a refusal, null when it was done. */
export type Judge = (item: ReviewItem, verdict: Verdict, reason?: string) => Promise<string | null>;

export function useJudge(): Judge {
  const run = useRun();
  const today = useToday();
  return useMemo(() => judgeWith(run, today), [run, today]);
}

function judgeWith(run: Run, on: PlainDate): Judge {
  return async (item, verdict, reason = '') => {
    const say = async (act: Verdict | 'submit', words: string, expected: ReviewItem['state']) => {
      const args = { lineId: item.line.id, act, versionId: item.versionId, reason: words, on, expected };
      const reply = await run({ dealId: item.deal.dealId, name: 'reviewLine', args, showsRefusal: true });
      return reply.outcome === 'refused' ? reply.refusal.message : null;
    };
    // A file that was only filed goes to review first: a verdict is said on what was put before somebody.
    if (item.state === 'received' && verdict !== 'waive') {
      const refused = await say('submit', '', item.state);
      if (refused !== null) return refused;
      return await say(verdict, reason, 'needs-review');
    }
    return await say(verdict, reason, item.state);
  };
}
