import { ok } from '../../../core/result.ts';
import { PROTOCOL_FLOOR, PROTOCOL_VERSION } from '../../../core/sync/protocol.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import type { SomeDeviceHandlers } from '../context.ts';

/** What the server says of itself to anybody: nothing that tells whose it is. */
export const serverHandlers = {
  'server/about': async ({ config, store, workspaceId }) =>
    ok({
      product: 'closeboard-portal',
      version: packageJson.version,
      protocol: PROTOCOL_VERSION,
      floor: PROTOCOL_FLOOR,
      isSetUp: await store.read(async (read) => (await read.members.list(workspaceId)).length > 0),
      isEmbedded: config.isEmbedded,
    }),
} satisfies SomeDeviceHandlers;
