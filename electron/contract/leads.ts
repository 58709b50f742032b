import { z } from 'zod';
import { Id, Instant, Refused, Side } from './values.ts';

/** What crosses between the window and the backend about intake links and the deals that came in by one. */

/** A link for somebody who has no deal yet, as the portal keeps it. */
export const IntakeLinkView = z.object({
  id: Id,
  /** For whom, in the words of whoever made it; empty when they said nothing. */
  note: z.string(),
  /** `used`: as many as may have sent their answers. */
  state: z.enum(['open', 'expired', 'revoked', 'used']),
  madeAt: Instant,
  madeByName: z.string(),
  expiresAt: Instant,
  maxUses: z.int(),
  uses: z.int(),
  usedAt: Instant.nullable(),
  /** How many are answering now. */
  answering: z.int(),
});
export type IntakeLinkView = z.infer<typeof IntakeLinkView>;

export const IntakeLinks = z.object({
  /** False for the portal of this computer: its links open here only. */
  isShared: z.boolean(),
  /** Newest first. */
  links: z.array(IntakeLinkView),
});
export type IntakeLinks = z.infer<typeof IntakeLinks>;

/** A deal of ours that may be the same as the one that came in, and why. */
export const PossibleDuplicate = z.object({
  dealId: Id,
  plate: z.string(),
  side: Side,
  /** "12 Oak St, Roseville", else the clients. */
  title: z.string(),
  /** "Maria Ortiz. Noor Haddad has it." */
  detail: z.string(),
  /** Ended deals can be looked at, and nothing can be merged into them. */
  isOpen: z.boolean(),
  /** So like that it is most likely the same. */
  isLikely: z.boolean(),
  /** Finished sentences: "The same address: 12 Oak St." */
  reasons: z.array(z.string()),
});
export type PossibleDuplicate = z.infer<typeof PossibleDuplicate>;

export const LeadView = z.object({
  state: z.enum(['new', 'accepted', 'declined', 'merged']),
  /** "Maria Ortiz wants to sell 12 Oak St" */
  title: z.string(),
  arrivedAt: Instant,
  /** What they wrote beside the answers; empty when nothing. */
  words: z.string(),
  /** The intake's questions with what the deal says to them now, in words. */
  answers: z.array(z.object({ ask: z.string(), answer: z.string() })),
  /** While nobody has decided; the likeliest first. */
  duplicates: z.array(PossibleDuplicate),
  decidedByName: z.string(),
  decidedAt: Instant.nullable(),
  /** Why it was declined. */
  reason: z.string(),
  into: z.object({ dealId: Id, title: z.string() }).nullable(),
});
export type LeadView = z.infer<typeof LeadView>;

/**
 * `isTakenIn`: what they said is on the other deal already, and this one is still open: the same call again finishes it.
 * Both steps can be taken back, the second one first.
 */
export const MergeReply = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), label: z.string(), steps: z.array(z.object({ dealId: Id, commandId: Id })) }),
  z.object({ outcome: z.literal('refused'), refusal: Refused, isTakenIn: z.boolean() }),
]);
export type MergeReply = z.infer<typeof MergeReply>;
