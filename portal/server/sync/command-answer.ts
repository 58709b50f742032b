import { z } from 'zod';
import type { Answer } from '../../../core/sync/accept.ts';
import { type CommandReply, RefusalOnWire } from '../../../core/sync/wire.ts';

/** An answer as it is kept for repeats, without the number it was given under. */
const KeptAnswer = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('done'),
    unitVersion: z.int(),
    changes: z.int(),
    label: z.string(),
  }),
  z.object({ outcome: z.literal('refused'), unitVersion: z.int().nullable(), refusal: RefusalOnWire }),
]);

/** What was kept, read again. Throws for what this program never wrote. */
export function answerOf(kept: unknown): Answer {
  const answer = KeptAnswer.parse(kept);
  return answer.outcome === 'done' ? answer : { ...answer, refusal: refusalOf(answer.refusal) };
}

export function replyOf(seq: number, commandId: string, answer: Answer): CommandReply {
  if (answer.outcome === 'done') return { ...answer, seq, commandId };
  return { ...answer, seq, commandId, refusal: refusalOf(answer.refusal) };
}

function refusalOf({ type, message, details }: { type: string; message: string; details?: unknown }) {
  return details === undefined ? { type, message } : { type, message, details };
}
