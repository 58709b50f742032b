import type { HostEvent } from '../contract/events.ts';
import type { Log } from '../contract/log.ts';
import { type FromBackend, ToBackend } from '../contract/wire.ts';
import type { SyncHost } from './sync/types.ts';
import { createWireHost } from './sync/wire-host.ts';
import type { Backend } from './types.ts';

/** The way to the host, whatever started this process. */
export interface Port {
  post(message: FromBackend): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The host is no more: nobody is left to answer. */
  onGone(listener: () => void): void;
}

export interface ServeDeps {
  readonly port: Port;
  readonly log: Log;
  readonly makeBackend: (emit: (event: HostEvent) => void, host: SyncHost) => Backend;
  readonly end: (code: number) => void;
}

/** Serves one backend on one port until the host says `close` or is gone; then closes the records and ends. */
export function serveBackend({ port, log, makeBackend, end }: ServeDeps): void {
  const host = createWireHost((message) => port.post(message));
  const backend = makeBackend((event) => port.post({ kind: 'event', event }), host);
  let isClosing = false;

  const close = async () => {
    if (isClosing) return;
    isClosing = true;
    try {
      await backend.close();
      port.post({ kind: 'closed' });
      end(0);
    } catch (error) {
      log.defect('closing the records', error);
      end(1);
    }
  };

  const answer = async (id: number, reply: ReturnType<Backend['handle']>) =>
    port.post({ kind: 'reply', id, reply: await reply });

  port.onMessage((message) => {
    const parsed = ToBackend.safeParse(message);
    if (!parsed.success) return log.warn('a message of an unknown shape was left alone');
    if (parsed.data.kind === 'close') return void close();
    if (host.hear(parsed.data) || parsed.data.kind !== 'call') return;
    const { id, name, input } = parsed.data;
    // `handle` never rejects; should posting fail, the host is gone and the process ends through onGone.
    answer(id, backend.handle(name, input)).catch((error: unknown) => log.defect('posting a reply', error));
  });
  port.onGone(() => void close());
  port.post({ kind: 'ready' });
}
