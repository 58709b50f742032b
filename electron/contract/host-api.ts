import type { CallInput, CallName, CallOutput, Reply } from './calls.ts';
import type { HostEvent } from './events.ts';

/**
 * The one object a page gets, as `window.closeboard`. Electron's preload puts it there; the browser host serves a
 * `host.js` that does. The page cannot tell which, except by the capabilities that `host:info` reports.
 */
export interface HostApi {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>>;
  /** Hears every event from now on; returns the function that stops it. */
  listen(listener: (event: HostEvent) => void): () => void;
}
