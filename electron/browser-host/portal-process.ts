import type { ForkPortal } from '../contract/supervise-portal.ts';
import { forkNode } from './fork-node.ts';

interface PortalPaths {
  /** The portal process, absolute. */
  readonly portal: string;
  readonly storeMigrations: string;
  readonly web: string;
  /** The portal's own folder. */
  readonly data: string;
}

/** Starts the portal of this computer as a Node process of its own. */
export function createPortalFork({ portal, storeMigrations, web, data }: PortalPaths): ForkPortal {
  // Port 0: the one that it had the last time, or where that is taken another.
  const args = ['--data', data, '--port', '0', '--migrations', storeMigrations, '--web', web];
  return (listener) => forkNode(portal, args, listener);
}
