import type { ChangeRequest } from '../changes/request.ts';
import type { PlainDate } from '../deadlines/plain-date.ts';
import type { DocumentClass, LineState, VersionSuffix } from '../documents/document.ts';
import type { Consent } from '../permissions/consent.ts';

/** UUIDv7 text, made by whoever makes the command. */
export type Id = string;
/** An instant as ISO 8601 UTC text with milliseconds, `2026-06-02T16:12:00.000Z`. */
export type Instant = string;

/** The six stages of product.md section A, in order. */
export const STAGES = ['intake', 'parties', 'disclosures', 'milestones', 'changes', 'closing'] as const;
export type Stage = (typeof STAGES)[number];

export const SIDES = ['buyer', 'seller', 'tenant', 'landlord'] as const;
export type Side = (typeof SIDES)[number];

export const SCENARIOS = ['buy', 'sell', 'rent', 'invest'] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Who a person is on one deal (domain.md section 8). `other-agent` is the other side's agent. */
export const PARTY_ROLES = [
  'client',
  'co-client',
  'agent',
  'tc',
  'admin',
  'lender',
  'title',
  'attorney',
  'other-agent',
  'other-principal',
] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

export const OUTCOMES = ['closed', 'withdrawn'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * What intake found out about the property and the money. A missing name and `unknown` both mean: nobody has said.
 * Conditions of checklist lines read these; unknown is a legal value and never means no.
 */
export type Facts = Readonly<Record<string, string | number | boolean | null>>;

export interface DealRow {
  readonly id: Id;
  /** House number and street as on the door: "1847 Marlowe Ave". */
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  /** Two-letter postal code of the state: "CA". */
  readonly state: string;
  readonly zip: string;
  readonly side: Side;
  readonly scenario: Scenario;
  /** The rule pack (form) and its revision that this deal was built with, kept for its life. */
  readonly packId: string;
  readonly packRevision: string;
  readonly templateId: string;
  readonly templateVersion: number;
  readonly stage: Stage;
  readonly stageSince: Instant;
  /** A team member's id. */
  readonly ownerId: Id;
  /** Whole cents; null when nobody has said. Guarded: travels with the value the person saw. */
  readonly priceCents: number | null;
  readonly facts: Facts;
  readonly openedAt: Instant;
  /** Set when the deal is closed or withdrawn; then only reopening changes it. */
  readonly closedOn: PlainDate | null;
  readonly outcome: Outcome | null;
  readonly outcomeReason: string;
  readonly isSample: boolean;
}

/** When a task is due: by hand on a day, or counted from an anchor or a deadline of the pack. */
export interface DueRule {
  /** An anchor of the pack (`acceptance`, `closing`) or a deadline id of it. */
  readonly from: string;
  /** Days after (positive) or before (negative). */
  readonly offset: number;
  readonly dayKind: 'calendar' | 'business';
}

export interface TaskRow {
  readonly id: Id;
  readonly dealId: Id;
  readonly stage: Stage;
  readonly title: string;
  /** The title in a few words for a card, "Order HOA papers"; empty when the title is short enough. */
  readonly short: string;
  /** What the client reads in the portal; empty when clients never see it. */
  readonly clientTitle: string;
  /** Who has it, by role on the deal; `assigneeId` names the member or person once known. */
  readonly assigneeRole: PartyRole;
  readonly assigneeId: Id | null;
  /** A day set by hand; wins over the rule. */
  readonly dueOn: PlainDate | null;
  readonly dueRule: DueRule | null;
  /** Whether the stage's definition of done waits for it. */
  readonly isRequired: boolean;
  /** Ids of tasks that must be done or waived first. */
  readonly dependsOn: readonly Id[];
  readonly position: number;
  readonly templateTaskId: string | null;
  readonly doneOn: PlainDate | null;
  readonly doneBy: Id | null;
  readonly waivedOn: PlainDate | null;
  readonly waiverReason: string;
}

export interface PersonRow {
  readonly id: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly role: PartyRole;
  readonly company: string;
  readonly email: string;
  /** E.164 where it could be read as a number, else as typed. */
  readonly phone: string;
  readonly position: number;
}

export interface NoteRow {
  readonly id: Id;
  readonly dealId: Id;
  readonly body: string;
  readonly authorId: Id;
  readonly writtenAt: Instant;
}

/** A day that others count from: acceptance, effective date, closing. Guarded. */
export interface AnchorRow {
  readonly id: Id;
  readonly dealId: Id;
  readonly name: string;
  readonly on: PlainDate;
  /** How we know: "signed copy sent to the agent's e-mail, 4:12 PM". */
  readonly evidence: string;
}

export const MILESTONE_STATES = ['open', 'completed', 'waived', 'tbd', 'not-applicable'] as const;
export type MilestoneState = (typeof MILESTONE_STATES)[number];

/**
 * What people set on one deadline of the form: a count or a day that the signed document says, and where it stands.
 * The date itself is never stored: it follows from the anchors, the pack and this. Guarded.
 */
export interface MilestoneRow {
  readonly id: Id;
  readonly dealId: Id;
  /** The id of a deadline of the deal's packs: `deposit`, `loan-contingency`. */
  readonly deadlineId: string;
  readonly state: MilestoneState;
  /** The day it was done or waived; null while it is open. */
  readonly stateOn: PlainDate | null;
  /** A count of days instead of the form's; null for the form's own. At most one of `days` and `on` is set. */
  readonly days: number | null;
  /** A day instead of a count. */
  readonly on: PlainDate | null;
  /** What says so: "box 3L of the signed contract". */
  readonly reason: string;
  readonly documentId: Id | null;
}

/** A line of a deal's document checklist: what is wanted, from whom, and where its newest version stands. */
export interface LineRow {
  readonly id: Id;
  readonly dealId: Id;
  /** The document of the template it came from; null for one added by hand. */
  readonly templateDocumentId: string | null;
  readonly title: string;
  /** What the client reads in the portal; empty when clients never see it. */
  readonly clientTitle: string;
  readonly stage: Stage;
  /** Who sends it. */
  readonly ownerRole: PartyRole;
  readonly class: DocumentClass;
  /** Why it is here, as a sentence; empty when it always is. */
  readonly condition: string;
  readonly isRequired: boolean;
  /** A law asks for it: it is not taken away without a reason. */
  readonly isLegal: boolean;
  readonly position: number;
  readonly state: LineState;
  /** Why it was rejected or is not needed; empty in the other states. */
  readonly reason: string;
}

/** One file of a document line. Its bytes lie in the vault under their SHA-256; a row may name bytes not here yet. */
export interface VersionRow {
  readonly id: Id;
  readonly dealId: Id;
  readonly lineId: Id;
  /** Whole, from 1, in the order of arrival on this line. */
  readonly number: number;
  readonly suffix: VersionSuffix | null;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** From the content, without a dot: `pdf`. */
  readonly extension: string;
  /** The name that it came with. */
  readonly originalName: string;
  /** The day of the document: its last signature, else the day it came. */
  readonly documentOn: PlainDate;
  readonly receivedAt: Instant;
  /** Who sent it, as a name; empty when nobody knows. */
  readonly sentBy: string;
  /** Looks like wire instructions and waits for a call. */
  readonly isHeld: boolean;
  /** What a reviewer said of this version; null while nobody has. */
  readonly verdict: 'approved' | 'rejected' | null;
  readonly verdictReason: string;
  readonly verdictOn: PlainDate | null;
}

/** What is known of a file beside its bytes. Made with the file or later, by whoever knows; without one, nobody has said. */
export interface PaperRow {
  /** The id of the version. */
  readonly id: Id;
  readonly dealId: Id;
  /** The person (of the deal) or member who sent it; null when nobody has said. */
  readonly sentById: Id | null;
  /** The persons whose private figures it shows, and nobody else's. Empty: nobody has said. */
  readonly aboutPersonIds: readonly Id[];
  /** The side that paid for it (inspection reports). */
  readonly paidBySide: Side | null;
  /** Who of the closing side gave it to the team. */
  readonly sharedBy: 'lender' | 'title' | null;
  readonly isRequiredByLender: boolean;
  /** Exchanged with the other side on purpose. */
  readonly isWithOtherSide: boolean;
  /** The request for change that it was sent to the other side with. */
  readonly sentWithRequestId: Id | null;
  readonly isDisbursementAuthorization: boolean;
}

/** A request for change with its whole course (core/changes). `executedBy` is the version whose review made it take effect. */
export interface ChangeRow extends ChangeRequest {
  /** When it was sent to the other side; null until then. */
  readonly sentToOtherSideAt: Instant | null;
}

export const MESSAGE_ABOUT = ['deal', 'task', 'document', 'date', 'change'] as const;
export type MessageAbout = (typeof MESSAGE_ABOUT)[number];

/** A message between one person of the deal and the team. Each person has one thread; nobody else reads it. */
export interface MessageRow {
  readonly id: Id;
  readonly dealId: Id;
  /** Whose thread it is. */
  readonly personId: Id;
  readonly aboutType: MessageAbout;
  /** A task, line, deadline or change id; empty for the deal itself. */
  readonly aboutId: string;
  readonly body: string;
  /** The person themselves, or a member. */
  readonly authorId: Id;
  readonly writtenAt: Instant;
  /** The team has answered it or said that it needs no answer. What the team wrote is settled. */
  readonly isSettled: boolean;
}

/** That one person is asked to read one version of a document, and whether they said that they did. */
export interface ReadingRow {
  /** `<versionId>.read.<personId>`: one a version and person. */
  readonly id: Id;
  readonly dealId: Id;
  readonly lineId: Id;
  readonly versionId: Id;
  /** Of the bytes that were read. */
  readonly sha256: string;
  readonly personId: Id;
  readonly askedAt: Instant;
  readonly askedBy: Id;
  readonly acknowledgedAt: Instant | null;
}

/** Somebody whom a client or an agent wants on the deal. The coordinator calls, then takes or declines them. */
export interface ProposalRow {
  readonly id: Id;
  readonly dealId: Id;
  readonly proposedBy: Id;
  readonly role: PartyRole;
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly phone: string;
  readonly words: string;
  readonly proposedAt: Instant;
  readonly state: 'open' | 'accepted' | 'declined';
  readonly decidedBy: Id | null;
  readonly decidedAt: Instant | null;
  /** Why it was declined. */
  readonly reason: string;
  /** The person it became. */
  readonly personId: Id | null;
}

/** Questions that one person is asked to answer; the answers become facts when the coordinator takes them. */
export interface FormRow {
  readonly id: Id;
  readonly dealId: Id;
  readonly personId: Id;
  readonly title: string;
  /** Of the intake's questions (resources/templates/intake.json). */
  readonly questionIds: readonly string[];
  /** `returned`: sent back to be mended, with `reason`. */
  readonly state: 'asked' | 'sent' | 'taken' | 'returned' | 'withdrawn';
  /** By question id, in the form in which they are kept. */
  readonly answers: Facts;
  readonly askedBy: Id;
  readonly askedAt: Instant;
  readonly sentAt: Instant | null;
  readonly decidedAt: Instant | null;
  readonly reason: string;
}

/** That a deal came in by an intake link, and what became of it. A deal that was opened by hand has none. */
export interface LeadRow {
  /** `<dealId>.lead`. */
  readonly id: Id;
  readonly dealId: Id;
  readonly intakeId: Id;
  readonly arrivedAt: Instant;
  /** What the person wrote for the team; empty when nothing. */
  readonly words: string;
  readonly state: 'new' | 'accepted' | 'declined' | 'merged';
  readonly decidedBy: Id | null;
  readonly decidedAt: Instant | null;
  readonly reason: string;
  /** The deal that it was merged into. */
  readonly intoDealId: Id | null;
}

export interface ConsentRow extends Consent {
  readonly dealId: Id;
}

export interface DealRows {
  readonly deal: DealRow;
  readonly task: TaskRow;
  readonly person: PersonRow;
  readonly note: NoteRow;
  readonly anchor: AnchorRow;
  readonly milestone: MilestoneRow;
  readonly line: LineRow;
  readonly version: VersionRow;
  readonly paper: PaperRow;
  readonly change: ChangeRow;
  readonly message: MessageRow;
  readonly reading: ReadingRow;
  readonly proposal: ProposalRow;
  readonly form: FormRow;
  readonly lead: LeadRow;
  readonly consent: ConsentRow;
}
export type DealTable = keyof DealRows;

/** Everything of one deal that a rule may read. */
export interface Deal {
  readonly row: DealRow;
  readonly tasks: readonly TaskRow[];
  readonly people: readonly PersonRow[];
  readonly notes: readonly NoteRow[];
  readonly anchors: readonly AnchorRow[];
  readonly milestones: readonly MilestoneRow[];
  /** By position. */
  readonly lines: readonly LineRow[];
  /** In the order of their line, then by number. */
  readonly versions: readonly VersionRow[];
  /** All these by id, but messages in the order in which they were written. */
  readonly papers: readonly PaperRow[];
  readonly changes: readonly ChangeRow[];
  readonly messages: readonly MessageRow[];
  readonly readings: readonly ReadingRow[];
  readonly proposals: readonly ProposalRow[];
  readonly forms: readonly FormRow[];
  readonly leads: readonly LeadRow[];
  readonly consents: readonly ConsentRow[];
}

/** What a deal has of the portal's rows before anybody did anything there. */
export const NOTHING_YET = {
  papers: [],
  changes: [],
  messages: [],
  readings: [],
  proposals: [],
  forms: [],
  leads: [],
  consents: [],
} as const satisfies Partial<Deal>;

export interface Member {
  readonly id: Id;
  readonly name: string;
  readonly role: 'tc' | 'admin' | 'agent';
  readonly email: string;
}

/** The workspace as rules read it: one more unit, never written together with a deal. */
export interface Workspace {
  readonly members: readonly Member[];
}
