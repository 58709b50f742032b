import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { CallInput } from '../../electron/contract/calls.ts';
import { call } from './api.ts';
import { keys } from './queries.ts';

export interface TrailFilter {
  readonly groups: CallInput<'trail:list'>['groups'];
  /** As the trail names who did it; empty for everybody. */
  readonly actor: string;
}

const PAGE = 60;

/** The history of a deal, newest first, page by page. */
export function useTrail(dealId: string, filter: TrailFilter) {
  return useInfiniteQuery({
    queryKey: [...keys.trail(dealId), filter],
    queryFn: async ({ pageParam }) => {
      const asked = { dealId, before: pageParam, groups: filter.groups, actor: filter.actor, limit: PAGE };
      const page = await call('trail:list', asked);
      // A list that the portal began goes on only with the portal: until it answers, this page is still to be read.
      const isStill = pageParam !== null && page.before === pageParam && page.entries.length === 0;
      if (isStill) throw new Error(page.note, { cause: { type: 'not-here', message: page.note } });
      return page;
    },
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.before,
    placeholderData: (before) => before,
  });
}

/** The last of it, for a corner of another screen. */
export function useRecent(dealId: string, limit: number) {
  return useQuery({
    queryKey: [...keys.trail(dealId), 'recent', limit],
    queryFn: () => call('trail:list', { dealId, before: null, groups: [], actor: '', limit }),
    placeholderData: (before) => before,
  });
}
