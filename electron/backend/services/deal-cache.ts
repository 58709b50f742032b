import type { Deal } from '../../../core/deals/model.ts';
import type { Db, Read } from '../../../db/handles.ts';
import { readDeal } from '../../../db/read/deal.ts';

/**
 * Deals as they were last read or written, so that the next command on one need not read all its rows again. Sound
 * because this process alone writes the records (the lock of db/open.ts) and every change of a deal goes through
 * `runCommand`, which keeps this in step; whoever removes deals in another way calls `forget`.
 */
export interface DealCache {
  get(read: Read, dealId: string): Deal | null;
  /** What the deal is after a commit; null when it is gone. */
  put(dealId: string, deal: Deal | null): void;
  /** Reads it anew next time; without an id, all of them. */
  forget(dealId?: string): void;
}

/** About 60 KB each; a coordinator works on far fewer in an hour. */
const MOST = 200;

const caches = new WeakMap<Db, DealCache>();

/** The cache of one opened database. A database that is opened again, after a restore too, starts with an empty one. */
export function dealCacheOf(db: Db): DealCache {
  const known = caches.get(db);
  if (known !== undefined) return known;
  const made = createDealCache();
  caches.set(db, made);
  return made;
}

function createDealCache(): DealCache {
  // A Map keeps the order of insertion, so the first key is the one that was not used for longest.
  const deals = new Map<string, Deal>();
  const keep = (dealId: string, deal: Deal) => {
    deals.delete(dealId);
    deals.set(dealId, deal);
    const oldest = deals.size > MOST ? deals.keys().next().value : undefined;
    if (oldest !== undefined) deals.delete(oldest);
  };
  return {
    get: (read, dealId) => {
      const deal = deals.get(dealId) ?? readDeal(read, dealId);
      if (deal !== null) keep(dealId, deal);
      return deal;
    },
    put: (dealId, deal) => {
      if (deal === null) deals.delete(dealId);
      else keep(dealId, deal);
    },
    forget: (dealId) => {
      if (dealId === undefined) deals.clear();
      else deals.delete(dealId);
    },
  };
}
