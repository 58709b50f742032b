import type { Log } from './log.ts';
import type { BackendWish } from './supervise.ts';
import type { ToBackend } from './wire.ts';

/** Where a host keeps secrets. A `problem` is a sentence for a person; empty when all is well. */
export interface SecretKeeper {
  /** The secret, or null when none is kept; `problem` also when this computer could keep none. */
  get(name: string): Promise<{ readonly secret: string | null; readonly problem: string }>;
  /** Null forgets it. */
  keep(name: string, secret: string | null): Promise<{ readonly problem: string }>;
}

interface DeskDeps {
  readonly secrets: SecretKeeper;
  readonly log: Log;
  readonly answer: (message: Extract<ToBackend, { kind: 'secret' }>) => void;
}

const BROKEN = 'The secrets of this computer cannot be reached now. Restart Closeboard, or sign in again.';

/** Answers the backend's wishes about secrets, each once, in the order in which they came. */
export function createSecretDesk({ secrets, log, answer }: DeskDeps) {
  let last: Promise<void> = Promise.resolve();

  const serve = async (wish: SecretWish) => {
    const { name } = wish;
    try {
      if (wish.kind === 'ask-secret') return answer({ kind: 'secret', name, ...(await secrets.get(name)) });
      const { problem } = await secrets.keep(name, wish.secret);
      answer({ kind: 'secret', name, secret: problem === '' ? wish.secret : null, problem });
    } catch (error) {
      log.defect('keeping secrets', error);
      answer({ kind: 'secret', name, secret: null, problem: BROKEN });
    }
  };
  return {
    heard(wish: SecretWish): void {
      last = last.then(() => serve(wish));
    },
  };
}

type SecretWish = Extract<BackendWish, { kind: 'ask-secret' | 'keep-secret' }>;
