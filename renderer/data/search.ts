import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CallInput } from '../../electron/contract/calls.ts';
import type { SearchHit } from '../../electron/contract/papers.ts';
import { call } from './api.ts';
import type { DealTab } from './deal-tabs.ts';

export type SearchKind = SearchHit['kind'];
export type SearchAsked = Omit<CallInput<'search:all'>, 'limit'>;

/** A pause between two letters; whoever types on is not asked for each of them. */
const DEBOUNCE_MS = 60;
export const SEARCH_LIMIT = 60;

/** The kinds in the order in which they are listed. */
export const SHOWN_KINDS: readonly SearchKind[] = ['deal', 'person', 'document', 'note'];

/**
 * What holds the words. While the answer to the newest question is under way the one before stands (`isPlaceholderData`);
 * an answer that comes late, after another question was asked, is never shown.
 */
export function useSearchAll(asked: SearchAsked, limit: number = SEARCH_LIMIT) {
  const isOn = asked.text.trim() !== '';
  return useQuery({
    // Under "found", so that whatever changes a deal also has this read again.
    queryKey: ['found', 'all', asked, limit],
    queryFn: () => call('search:all', { ...asked, limit }),
    enabled: isOn,
    placeholderData: (before) => (isOn ? before : undefined),
    staleTime: 5_000,
    // Each letter is a question of its own.
    gcTime: 20_000,
  });
}

/** The value once it has stood still for a moment. */
export function useSettled<T>(value: T, milliseconds: number = DEBOUNCE_MS): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}

/** Where a hit is opened: its deal, at the part that holds it. */
export function placeOfHit({ kind, deal }: Pick<SearchHit, 'kind' | 'deal'>) {
  const tab = TABS[kind];
  return { to: '/deals/$dealId', params: { dealId: deal.dealId }, search: tab === null ? {} : { tab } } as const;
}

const TABS: Record<SearchKind, DealTab | null> = {
  deal: null,
  person: 'people',
  note: 'notes',
  document: 'documents',
};

/** What the address of the search screen may say: `?q=...&deal=...&kinds=deal,note&open=1`. */
export interface SearchPlace {
  readonly q?: string;
  readonly deal?: string;
  readonly kinds?: readonly SearchKind[];
  readonly open?: true;
}

/** The address as it may have been typed; what it cannot mean is left out. */
export function searchPlace(address: Record<string, unknown>): SearchPlace {
  const { q, deal, kinds, open } = address;
  const named = Array.isArray(kinds) ? SHOWN_KINDS.filter((kind) => kinds.includes(kind)) : [];
  return {
    // A search for a number is a number in the address.
    ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q).slice(0, 200) } : {}),
    ...(typeof deal === 'string' && deal !== '' ? { deal: deal.slice(0, 100) } : {}),
    ...(named.length > 0 ? { kinds: named } : {}),
    ...(open === true || open === 1 ? { open: true as const } : {}),
  };
}
