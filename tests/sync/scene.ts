import type { Desktop } from './desktop.ts';
import type { Laws } from './laws.ts';
import type { Server } from './server.ts';
import type { World } from './world.ts';

/** Everybody in one schedule. */
export interface Stage {
  readonly world: World;
  readonly server: Server;
  readonly laws: Laws;
  readonly desktops: readonly Desktop[];
  /** Requests of the portal that wait for an answer. */
  readonly visits: Set<string>;
}
