import { removeDeal, removeRest, teamDeals } from '../../../db/write/remove-deal.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import type { SyncGround } from './ground.ts';
import type { Keeper } from './keeper.ts';

/** Deals that go in one transaction. */
const SLICE = 5;

/**
 * Takes the deals of a team that was left off this computer, where that was begun and not finished. In slices, so that
 * calls are answered meanwhile; a stop in between goes on at the next start.
 */
export async function removeLeft({
  own,
  keeper,
}: {
  readonly own: SyncGround;
  readonly keeper: Keeper;
}): Promise<void> {
  while (keeper.state().isLeaving) {
    keeper.step((write, state) => {
      const some = teamDeals(write, SLICE);
      for (const dealId of some) removeDeal(write, dealId);
      dealCacheOf(own.db).forget();
      if (some.length > 0) return { state, deals: some };
      removeRest(write);
      return { state: { ...state, isLeaving: false } };
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
}
