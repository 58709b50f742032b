import { useQuery } from '@tanstack/react-query';
import { call } from './api.ts';
import { keys } from './queries.ts';

/** Who may see what of a deal, why, and until when. */
export function useAccess(dealId: string) {
  return useQuery({ queryKey: keys.access(dealId), queryFn: () => call('access:get', { dealId }) });
}
