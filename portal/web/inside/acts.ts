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

/** What somebody did, as it can be kept until the portal has answered. */
export interface Begun {
  /** The thing that is done. */
  readonly key: string;
  readonly name: ActName;
  readonly input: object;
  readonly actId: string;
  /** The deal that was shown when it was begun. */
  readonly page: string;
  /** The words on this device that are over once it is done; null for none. */
  readonly draft: string | null;
}

interface Held extends Begun {
  readonly state: ActState;
  /** How often it was sent in vain. */
  readonly tries: number;
  /** Whether it outlives the tab. */
  readonly isKept: boolean;
  /** It wants an answer of the person, or was refused, while nothing on the screen said so. */
  readonly isUntold: boolean;
}

export interface ActsNeeds {
  send(name: ActName, input: object): Promise<Answer<unknown>>;
  newId(): string;
  /** Which deal is shown now. */
  page(): string;
  /** Runs `work` once after so many milliseconds; returns how to call it off. */
  later(work: () => void, ms: number): () => void;
  /** Keeps it on this device until it is dropped. False where the browser keeps nothing. */
  keep(act: Begun): boolean;
  /** The portal has answered: it is kept no longer. */
  drop(act: Begun, isDone: boolean): void;
  /** What is shown is over: it was done, or there is something else now. */
  onRefresh(): Promise<void>;
  /** The session is over. */
  onOut(): void;
}

/** What somebody does on these pages. It outlives the screen that it was begun on, and where it can be kept also the tab. */
export interface Acts {
  /** `key` names the thing that is done: a task, a form. True when the portal did it at the first try. */
  send<N extends ActName>(key: string, name: N, input: ActInput<N>, draft?: string): Promise<boolean>;
  /** Goes on with what was kept of a page before this one, unless it is here already. */
  take(kept: readonly Begun[]): void;
  /** Sends the same act again. */
  again(key: string): Promise<boolean>;
  /** Sends again whatever waits for a signal. */
  againAll(): void;
  get(key: string): ActState;
  /** How many wait for a signal. */
  waiting(): number;
  /** Whether all that wait for a signal outlive this tab. */
  areKept(): boolean;
  /** Says that how it goes is shown, until the returned is called. */
  watch(key: string): () => void;
  /** The key of one that no place on the screen tells of; empty for none. */
  untold(): string;
  nameOf(key: string): ActName | null;
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
  const watched = new Map<string, number>();
  const ears = new Set<() => void>();
  let stopTimer: (() => void) | null = null;
  let isClosed = false;
  const put = (act: Held) => {
    const asks = act.state.at === 'refused' || act.state.at === 'confirm';
    held.set(act.key, { ...act, isUntold: asks && (watched.get(act.key) ?? 0) === 0 });
    for (const ear of ears) ear();
  };
  const waiting = () => [...held.values()].filter(({ state }) => state.at === 'waiting');
  const againAll = () => {
    for (const { key } of waiting()) void attempt(key);
  };
  const plan = () => {
    stopTimer?.();
    stopTimer = null;
    const tries = waiting().map((act) => act.tries);
    if (tries.length === 0 || isClosed) return;
    stopTimer = needs.later(againAll, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (Math.min(...tries) - 1)));
  };
  const attempt = async (key: string): Promise<boolean> => {
    const before = held.get(key);
    if (isClosed || before === undefined || before.state.at === 'sending' || before.state.at === 'done') return false;
    // What was begun on another deal waits until that one is shown again.
    const isHere = before.page === needs.page();
    const act = isHere ? { ...before, isKept: needs.keep(begunOf(before)) } : before;
    put({ ...act, state: { at: 'sending' } });
    const answer = isHere ? await needs.send(act.name, { ...act.input, actId: act.actId }) : NOT_HERE;
    if (isAnswered(answer)) needs.drop(act, answer.ok);
    if (isClosed || held.get(key)?.actId !== act.actId) return false;
    if (answer.ok || isStale(answer.problem)) await needs.onRefresh();
    if (held.get(key)?.actId === act.actId)
      put({ ...act, tries: act.tries + 1, state: answer.ok ? { at: 'done' } : stateAfter(answer.problem) });
    plan();
    if (!answer.ok && isOver(answer.problem)) needs.onOut();
    return answer.ok;
  };
  return {
    send(key, name, input, draft) {
      const act = held.get(key);
      const isSame = act !== undefined && act.name === name && JSON.stringify(act.input) === JSON.stringify(input);
      if (act?.state.at === 'sending') return Promise.resolve(false);
      const goesOn = isSame && isUnsettled(act.state);
      const actId = goesOn ? act.actId : needs.newId();
      held.set(key, { ...NEW, key, name, input, actId, page: needs.page(), draft: draft ?? null });
      return attempt(key);
    },
    take(kept) {
      for (const act of kept)
        if (!held.has(act.key)) put({ ...NEW, ...act, state: { at: 'waiting' }, tries: 1, isKept: true });
      againAll();
    },
    again: attempt,
    againAll,
    get: (key) => held.get(key)?.state ?? IDLE,
    waiting: () => waiting().length,
    areKept: () => waiting().every(({ isKept }) => isKept),
    watch(key) {
      watched.set(key, (watched.get(key) ?? 0) + 1);
      const act = held.get(key);
      if (act?.isUntold === true) put(act);
      return () => void watched.set(key, (watched.get(key) ?? 1) - 1);
    },
    untold: () => [...held.values()].find(({ isUntold, page }) => isUntold && page === needs.page())?.key ?? '',
    nameOf: (key) => held.get(key)?.name ?? null,
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

const NEW = { state: IDLE, tries: 0, isKept: false, isUntold: false } as const;

function begunOf({ key, name, input, actId, page, draft }: Held): Begun {
  return { key, name, input, actId, page, draft };
}

/** A line that was lost and a session that is over say nothing of the act: the same one goes out again later. */
function isAnswered(answer: Answer<unknown>): boolean {
  return answer.ok || !(stateAfter(answer.problem).at === 'waiting' || isOver(answer.problem));
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
