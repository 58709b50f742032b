import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from '../../../core/sync/canonical.ts';
import { type Cursor, type Page, startOf } from '../../../core/sync/page.ts';
import type { Read } from './types.ts';

/** Rows asked for at once. */
const STEP = 500;

/**
 * Hex sha256 over what a workspace holds in common with its desktops: units in the order they moved, each with its rows
 * and tombstones in the order of pages, the command log and the audit chains. Two stores that were given the same
 * commands have the same digest, whichever database they keep it in.
 */
export async function digestOfWorkspace(read: Read, workspaceId: string): Promise<string> {
  const hash = createHash('sha256');
  await addUnits(read, workspaceId, hash);
  for (let after = 0; ; ) {
    const commands = await read.commands.after(workspaceId, after, STEP);
    for (const command of commands) add(hash, command);
    const last = commands.at(-1);
    if (last === undefined) break;
    after = last.logNo;
  }
  for (let after = ''; ; ) {
    const chains = await read.audit.chains(workspaceId, after, STEP);
    for (const unitId of chains) add(hash, { unitId, ...(await read.audit.head(workspaceId, unitId)) });
    const last = chains.at(-1);
    if (last === undefined) break;
    after = last;
  }
  return hash.digest('hex');
}

async function addUnits(read: Read, workspaceId: string, hash: Hash): Promise<void> {
  for (let cursor = 0, isLast = false; !isLast; ) {
    const moved = await read.units.moved({ workspaceId, after: cursor, limit: STEP });
    for (const unit of moved.units) {
      add(hash, unit);
      await addRows(read, workspaceId, unit.unitId, hash);
    }
    cursor = moved.cursor;
    isLast = moved.isLast;
  }
}

async function addRows(read: Read, workspaceId: string, unitId: string, hash: Hash): Promise<void> {
  for (let after: Cursor | null = startOf(0); after !== null; ) {
    const page: Page = await read.rows.page({ workspaceId, unitId, after, upTo: null });
    for (const row of page.rows) add(hash, row);
    after = page.next;
  }
}

/** Each entry on a line of its own, which no canonical JSON contains. */
function add(hash: Hash, entry: object): void {
  hash.update(`${canonicalJson(entry)}\n`);
}
