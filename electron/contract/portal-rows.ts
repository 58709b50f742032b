import { z } from 'zod';
import { PARTY_ROLES } from '../../core/deals/model.ts';
import { DOCUMENT_CLASSES } from '../../core/documents/document.ts';
import { Id, Instant, PartyRole, Side, Stage } from './values.ts';

/** What people sent, read, answered and proposed on one deal, as the window shows it. Shapes only: rules live in core. */

export const NamedPerson = z.object({ personId: Id, name: z.string() });
export type NamedPerson = z.infer<typeof NamedPerson>;

/** What may be said of a file beside its bytes, by the kind of paper it is. */
const PAPER_QUESTIONS = ['figures', 'payer', 'other-side', 'lender', 'disbursement'] as const;
export type PaperQuestion = (typeof PAPER_QUESTIONS)[number];

/** As it is kept. Nobody named, null and false mean: nobody has said. */
export const PaperSaid = z
  .object({
    aboutPersonIds: z.array(Id).max(20),
    paidBySide: Side.nullable(),
    isWithOtherSide: z.boolean(),
    isRequiredByLender: z.boolean(),
    isDisbursementAuthorization: z.boolean(),
  })
  .strict();
export type PaperSaid = z.infer<typeof PaperSaid>;

/** Who reads a file through their page: at once, and who besides once it is approved. */
export const Sight = z.object({ now: z.array(NamedPerson), onceApproved: z.array(NamedPerson) });
export type Sight = z.infer<typeof Sight>;

export const ReadingView = NamedPerson.extend({
  id: Id,
  askedAt: Instant,
  askedBy: z.string(),
  acknowledgedAt: Instant.nullable(),
});
export type ReadingView = z.infer<typeof ReadingView>;

export const PaperView = z.object({
  versionId: Id,
  /** The person who sent it through their page; null for what the team filed. */
  sentBy: NamedPerson.nullable(),
  asks: z.array(z.enum(PAPER_QUESTIONS)),
  said: PaperSaid,
  sees: Sight,
  readings: z.array(ReadingView),
  /** Who reads it now and was not asked to. */
  mayAsk: z.array(NamedPerson),
  /** For closing figures: whom the clients let read them, as sentences. */
  consents: z.array(z.string()),
});
export type PaperView = z.infer<typeof PaperView>;

/** On whose page a document stands to be sent. */
export const AskedLine = z.object({ lineId: Id, people: z.array(NamedPerson) });
export type AskedLine = z.infer<typeof AskedLine>;

/** A paper that checklists of this kind know and this deal has not on its list. */
export const KnownPaper = z.object({
  lineId: Id,
  /** When checklists want it, as the end of a sentence: "somebody signs under a power of attorney"; empty for always. */
  because: z.string(),
  title: z.string(),
  clientTitle: z.string(),
  stage: Stage,
  ownerRole: z.enum(PARTY_ROLES),
  class: z.enum(DOCUMENT_CLASSES),
});
export type KnownPaper = z.infer<typeof KnownPaper>;

const FORM_STATES = ['asked', 'sent', 'taken', 'returned', 'withdrawn'] as const;

export const FormView = z.object({
  id: Id,
  personId: Id,
  person: z.string(),
  title: z.string(),
  state: z.enum(FORM_STATES),
  /** Why it was sent back. */
  reason: z.string(),
  askedBy: z.string(),
  askedAt: Instant,
  sentAt: Instant.nullable(),
  decidedAt: Instant.nullable(),
  questions: z.array(
    z.object({
      id: Id,
      ask: z.string(),
      /** In words; empty when it was left out. "I do not know" is an answer. */
      answer: z.string(),
      /** What the deal says now, in words; empty when nobody has said. */
      now: z.string(),
    }),
  ),
});
export type FormView = z.infer<typeof FormView>;

/** A question of the intake that nobody has answered for this deal. */
export const OpenQuestion = z.object({
  id: Id,
  ask: z.string(),
  /** The checklist of this deal hangs on the answer. */
  isRead: z.boolean(),
});
export type OpenQuestion = z.infer<typeof OpenQuestion>;

export const ProposedView = z.object({
  id: Id,
  by: z.string(),
  byId: Id,
  role: PartyRole,
  name: z.string(),
  company: z.string(),
  email: z.string(),
  phone: z.string(),
  words: z.string(),
  at: Instant,
  state: z.enum(['open', 'accepted', 'declined']),
  decidedBy: z.string(),
  decidedAt: Instant.nullable(),
  reason: z.string(),
  /** The person it became. */
  personId: Id.nullable(),
  /** Somebody on the deal who has this role or this name already, to look at first; empty when nobody has. */
  alike: z.array(NamedPerson),
});
export type ProposedView = z.infer<typeof ProposedView>;

export const PortalRows = z.object({
  papers: z.array(PaperView),
  asked: z.array(AskedLine),
  known: z.array(KnownPaper),
  /** What waits for the coordinator first, then what waits for a person, then what is settled. */
  forms: z.array(FormView),
  questions: z.array(OpenQuestion),
  /** Open ones first. */
  proposals: z.array(ProposedView),
});
export type PortalRows = z.infer<typeof PortalRows>;

export const SightInput = z.object({ dealId: Id, versionId: Id, said: PaperSaid }).strict();
export type SightInput = z.infer<typeof SightInput>;
