import type { z } from 'zod';
import type { Call } from './calls/call.ts';
import { dealCalls } from './calls/deal-calls.ts';
import { hostCalls } from './calls/host-calls.ts';
import { paperCalls } from './calls/paper-calls.ts';
import { portalCalls } from './calls/portal-calls.ts';

/** Every call between the renderer and what stands behind it. A new call is a line in one of these, a handler, and a test. */
export const calls = { ...dealCalls, ...paperCalls, ...portalCalls, ...hostCalls } as const satisfies Record<
  string,
  Call
>;

export type CallName = keyof typeof calls;
/** The calls of one side: those that the backend answers, or those that the host answers itself. */
export type CallNameOf<To extends 'backend' | 'host'> = {
  [N in CallName]: (typeof calls)[N] extends Call<z.ZodType, z.ZodType, To> ? N : never;
}[CallName];
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;

/** Electron keeps only `message` of a thrown error, so nothing is thrown across. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallError };

/**
 * Why a call was not answered. `defect` never carries the defect's own message: that stays in the log.
 * `backend-gone` means the backend stopped while this call was under way; what it did is unknown until asked again.
 */
export interface CallError {
  readonly type: 'bad-call' | 'not-trusted' | 'defect' | 'backend-gone' | 'records-closed' | 'not-here';
  readonly message: string;
}
