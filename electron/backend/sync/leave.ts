import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeDeal, removeRest, teamDeals } from '../../../db/write/remove-deal.ts';
import { dealCacheOf } from '../services/deal-cache.ts';
import type { SyncGround } from './ground.ts';
import type { Keeper } from './keeper.ts';

/** Where hosts keep the records of the portal of this computer, below the data folder. */
const OWN_PORTAL = 'portal';
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
      forgetOwnPortal(own);
      return { state: { ...state, isLeaving: false } };
    });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** What was here before the team moved to the team: the own portal, which is not running now, must not bring it back. */
function forgetOwnPortal({ db }: SyncGround): void {
  try {
    rmSync(join(db.folder, OWN_PORTAL), { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    db.log.warn('the records of the own portal were not removed', {
      error: error instanceof Error ? error.name : 'thrown',
    });
  }
}
