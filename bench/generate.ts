import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inWrite } from '../db/handles.ts';
import { loadMigrations } from '../db/migrate/load.ts';
import { AT, insertsOf, makeDeal, mustOpen, summarise, tempFolder } from '../db/testing.ts';
import { applyChanges } from '../db/write/apply-changes.ts';

export interface Size {
  readonly deals: number;
  readonly tasksEach: number;
}

/** 10,000 deals and 250,000 tasks. */
export const FULL: Size = { deals: 10_000, tasksEach: 25 };
export const SMOKE: Size = { deals: 60, tasksEach: 5 };

/** Deals written in one transaction while generating. */
const BATCH = 250;
/** Goes up when what is generated changes. */
const VERSION = 1;

/**
 * A folder of records of that size, of one's own to write in. What is generated is kept under `.cache/bench` by size
 * and schema; the folder is a copy of it.
 */
export function makeRecords(size: Size): { readonly folder: string; readonly remove: () => void } {
  const kept = keptRecords(size);
  const temp = tempFolder();
  const folder = join(temp.folder, 'records');
  cpSync(kept, folder, { recursive: true });
  return { folder, remove: temp.remove };
}

function keptRecords({ deals, tasksEach }: Size): string {
  const schema = loadMigrations().at(-1)?.hash.slice(0, 8);
  const cache = fileURLToPath(new URL('../.cache/bench/', import.meta.url));
  const kept = join(cache, `records-${VERSION}-${schema}-${deals}x${tasksEach}`);
  if (existsSync(kept)) return kept;
  mkdirSync(cache, { recursive: true });
  const part = `${kept}.part`;
  rmSync(part, { recursive: true, force: true });
  fill(part, { deals, tasksEach });
  renameSync(part, kept);
  return kept;
}

function fill(folder: string, { deals, tasksEach }: Size): void {
  const db = mustOpen(folder);
  for (let from = 0; from < deals; from += BATCH) {
    inWrite(db, (write) => {
      for (let n = from; n < Math.min(deals, from + BATCH); n += 1) {
        const deal = makeDeal(n, tasksEach);
        const { id, street } = deal.row;
        const command = { id: `create-${id}`, dealId: id, name: 'createDeal', args: {}, actorId: 'm-noor', at: AT };
        applyChanges(write, {
          command: { ...command, label: `Opened ${street}` },
          changes: insertsOf(deal),
          summary: summarise(deal),
        });
      }
    });
  }
  db.close();
}
