import type { Deal } from '../../../core/deals/model.ts';
import type { Store } from '../store/types.ts';

interface Kept {
  readonly version: number;
  readonly head: number;
  readonly deal: Deal | null;
}

/** Deals as they are after their last command, so that a run of commands on one does not read all of its rows each time. */
export interface DealCache {
  /** The deal at exactly this version and head, as its transaction read them; undefined when it is not kept. */
  get(unitId: string, at: { readonly version: number; readonly head: number }): Deal | null | undefined;
  /** After the commit only: what is rolled back never was. */
  put(unitId: string, kept: Kept): void;
}

/** What one transaction did so far, over what was there before it: forgotten with the transaction. */
export function overlayOf(base: DealCache): DealCache {
  const own = createDealCache();
  return {
    get: (unitId, at) => {
      const found = own.get(unitId, at);
      return found === undefined ? base.get(unitId, at) : found;
    },
    put: own.put,
  };
}

export function createDealCache(most = 100): DealCache {
  const kept = new Map<string, Kept>();
  return {
    get: (unitId, { version, head }) => {
      const found = kept.get(unitId);
      return found?.version === version && found.head === head ? found.deal : undefined;
    },
    put: (unitId, deal) => {
      kept.delete(unitId);
      kept.set(unitId, deal);
      const oldest = kept.keys().next();
      if (kept.size > most && !oldest.done) kept.delete(oldest.value);
    },
  };
}

const shared = new WeakMap<Store, DealCache>();

/** The one of a store, for whoever runs commands on it. */
export function dealCacheOf(store: Store): DealCache {
  const there = shared.get(store) ?? createDealCache();
  shared.set(store, there);
  return there;
}
