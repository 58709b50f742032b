import { z } from 'zod';
import { type CallName, calls } from './calls.ts';
import { HostEvent } from './events.ts';

/**
 * What travels between a host and its backend process, whichever way the process was started. Both sides check what
 * arrives: a message of another shape is a defect of ours (or of an old process), never something to act on.
 */

const Name = z.custom<CallName>((name) => typeof name === 'string' && Object.hasOwn(calls, name));

const CallErrorShape = z.object({
  type: z.enum(['bad-call', 'not-trusted', 'defect', 'backend-gone', 'records-closed', 'not-here']),
  message: z.string(),
});

const ReplyShape = z.discriminatedUnion('ok', [
  // Processes that speak JSON drop a value of undefined; no call answers one.
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: CallErrorShape }),
]);

/** Where the portal of this computer answers, and a code that signs its own desktop in; null while it does not run. */
export const OwnPortal = z.object({
  /** `http://127.0.0.1:PORT`: for this computer's programs. People's links use `portal.localhost`. */
  url: z.string(),
  publicUrl: z.string(),
  filesUrl: z.string(),
  code: z.string(),
});
export type OwnPortal = z.infer<typeof OwnPortal>;

export const ToBackend = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.int().min(1), name: Name, input: z.unknown() }),
  /** The portal of this computer came up or stopped; `why` is a sentence when it could not be started. */
  z.object({ kind: z.literal('portal'), portal: OwnPortal.nullable(), why: z.string() }),
  /** What was kept under a name (null: nothing), asked for or just set; `problem` says why it is not kept. */
  z.object({ kind: z.literal('secret'), name: z.string(), secret: z.string().nullable(), problem: z.string() }),
  /** Finish what runs, close the records, answer `closed`, end. */
  z.object({ kind: z.literal('close') }),
]);
export type ToBackend = z.infer<typeof ToBackend>;

export const FromBackend = z.discriminatedUnion('kind', [
  /** Calls are answered from now on. Calls that were posted before are answered too. */
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('reply'), id: z.int().min(1), reply: ReplyShape }),
  z.object({ kind: z.literal('event'), event: HostEvent }),
  /** Asks the host for a secret, or to keep one (null: to forget it). Each is answered by `secret`. */
  z.object({ kind: z.literal('ask-secret'), name: z.string() }),
  z.object({ kind: z.literal('keep-secret'), name: z.string(), secret: z.string().nullable() }),
  /** The records are open: the portal of this computer may be started now, or (false) is not needed. */
  z.object({ kind: z.literal('want-portal'), isWanted: z.boolean() }),
  z.object({ kind: z.literal('closed') }),
]);
export type FromBackend = z.infer<typeof FromBackend>;
