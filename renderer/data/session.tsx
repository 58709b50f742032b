import { createContext, type ReactNode, useContext, useState } from 'react';
import type { HostEvent } from '../../electron/contract/events.ts';
import type { BoardFilter } from '../../electron/contract/values.ts';
import { createStore, type Store } from '../ui/store.ts';

/** A thing that was done and can be taken back with Ctrl Z. */
export interface Undoable {
  readonly commandId: string;
  readonly dealId: string;
  readonly label: string;
}

/** Where what a line tells of can be seen: "/inbox". */
export interface ToastLink {
  readonly title: string;
  readonly to: string;
  /** Before it is gone there: which row to show. */
  readonly does?: () => void;
}

export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly kind: 'done' | 'refused';
  readonly undo: Undoable | null;
  readonly link?: ToastLink;
}

export type JobProgress = Extract<HostEvent, { type: 'job:progress' }>;
export type BackendState = Extract<HostEvent, { type: 'backend:state' }>;

/** What this window knows beside the records: it is gone when the window closes. */
export interface Session {
  /** Last thing done is last. */
  readonly undoables: Store<readonly Undoable[]>;
  readonly toast: Store<Toast | null>;
  /** What screen readers are told; the number makes the same words be read again. */
  readonly spoken: Store<{ readonly text: string; readonly turn: number }>;
  readonly backend: Store<BackendState | null>;
  readonly jobs: Store<Readonly<Record<string, JobProgress>>>;
  readonly dialog: Store<'new-deal' | 'palette' | 'keys' | null>;
  /** Where one was on the board, so that coming back from a deal comes back there. */
  readonly boardFilter: Store<BoardFilter>;
  readonly boardCard: Store<string | null>;
  /** The sample deals being added or removed; empty while the job is asked for. */
  readonly sampleJob: Store<string | null>;
}

export function createSession(): Session {
  return {
    undoables: createStore<readonly Undoable[]>([]),
    toast: createStore<Toast | null>(null),
    spoken: createStore({ text: '', turn: 0 }),
    backend: createStore<BackendState | null>(null),
    jobs: createStore<Readonly<Record<string, JobProgress>>>({}),
    dialog: createStore<'new-deal' | 'palette' | 'keys' | null>(null),
    boardFilter: createStore<BoardFilter>({}),
    boardCard: createStore<string | null>(null),
    sampleJob: createStore<string | null>(null),
  };
}

const SessionContext = createContext<Session | null>(null);

export function SessionProvider(props: { readonly session?: Session; readonly children: ReactNode }) {
  const [session] = useState(() => props.session ?? createSession());
  return <SessionContext.Provider value={session}>{props.children}</SessionContext.Provider>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('no session around this part');
  return session;
}

/** Reads a sentence out, politely. */
export function useAnnounce(): (text: string) => void {
  const { spoken } = useSession();
  return (text) => spoken.set({ text, turn: spoken.get().turn + 1 });
}
