import type { IntakeCallName, IntakeInput, IntakeOutput } from '../../api/intake-calls.ts';
import type { ApiReply } from '../../api/values.ts';
import type { Answer } from '../ask.ts';

/** Not taken from `intake-calls.ts` at run time: that file brings the schemas, which a browser does not need. */
const PATH = '/api/intake';
const ANSWER_MS = 20_000;

/** One request to the portal. Never throws: without a connection, or after 20 seconds, the portal is unreachable. */
export async function askIntake<N extends IntakeCallName>(
  name: N,
  input: IntakeInput<N>,
): Promise<Answer<IntakeOutput<N>>> {
  try {
    const reply = await fetch(`${PATH}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const told = (await reply.json()) as ApiReply<IntakeOutput<N>>;
    return told.ok ? told : { ok: false, problem: told.error };
  } catch {
    return { ok: false, problem: { type: 'unreachable' } };
  }
}
