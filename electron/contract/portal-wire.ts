import { z } from 'zod';

/**
 * What travels between a host and the portal process of this computer (portal/server/process.ts), which is started with
 * `--data DIR --port N --migrations DIR --web DIR`. Port 0: the one it had the last time, or where that is taken another.
 */

export const ToPortal = z.discriminatedUnion('kind', [
  /** Asks for a new code that signs a desktop in; answered by `code`. Those before it stop to count. */
  z.object({ kind: z.literal('local-code') }),
  /** Finish what runs, close the records, end. */
  z.object({ kind: z.literal('close') }),
]);
export type ToPortal = z.infer<typeof ToPortal>;

const Code = z.string().min(1).max(200);

export const FromPortal = z.discriminatedUnion('kind', [
  /** It answers at 127.0.0.1 on this port from now on. The code signs the desktop of this computer in, once. */
  z.object({ kind: z.literal('ready'), port: z.int().min(1).max(65_535), code: Code }),
  z.object({ kind: z.literal('code'), code: Code }),
  /** It cannot run, in one sentence for a person. It ends by itself then. */
  z.object({ kind: z.literal('failed'), why: z.string().min(1).max(1000) }),
]);
export type FromPortal = z.infer<typeof FromPortal>;
