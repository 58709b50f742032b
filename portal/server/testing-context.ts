import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { createLibrary } from '../../resources/library.ts';
import { newToken } from './auth/secrets.ts';
import { createDiskBlobs } from './blobs/disk.ts';
import type { PortalContext } from './context.ts';
import { embeddedConfig } from './load-config.ts';
import { createLineLog } from './log-lines.ts';
import type { Store } from './store/types.ts';

export interface ContextWish {
  readonly folder: string;
  readonly now: () => Date;
  readonly tell?: (line: string) => void;
  /** In place of what comes with Closeboard. */
  readonly rules?: Partial<PortalContext['rules']>;
}

/** What routes and jobs work with, on a store that a test opened itself. */
export async function contextOn(store: Store, { folder, now, tell, rules }: ContextWish): Promise<PortalContext> {
  return {
    ...{ config: embeddedConfig(folder, 7420), store, workspaceId: 'main', mailer: null, now, newId, newToken },
    blobs: await createDiskBlobs(join(folder, 'blobs')),
    log: createLineLog(tell ?? (() => {}), now),
    rules: { ...createLibrary(), ...rules },
    owner: newId(),
  };
}
