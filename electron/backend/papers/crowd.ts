import type { Id } from '../../../core/deals/model.ts';
import type { PapersDeps } from './types.ts';

/** Milliseconds without another deal before a crowd is begun with. */
const QUIET_MS = 2_000;

export interface Crowd {
  add(dealId: Id): void;
  /** Ends with the one that is worked on; what waits is looked at at the next start. */
  close(): Promise<void>;
}

/**
 * Deals that can wait: one after another, once no more of them come. Each costs a look at the disk and a commit, which
 * the sync that brings them, and whoever works meanwhile, should not have to share the disk with.
 */
export function openCrowd(
  sync: (dealId: Id) => Promise<unknown>,
  { closing, log }: Pick<PapersDeps, 'closing' | 'log'>,
  quietMs: number = QUIET_MS,
): Crowd {
  const waiting = new Set<Id>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> | null = null;
  const work = async () => {
    for (const dealId of waiting) {
      if (closing.aborted) return;
      waiting.delete(dealId);
      await sync(dealId).catch((error: unknown) => log.defect('keeping a deal folder in step', error));
    }
  };
  const begin = () => {
    timer = null;
    running ??= work().finally(() => {
      running = null;
    });
  };
  return {
    add: (dealId: Id) => {
      waiting.add(dealId);
      if (running !== null || closing.aborted) return;
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(begin, quietMs);
    },
    close: async () => {
      if (timer !== null) clearTimeout(timer);
      waiting.clear();
      await running;
    },
  };
}
