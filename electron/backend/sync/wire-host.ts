import type { FromBackend, OwnPortal, ToBackend } from '../../contract/wire.ts';
import type { SyncHost } from './types.ts';

export interface WireHost extends SyncHost {
  /** Takes in a message of the host; false when it is not for this. */
  hear(message: ToBackend): boolean;
}

interface Kept {
  readonly secret: string | null;
  readonly problem: string;
}

/** The host on the other side of the port. Answers come in the order of the questions of each name. */
export function createWireHost(post: (message: FromBackend) => void): WireHost {
  let portal: OwnPortal | null = null;
  let why = '';
  const listeners = new Set<(portal: OwnPortal | null, why: string) => void>();
  const waiting = new Map<string, ((kept: Kept) => void)[]>();
  const asked = (name: string, message: FromBackend): Promise<Kept> =>
    new Promise((resolve) => {
      waiting.set(name, [...(waiting.get(name) ?? []), resolve]);
      post(message);
    });
  return {
    hear: (message) => {
      if (message.kind === 'portal') {
        ({ portal, why } = message);
        for (const listener of listeners) listener(portal, why);
        return true;
      }
      if (message.kind !== 'secret') return false;
      const [first, ...rest] = waiting.get(message.name) ?? [];
      waiting.set(message.name, rest);
      first?.({ secret: message.secret, problem: message.problem });
      return true;
    },
    onPortal: (listener) => {
      listeners.add(listener);
      listener(portal, why);
      return () => listeners.delete(listener);
    },
    wantPortal: (isWanted) => post({ kind: 'want-portal', isWanted }),
    secret: (name) => asked(name, { kind: 'ask-secret', name }),
    keepSecret: async (name, secret) => {
      const { problem } = await asked(name, { kind: 'keep-secret', name, secret });
      return { problem };
    },
  };
}
