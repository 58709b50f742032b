import type { z } from 'zod';
import type { CallError, CallName, CallNameOf, CallOutput, calls, Reply } from '../contract/calls.ts';
import type { HostEvent } from '../contract/events.ts';
import type { Log } from '../contract/log.ts';
import type { SyncHost } from './sync/types.ts';

/** What the backend's handlers are made from. */
export interface BackendDeps {
  /** The data folder, absolute. It may not exist yet. */
  readonly folder: string;
  /** Where the migrations lie, when not beside the source. */
  readonly migrationsFolder?: string;
  readonly log: Log;
  readonly now: () => Date;
  /** Tells every window. Never throws, never waits. */
  readonly emit: (event: HostEvent) => void;
  readonly host?: SyncHost;
  readonly syncAfterMs?: number;
}

/** The input as a handler gets it: parsed by the call's schema. */
export type ParsedInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;

const UNANSWERED = Symbol('unanswered');

/** What a handler returns when the call cannot be answered, such as while the records are closed. */
export interface Unanswered {
  readonly [UNANSWERED]: CallError;
}

export type Handler<N extends CallName> = (
  input: ParsedInput<N>,
) => CallOutput<N> | Unanswered | Promise<CallOutput<N> | Unanswered>;

/** One handler for every backend call. `close` lets go of files and locks; it is called once. */
export type Handlers = { readonly [N in CallNameOf<'backend'>]: Handler<N> } & { close(): Promise<void> };

/** The backend as its process sees it. `handle` never throws and never rejects. */
export interface Backend {
  handle(name: CallName, input: unknown): Promise<Reply<unknown>>;
  close(): Promise<void>;
}

export function unanswered(error: CallError): Unanswered {
  return { [UNANSWERED]: error };
}

export function unansweredError(value: unknown): CallError | null {
  if (typeof value !== 'object' || value === null || !(UNANSWERED in value)) return null;
  return (value as Unanswered)[UNANSWERED];
}
