import type { z } from 'zod';
import { err, ok, type Result } from '../../core/result.ts';
import { type CallError, type CallName, type CallNameOf, type CallOutput, calls, type Reply } from './calls.ts';
import type { Log } from './log.ts';

export interface ParsedCall {
  readonly name: CallName;
  readonly input: unknown;
}

/** What a host answers itself. Each returns a finished reply, since opening a folder or a link may fail. */
export type HostHandlers = {
  readonly [N in CallNameOf<'host'>]: (
    input: z.output<(typeof calls)[N]['input']>,
  ) => Reply<CallOutput<N>> | Promise<Reply<CallOutput<N>>>;
};

export interface AnswerDeps {
  readonly host: HostHandlers;
  readonly backend: (name: CallName, input: unknown) => Promise<Reply<unknown>>;
  readonly log: Log;
}

export const DEFECT: CallError = {
  type: 'defect',
  message:
    'Something went wrong in Closeboard. Nothing was changed by it. Try again; if it stays, look in Help > Logs.',
};

/**
 * Answers one call whose sender is already trusted: known name -> input schema -> the host's own handler or the
 * backend. Never throws: what would be thrown is logged and answered as a defect, without its message.
 */
export function createAnswer({
  host,
  backend,
  log,
}: AnswerDeps): (name: unknown, input: unknown) => Promise<Reply<unknown>> {
  return async (name, input) => {
    try {
      const call = parseCall(name, input);
      if (!call.ok) return call;
      if (calls[call.value.name].to === 'backend') return await backend(call.value.name, call.value.input);
      return await host[call.value.name as CallNameOf<'host'>](call.value.input as never);
    } catch (error) {
      log.defect('answering a call', error, { call: typeof name === 'string' ? name.slice(0, 60) : typeof name });
      return err(DEFECT);
    }
  };
}

/** The call with its input as the schema reads it. Nothing of a refused input is repeated in the sentence. */
export function parseCall(name: unknown, input: unknown): Result<ParsedCall, CallError> {
  // Own names only: "constructor" and "__proto__" are in every object.
  if (typeof name !== 'string' || !Object.hasOwn(calls, name)) {
    return err({ type: 'bad-call', message: 'This window asked for something that Closeboard does not know.' });
  }
  const known = name as CallName;
  const parsed = calls[known].input.safeParse(input);
  if (parsed.success) return ok({ name: known, input: parsed.data });
  return err({
    type: 'bad-call',
    message: `This window asked for ${known} in a way that Closeboard does not understand.`,
  });
}
