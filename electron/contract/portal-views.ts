import { z } from 'zod';
import { CHANGE_STATES, TOLD_BY } from '../../core/changes/request.ts';
import { APPROVERS, CHANGE_KINDS } from '../../core/changes/rules.ts';
import { TELLERS } from '../../core/changes/told.ts';
import { MESSAGE_ABOUT } from '../../core/deals/model.ts';
import { Day, Id, Instant, ItemState, PartyRole } from './values.ts';

/** What people ask for and write through the portal, as the window shows it. Shapes only: rules live in core. */

/** Where one approval stands. `not-asked`: the other side has not been sent the request yet. */
const SLOT_STATES = ['agreed', 'asked', 'not-asked'] as const;

export const SlotView = z.object({
  approver: z.enum(APPROVERS),
  personId: Id.nullable(),
  /** The person, or the capacity in words where nobody is named: "Priya Raman", "The lender". */
  name: z.string(),
  /** "our client", "the other side"; empty where the name says it already. */
  capacity: z.string(),
  state: z.enum(SLOT_STATES),
  at: Instant.nullable(),
  /** They said it to somebody of the team, who wrote it down; null where they did it themselves, or have not agreed. */
  told: z
    .object({ personId: Id, as: z.enum(TELLERS), to: z.string(), by: z.enum(TOLD_BY), mayTakeBack: z.boolean() })
    .nullable(),
});
export type SlotView = z.infer<typeof SlotView>;

/** A file that came after the request and may carry it. */
export const ChangePaper = z.object({
  versionId: Id,
  lineId: Id,
  /** "Extension of time addendum, version 2, fully executed". */
  title: z.string(),
  documentOn: Day,
  receivedAt: Instant,
  isReviewed: z.boolean(),
  /** It looks like the very paper of this request. */
  fits: z.boolean(),
  /** Why it does not carry the request as it is: "Not reviewed yet."; empty when it does. */
  lacks: z.string(),
  /** Other requests that it put into effect already. */
  carried: z.array(z.string()),
});
export type ChangePaper = z.infer<typeof ChangePaper>;

/** What the team does next about a request. Null in the view: it waits for somebody else, or has ended. */
const CHANGE_STEPS = ['call-back', 'settle-conflict', 'review', 'execute', 'decide', 'send'] as const;
export const ChangeStepView = z.object({ kind: z.enum(CHANGE_STEPS), says: z.string(), since: Instant });
export type ChangeStepView = z.infer<typeof ChangeStepView>;

/** The value that a request stands at and would get. */
const ChangeValue = z.discriminatedUnion('type', [
  z.object({ type: z.literal('day'), from: Day.nullable(), to: Day }),
  z.object({ type: z.literal('money'), fromCents: z.int().nullable(), toCents: z.int() }),
]);

export const ChangeView = z.object({
  id: Id,
  kind: z.enum(CHANGE_KINDS),
  /** As it stands now: one whose time ran out is `expired`, though nobody said so. */
  state: z.enum(CHANGE_STATES),
  /** "Move close of escrow". */
  title: z.string(),
  value: ChangeValue.nullable(),
  /** Where it stands: the silhouette, and a few words for a row: "Waits for the other side". */
  standing: z.object({ state: ItemState, says: z.string() }),
  askedBy: z.string(),
  askedById: Id,
  /** Whether somebody outside of the team asked. */
  isByPerson: z.boolean(),
  openedAt: Instant,
  expiresAt: Instant.nullable(),
  periodEndsAt: Instant.nullable(),
  /** In the words of whoever asked; empty when nothing was said. */
  reason: z.string(),
  /** What it would do, a sentence a term. */
  sentences: z.array(z.string()),
  /** A step with the same effect on dates, to look at with `deals:preview` before there is a paper; null where none moves. */
  preview: z.object({ name: z.string(), args: z.record(z.string(), z.unknown()) }).nullable(),
  /** What the coordinator checks before it counts. */
  checks: z.array(z.string()),
  /** Who is told once it counts: "the lender". */
  told: z.array(z.string()),
  /** Somebody asks to change how a person is reached or paid, and was not called yet; empty otherwise. */
  fraud: z.string(),
  /** For a call-back: whom to call, and the number that was here before. */
  callFirst: z.object({ name: z.string(), phone: z.string() }).nullable(),
  slots: z.array(SlotView),
  /** Whose answer is still missing and can be taken by telephone. */
  answerers: z.array(z.object({ personId: Id, as: z.enum(TELLERS), name: z.string(), capacity: z.string() })),
  /** What else is on its way on this deal. */
  alsoOpen: z.array(z.string()),
  sentToOtherSideAt: Instant.nullable(),
  conflicts: z.array(
    z.object({
      ...{ changeId: Id, title: z.string(), value: ChangeValue.nullable() },
      ...{ askedBy: z.string(), openedAt: Instant, cameFirst: z.boolean() },
    }),
  ),
  log: z.array(z.object({ at: Instant, who: z.string(), what: z.string() })),
  evidence: z.enum(['executed-contract', 'reviewed-document', 'call-back']),
  needsDelivery: z.boolean(),
  /** Newest first. */
  papers: z.array(ChangePaper),
  /** The document that it took effect by. */
  executedBy: z.string(),
  next: ChangeStepView.nullable(),
  can: z.object({
    /** The capacities in which the person at this computer is asked and has not agreed. */
    approveAs: z.array(z.enum(APPROVERS)),
    /** In which they may say no; null: in none. */
    declineAs: z.enum(APPROVERS).nullable(),
    send: z.boolean(),
    withdraw: z.boolean(),
    callBack: z.boolean(),
    execute: z.boolean(),
    /** Decide between this and another request for the same. */
    keep: z.boolean(),
    /** Its time ran out: the same can be asked for once more. */
    askAgain: z.boolean(),
  }),
});
export type ChangeView = z.infer<typeof ChangeView>;

export const MessageView = z.object({
  id: Id,
  body: z.string(),
  author: z.string(),
  /** Written by the person, not by the team. */
  isFromPerson: z.boolean(),
  isMine: z.boolean(),
  writtenAt: Instant,
  isSettled: z.boolean(),
  /** What it is about; null for the deal as a whole. `title` is empty when that is gone. */
  about: z.object({ type: z.enum(MESSAGE_ABOUT), id: Id, title: z.string() }).nullable(),
});
export type MessageView = z.infer<typeof MessageView>;

/** One person's conversation with the team. Nobody else reads it. */
export const ThreadView = z.object({
  personId: Id,
  name: z.string(),
  role: PartyRole,
  /** How many messages of theirs wait for an answer, and since when. */
  open: z.int(),
  openSince: Instant.nullable(),
  lastAt: Instant.nullable(),
  /** Oldest first. */
  messages: z.array(MessageView),
});
export type ThreadView = z.infer<typeof ThreadView>;

/** What somebody outside of the team just did, for a quiet notice. */
export const PersonAct = z.object({
  dealId: Id,
  plate: z.string(),
  street: z.string(),
  person: z.string(),
  /** What follows the name: "sent Home insurance binder". */
  did: z.string(),
  /** Where it is looked at. */
  to: z.enum(['review', 'changes', 'messages', 'documents', 'people', 'tasks', 'overview']),
  id: Id,
});
export type PersonAct = z.infer<typeof PersonAct>;
