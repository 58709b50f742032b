import type { HostEvent } from '../../contract/events.ts';
import type { Log } from '../../contract/log.ts';
import type { Office } from '../services/office.ts';
import type { Timings } from './connection.ts';
import type { SyncGround } from './ground.ts';
import type { FileQueue, SyncHost } from './types.ts';

/** What the desktop's side of the portal is made from. */
export interface SyncDeps {
  readonly own: SyncGround;
  readonly office: Office;
  readonly host: SyncHost;
  readonly files: FileQueue;
  readonly log: Log;
  readonly emit: (event: HostEvent) => void;
  readonly nowDate: () => Date;
  /** What this computer is called among the devices of its person. */
  readonly deviceName: string;
  readonly timings?: Timings | undefined;
}

/** Under which the key of a shared portal is kept. */
export const KEY_SECRET = 'portal-key';
