import { z } from 'zod';
import { CHANGE_STATES } from '../../core/changes/request.ts';
import { APPROVERS, CHANGE_KINDS } from '../../core/changes/rules.ts';
import { QUESTION_KINDS } from '../../core/deals/intake-schema.ts';
import { MESSAGE_ABOUT, OUTCOMES, PARTY_ROLES, SIDES, STAGES } from '../../core/deals/model.ts';
import { LINE_STATES } from '../../core/documents/document.ts';
import { Id, Instant } from './values.ts';

// The deal as one person's page is told it, part by part. `PersonHome` at the end is the whole.

const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

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
  /** Names this person on this deal and nothing else; sent back as `PAGE_HEADER`. */
  pageId: z.string(),
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
