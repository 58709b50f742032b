import type { PersonCalls, PersonInput } from '../../api/person-calls.ts';
import type { SecondStep } from '../../api/values.ts';
import type { Answer, Problem } from '../ask.ts';

/** Calls that change something: each is sent with an `actId`, so that one sent twice counts once. */
export type ActName = {
  [N in keyof PersonCalls]: PersonInput<N> extends { readonly actId: string } ? N : never;
}[keyof PersonCalls];
export type ActInput<N extends ActName> = Omit<PersonInput<N>, 'actId'>;

export type ActState =
  | { readonly at: 'idle' | 'sending' | 'done' }
  /** The line was lost: it is tried again by itself, and counts once however often it is sent. */
  | { readonly at: 'waiting' }
  /** The second step was too long ago: it is done anew, then the same act is sent again. */
  | { readonly at: 'confirm'; readonly second: SecondStep }
  | { readonly at: 'refused'; readonly problem: Problem };

interface Held {
  readonly name: ActName;
  readonly input: unknown;
  readonly actId: string;
  readonly state: ActState;
  /** The deal that was shown when it was begun. */
  readonly page: string;
  /** How often it was sent in vain. */
  readonly tries: number;
}

export interface ActsNeeds {
  send(name: ActName, input: object): Promise<Answer<unknown>>;
  newId(): string;
  /** Which deal is shown now. */
  page(): string;
  /** Runs `work` once after so many milliseconds; returns how to call it off. */
  later(work: () => void, ms: number): () => void;
  /** What is shown is over: it was done, or there is something else now. */
  onRefresh(): Promise<void>;
  /** The session is over. */
  onOut(): void;
}

/** What somebody does on these pages. It outlives the screen that it was begun on, and ends with the tab. */
export interface Acts {
  /** `key` names the thing that is done: a task, a form. True when the portal did it at the first try. */
  send<N extends ActName>(key: string, name: N, input: ActInput<N>): Promise<boolean>;
  /** Sends the same act again. */
  again(key: string): Promise<boolean>;
  /** Sends again whatever waits for a signal. */
  againAll(): void;
  get(key: string): ActState;
  /** How many wait for a signal. */
  waiting(): number;
  forget(key: string): void;
  listen(heard: () => void): () => void;
  /** Nothing is sent after `close`, until it is opened again. */
  open(): void;
  close(): void;
}

const IDLE: ActState = { at: 'idle' };
const NOT_HERE = { ok: false, problem: { type: 'unreachable' } } as const;
const FIRST_WAIT_MS = 4_000;
const LONGEST_WAIT_MS = 60_000;

/** Never throws; what the portal says is the state of the act. */
export function createActs(needs: ActsNeeds): Acts {
  const held = new Map<string, Held>();
  const ears = new Set<() => void>();
  let stopTimer: (() => void) | null = null;
  let isClosed = false;
  const put = (key: string, act: Held) => {
    held.set(key, act);
    for (const ear of ears) ear();
  };
  const waiting = () => [...held].filter(([, { state }]) => state.at === 'waiting');
  const againAll = () => {
    for (const [key] of waiting()) void attempt(key);
  };
  const plan = () => {
    stopTimer?.();
    stopTimer = null;
    const tries = waiting().map(([, act]) => act.tries);
    if (tries.length === 0 || isClosed) return;
    stopTimer = needs.later(againAll, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (Math.min(...tries) - 1)));
  };
  const attempt = async (key: string): Promise<boolean> => {
    const act = held.get(key);
    if (act === undefined || act.state.at === 'sending' || act.state.at === 'done') return false;
    put(key, { ...act, state: { at: 'sending' } });
    // What was begun on another deal waits until that one is shown again.
    const isHere = act.page === needs.page();
    const answer = isHere ? await needs.send(act.name, { ...(act.input as object), actId: act.actId }) : NOT_HERE;
    if (isClosed || held.get(key)?.actId !== act.actId) return false;
    if (answer.ok || isStale(answer.problem)) await needs.onRefresh();
    if (held.get(key)?.actId === act.actId)
      put(key, { ...act, tries: act.tries + 1, state: answer.ok ? { at: 'done' } : stateAfter(answer.problem) });
    plan();
    if (!answer.ok && isOver(answer.problem)) needs.onOut();
    return answer.ok;
  };
  return {
    send(key, name, input) {
      const act = held.get(key);
      const isSame = act !== undefined && act.name === name && JSON.stringify(act.input) === JSON.stringify(input);
      if (act?.state.at === 'sending') return Promise.resolve(false);
      const goesOn = isSame && isUnsettled(act.state);
      const actId = goesOn ? act.actId : needs.newId();
      held.set(key, { name, input, actId, state: IDLE, page: needs.page(), tries: 0 });
      return attempt(key);
    },
    again: attempt,
    againAll,
    get: (key) => held.get(key)?.state ?? IDLE,
    waiting: () => waiting().length,
    forget(key) {
      if (held.delete(key)) for (const ear of ears) ear();
      plan();
    },
    listen(heard) {
      ears.add(heard);
      return () => void ears.delete(heard);
    },
    open() {
      isClosed = false;
      plan();
    },
    close() {
      isClosed = true;
      stopTimer?.();
    },
  };
}

function stateAfter(problem: Problem): ActState {
  if (problem.type === 'unreachable' || problem.type === 'away') return { at: 'waiting' };
  const second = problem.type === 'confirm-again' ? problem.second : undefined;
  if (second !== undefined && second.step !== 'none') return { at: 'confirm', second };
  return { at: 'refused', problem };
}

/** The same thing again is the same act, unless the portal has answered it for good: a slip of its own may come after the deed. */
function isUnsettled(state: ActState): boolean {
  if (state.at === 'refused') return state.problem.type === 'defect';
  return state.at === 'waiting' || state.at === 'confirm';
}

/** What was looked at is not so any more. */
function isStale({ type }: Problem): boolean {
  return type === 'not-available' || type === 'conflict';
}

function isOver({ type }: Problem): boolean {
  return type === 'not-signed-in' || type === 'confirm-first';
}
