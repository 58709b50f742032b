import { createBackend } from '../../electron/backend/index.ts';
import type { CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts';
import type { HostEvent } from '../../electron/contract/events.ts';
import { createLog } from '../../electron/contract/log.ts';

/** A desktop with its whole backend in this process, signed in nowhere yet. */
export interface BenchDesk {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Signs in at a shared portal. */
  join(wish: { readonly url: string; readonly code: string; readonly name: string }): Promise<void>;
  /** Until everything is there and here. */
  untilCurrent(): Promise<void>;
  untilOffline(): Promise<void>;
  /** Each event from now on; answers how to stop. */
  hear(listener: (event: HostEvent) => void): () => void;
  close(): Promise<void>;
}

const PATIENCE_MS = 900_000;
const LOOK_MS = 50;

export function startBenchDesk(folder: string): BenchDesk {
  const listeners = new Set<(event: HostEvent) => void>();
  const secrets = new Map<string, string>();
  let last = '';
  const keep = (line: string) => {
    last = `${last}${line}`.slice(-2_000);
  };
  const backend = createBackend({
    folder,
    log: createLog({ append: keep }, () => new Date().toISOString()),
    now: () => new Date(),
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    syncAfterMs: 0,
    host: {
      onPortal: (listener) => {
        listener(null, '');
        return () => {};
      },
      wantPortal: () => {},
      secret: async (name) => ({ secret: secrets.get(name) ?? null, problem: '' }),
      keepSecret: async (name, secret) => {
        if (secret === null) secrets.delete(name);
        else secrets.set(name, secret);
        return { problem: '' };
      },
    },
  });
  const call: BenchDesk['call'] = async (name, input) => {
    const reply = await backend.handle(name, input);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message} ${last}`);
    return reply.value as never;
  };
  return {
    call,
    join: async ({ url, code, name }) => {
      const email = `${name.split(' ')[0]?.toLowerCase()}@fennimore.example`;
      const wish = { url, code, name, email, deviceName: `${name}'s laptop`, workspaceName: 'Fennimore Realty' };
      const joined = await call('sync:join', wish);
      if (joined.kind !== 'ok') throw new Error(`${joined.sentence} ${last}`);
    },
    untilOffline: async () => {
      const until = Date.now() + PATIENCE_MS;
      while ((await call('sync:state', {})).status !== 'offline') {
        if (Date.now() > until) throw new Error(`never without a connection: ${last}`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    untilCurrent: async () => {
      const until = Date.now() + PATIENCE_MS;
      for (;;) {
        const { status, waiting, toFetch, sentence } = await call('sync:state', {});
        if (status === 'current' && waiting === 0 && toFetch === 0) return;
        if (Date.now() > until) throw new Error(`never through: ${sentence} ${last}`);
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    hear: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => backend.close(),
  };
}
