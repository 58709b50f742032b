import type { PersonCallName, PersonInput, PersonOutput } from '../api/person-calls.ts';
import type { ApiError, ApiReply } from '../api/values.ts';

/** Not part of `person-calls.ts` at run time: that file brings the schemas, which a browser does not need. */
const PATH = '/api/person';
const ANSWER_MS = 20_000;

/** Why there is no answer: what the portal said, or that it could not be reached. */
export type Problem = ApiError | { readonly type: 'unreachable' };
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** One request to the portal. Never throws: without a connection, or after 20 seconds, the portal is unreachable. */
export async function ask<N extends PersonCallName>(name: N, input: PersonInput<N>): Promise<Answer<PersonOutput<N>>> {
  try {
    const reply = await fetch(`${PATH}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const told = (await reply.json()) as ApiReply<PersonOutput<N>>;
    return told.ok ? told : { ok: false, problem: told.error };
  } catch {
    return { ok: false, problem: { type: 'unreachable' } };
  }
}
