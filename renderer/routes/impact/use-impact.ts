import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { PreviewReply } from '../../../electron/contract/impact.ts';
import { asCallError, call } from '../../data/api.ts';
import { keys } from '../../data/queries.ts';

/** A step as it would be sent. */
export interface Step {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What a step would do. Asked again whenever the deal changes, so that what is shown is what committing now would do. */
export function useImpact(dealId: string, step: Step) {
  return useQuery(queryOf(dealId, step));
}

/** The same once, for whoever shows a refusal where the step was asked for. */
export function usePreview(dealId: string): (step: Step) => Promise<PreviewReply> {
  const client = useQueryClient();
  return useCallback((step) => preview(client, dealId, step), [client, dealId]);
}

async function preview(client: QueryClient, dealId: string, step: Step): Promise<PreviewReply> {
  try {
    return await client.fetchQuery({ ...queryOf(dealId, step), staleTime: 0 });
  } catch (thrown) {
    const { type, message } = asCallError(thrown);
    return { outcome: 'refused', refusal: { type, message } };
  }
}

/** Below the deal's own key: what makes the deal old makes this old. */
function queryOf(dealId: string, { name, args }: Step) {
  return {
    queryKey: [...keys.deal(dealId), 'impact', name, args],
    queryFn: () => call('deals:preview', { dealId, name, args: { ...args } }),
  };
}
