import { join } from 'node:path';
import { v7 } from 'uuid';
import { update } from '../core/commands/changes.ts';
import type { TaskRow } from '../core/deals/model.ts';
import { TODAY, tempFolder } from '../db/testing.ts';
import type { Store } from '../portal/server/store/types.ts';
import { startBenchDesk } from './lib/desk.ts';
import { startBenchPortal } from './lib/portal.ts';
import { dealOf, fillDeals, journalRow, withStore } from './lib/portal-rows.ts';
import { type BenchOptions, type BenchRow, NONE } from './row.ts';

const FULL = { deals: 100, rowsEach: 209, changes: 10_000 };
const SMOKE = { deals: 4, rowsEach: 20, changes: 20 };
const WORKSPACE = 'main';

/**
 * A desktop that has every deal comes back to its portal, a process of its own, where others took so many steps of one
 * change each: until all of it is shown. Two rows come for each, the changed one and the step.
 */
export async function run({ smoke }: BenchOptions): Promise<readonly BenchRow[]> {
  const { deals, rowsEach, changes } = smoke ? SMOKE : FULL;
  const portal = await startBenchPortal((folder) => fillDeals(folder, deals, rowsEach));
  const temp = tempFolder();
  const desk = startBenchDesk(join(temp.folder, 'desk'));
  try {
    await desk.join({ url: portal.url, code: portal.setupCode, name: 'Noor Haddad' });
    await desk.untilCurrent();
    await portal.whileDown(async () => {
      await desk.untilOffline();
      await withStore(portal.folder, (store) => change(store, { deals, rowsEach, changes }));
    });
    const from = performance.now();
    const before = process.cpuUsage();
    await desk.call('sync:try-now', {});
    await desk.untilCurrent();
    const ms = performance.now() - from;
    const { user, system } = process.cpuUsage(before);
    return [
      { name: `pull of ${changes} changes`, value: ms, unit: 'ms', limit: 2_000 },
      { name: 'of it on a processor, the desktop', value: (user + system) / 1000, unit: 'ms', limit: NONE },
    ];
  } finally {
    await desk.close();
    await portal.close();
    temp.remove();
  }
}

/** So many tasks ticked or opened again, each by a step of its own. */
async function change(store: Store, { deals, rowsEach, changes }: typeof FULL): Promise<void> {
  for (let n = 0; n < deals; n += 1) {
    const deal = dealOf(n, rowsEach);
    await store.transaction(WORKSPACE, async (tx) => {
      for (const task of deal.tasks.slice(0, changes / deals)) {
        const after: TaskRow = { ...task, doneOn: task.doneOn === null ? TODAY : null };
        const { version } = await tx.units.bump(WORKSPACE, deal.row.id);
        const commandId = v7();
        const done = { commandId, name: 'completeTask', label: `Marked ${task.title} done`, number: version };
        const journal = journalRow(deal, done, update('task', task, after));
        const rows = [{ table: 'task', rowId: task.id, row: { ...after } } as const, journal];
        await tx.rows.write({ workspaceId: WORKSPACE, unitId: deal.row.id, version, commandId, rows });
      }
    });
  }
}
