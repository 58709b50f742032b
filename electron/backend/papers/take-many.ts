import { setImmediate as otherWork, setTimeout as pause } from 'node:timers/promises';
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

/** In the vault at once: a sync of the disk waits for others anyway, and beyond this nothing is gained. */
const IN_VAULT = 8;
/** Begun and without a row yet. */
const UNDER_WAY = 64;
/** Rows wait so long for others: the sync of a transaction costs as much for one of them as for fifty. */
const GATHER_MS = 20;

/**
 * Takes files in, some at a time, begun in their order. After a full disk, a stop or a defect none is begun any more, and
 * those that are on their way come to their end. What a defect throws comes through then.
 */
export async function takeMany(deps: PapersDeps, files: readonly ToTake[], options: TakeManyOptions): Promise<void> {
  const { signal, onBegin, onEnd } = options;
  const gate = createGate(IN_VAULT);
  const write = groupRows(deps, () => gate.isEmpty());
  const left = files.entries();
  let isOver = false;
  const takeNext = async (): Promise<boolean> => {
    const leave = await gate.enter();
    try {
      const next = isOver || signal.aborted ? null : left.next();
      if (next === null || next.done === true) return false;
      const [index, { path, came }] = next.value;
      onBegin(index);
      const row = await takeIn(deps, { path }, came, {
        signal,
        write: (arriving) => {
          leave();
          return write(arriving);
        },
      });
      if (!row.ok && row.error.type === 'NoSpace') isOver = true;
      await onEnd(index, row);
      return true;
    } catch (error) {
      isOver = true;
      throw error;
    } finally {
      leave();
    }
  };
  const takeAll = async () => {
    while (await takeNext());
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(UNDER_WAY, files.length) }, takeAll));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

interface Gate {
  /** Waits for a place. What it answers gives the place to the next; a second call does nothing. */
  enter(): Promise<() => void>;
  isEmpty(): boolean;
}

function createGate(places: number): Gate {
  const line: (() => void)[] = [];
  let inside = 0;
  const leaveOnce = () => {
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      const next = line.shift();
      if (next === undefined) inside -= 1;
      else next();
    };
  };
  return {
    enter: async () => {
      if (inside < places) inside += 1;
      else await new Promise<void>((resolve) => line.push(resolve));
      return leaveOnce();
    },
    isEmpty: () => inside === 0,
  };
}

/** Rows that are ready at about the same time are one transaction. The last ones have none to wait for. */
function groupRows(deps: PapersDeps, isLast: () => boolean): (one: Arriving) => Promise<ArrivalRow> {
  let next: { readonly ones: Arriving[]; readonly rows: Promise<readonly ArrivalRow[]> } | null = null;
  const begin = () => {
    const ones: Arriving[] = [];
    const rows = (isLast() ? otherWork() : pause(GATHER_MS)).then(() => {
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
