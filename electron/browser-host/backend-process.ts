import type { Fork } from '../contract/supervise.ts';
import { forkNode } from './fork-node.ts';

interface BackendPaths {
  readonly entry: string;
  /** Null: the backend finds its migrations beside its source. */
  readonly migrations: string | null;
  readonly data: string;
}

/** Starts the backend as a Node process of its own. */
export function createFork({ entry, migrations, data }: BackendPaths): Fork {
  const args = ['--data', data, ...(migrations === null ? [] : ['--migrations', migrations])];
  return (listener) => forkNode(entry, args, listener);
}
