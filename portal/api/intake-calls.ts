import { z } from 'zod';
import { SCENARIOS, SIDES } from '../../core/deals/model.ts';
import { type ApiCall, apiCall } from './call.ts';
import { Answer, FormQuestion } from './person-home.ts';
import { Done, Instant, Nothing } from './values.ts';

/**
 * Every request of the page that somebody without a deal reaches by an intake link: `POST /api/intake/<name>`, JSON both
 * ways, from the portal's own origin, with the key of their answers in a cookie that no script reads and nothing else of
 * the portal looks at. A new one is a line here, a handler in portal/server/intake and a test.
 *
 * `anyone`: also without answers begun. `writer`: has the key of answers that are not sent yet.
 */

/** Answers on their way. The questions are those that the answers so far lead to, in order. */
export const IntakeDraft = z.strictObject({
  at: z.literal('draft'),
  /** The name of the office; empty when nobody has written it down. */
  office: z.string(),
  /** Who made the link. */
  askedBy: z.string(),
  questions: z.array(FormQuestion),
  /** Of those questions only, by id, as they are kept. One without an entry was not answered; null was skipped. */
  answers: z.record(z.string(), Answer),
  /** Whether this portal can mail the way back to these answers. */
  canMail: z.boolean(),
  /** When these answers are deleted if nobody goes on with them, or the link ends. */
  endsAt: Instant,
});
export type IntakeDraft = z.infer<typeof IntakeDraft>;

export const IntakeSent = z.strictObject({
  at: z.literal('sent'),
  office: z.string(),
  /** Who looks at the answers and calls. */
  owner: z.string(),
  sentAt: Instant,
  scenario: z.enum(SCENARIOS),
  side: z.enum(SIDES),
  /** How they said that they can be reached. */
  reach: z.enum(['phone', 'email']),
});
export type IntakeSent = z.infer<typeof IntakeSent>;

export const IntakePlace = z.discriminatedUnion('at', [
  /** This browser has no answers here: it never had, they were sent long ago, or the link ended. */
  z.strictObject({ at: z.literal('nobody') }),
  IntakeDraft,
  IntakeSent,
]);
export type IntakePlace = z.infer<typeof IntakePlace>;

const Token = z.string().min(20).max(100);

export const intakeCalls = {
  where: apiCall('anyone', Nothing, IntakePlace),
  /** Who asks, before anything is begun: so that a person knows what they are about to do. */
  look: apiCall(
    'anyone',
    z.strictObject({ token: Token }),
    z.strictObject({ office: z.string(), askedBy: z.string(), hasBegun: z.boolean() }),
  ),
  /** Begins, or goes on with what this browser began through the same link. */
  open: apiCall('anyone', z.strictObject({ token: Token }), IntakePlace),
  /** Goes on with answers that another browser began. */
  resume: apiCall('anyone', z.strictObject({ token: Token }), IntakePlace),
  /** `value` as it was typed or chosen; null to skip, "unknown" for "I do not know". */
  answer: apiCall('writer', z.strictObject({ questionId: z.string().min(1).max(60), value: Answer }), IntakeDraft),
  /** An address that goes on with these answers elsewhere. The one made before no longer does. */
  continue: apiCall('writer', Nothing, z.strictObject({ url: z.string() })),
  /** Sends such an address to the e-mail address among the answers; answers where it went, mostly hidden. */
  'mail-link': apiCall('writer', Nothing, z.strictObject({ sentTo: z.string() })),
  /** Deletes the answers. */
  clear: apiCall('writer', Nothing, Done),
  /** Makes a deal of the answers, once. */
  send: apiCall('anyone', z.strictObject({ words: z.string().trim().max(4_000) }), IntakeSent),
} as const satisfies Record<string, ApiCall>;

export type IntakeCalls = typeof intakeCalls;
export type IntakeCallName = keyof IntakeCalls;
export type IntakeInput<N extends IntakeCallName> = z.input<IntakeCalls[N]['input']>;
export type IntakeParsed<N extends IntakeCallName> = z.output<IntakeCalls[N]['input']>;
export type IntakeOutput<N extends IntakeCallName> = z.output<IntakeCalls[N]['output']>;

export const INTAKE_PATH = '/api/intake';
