import type { Id } from '../../../core/deals/model.ts';
import type { Write } from '../../../db/handles.ts';
import { firstPortalState, readStanding, type Standing, writeStanding } from '../../../db/sync/state.ts';
import { inStep, type SyncGround } from './ground.ts';

/** The standing with the portal: in memory as it is on disk. */
export interface Keeper {
  state(): Standing;
  /** One transaction: what `work` writes, and the standing that it gives. When it throws, both are as before. */
  step(work: (write: Write, state: Standing) => Kept): void;
}

export interface Kept {
  readonly state: Standing;
  /** Deals whose rows differ now. */
  readonly deals?: readonly Id[];
}

/** No step should keep a person's call waiting for longer, in milliseconds. */
const SLOW_MS = 100;

/** `onStep` is told after each, with the deals whose rows differ. */
export function openKeeper(
  own: SyncGround,
  onStep: (step: { readonly before: Standing; readonly after: Standing; readonly deals: readonly Id[] }) => void,
): Keeper {
  let state = readStanding(own.db.read) ?? makeFirst(own);
  return {
    state: () => state,
    step: (work) => {
      const before = state;
      const from = performance.now();
      const { state: after, deals = [] } = inStep(own, (write) => {
        const kept = work(write, before);
        writeStanding(write, before, kept.state);
        return kept;
      });
      state = after;
      const ms = Math.round(performance.now() - from);
      if (ms > SLOW_MS) own.db.log.warn('slow step of sync', { ms });
      onStep({ before, after, deals });
    },
  };
}

function makeFirst(own: SyncGround): Standing {
  const none: Standing = { ...firstPortalState(''), wanted: new Map() };
  const first: Standing = { ...none, deviceId: own.newId() };
  inStep(own, (write) => writeStanding(write, none, first));
  return first;
}
