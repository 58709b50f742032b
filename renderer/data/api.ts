import type { CallError, CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts';
import type { HostApi } from '../../electron/contract/host-api.ts';

declare global {
  interface Window {
    closeboard?: HostApi;
  }
}

/** What stands behind the page. Throws when the page was opened without one, which only a broken build does. */
export function hostApi(): HostApi {
  const api = window.closeboard;
  if (api === undefined) throw new Error('this page was opened without Closeboard behind it');
  return api;
}

/** Asks, and gives back the value. A call that was not answered is thrown, with the `CallError` as its cause. */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const reply = await hostApi().call(name, input);
  if (reply.ok) return reply.value;
  throw new Error(reply.error.message, { cause: reply.error });
}

/** What a failed call says to the person, and why it failed. */
export function asCallError(thrown: unknown): CallError {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (typeof cause === 'object' && cause !== null && 'type' in cause && 'message' in cause) return cause as CallError;
  return { type: 'defect', message: 'Closeboard could not do this. What you see may be old: try again.' };
}
