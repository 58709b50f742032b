import type { PortalContext } from '../context.ts';
import type { Poke } from '../store/types.ts';

export interface RightWatch {
  readonly context: PortalContext;
  readonly dealId: string;
  /** Of a member; null where a change of any member's right is nobody's business here. */
  readonly memberId: string | null;
  /** Whether it may go on, by the records as they are now. */
  readonly isAllowed: () => Promise<boolean>;
  /** Called once, when it may not. */
  readonly onLost: () => void;
}

/** Pokes of other server processes may be late or lost: a long body is judged again after so long anyway. */
const ANYWAY_MS = 10_000;

/** Judges a right again while something long goes on, at each change that may have ended it. Returns the way to stop. */
export function watchRight({ context, dealId, memberId, isAllowed, onLost }: RightWatch): () => void {
  let isOver = false;
  let isJudging = false;
  let isStale = false;
  const stop = () => {
    isOver = true;
    clearInterval(timer);
    unsubscribe();
  };
  const judge = async () => {
    if (isJudging) {
      isStale = true;
      return;
    }
    isJudging = true;
    do {
      isStale = false;
      // Who cannot judge cannot allow.
      const goesOn = await isAllowed().catch(() => false);
      if (!goesOn && !isOver) {
        stop();
        onLost();
      }
    } while (isStale && !isOver);
    isJudging = false;
  };
  const unsubscribe = context.store.pokes.subscribe((poke) => {
    if (!isOver && concerns(poke, { workspaceId: context.workspaceId, dealId, memberId })) void judge();
  });
  const timer = setInterval(() => void judge(), ANYWAY_MS);
  timer.unref();
  return stop;
}

interface Concern {
  readonly workspaceId: string;
  readonly dealId: string;
  readonly memberId: string | null;
}

function concerns(poke: Poke, { workspaceId, dealId, memberId }: Concern): boolean {
  if (poke.workspaceId !== workspaceId) return false;
  if (poke.kind === 'unit') return poke.unitId === dealId;
  return poke.memberId === null || poke.memberId === memberId;
}
