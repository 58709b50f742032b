import { randomUUID } from 'node:crypto';
import { err, ok } from '../../../core/result.ts';
import { type Alone, leasesOf, limitsOf } from './areas/limits.ts';
import { WORKSPACE_SQL } from './areas/workspaces.ts';
import { storeFailureOf } from './failures.ts';
import type { Store, StoreLog } from './types.ts';

/** What both drivers do with single statements. */
export function commonOf(
  alone: Alone,
  log: StoreLog,
): Pick<Store, 'createWorkspace' | 'limits' | 'leases' | 'restoreAsNew' | 'check'> {
  return {
    createWorkspace: ({ id, name, at }) =>
      alone(async (sql) => (await sql.run(WORKSPACE_SQL.insert, id, name, at)) === 1),
    limits: limitsOf(alone, log),
    leases: leasesOf(alone),
    restoreAsNew: async () => {
      const id = randomUUID();
      await alone((sql) => sql.run(WORKSPACE_SQL.setStoreId, id));
      return id;
    },
    check: async () => {
      try {
        await alone((sql) => sql.get(WORKSPACE_SQL.storeId));
        return ok(null);
      } catch (error) {
        const failure = storeFailureOf(error);
        if (failure === null) throw error;
        return err(failure);
      }
    },
  };
}
