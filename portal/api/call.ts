import type { z } from 'zod';

/** One request and its answer, as schemas. `POST <path>` with the input as JSON gives `ApiReply<output>`. */
export interface ApiCall<
  In extends z.ZodType = z.ZodType,
  Out extends z.ZodType = z.ZodType,
  Who extends string = string,
> {
  readonly input: In;
  readonly output: Out;
  /** Who may ask at all; rights on a deal are judged by the handler. */
  readonly who: Who;
}

export function apiCall<In extends z.ZodType, Out extends z.ZodType, Who extends string>(
  who: Who,
  input: In,
  output: Out,
): ApiCall<In, Out, Who> {
  return { who, input, output };
}
