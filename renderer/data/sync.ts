import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts';
import type { SyncState } from '../../electron/contract/sync.ts';
import { createStore, type Store } from '../ui/store.ts';
import { asCallError, call } from './api.ts';
import { keys } from './queries.ts';
import { useIsPainted } from './ready.ts';
import { type Session, useSession } from './session.tsx';

/** The connection to the portal. Asked for once the first screen stands: no start waits for it. Events bring the rest. */
export function useSync(): SyncState | undefined {
  return useQuery({ queryKey: keys.sync, queryFn: () => call('sync:state', {}), enabled: useIsPainted() }).data;
}

/** What goes out when the connection is back, oldest first. */
export function useWaitingSteps() {
  return useQuery({ queryKey: keys.waiting, queryFn: () => call('sync:waiting', {}), staleTime: 0 });
}

/** The team of a shared portal. Asked again each time it is looked at: others change it too. */
export function useTeam(isOn = true) {
  return useQuery({ queryKey: keys.team, queryFn: () => call('team:get', {}), staleTime: 0, enabled: isOn });
}

const isConnectionOpen = new WeakMap<Session, Store<boolean>>();

/** Whether the pane of the connection is open: the rail opens it, a key does, and the banner. */
export function connectionPane(session: Session): Store<boolean> {
  const there = isConnectionOpen.get(session) ?? createStore(false);
  isConnectionOpen.set(session, there);
  return there;
}

/** Takes in what the connection says of itself, and reads again what hangs on it. */
export function syncChanged(client: QueryClient, state: SyncState): void {
  const before = client.getQueryData<SyncState>(keys.sync);
  client.setQueryData(keys.sync, state);
  const again = (queryKey: readonly unknown[]) => void client.invalidateQueries({ queryKey });
  if (before?.waiting !== state.waiting) again(keys.waiting);
  if (before?.attention !== state.attention) again(keys.attention);
  if (before?.files.down !== state.files.down) again(['lines']);
  const isAnswering = (one: SyncState | undefined) => one?.status === 'current' || one?.status === 'syncing';
  if (before?.kind !== state.kind || before.url !== state.url || isAnswering(before) !== isAnswering(state))
    for (const queryKey of [keys.team, ['access'], ['trail']]) again(queryKey);
}

type SyncCall = Extract<CallName, 'sync:try-now' | 'sync:files'>;

/** What a person does with the connection. Each gives back the sentence of a refusal, null when it was done. */
export function useSyncActs() {
  const client = useQueryClient();
  return useMemo(() => {
    const tell = async <N extends SyncCall>(name: N, input: CallInput<N>): Promise<string | null> => {
      try {
        syncChanged(client, (await call(name, input)) as SyncState);
        return null;
      } catch (thrown) {
        return asCallError(thrown).message;
      }
    };
    return {
      tryNow: () => tell('sync:try-now', {}),
      setFiles: (change: CallInput<'sync:files'>) => tell('sync:files', change),
    };
  }, [client]);
}

/** The calls whose answer may be "there is none now", with the sentence why. */
type AnsweredName = {
  [N in CallName]: CallOutput<N> extends { kind: 'ok' | 'no' } ? N : never;
}[CallName];
type OkOf<N extends AnsweredName> = Extract<CallOutput<N>, { kind: 'ok' }>['value'];

export type Told<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly sentence: string };

/** Asks what only the portal can answer; `about` is read again when it was done. */
export function useAskPortal() {
  const client = useQueryClient();
  return useCallback(
    async <N extends AnsweredName>(
      name: N,
      input: CallInput<N>,
      about: readonly (readonly unknown[])[] = [],
    ): Promise<Told<OkOf<N>>> => {
      try {
        const answer = (await call(name, input)) as { kind: 'ok'; value: OkOf<N> } | { kind: 'no'; sentence: string };
        if (answer.kind === 'no') return { ok: false, sentence: answer.sentence };
        for (const queryKey of about) void client.invalidateQueries({ queryKey });
        return { ok: true, value: answer.value };
      } catch (thrown) {
        return { ok: false, sentence: asCallError(thrown).message };
      }
    },
    [client],
  );
}

/** Takes in a state that an answer brought, wherever it was asked for. */
export function useTakeSync(): (state: SyncState) => void {
  const client = useQueryClient();
  return useCallback((state) => syncChanged(client, state), [client]);
}

/** The same for whoever is asked by a dialog: the sentence of a refusal, or null. */
export async function refusalOf(asked: Promise<Told<unknown>>): Promise<string | null> {
  const told = await asked;
  return told.ok ? null : told.sentence;
}

export function useConnectionPane(): Store<boolean> {
  return connectionPane(useSession());
}
