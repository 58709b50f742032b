import { z } from 'zod';

/** Values that cross between the portal server and whoever speaks with it: desktops and the pages of people. */

export const Id = z.string().min(1).max(200);
export const Instant = z.string().min(20).max(30);
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const Role = z.enum(['tc', 'admin', 'agent']);
export const Nothing = z.strictObject({});
export const Done = z.strictObject({ done: z.literal(true) });

const SECOND_STEPS = ['code', 'word', 'none'] as const;

/** What is asked of a person before anything is shown. */
export const SecondStep = z.strictObject({
  step: z.enum(SECOND_STEPS),
  /** Where the code goes, mostly hidden: "p•••@mail.example"; empty for a word. */
  sentTo: z.string(),
});
export type SecondStep = z.infer<typeof SecondStep>;

/**
 * Why a request was not carried out. `message` is a sentence that a person can act on; it never tells what exists.
 * `not-signed-in`: the key or session is unknown, over or revoked. `not-available`: there is no such thing for whoever
 * asks, whether or not it is there. `confirm-again`: the second step is too old for this act; it is done anew through
 * `send-code` and `confirm`, and the same act is sent once more. `too-often`: a limit, with the seconds to wait. `away`:
 * the server cannot reach its records. `refused`: a rule of the deal stands against it, and says so.
 */
export const ApiError = z.strictObject({
  type: z.enum([
    'bad-request',
    'not-signed-in',
    'not-available',
    'not-allowed',
    'too-often',
    'too-large',
    'confirm-first',
    'confirm-again',
    'wrong-answer',
    'refused',
    'conflict',
    'away',
    'defect',
  ]),
  message: z.string(),
  /** Seconds, for `too-often`. */
  retryAfter: z.int().min(0).optional(),
  /** Guesses that are left, for `wrong-answer`. */
  triesLeft: z.int().min(0).optional(),
  /** What is asked once more, for `confirm-again`. */
  second: SecondStep.optional(),
  /** The question whose answer was refused, for `bad-request` of `send-form`. */
  questionId: z.string().optional(),
});
export type ApiError = z.infer<typeof ApiError>;

/** The HTTP status that goes with each error. */
export const STATUS_OF: Readonly<Record<ApiError['type'], number>> = {
  'bad-request': 400,
  'not-signed-in': 401,
  'not-available': 404,
  'not-allowed': 403,
  'too-often': 429,
  'too-large': 413,
  'confirm-first': 403,
  'confirm-again': 403,
  'wrong-answer': 403,
  refused: 409,
  conflict: 409,
  away: 503,
  defect: 500,
};

/** Every answer in JSON is one of these. */
export type ApiReply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError };
