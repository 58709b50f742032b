import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react';
import type { Contact, PersonHome } from '../../api/person-home.ts';
import type { ActInput, ActName, ActState, Acts } from './acts.ts';
import type { At } from './at.ts';

/** What every screen has at hand. */
export interface DealPage {
  readonly home: PersonHome;
  /** Whom to ask: the coordinator, else the agent; null when neither can be reached. */
  readonly helper: Contact | null;
  readonly acts: Acts;
  /** The task that was marked as done last, so that a slip can be taken back; null for none. */
  readonly justDone: DoneTask | null;
  tellDone(task: DoneTask | null): void;
  /** Asks for the deal anew. */
  refresh(): Promise<void>;
  go(at: At): void;
  back(): void;
  /** The session is over: shows that and nothing of the deal. */
  leave(): void;
}

export interface DoneTask {
  readonly id: string;
  readonly title: string;
}

export const Deal = createContext<DealPage | null>(null);

export function useDeal(): DealPage {
  const page = useContext(Deal);
  if (page === null) throw new Error('a screen is drawn outside the deal');
  return page;
}

export interface Act<N extends ActName> {
  readonly key: string;
  readonly state: ActState;
  /** It is on its way, or will be: the button rests. */
  readonly isBusy: boolean;
  /** True when the portal did it at the first try. */
  run(input: ActInput<N>): Promise<boolean>;
  forget(): void;
}

/**
 * One thing that somebody does, by the call that does it and what it is done to (`complete-task`, a task's id). Pressed
 * twice, or sent again after a lost signal, it counts once. `<ActLine act={act} />` says how it goes. `draft`: under which
 * name its words are kept on this device until it is done.
 */
export function useAct<N extends ActName>(name: N, thing: string, draft?: string): Act<N> {
  const { acts, home } = useDeal();
  // Of two deals in one tab, neither has what was done on the other.
  const key = `${name} ${thing} ${home.pageId}`;
  const state = useSyncExternalStore(acts.listen, () => acts.get(key));
  // What was answered is over when its screen is left; what is not sent yet stays.
  useEffect(
    () => () => {
      const { at } = acts.get(key);
      if (at === 'done' || at === 'refused') acts.forget(key);
    },
    [acts, key],
  );
  const run = useCallback((input: ActInput<N>) => acts.send(key, name, input, draft), [acts, key, name, draft]);
  const forget = useCallback(() => acts.forget(key), [acts, key]);
  const isBusy = state.at === 'sending' || state.at === 'waiting' || state.at === 'confirm';
  return { key, state, isBusy, run, forget };
}
