import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { CallInput, CallName } from '../../electron/contract/calls.ts';
import type { InboxItem, InboxView } from '../../electron/contract/papers.ts';
import type { CommandReply } from '../../electron/contract/values.ts';
import { createStore, type Store } from '../ui/store.ts';
import { asCallError, call } from './api.ts';
import { showRefusal, useUndo } from './commands.ts';
import { dealsChanged, inboxChanged } from './events.tsx';
import { newId } from './ids.ts';
import { keys } from './queries.ts';
import { type Session, type Undoable, useSession } from './session.tsx';

export function useInbox() {
  return useQuery({ queryKey: keys.inbox, queryFn: () => call('inbox:list', {}) });
}

/** Filing and setting aside are taken back by the item and not by a command of a deal. */
interface UndoableArrival extends Undoable {
  readonly arrivalId: string;
}

const shown = new WeakMap<Session, Store<{ readonly id: string } | null>>();

/** The item to select: one that waits again, or one that another screen sends the person to. */
export function itemToShow(session: Session): Store<{ readonly id: string } | null> {
  const there = shown.get(session) ?? createStore<{ readonly id: string } | null>(null);
  shown.set(session, there);
  return there;
}

/** What a person does with items. Each gives back the sentence of a refusal, null when it was done. */
export interface InboxActs {
  readonly file: (filing: CallInput<'inbox:file'>) => Promise<string | null>;
  readonly setAside: (arrivalId: string, reason: string) => Promise<string | null>;
  readonly judge: (arrivalId: string, verdict: 'real' | 'fraud', words: string) => Promise<string | null>;
  readonly givePassword: (arrivalId: string, password: string) => Promise<string | null>;
  /** Takes filing or setting aside back, and says so at the foot of the page; a refusal too. */
  readonly undo: (item: Pick<InboxItem, 'id' | 'fileName'>) => Promise<string | null>;
  /** The newest first, so that a version goes before the one it came after. */
  readonly undoAll: (items: readonly InboxItem[]) => Promise<void>;
}

export function useInboxActs(): InboxActs {
  const client = useQueryClient();
  const session = useSession();
  return useMemo(() => actsWith(client, session), [client, session]);
}

function actsWith(client: QueryClient, session: Session): InboxActs {
  const send = <N extends ActName>(name: N, input: CallInput<N>) =>
    kept(session, ask(name, input)).finally(() => inboxChanged(client));
  const told = (reply: CommandReply, undo: { readonly arrivalId: string; readonly dealId: string } | null) => {
    if (reply.outcome === 'refused') return reply.refusal.message;
    const what = undo === null ? null : { ...undo, commandId: reply.commandId, label: reply.label };
    if (what !== null) session.undoables.set([...session.undoables.get(), what].slice(-200));
    session.toast.set({ id: newId(), text: reply.label, kind: 'done', undo: what });
    return null;
  };
  return {
    file: async (filing) => {
      const reply = await send('inbox:file', filing);
      dealsChanged(client, [filing.dealId]);
      return told(reply, { arrivalId: filing.arrivalId, dealId: filing.dealId });
    },
    setAside: async (arrivalId, reason) =>
      told(await send('inbox:set-aside', { arrivalId, reason }), { arrivalId, dealId: '' }),
    judge: async (arrivalId, verdict, words) =>
      told(await send('inbox:verdict-on-held', { arrivalId, verdict, words }), null),
    givePassword: async (arrivalId, password) => told(await send('inbox:password', { arrivalId, password }), null),
    undo: async ({ id, fileName }) => {
      const reply = await takeBack(client, session, id);
      return sayTakenBack(session, reply, `${fileName} waits in the inbox again.`);
    },
    undoAll: async (items) => {
      let done = 0;
      for (const item of items) {
        const reply = await takeBack(client, session, item.id);
        if (reply.outcome === 'done') done += 1;
        else return showRefusal(session, `${backAgain(done)} ${item.fileName} is not: ${reply.refusal.message}`.trim());
      }
      session.toast.set({ id: newId(), text: backAgain(done), kind: 'done', undo: null });
    },
  };
}

function backAgain(count: number): string {
  if (count === 0) return '';
  return count === 1 ? 'One file waits in the inbox again.' : `${count} files wait in the inbox again.`;
}

type ActName = {
  [N in CallName]: N extends
    | 'inbox:file'
    | 'inbox:set-aside'
    | 'inbox:verdict-on-held'
    | 'inbox:password'
    | 'inbox:undo'
    ? N
    : never;
}[CallName];

async function ask<N extends ActName>(name: N, input: CallInput<N>): Promise<CommandReply> {
  try {
    return (await call(name, input)) as CommandReply;
  } catch (thrown) {
    const { type, message } = asCallError(thrown);
    return { outcome: 'refused', refusal: { type, message } };
  }
}

async function takeBack(client: QueryClient, session: Session, arrivalId: string): Promise<CommandReply> {
  const before = client.getQueryData<InboxView>(keys.inbox);
  const dealId = before?.done.find((item) => item.id === arrivalId)?.filed?.deal.dealId;
  const reply = await kept(session, ask('inbox:undo', { arrivalId }));
  if (reply.outcome === 'done') {
    const others = session.undoables.get().filter((one) => !isOfInbox(one) || one.arrivalId !== arrivalId);
    session.undoables.set(others);
    itemToShow(session).set({ id: arrivalId });
  }
  if (dealId !== undefined) dealsChanged(client, [dealId]);
  inboxChanged(client);
  return reply;
}

function sayTakenBack(session: Session, reply: CommandReply, text: string): string | null {
  if (reply.outcome === 'refused') {
    showRefusal(session, reply.refusal.message);
    return reply.refusal.message;
  }
  session.toast.set({ id: newId(), text, kind: 'done', undo: null });
  return null;
}

function isOfInbox(what: Undoable): what is UndoableArrival {
  return 'arrivalId' in what;
}

/** Acts of a window that were sent and not answered yet: an undo waits for them. */
const underWay = new WeakMap<Session, Set<Promise<unknown>>>();

function kept<T>(session: Session, reply: Promise<T>): Promise<T> {
  const waiting = underWay.get(session) ?? new Set();
  underWay.set(session, waiting.add(reply));
  const forget = () => waiting.delete(reply);
  reply.then(forget, forget);
  return reply;
}

/** Takes back the last thing done in this window, whether it was done to a deal or to an item of the inbox. */
export function useUndoAny(): (which?: Undoable) => Promise<void> {
  const client = useQueryClient();
  const session = useSession();
  const undo = useUndo();
  return useCallback(
    async (which) => {
      if (which === undefined) await Promise.allSettled(underWay.get(session) ?? []);
      const what = which ?? session.undoables.get().at(-1);
      if (what === undefined || !isOfInbox(what)) {
        await undo(which);
        return;
      }
      session.undoables.set(session.undoables.get().filter((other) => other.commandId !== what.commandId));
      const reply = await takeBack(client, session, what.arrivalId);
      if (what.dealId !== '') dealsChanged(client, [what.dealId]);
      sayTakenBack(session, reply, `Taken back: ${what.label}`);
    },
    [client, session, undo],
  );
}
