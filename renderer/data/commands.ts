import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { CommandReply } from '../../electron/contract/values.ts';
import { asCallError, call } from './api.ts';
import { dealsChanged } from './events.tsx';
import { newId } from './ids.ts';
import { type Session, type Toast, type Undoable, useSession } from './session.tsx';

export interface Command {
  readonly dealId: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Shows at once what the command will do, and gives back how to take that away again. */
  readonly ahead?: (client: QueryClient) => () => void;
  /** The refusal is shown by the caller, where it happened; by default the toast line says it. */
  readonly showsRefusal?: boolean;
}

export type Run = (command: Command) => Promise<CommandReply>;

/** Sends commands: each gets its own id, a line with Undo when it is done, and its sentence when it is refused. */
export function useRun(): Run {
  const client = useQueryClient();
  const session = useSession();
  return useCallback((command) => kept(session, run(command, client, session)), [client, session]);
}

/** Commands of a window that were sent and not answered yet. */
const underWay = new WeakMap<Session, Set<Promise<unknown>>>();

function kept(session: Session, reply: Promise<CommandReply>): Promise<CommandReply> {
  const waiting = underWay.get(session) ?? new Set();
  underWay.set(session, waiting.add(reply));
  const forget = () => waiting.delete(reply);
  reply.then(forget, forget);
  return reply;
}

async function run(command: Command, client: QueryClient, session: Session): Promise<CommandReply> {
  const takeBack = command.ahead?.(client);
  const id = newId();
  const reply = await send(id, command);
  if (reply.outcome === 'refused') {
    takeBack?.();
    // Whatever was refused was decided on rows that this window may not have seen.
    dealsChanged(client, [command.dealId]);
    if (!command.showsRefusal) showRefusal(session, reply.refusal.message);
    return reply;
  }
  dealsChanged(client, [command.dealId]);
  if (reply.changes > 0) done(session, { commandId: reply.commandId, dealId: command.dealId, label: reply.label });
  return reply;
}

async function send(id: string, command: Command): Promise<CommandReply> {
  try {
    return await call('deals:command', { id, dealId: command.dealId, name: command.name, args: { ...command.args } });
  } catch (thrown) {
    const error = asCallError(thrown);
    return { outcome: 'refused', refusal: { type: error.type, message: error.message } };
  }
}

function done(session: Session, undo: Undoable): void {
  session.undoables.set([...session.undoables.get(), undo].slice(-200));
  show(session, { text: undo.label, kind: 'done', undo });
}

/** Takes back the last thing done in this window, then the one before it, and so on. */
export function useUndo(): (which?: Undoable) => Promise<CommandReply | null> {
  const client = useQueryClient();
  const session = useSession();
  return useCallback((which) => undo(which, client, session), [client, session]);
}

async function undo(which: Undoable | undefined, client: QueryClient, session: Session): Promise<CommandReply | null> {
  // The last thing done may be shown already and not be answered yet.
  if (which === undefined) await Promise.allSettled(underWay.get(session) ?? []);
  const what = which ?? session.undoables.get().at(-1);
  if (what === undefined) {
    show(session, { text: 'Nothing to undo in this window yet.', kind: 'refused', undo: null });
    return null;
  }
  // Taken from the list first, so that a second Ctrl Z reaches the one before it and not this one again.
  session.undoables.set(session.undoables.get().filter((other) => other.commandId !== what.commandId));
  const command = { dealId: what.dealId, name: 'undo', args: { commandId: what.commandId } };
  const reply = await send(newId(), command);
  dealsChanged(client, [what.dealId]);
  const text = reply.outcome === 'done' ? reply.label : reply.refusal.message;
  show(session, { text, kind: reply.outcome === 'done' ? 'done' : 'refused', undo: null });
  return reply;
}

export function showRefusal(session: Session, text: string): void {
  show(session, { text, kind: 'refused', undo: null });
}

function show(session: Session, toast: Omit<Toast, 'id'>): void {
  session.toast.set({ ...toast, id: newId() });
}
