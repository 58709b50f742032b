import type { HostEvent } from '../contract/events.ts';
import type { Log } from '../contract/log.ts';
import { createDispatch } from './dispatch.ts';
import { createHandlers } from './handlers/index.ts';
import type { SyncHost } from './sync/types.ts';
import type { Backend } from './types.ts';

export interface BackendOptions {
  /** The data folder, absolute. */
  readonly folder: string;
  readonly migrationsFolder?: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly emit: (event: HostEvent) => void;
  /** What the host does for sync; without one this backend works on its own records alone. */
  readonly host?: SyncHost;
  /** When sync begins, in milliseconds after the records opened. */
  readonly syncAfterMs?: number;
  /** Holds every answer against its schema. */
  readonly isChecked?: boolean;
}

/** The whole backend in plain Node: the composition root that every host and the tests start from. */
export function createBackend({ isChecked = false, ...deps }: BackendOptions): Backend {
  const handlers = createHandlers(deps);
  const handle = createDispatch({ handlers, log: deps.log, isChecked, ticks: () => performance.now() });
  return { handle, close: () => handlers.close() };
}
