import { z } from 'zod';
import { OUTCOMES, PARTY_ROLES, SIDES, STAGES } from '../../core/deals/model.ts';
import { LINE_STATES } from '../../core/documents/document.ts';
import { type ApiCall, apiCall } from './call.ts';
import { Done, Id, Instant, Nothing } from './values.ts';

/**
 * Every request of a person's page to the portal: `POST /api/person/<name>`, JSON both ways, from the portal's own
 * origin, with the session in a cookie that no script reads. A new one is a line here, a handler in portal/server/person
 * and a test.
 *
 * `anyone`: also without a session. `visitor`: came through a link. `confirmed`: and did the second step.
 */

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const SECOND_STEPS = ['code', 'word', 'none'] as const;

/** What is asked before anything is shown. */
export const SecondStep = z.strictObject({
  step: z.enum(SECOND_STEPS),
  /** Where the code goes, mostly hidden: "p•••@mail.example"; empty for a word. */
  sentTo: z.string(),
});
export type SecondStep = z.infer<typeof SecondStep>;

/** Something this person has to do, in the words written for them. */
export const OwnTask = z.strictObject({ title: z.string(), dueOn: Day.nullable(), isLate: z.boolean() });
export type OwnTask = z.infer<typeof OwnTask>;

/** A paper that this person is asked for. `again`: what came could not be used. */
export const WantedPaper = z.strictObject({ title: z.string(), why: z.enum(['asked', 'again']) });
export type WantedPaper = z.infer<typeof WantedPaper>;

/** One step that closing waits for, and who has it. */
export const WaitingStep = z.strictObject({
  what: z.string(),
  who: z.string(),
  isYours: z.boolean(),
  dueOn: Day.nullable(),
  state: z.enum(['open', 'waiting', 'blocked']),
});
export type WaitingStep = z.infer<typeof WaitingStep>;

export const KeyDate = z.strictObject({
  title: z.string(),
  on: Day,
  /** Local end of that day, `HH:MM`; empty when the day says it all. */
  at: z.string(),
  state: z.enum(['ahead', 'done', 'past']),
  /** Form, clause and count in words; empty for a day that was agreed. */
  why: z.string(),
  isClosing: z.boolean(),
});
export type KeyDate = z.infer<typeof KeyDate>;

/** Somebody to call. What may not be seen of them is empty. */
export const Contact = z.strictObject({
  name: z.string(),
  role: z.enum(PARTY_ROLES),
  company: z.string(),
  phone: z.string(),
  email: z.string(),
  isYou: z.boolean(),
});
export type Contact = z.infer<typeof Contact>;

export const SharedDocument = z.strictObject({
  /** What `document-ticket` is asked with; null when there is nothing to open for this person. */
  versionId: Id.nullable(),
  title: z.string(),
  version: z.int().nullable(),
  state: z.enum(LINE_STATES),
  receivedOn: Day.nullable(),
  isFullySigned: z.boolean(),
});
export type SharedDocument = z.infer<typeof SharedDocument>;

/**
 * The deal as one person sees it: what the matrix of core/permissions lets through and nothing else. A part that is not
 * theirs is null or empty.
 */
export const PersonHome = z.strictObject({
  /** A coordinator looks as this person; nothing can be changed. */
  isPreview: z.boolean(),
  person: z.strictObject({ name: z.string(), role: z.enum(PARTY_ROLES) }),
  place: z.strictObject({
    street: z.string(),
    unit: z.string(),
    city: z.string(),
    state: z.string(),
    zip: z.string(),
    side: z.enum(SIDES),
  }),
  /** The calendar day where the property is. */
  today: Day,
  progress: z
    .strictObject({ stage: z.enum(STAGES), closedOn: Day.nullable(), outcome: z.enum(OUTCOMES).nullable() })
    .nullable(),
  closingOn: Day.nullable(),
  /** Open ones, the most urgent first. */
  tasks: z.array(OwnTask),
  tasksDone: z.int(),
  wanted: z.array(WantedPaper),
  waiting: z.array(WaitingStep),
  /** In the order of their days. */
  dates: z.array(KeyDate),
  /** The coordinator first. */
  people: z.array(Contact),
  documents: z.array(SharedDocument),
  /** False when the link shows papers and does not hand them out. */
  mayDownload: z.boolean(),
  /** The last day that the link works. */
  endsOn: Day,
});
export type PersonHome = z.infer<typeof PersonHome>;

export const personCalls = {
  /** Exchanges the token of a link for a session. An unknown, an expired and a revoked one are answered alike. */
  open: apiCall('anyone', z.strictObject({ token: z.string().min(1).max(200) }), SecondStep),
  /** Where this browser stands; never an error for somebody without a session. */
  where: apiCall(
    'anyone',
    Nothing,
    z.discriminatedUnion('at', [
      z.strictObject({ at: z.literal('nobody') }),
      z.strictObject({ at: z.literal('second-step'), second: SecondStep }),
      z.strictObject({ at: z.literal('home') }),
    ]),
  ),
  'send-code': apiCall('visitor', Nothing, z.strictObject({ sentTo: z.string(), expiresAt: Instant })),
  confirm: apiCall('visitor', z.strictObject({ answer: z.string().min(1).max(200) }), Done),
  home: apiCall('confirmed', Nothing, PersonHome),
  /** Leave to fetch one document once, within a minute: `ticket` goes to `url` as a form, so it stands in no address. */
  'document-ticket': apiCall(
    'confirmed',
    z.strictObject({ versionId: Id }),
    z.strictObject({ url: z.url(), ticket: z.string(), fileName: z.string() }),
  ),
  'sign-out': apiCall('anyone', Nothing, Done),
} as const satisfies Record<string, ApiCall>;

export type PersonCalls = typeof personCalls;
export type PersonCallName = keyof PersonCalls;
export type PersonInput<N extends PersonCallName> = z.input<PersonCalls[N]['input']>;
export type PersonParsed<N extends PersonCallName> = z.output<PersonCalls[N]['input']>;
export type PersonOutput<N extends PersonCallName> = z.output<PersonCalls[N]['output']>;

export const PERSON_PATH = '/api/person';
/** On the files' own origin. */
export const DOCUMENT_PATH = '/document';
