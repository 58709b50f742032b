import { z } from 'zod';
import { CHANGE_STATES } from '../../core/changes/request.ts';
import { APPROVERS, CHANGE_KINDS } from '../../core/changes/rules.ts';
import { ProposedTermArg } from '../../core/changes/term-schema.ts';
import { QUESTION_KINDS } from '../../core/deals/intake-schema.ts';
import { MESSAGE_ABOUT, OUTCOMES, PARTY_ROLES, SIDES, STAGES } from '../../core/deals/model.ts';
import { LINE_STATES } from '../../core/documents/document.ts';
import { type ApiCall, apiCall } from './call.ts';
import { Done, Id, Instant, Nothing, SecondStep } from './values.ts';

/**
 * Every request of a person's page to the portal: `POST /api/person/<name>`, JSON both ways, from the portal's own
 * origin, with the session in a cookie that no script reads. A new one is a line here, a handler in portal/server/person
 * and a test.
 *
 * `anyone`: also without a session. `visitor`: came through a link. `confirmed`: and did the second step.
 */

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Made by the page, once for each act: 36 characters of a UUID. */
const ActId = z.uuid();
const Words = z.string().trim().min(1).max(300);
const MaybeWords = z.string().trim().max(300);

/** Files that go together, as pages of one PDF. */
export const MOST_PAGES = 60;

/** Something this person has to do, in the words written for them. */
export const OwnTask = z.strictObject({ id: Id, title: z.string(), dueOn: Day.nullable(), isLate: z.boolean() });
export type OwnTask = z.infer<typeof OwnTask>;

/** A paper that this person is asked for. `again`: what came could not be used, and `reason` says why. */
export const WantedPaper = z.strictObject({
  lineId: Id,
  title: z.string(),
  why: z.enum(['asked', 'again']),
  reason: z.string(),
});
export type WantedPaper = z.infer<typeof WantedPaper>;

/** A paper that this person sent, newest first. */
export const SentPaper = z.strictObject({
  versionId: Id,
  title: z.string(),
  version: z.int(),
  sentAt: Instant,
  state: z.enum(['waiting', 'approved', 'rejected', 'replaced']),
  /** Why it was sent back; empty otherwise. */
  reason: z.string(),
});
export type SentPaper = z.infer<typeof SentPaper>;

/** A version that this person is asked to read and to say so; or did. */
export const ToRead = z.strictObject({
  versionId: Id,
  title: z.string(),
  version: z.int(),
  askedAt: Instant,
  acknowledgedAt: Instant.nullable(),
});
export type ToRead = z.infer<typeof ToRead>;

export const FormQuestion = z.strictObject({
  id: z.string(),
  ask: z.string(),
  help: z.string(),
  kind: z.enum(QUESTION_KINDS),
  options: z.array(z.strictObject({ value: z.string(), label: z.string() })),
  isRequired: z.boolean(),
  allowUnknown: z.boolean(),
});
export type FormQuestion = z.infer<typeof FormQuestion>;

export const Answer = z.union([z.string().max(300), z.number(), z.boolean(), z.null()]);

/** Questions for this person. `returned`: sent back, with the reason; `sent`: the coordinator looks at them. */
export const OwnForm = z.strictObject({
  id: Id,
  title: z.string(),
  state: z.enum(['asked', 'returned', 'sent', 'taken']),
  reason: z.string(),
  questions: z.array(FormQuestion),
  answers: z.record(z.string(), Answer),
});
export type OwnForm = z.infer<typeof OwnForm>;

/** One message between this person and the team, oldest first. */
export const OwnMessage = z.strictObject({
  id: Id,
  aboutType: z.enum(MESSAGE_ABOUT),
  aboutId: z.string(),
  /** What it is about, in this person's words; empty for the deal itself. */
  aboutTitle: z.string(),
  body: z.string(),
  isMine: z.boolean(),
  authorName: z.string(),
  writtenAt: Instant,
});
export type OwnMessage = z.infer<typeof OwnMessage>;

/** A request for change that this person may see. What is not theirs is empty or null. */
export const OwnChange = z.strictObject({
  id: Id,
  kind: z.enum(CHANGE_KINDS),
  title: z.string(),
  state: z.enum(CHANGE_STATES),
  /** What would change, as sentences. */
  terms: z.array(z.string()),
  /** There is more to it, which this person hears from the coordinator. */
  isPartOnly: z.boolean(),
  reason: z.string(),
  askedBy: z.string(),
  askedAt: Instant.nullable(),
  /** In which capacity this person is asked and has not answered; null for none. */
  approveAs: z.enum(APPROVERS).nullable(),
  mayWithdraw: z.boolean(),
  /** Whose word is missing: "our client Maria Ortiz"; of their own side only. */
  waitsFor: z.array(z.string()),
  /** What happened, oldest first. */
  log: z.array(z.strictObject({ at: Instant, who: z.string(), what: z.string() })),
});
export type OwnChange = z.infer<typeof OwnChange>;

/** What this person may ask to change, and from what. */
export const AskableChanges = z.strictObject({
  kinds: z.array(z.enum(CHANGE_KINDS)),
  closingOn: Day.nullable(),
  possessionOn: Day.nullable(),
  /** Whole cents as the deal has them: a request says what it would change from. Null and 0 for whoever may ask for neither. */
  priceCents: z.int().nullable(),
  creditCents: z.int(),
  /** Of this person's own side, themselves too: who may leave, or have somebody sign for them. */
  people: z.array(z.strictObject({ id: Id, name: z.string(), role: z.enum(PARTY_ROLES), isYou: z.boolean() })),
  /** Deadlines that can be extended, with their day and the last instant to agree. */
  deadlines: z.array(z.strictObject({ id: Id, title: z.string(), on: Day })),
  /** Papers that can be replaced. */
  papers: z.array(z.strictObject({ lineId: Id, title: z.string() })),
});
export type AskableChanges = z.infer<typeof AskableChanges>;

export const OwnProposal = z.strictObject({
  id: Id,
  name: z.string(),
  role: z.enum(PARTY_ROLES),
  state: z.enum(['open', 'accepted', 'declined']),
  reason: z.string(),
});
export type OwnProposal = z.infer<typeof OwnProposal>;

/** One line of the closing checklist, in words for this person. */
export const ClosingStep = z.strictObject({
  title: z.string(),
  who: z.string(),
  isYours: z.boolean(),
  isDone: z.boolean(),
  dueOn: Day.nullable(),
});
export type ClosingStep = z.infer<typeof ClosingStep>;

/** An agent who may be let read this client's closing figures; `consentId` when they are. */
export const ConsentChoice = z.strictObject({
  toId: Id,
  name: z.string(),
  covers: z.enum(['closing-disclosure', 'settlement']),
  consentId: Id.nullable(),
});
export type ConsentChoice = z.infer<typeof ConsentChoice>;

/** Something that the present stage still needs, as our agent reads it. */
export const MissingStep = z.strictObject({
  what: z.string(),
  who: z.string(),
  state: z.enum(['open', 'waiting', 'blocked', 'review']),
});
export type MissingStep = z.infer<typeof MissingStep>;

/** Another deal of the same agent, reached by the same mailbox. */
export const OtherDeal = z.strictObject({
  linkId: Id,
  title: z.string(),
  city: z.string(),
  stage: z.enum(STAGES),
  closingOn: Day.nullable(),
  missing: z.int(),
});
export type OtherDeal = z.infer<typeof OtherDeal>;

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
  /** Belongs to the closing: the final papers. */
  isFinal: z.boolean(),
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
  /** Newest first. */
  sent: z.array(SentPaper),
  /** Those to read first, then those that were read. */
  toRead: z.array(ToRead),
  forms: z.array(OwnForm),
  messages: z.array(OwnMessage),
  changes: z.array(OwnChange),
  askable: AskableChanges,
  /** Roles in which this person may propose somebody. */
  mayPropose: z.array(z.enum(PARTY_ROLES)),
  proposals: z.array(OwnProposal),
  /** In words for clients; empty before the deal comes near its closing. */
  closing: z.array(ClosingStep),
  consents: z.array(ConsentChoice),
  /** Only our agent's. */
  missing: z.array(MissingStep),
  otherDeals: z.array(OtherDeal),
  /** Whether there is a calendar feed of this person; its address is shown once. */
  hasCalendar: z.boolean(),
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
  /**
   * Leave to fetch one document once, within a minute: `ticket` goes to `url` as a form, so it stands in no address. `read`
   * is for the page itself, which draws it, and is given also where the link hands out no files.
   */
  'document-ticket': apiCall(
    'confirmed',
    z.strictObject({ versionId: Id, use: z.enum(['read', 'download']).default('download') }),
    z.strictObject({ url: z.url(), ticket: z.string(), fileName: z.string() }),
  ),

  /** From here on, what people do. `actId` is made by the page once for each act: sent again, it is answered as before. */
  'complete-task': apiCall('confirmed', z.strictObject({ actId: ActId, taskId: Id, isDone: z.boolean() }), Done),
  acknowledge: apiCall('confirmed', z.strictObject({ actId: ActId, versionId: Id }), Done),
  'send-form': apiCall(
    'confirmed',
    z.strictObject({ actId: ActId, formId: Id, answers: z.record(z.string().max(60), Answer) }),
    Done,
  ),
  'write-message': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      aboutType: z.enum(MESSAGE_ABOUT),
      aboutId: z.string().max(200),
      body: z.string().trim().min(1).max(4_000),
    }),
    Done,
  ),
  'ask-change': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      kind: z.enum(CHANGE_KINDS),
      terms: z.array(ProposedTermArg).min(1).max(20),
      reason: z.string().trim().max(2_000),
    }),
    Done,
  ),
  /**
   * Asks for the second step anew (`confirm-again`) when it is older than 15 minutes, as do `acknowledge`, `ask-change` (to
   * ask is to agree) and `give-consent`.
   */
  'answer-change': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      changeId: Id,
      answer: z.enum(['approve', 'decline']),
      as: z.enum(APPROVERS),
      reason: z.string().trim().max(300),
    }),
    Done,
  ),
  'withdraw-change': apiCall('confirmed', z.strictObject({ actId: ActId, changeId: Id }), Done),
  'propose-person': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      role: z.enum(PARTY_ROLES),
      name: Words,
      company: MaybeWords,
      email: MaybeWords,
      phone: MaybeWords,
      words: MaybeWords,
    }),
    Done,
  ),
  'give-consent': apiCall(
    'confirmed',
    z.strictObject({ actId: ActId, toId: Id, covers: z.enum(['closing-disclosure', 'settlement']) }),
    Done,
  ),
  'withdraw-consent': apiCall('confirmed', z.strictObject({ actId: ActId, consentId: Id }), Done),
  /**
   * Files what was uploaded (`PERSON_UPLOADS`, tus) under `sendingId`: one file as it is, or photos as the pages of one PDF in
   * the order of `uploads`. `newTitle`: a paper that nobody asked for, in the sender's words; then `lineId` is a fresh id.
   */
  'send-paper': apiCall(
    'confirmed',
    z.strictObject({
      actId: ActId,
      sendingId: Id,
      lineId: Id,
      newTitle: Words.nullable(),
      uploads: z.array(Id).min(1).max(MOST_PAGES),
      as: z.enum(['file', 'photos']),
      name: Words,
    }),
    Done,
  ),
  /** Forgets what was uploaded under it and not filed. */
  'drop-sending': apiCall('confirmed', z.strictObject({ sendingId: Id }), Done),
  /** A feed of this person's dates for a calendar; one before it ends. The address is told once. */
  'make-calendar': apiCall('confirmed', Nothing, z.strictObject({ url: z.url() })),
  'end-calendar': apiCall('confirmed', Nothing, Done),
  /** Another deal of the same agent: this browser's session moves there. */
  'switch-deal': apiCall('confirmed', z.strictObject({ linkId: Id }), Done),
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
/**
 * tus 1.0, from the portal's own origin with the session's cookie. Metadata: `sendingId`, `name`, `place` (from 1), and
 * `lineId` for a paper that is asked for, so that one that is never kept here is refused before its first byte. Only a
 * confirmed session of the same person reaches an upload again, so a page that was closed goes on where it stopped. It is
 * kept for seven days.
 */
export const PERSON_UPLOADS = '/api/person/uploads';
/** Bytes of one piece of it: what a lost signal costs at most. */
export const PERSON_CHUNK = 256 * 1024;
