import { DEFECT, parseCall } from '../contract/answer.ts';
import { type CallName, type CallNameOf, calls, type Reply } from '../contract/calls.ts';
import type { Log } from '../contract/log.ts';
import { type Handlers, unansweredError } from './types.ts';

export interface DispatchDeps {
  readonly handlers: Handlers;
  readonly log: Log;
  /** Holds every answer against its schema: for development and tests, too slow for every day. */
  readonly isChecked: boolean;
  /** Milliseconds that only grow. */
  readonly ticks: () => number;
}

const SLOW_MS = 100;

/** Answers one call: input schema -> handler -> reply. Never rejects; a defect stays in the log. */
export function createDispatch({ handlers, log, isChecked, ticks }: DispatchDeps) {
  return async (name: CallName, input: unknown): Promise<Reply<unknown>> => {
    const started = ticks();
    try {
      const call = parseCall(name, input);
      if (!call.ok) return call;
      if (calls[call.value.name].to !== 'backend') {
        return { ok: false, error: { type: 'bad-call', message: 'This call is not for the records.' } };
      }
      const handler = handlers[call.value.name as CallNameOf<'backend'>];
      const value: unknown = await handler(call.value.input as never);
      const error = unansweredError(value);
      if (error !== null) return { ok: false, error };
      if (isChecked) checkAnswer(call.value.name, value);
      return { ok: true, value };
    } catch (error) {
      log.defect('a handler failed', error, { call: name });
      return { ok: false, error: DEFECT };
    } finally {
      const ms = Math.round(ticks() - started);
      if (ms > SLOW_MS) log.warn('slow call', { call: name, ms });
    }
  };
}

function checkAnswer(name: CallName, value: unknown): void {
  const checked = calls[name].output.safeParse(value);
  if (checked.success) return;
  const places = checked.error.issues.map((issue) => `${issue.path.map(String).join('.')} ${issue.code}`);
  throw new Error(`answer of ${name} is not as promised: ${places.slice(0, 5).join(', ')}`);
}
