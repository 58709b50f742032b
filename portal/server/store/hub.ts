import { detailOf } from './failures.ts';
import type { Poke, StoreLog } from './types.ts';

/** Who listens in this process. */
export interface Hub {
  subscribe(listener: (poke: Poke) => void): () => void;
  /** Told to each; what one throws is logged and stops nobody else. */
  tell(pokes: readonly Poke[]): void;
}

export function createHub(log: StoreLog): Hub {
  const listeners = new Set<{ readonly hear: (poke: Poke) => void }>();
  return {
    subscribe: (hear) => {
      const listener = { hear };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (pokes) => {
      for (const poke of pokes) {
        for (const { hear } of [...listeners]) {
          try {
            hear(poke);
          } catch (error) {
            log.warn('a listener of pokes failed', { detail: detailOf(error) });
          }
        }
      }
    },
  };
}
