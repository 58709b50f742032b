import { z } from 'zod';

/** How far an update is. Each state but `off`, `idle` and `checking` carries a sentence for the person. */
export const UpdateState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off'), sentence: z.string() }),
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('checking') }),
  z.object({ kind: z.literal('none'), sentence: z.string() }),
  z.object({ kind: z.literal('available'), version: z.string(), notes: z.string(), sentence: z.string() }),
  z.object({ kind: z.literal('downloading'), version: z.string(), percent: z.number(), sentence: z.string() }),
  z.object({ kind: z.literal('ready'), version: z.string(), notes: z.string(), sentence: z.string() }),
  z.object({ kind: z.literal('failed'), sentence: z.string() }),
]);
export type UpdateState = z.infer<typeof UpdateState>;
