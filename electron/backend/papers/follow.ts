import type { Change } from '../../../core/commands/types.ts';
import { arrivals } from '../../../db/files-tables.ts';
import type { Write } from '../../../db/handles.ts';

/** It waits again, and remembers its version: doing it again brings both back. */
const UNFILED = { state: 'new', decidedAt: null, decidedBy: '' } as const;
const FILED = (now: string) => ({ state: 'filed', decidedAt: now, decidedBy: 'you' }) as const;

/**
 * Keeps the inbox in step with what a command did to filed versions, in the same transaction: an undone or removed
 * version's arrival waits again; a version that is back, or moved, takes its arrival along. Whether any was touched.
 */
export function followVersions(write: Write, changes: readonly Change[], now: string): boolean {
  let touched = 0;
  for (const change of changes) {
    if (change.table !== 'version') continue;
    if (change.op === 'delete')
      touched += arrivals.update(write, UNFILED, "version_id = ? AND state = 'filed'", change.id);
    if (change.op === 'insert')
      touched += arrivals.update(write, FILED(now), "version_id = ? AND state IN ('new', 'set-aside')", change.row.id);
    if (change.op === 'update' && change.set.lineId !== undefined)
      touched += arrivals.update(write, { lineId: change.set.lineId }, 'version_id = ?', change.id);
  }
  return touched > 0;
}
