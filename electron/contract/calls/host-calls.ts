import { z } from 'zod';
import { UpdateState } from '../updates.ts';
import { Capability, Id } from '../values.ts';
import { type Call, Done, host, Nothing } from './call.ts';

/** Answered by the host itself. */
export const hostCalls = {
  'host:info': host(
    Nothing,
    z.object({
      version: z.string(),
      capabilities: z.array(Capability),
      platform: z.enum(['darwin', 'win32', 'linux']),
      dataFolder: z.string(),
    }),
  ),
  'host:open-folder': host(
    z.object({ which: z.enum(['data', 'backups', 'deal']), name: z.string().max(255).optional() }).strict(),
    Done,
  ),
  /** The system's own dialog for a folder; null when it was left, or where there is none. */
  'host:pick-folder': host(Nothing, z.object({ path: z.string().nullable() })),
  'host:open-link': host(z.object({ url: z.string().max(2000) }).strict(), Done),
  'host:set-theme': host(z.object({ theme: z.enum(['system', 'light', 'dark']) }).strict(), Done),
  'host:notify': host(
    z.object({ title: z.string().max(120), body: z.string().max(300), dealId: Id.optional() }).strict(),
    Done,
  ),
  /** The renderer's own marks, for start-up timing: "board/painted". */
  'host:mark': host(
    z
      .object({
        name: z
          .string()
          .regex(/^[a-z]+\/[a-z-]+$/)
          .max(60),
      })
      .strict(),
    Done,
  ),

  'updates:state': host(Nothing, UpdateState),
  'updates:check': host(Nothing, UpdateState),
  'updates:download': host(Nothing, UpdateState),
  'updates:restart': host(Nothing, UpdateState),
} as const satisfies Record<string, Call>;
