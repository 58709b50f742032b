import type { Change } from '../../../core/commands/types.ts';
import type { Deal } from '../../../core/deals/model.ts';
import type { SummaryRow } from '../../../core/deals/summary.ts';
import type { Ground } from '../../../core/sync/rebase.ts';
import { type Db, inWrite, type Write } from '../../../db/handles.ts';
import type { Noting } from '../../../db/sync/attention.ts';
import { dealCacheOf } from '../services/deal-cache.ts';

/** What the steps of sync stand on: the records, the rules of this workspace, and what follows a deal's rows. */
export interface SyncGround extends Noting {
  readonly db: Db;
  /** The workspace and the person at this computer, as rules read them at present. */
  readonly ground: () => Ground;
  readonly summarise: (deal: Deal) => SummaryRow;
  readonly follow?: ((write: Write, changes: readonly Change[]) => void) | undefined;
}

/** One transaction of a sync step; what it put into the cache is forgotten when it is rolled back. */
export function inStep<T>({ db }: SyncGround, work: (write: Write) => T): T {
  try {
    return inWrite(db, work);
  } catch (error) {
    dealCacheOf(db).forget();
    throw error;
  }
}
