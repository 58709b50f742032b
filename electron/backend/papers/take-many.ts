import { setImmediate as otherWork } from 'node:timers/promises';
import type { Result } from '../../../core/result.ts';
import type { ArrivalRow } from '../../../db/files-tables.ts';
import { inWrite } from '../../../db/handles.ts';
import type { VaultFailure } from '../vault/failures.ts';
import { type Arriving, insertArriving, takeIn } from './arrive.ts';
import type { Came, PapersDeps } from './types.ts';

export interface ToTake {
  readonly path: string;
  readonly came: Came;
}

export interface TakeManyOptions {
  readonly signal: AbortSignal;
  readonly onBegin: (index: number) => void;
  /** Told once its row is on disk, or it has failed. In the order they are done, which is not that of the files. */
  readonly onEnd: (index: number, row: Result<ArrivalRow, VaultFailure>) => Promise<void>;
}

/** A sync of the disk waits for others anyway, so that more at once cost little; beyond this nothing is gained. */
const TOGETHER = 8;

/**
 * Takes files in, some at a time, begun in their order. After a full disk, a stop or a defect none is begun any more, and
 * those that are on their way come to their end. What a defect throws comes through then.
 */
export async function takeMany(deps: PapersDeps, files: readonly ToTake[], options: TakeManyOptions): Promise<void> {
  const { signal, onBegin, onEnd } = options;
  const write = groupRows(deps);
  const left = files.entries();
  let isOver = false;
  const take = async () => {
    for (const [index, { path, came }] of left) {
      onBegin(index);
      const row = await takeIn(deps, { path }, came, { signal, write });
      if (!row.ok && row.error.type === 'NoSpace') isOver = true;
      await onEnd(index, row);
      if (isOver || signal.aborted) return;
    }
  };
  const safely = () =>
    take().catch((error: unknown) => {
      isOver = true;
      throw error;
    });
  const ends = signal.aborted ? [] : await Promise.allSettled(Array.from({ length: TOGETHER }, safely));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** Rows that are ready at the same time are one transaction: its sync costs as much for one as for all of them. */
function groupRows(deps: PapersDeps): (one: Arriving) => Promise<ArrivalRow> {
  let next: { readonly ones: Arriving[]; readonly rows: Promise<readonly ArrivalRow[]> } | null = null;
  const begin = () => {
    const ones: Arriving[] = [];
    const rows = otherWork().then(() => {
      next = null;
      return inWrite(deps.db, (write) => ones.map((one) => insertArriving(write, deps, one)));
    });
    return { ones, rows };
  };
  return async (one) => {
    next ??= begin();
    const { ones, rows } = next;
    const at = ones.push(one) - 1;
    return (await rows)[at] ?? one.row;
  };
}
