import { z } from 'zod';
import { Id } from '../values.ts';

/** `backend` calls go to the backend process; `host` calls are answered by the host itself (main or browser host). */
export interface Call<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  To extends 'backend' | 'host' = 'backend' | 'host',
> {
  readonly input: In;
  readonly output: Out;
  readonly to: To;
}

export function backend<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out, 'backend'> {
  return { input, output, to: 'backend' };
}

export function host<In extends z.ZodType, Out extends z.ZodType>(input: In, output: Out): Call<In, Out, 'host'> {
  return { input, output, to: 'host' };
}

export const Nothing = z.object({}).strict();
export const Done = z.object({ done: z.literal(true) });
export const Job = z.object({ jobId: Id });
export const OfDeal = z.object({ dealId: Id }).strict();
