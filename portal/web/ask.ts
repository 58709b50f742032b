import type { PersonCallName, PersonInput, PersonOutput } from '../api/person-calls.ts';
import type { ApiError, ApiReply } from '../api/values.ts';

/** Not part of `person-calls.ts` at run time: that file brings the schemas, which a browser does not need. */
const PATH = '/api/person';
const PAGE_HEADER = 'x-closeboard-page';
const ANSWER_MS = 20_000;

/** The deal that is shown; empty before one is. */
let page = '';

/** Which deal is shown now, by the `pageId` of its home. */
export function shownPage(): string {
  return page;
}

/** What every request says of the deal that is shown; nothing before one is. */
export function pageHeader(): Readonly<Record<string, string>> {
  return page === '' ? {} : { [PAGE_HEADER]: page };
}

/** Why there is no answer: what the portal said, or that it could not be reached. */
export type Problem = ApiError | { readonly type: 'unreachable' };
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** One request to the portal. Never throws: without a connection, or after 20 seconds, the portal is unreachable. */
export async function ask<N extends PersonCallName>(name: N, input: PersonInput<N>): Promise<Answer<PersonOutput<N>>> {
  try {
    const reply = await fetch(`${PATH}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...pageHeader() },
      body: JSON.stringify(input),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const told = (await reply.json()) as ApiReply<PersonOutput<N>>;
    if (!told.ok) return { ok: false, problem: told.error };
    turnPage(name, told.value);
    return told;
  } catch {
    return { ok: false, problem: { type: 'unreachable' } };
  }
}

/** Home says which deal is shown; whoever opens a link or another deal shows none until it does. */
function turnPage(name: PersonCallName, value: unknown): void {
  if (name === 'home') page = (value as PersonOutput<'home'>).pageId;
  else if (name === 'open' || name === 'switch-deal') page = '';
}
