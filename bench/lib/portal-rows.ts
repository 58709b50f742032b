import { join } from 'node:path';
import { rowsOf } from '../../core/commands/apply.ts';
import type { Change } from '../../core/commands/types.ts';
import type { Deal } from '../../core/deals/model.ts';
import { AT, insertsOf, makeDeal, SILENT } from '../../db/testing.ts';
import type { WrittenRow } from '../../portal/server/store/areas/rows.ts';
import { openSqliteStore } from '../../portal/server/store/sqlite.ts';
import type { Store } from '../../portal/server/store/types.ts';

const WORKSPACE = 'main';
/** Rows of a generated deal that are no tasks: with its own and the journal's. */
const OTHERS = 9;

/** So many deals of so many rows each, in the records of a server that is not running. */
export async function fillDeals(folder: string, deals: number, rowsEach: number): Promise<void> {
  await withStore(folder, async (store) => {
    await store.createWorkspace({ id: WORKSPACE, name: '', at: AT });
    for (let from = 0; from < deals; from += 100)
      await store.transaction(WORKSPACE, async (tx) => {
        for (let n = from; n < Math.min(deals, from + 100); n += 1) {
          const deal = dealOf(n, rowsEach);
          const commandId = `create-${deal.row.id}`;
          const { version } = await tx.units.bump(WORKSPACE, deal.row.id);
          const opened = { commandId, name: 'createDeal', label: `Opened ${deal.row.street}`, number: version };
          const journal = journalRow(deal, opened, insertsOf(deal));
          const scope = { workspaceId: WORKSPACE, unitId: deal.row.id, version, commandId };
          await tx.rows.write({ ...scope, rows: [...writtenRows(deal), journal] });
          const { label, name } = opened;
          const told = { actor: 'member:m-noor', kind: 'command-accepted', details: { commandId, name, label } };
          await tx.audit.append({ workspaceId: WORKSPACE, unitId: deal.row.id, at: AT, ...told });
        }
      });
  });
}

export function dealOf(n: number, rowsEach: number): Deal {
  const deal = makeDeal(n, rowsEach - OTHERS);
  return { ...deal, row: { ...deal.row, packRevision: '12/22', closedOn: null, outcome: null } };
}

function writtenRows(deal: Deal): readonly WrittenRow[] {
  return Object.entries(rowsOf(deal)).flatMap(([table, each]) =>
    each.map((row) => ({ table, rowId: row.id, row }) as unknown as WrittenRow),
  );
}

interface Done {
  readonly commandId: string;
  readonly name: string;
  readonly label: string;
  readonly number: number;
}

export function journalRow(deal: Deal, done: Done, changes: readonly Change[]): WrittenRow {
  const { id: dealId } = deal.row;
  const row = { ...done, dealId, args: {}, actorId: 'm-noor', at: AT, changes, undoneBy: null, acceptedAt: AT };
  return { table: 'journal', rowId: done.commandId, row } as unknown as WrittenRow;
}

/** The records of a server, for as long as `work` takes; of one that is not running. */
export async function withStore(folder: string, work: (store: Store) => Promise<void>): Promise<void> {
  const log = { ...SILENT, defect: () => {} };
  const opened = await openSqliteStore({ file: join(folder, 'portal.db'), now: () => AT, log });
  if (!opened.ok) throw new Error(opened.error.sentence);
  try {
    await work(opened.value);
  } finally {
    await opened.value.close();
  }
}
