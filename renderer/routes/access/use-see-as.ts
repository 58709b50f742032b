import { useState } from 'react';
import type { AccessEntry } from '../../../electron/contract/sync.ts';
import type { DealView } from '../../../electron/contract/values.ts';
import { asCallError, call } from '../../data/api.ts';
import { useAskPortal, useSync } from '../../data/sync.ts';

/** Letting a person in and looking as they do is a coordinator's, on deals that the portal has. */
export function useCanLink(deal: Pick<DealView, 'isSample'>, entry: Pick<AccessEntry, 'canHaveLink'>): boolean {
  // An agent sees who sees what; letting people in is a coordinator's.
  const isAgent = useSync()?.role === 'agent';
  return entry.canHaveLink && !deal.isSample && !isAgent;
}

/** Opens the page of a person as they see it, in a browser. `wrong`: why it did not open; null when it did. */
export function useSeeAs(dealId: string, personId: string) {
  const ask = useAskPortal();
  const [wrong, setWrong] = useState<string | null>(null);
  async function seeAs(): Promise<void> {
    const told = await ask('access:preview', { dealId, personId });
    if (!told.ok) return setWrong(told.sentence);
    try {
      await call('host:open-link', { url: told.value.url });
      setWrong(null);
    } catch (thrown) {
      setWrong(asCallError(thrown).message);
    }
  }
  return { seeAs, wrong };
}
