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

export const ToBackend = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.int().min(1), name: Name, input: z.unknown() }),
  /** Finish what runs, close the records, answer `closed`, end. */
  z.object({ kind: z.literal('close') }),
]);
export type ToBackend = z.infer<typeof ToBackend>;

export const FromBackend = z.discriminatedUnion('kind', [
  /** Calls are answered from now on. Calls that were posted before are answered too. */
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('reply'), id: z.int().min(1), reply: ReplyShape }),
  z.object({ kind: z.literal('event'), event: HostEvent }),
  z.object({ kind: z.literal('closed') }),
]);
export type FromBackend = z.infer<typeof FromBackend>;
