import { join } from 'node:path';
import type { Deal } from '../../../core/deals/model.ts';
import { type Cursor, startOf } from '../../../core/sync/page.ts';
import { type AuditHead, EMPTY_HEAD } from '../audit/chain.ts';
import { dealFor } from '../files/rights.ts';
import type { Read } from '../store/types.ts';
import { type Spooled, spoolLines } from './spool.ts';

export interface DealPlace {
  readonly workspaceId: string;
  readonly dealId: string;
}

/** The records of a deal at one moment, written to files in `folder`. */
export interface Collected {
  readonly rows: Spooled;
  readonly commands: Spooled;
  /** Null for a deal that was taken away: its rows are tombstones. */
  readonly deal: Deal | null;
  readonly unitVersion: number;
  readonly workspaceName: string;
  /** The end of the chain at that moment. */
  readonly head: AuditHead;
}

const STEP = 500;

/** Null when there is no such deal. */
export async function collect(
  read: Read,
  place: DealPlace,
  { folder, signal }: { readonly folder: string; readonly signal?: AbortSignal | undefined },
): Promise<Collected | null> {
  const { workspaceId, dealId } = place;
  const head = await read.audit.head(workspaceId, dealId);
  const unit = await read.units.get(workspaceId, dealId);
  if (unit === null && head.count === EMPTY_HEAD.count) return null;
  const workspace = await read.workspaces.get(workspaceId);
  return {
    rows: await spoolLines(join(folder, 'rows'), rowsOf(read, place), signal),
    commands: await spoolLines(join(folder, 'commands'), commandsOf(read, place), signal),
    deal: await dealFor(read, place),
    unitVersion: unit?.version ?? 0,
    workspaceName: workspace?.name ?? '',
    head,
  };
}

/** The chain from its first row up to `upTo`. It only grows, so it needs no one moment. */
export function collectAudit(
  read: <T>(work: (read: Read) => Promise<T>) => Promise<T>,
  { workspaceId, dealId: unitId }: DealPlace,
  {
    folder,
    upTo,
    signal,
  }: { readonly folder: string; readonly upTo: number; readonly signal?: AbortSignal | undefined },
): Promise<Spooled> {
  async function* rows() {
    for (let after = 0; after < upTo; ) {
      const limit = Math.min(STEP, upTo - after);
      const step = await read(({ audit }) => audit.after({ workspaceId, unitId, after, limit }));
      yield* step;
      after += step.length;
      if (step.length < limit) throw new Error('the audit trail is shorter than its head');
    }
  }
  return spoolLines(join(folder, 'audit'), rows(), signal);
}

/** Every row, journal and tombstones too, in the order of the versions that wrote them. */
async function* rowsOf(read: Read, { workspaceId, dealId: unitId }: DealPlace) {
  for (let after: Cursor | null = startOf(0); after !== null; ) {
    const page: Awaited<ReturnType<Read['rows']['page']>> = await read.rows.page({
      workspaceId,
      unitId,
      after,
      upTo: null,
    });
    yield* page.rows;
    after = page.next;
  }
}

async function* commandsOf(read: Read, { workspaceId, dealId: unitId }: DealPlace) {
  for (let after = 0; ; ) {
    const step = await read.commands.ofUnitAfter({ workspaceId, unitId, after, limit: STEP });
    yield* step;
    const last = step.at(-1);
    if (last === undefined) return;
    after = last.logNo;
  }
}
