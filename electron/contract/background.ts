import { createSecretDesk, type SecretKeeper } from './secret-desk.ts';
import { type BackendWish, type SuperviseDeps, type Supervised, superviseBackend } from './supervise.ts';
import { type ForkPortal, supervisePortal } from './supervise-portal.ts';

export interface BackgroundDeps extends Omit<SuperviseDeps, 'onWish'> {
  readonly forkPortal: ForkPortal;
  readonly secrets: SecretKeeper;
}

/** What works behind the window: the backend, and the portal of this computer. Closing ends both. */
export interface Background extends Omit<Supervised, 'tell'> {
  /** The board is on the screen: what only costs time before it may start now. */
  boardStands(): void;
}

/** A window without a board (the restore screen, a page that failed) does not keep the portal waiting for longer. */
const BOARD_LIMIT_MS = 5_000;
const PORTAL_CLOSE_LIMIT_MS = 5_000;

/** Starts the backend, and when it wants one and the board stands the portal, as two processes that fail apart. */
export function startBackground({ forkPortal, secrets, ...deps }: BackgroundDeps): Background {
  const { log, now, after } = deps;
  const desk = createSecretDesk({ secrets, log, answer: (message) => backend.tell(message) });
  const portal = supervisePortal({
    fork: forkPortal,
    tell: (own, why) => backend.tell({ kind: 'portal', portal: own, why }),
    log,
    now,
    after,
  });
  let isStanding = false;
  let isWaiting = false;

  const stand = () => {
    isStanding = true;
    if (isWaiting) portal.want(true);
    isWaiting = false;
  };
  const wantPortal = (isWanted: boolean) => {
    isWaiting = isWanted && !isStanding;
    if (!isWaiting) return portal.want(isWanted);
    after(BOARD_LIMIT_MS, stand);
  };
  const onWish = (wish: BackendWish) => {
    if (wish.kind === 'want-portal') return wantPortal(wish.isWanted);
    desk.heard(wish);
  };

  const backend = superviseBackend({ ...deps, onWish });
  return {
    call: backend.call,
    state: backend.state,
    boardStands: stand,
    async close(limitMs) {
      // The portal last: what the backend still has to say to it is said.
      await backend.close(limitMs);
      await portal.close(PORTAL_CLOSE_LIMIT_MS);
    },
  };
}
