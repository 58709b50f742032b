import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { CallOutput } from '../../electron/contract/calls.ts';
import type { WatchedFolder } from '../../electron/contract/papers.ts';
import { asCallError, call, hostApi } from './api.ts';

const FOLDERS = ['folders'];
const COALESCE_MS = 150;

/** What a person may change of a watched folder. */
export type FolderChange = Partial<
  Pick<WatchedFolder, 'policy' | 'isPaused' | 'mayFileAlone' | 'mayHydrate' | 'rules'>
>;

/** What a person does with watched folders. Each gives back the sentence of a refusal, null when it was done. */
export interface FolderActs {
  readonly add: (path: string) => Promise<CallOutput<'folders:add'>>;
  /** `how` is asked again with the folder as it is when its turn comes, so that two changes in a row both stay. */
  readonly change: (id: string, how: (now: WatchedFolder) => FolderChange) => Promise<string | null>;
  readonly remove: (id: string) => Promise<string | null>;
  readonly lookAgain: (id: string) => Promise<string | null>;
}

/** The watched folders, read again whenever one of them says that something changed, and not more than a few times a second. */
export function useFolders() {
  const client = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = hostApi().listen((event) => {
      if (event.type !== 'folders:changed' || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        readAgain(client);
      }, COALESCE_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client]);
  // What happened while nobody looked was not heard.
  return useQuery({ queryKey: FOLDERS, queryFn: () => call('folders:list', {}), staleTime: 0 });
}

export function useFolderActs(): FolderActs {
  const client = useQueryClient();
  return useMemo(() => actsWith(client), [client]);
}

function actsWith(client: QueryClient): FolderActs {
  return {
    add: (path) => inTurn(client, (): Promise<CallOutput<'folders:add'>> => call('folders:add', { path })),
    change: (id, how) => {
      put(client, (list) => list.map((one) => (one.id === id ? { ...one, ...how(one) } : one)));
      return inTurn(client, () => said(() => save(id, how)));
    },
    remove: (id) => inTurn(client, () => said(() => call('folders:remove', { id }))),
    lookAgain: (id) => said(() => call('folders:rescan', { id })),
  };
}

async function save(id: string, how: (now: WatchedFolder) => FolderChange): Promise<void> {
  const now = (await call('folders:list', {})).find((folder) => folder.id === id);
  if (now === undefined) throw new Error('gone', { cause: GONE });
  const { policy, isPaused, mayFileAlone, mayHydrate, rules } = { ...now, ...how(now) };
  await call('folders:save', { id, policy, isPaused, mayFileAlone, mayHydrate, rules });
  // What lay in the cloud until now is only found by looking.
  if (mayHydrate && !now.mayHydrate && !isPaused) await call('folders:rescan', { id });
}

const GONE = { type: 'not-here', message: 'This folder is not watched any more. Add it again to change it.' };

async function said(act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act();
    return null;
  } catch (thrown) {
    return asCallError(thrown).message;
  }
}

/** The last change that was sent, and how many are not answered. */
const turns = new WeakMap<QueryClient, { last: Promise<unknown>; open: number }>();

/** One after the other: each change sends the whole folder, and must know what the one before it made. */
function inTurn<T>(client: QueryClient, act: () => Promise<T>): Promise<T> {
  const turn = turns.get(client) ?? { last: Promise.resolve(), open: 0 };
  turns.set(client, turn);
  turn.open += 1;
  const done = turn.last.then(act).finally(() => {
    turn.open -= 1;
    readAgain(client);
  });
  turn.last = done.catch(() => {});
  return done;
}

/** Not while a change is under way: rows from before it would show the old state for a moment. */
function readAgain(client: QueryClient): void {
  if ((turns.get(client)?.open ?? 0) === 0) void client.invalidateQueries({ queryKey: FOLDERS });
}

function put(client: QueryClient, how: (list: readonly WatchedFolder[]) => WatchedFolder[]): void {
  void client.cancelQueries({ queryKey: FOLDERS });
  client.setQueryData<WatchedFolder[]>(FOLDERS, (list) => list && how(list));
}
