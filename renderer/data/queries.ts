import {
  type QueryClient,
  QueryClient as QueryClientOf,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { PlainDate } from '../../core/deadlines/plain-date.ts';
import type { CallOutput } from '../../electron/contract/calls.ts';
import type { BoardFilter, DealView } from '../../electron/contract/values.ts';
import { call } from './api.ts';
import { fetchBoard } from './board-pages.ts';
import { useLocalDay } from './clock.ts';
import { useIsPainted } from './ready.ts';

export const keys = {
  records: ['records'],
  workspace: ['workspace'],
  host: ['host'],
  board: ['board'],
  today: ['today'],
  deal: (dealId: string) => ['deal', dealId],
  activity: (dealId: string) => ['activity', dealId],
  found: (text: string) => ['found', text],
  updates: ['updates'],
  inbox: ['inbox'],
  inboxCount: ['inbox-count'],
  review: ['review'],
  lines: (dealId: string) => ['lines', dealId],
  sync: ['sync'],
  waiting: ['sync-waiting'],
  attention: ['attention'],
  team: ['team'],
  access: (dealId: string) => ['access', dealId],
  trail: (dealId: string) => ['trail', dealId],
  changes: (dealId: string) => ['changes', dealId],
  threads: (dealId: string) => ['threads', dealId],
} as const;

/** Everything is on this computer: nothing grows stale by itself, events say what did, and nothing waits for a network. */
export function createQueries(): QueryClient {
  return new QueryClientOf({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        retry: false,
        refetchOnWindowFocus: false,
        networkMode: 'always',
      },
    },
  });
}

export function useRecords() {
  return useQuery({ queryKey: keys.records, queryFn: () => call('records:state', {}) });
}

export function useHostInfo() {
  return useQuery({ queryKey: keys.host, queryFn: () => call('host:info', {}) });
}

export type WorkspaceView = CallOutput<'workspace:get'>;

export function useWorkspace() {
  return useQuery({ queryKey: keys.workspace, queryFn: () => call('workspace:get', {}) });
}

/** The day that "today" means on every screen: the one the records were read with, else this computer's. */
export function useToday(): PlainDate {
  const local = useLocalDay();
  return useWorkspace().data?.today ?? local;
}

export function useBoard(filter: BoardFilter) {
  const client = useQueryClient();
  const queryKey = [...keys.board, filter];
  return useQuery({
    queryKey,
    queryFn: () => fetchBoard(filter, client.getQueryData(queryKey)),
    placeholderData: (before) => before,
  });
}

/** How many deals are on the board, whatever is filtered now. */
export function useOpenCount(): number | undefined {
  return useQuery({
    queryKey: [...keys.board, {}],
    queryFn: ({ client, queryKey }) => fetchBoard({}, client.getQueryData(queryKey)),
    select: (board) => board.total,
  }).data;
}

export function useTodayList() {
  return useQuery({ queryKey: keys.today, queryFn: () => call('today:list', {}) });
}

/** How many things Today has. Asked for once the first screen stands: no start waits for it. */
export function useTodayCount(): number | undefined {
  return useQuery({
    queryKey: keys.today,
    queryFn: () => call('today:list', {}),
    enabled: useIsPainted(),
    select: (list) => list.items.length,
  }).data;
}

/** What waits in the inbox and for a review. Asked for once the first screen stands: no start waits for it. */
export function useInboxCount(): { readonly open: number; readonly toReview: number } | undefined {
  return useQuery({
    queryKey: keys.inboxCount,
    queryFn: () => call('inbox:count', {}),
    enabled: useIsPainted(),
  }).data;
}

/** The document checklist of a deal with all its files. */
export function useLines(dealId: string | null) {
  return useQuery({
    queryKey: keys.lines(dealId ?? ''),
    queryFn: () => (dealId === null ? Promise.resolve([]) : call('papers:lines', { dealId })),
    enabled: dealId !== null,
  });
}

export function useDeal(dealId: string | null) {
  return useQuery({
    queryKey: keys.deal(dealId ?? ''),
    queryFn: (): Promise<DealView | null> => (dealId === null ? Promise.resolve(null) : call('deals:get', { dealId })),
    enabled: dealId !== null,
  });
}

export function useActivity(dealId: string, limit: number) {
  return useInfiniteQuery({
    queryKey: [...keys.activity(dealId), limit],
    queryFn: ({ pageParam }) =>
      call('deals:activity', { dealId, limit, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.before,
  });
}

export function useFound(text: string) {
  return useQuery({
    queryKey: keys.found(text),
    queryFn: () => call('search:find', { text, limit: 20 }),
    enabled: text.trim().length > 0,
    placeholderData: (before) => (text.trim() === '' ? undefined : before),
    staleTime: 5_000,
  });
}

export interface Likeness {
  readonly street: string;
  readonly zip: string;
  readonly clientName: string;
}

export function useSimilar(of: Likeness) {
  return useQuery({
    queryKey: ['similar', of],
    queryFn: () => call('deals:similar', of),
    enabled: of.street.trim().length > 3 || of.clientName.trim().length > 3,
    placeholderData: (before) => before,
    staleTime: 0,
  });
}
