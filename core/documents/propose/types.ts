import type { PlainDate } from '../../deadlines/plain-date.ts';
import type { Id, PartyRole, Side } from '../../deals/model.ts';
import type { DocumentClass, LineState, VersionSuffix } from '../document.ts';
import type { WireSuspicion } from '../wire-suspicion.ts';

/** The text that was read from a file. Page texts are best; without them quotes carry no page. */
export interface ArrivalText {
  /** About the first three pages. */
  readonly firstPages: string;
  /** The whole text, capped by the caller. */
  readonly whole: string;
  /** The first lines of the first page, largest type first if the caller knows it. */
  readonly headLines: readonly string[];
  /** The last lines of the pages, page 1 first. */
  readonly footers: readonly string[];
  /** The text of each page, page 1 first. */
  readonly pages?: readonly string[];
}

export interface Arrival {
  readonly fileName: string;
  /** Words of the watched folder, or of the folders inside a zip. Empty when it came otherwise. */
  readonly folderPath: string;
  readonly sender: { readonly name: string; readonly address: string } | null;
  readonly subject: string;
  readonly mailText: string;
  readonly pages: number | null;
  readonly text: ArrivalText | null;
  /** `pdf`, `image`, `docx`, `mail` ...: taken from the content, not from the name. */
  readonly kind: string;
  readonly receivedOn: PlainDate;
  /** Where somebody dropped it. */
  readonly hint: { readonly dealId?: Id; readonly lineId?: Id };
  /** Who the sender's address imitates ("Larkmoor Escrow"), or null. Such a file is always held. */
  readonly senderLooksLike: string | null;
}

export interface CandidateLine {
  readonly lineId: Id;
  readonly title: string;
  readonly clientTitle: string;
  /** `doc-ca-tds`; empty for a line that the office added by hand. */
  readonly templateLineId: string;
  readonly class: DocumentClass;
  readonly state: LineState;
  readonly versions: number;
  readonly newestSuffix: VersionSuffix | null;
  readonly newestReceivedOn: PlainDate | null;
}

export interface CandidatePerson {
  readonly name: string;
  readonly email: string;
  readonly role: PartyRole;
  readonly company: string;
}

export interface CandidateDeal {
  readonly dealId: Id;
  readonly plate: string;
  /** House number and street as in the deal's row: "1847 Marlowe Ave". */
  readonly street: string;
  readonly unit: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly side: Side;
  readonly clientNames: readonly string[];
  readonly people: readonly CandidatePerson[];
  readonly packId: string;
  /** The form revision that the deal counts by: "12/22", "20-19". Empty: nobody has said. */
  readonly packRevision: string;
  readonly isActive: boolean;
  readonly lines: readonly CandidateLine[];
}

/** A rule that somebody made for a watched folder or a sender. All conditions that are given must hold; none given: every file. */
export interface FilingRule {
  readonly id: Id;
  readonly when: {
    /** `*@lender.com`: a star stands for any letters. */
    readonly from?: string;
    readonly nameHas?: string;
    readonly folderHas?: string;
  };
  readonly does: {
    readonly dealId?: Id;
    readonly lineClass?: DocumentClass;
    readonly lineTitle?: string;
    readonly mayFileAlone: boolean;
  };
}

export interface ProposalReason {
  readonly text: string;
  readonly for: boolean;
  /** From 1. */
  readonly page?: number;
  /** Letter for letter as in the file, so that it can be marked. */
  readonly quote?: string;
}

export interface DealProposal {
  readonly dealId: Id;
  /** 0 to 1. */
  readonly score: number;
  readonly reasons: readonly ProposalReason[];
}

export interface LineProposal {
  readonly lineId: Id;
  /** 0 to 1. */
  readonly score: number;
}

/** A cut of a bundle. Pages count from 1 and both ends belong to the part. */
export interface BundlePart {
  readonly fromPage: number;
  readonly toPage: number;
  readonly formId: string | null;
  readonly title: string;
}

const CERTAINTIES = ['certain', 'likely', 'guess', 'none'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

export interface Proposal {
  readonly deal: DealProposal | null;
  /** Up to four others, the likeliest first. */
  readonly alternatives: readonly DealProposal[];
  readonly line: LineProposal | null;
  readonly lineAlternatives: readonly LineProposal[];
  /** What it is, when the deal's checklist has no line for it. */
  readonly newLineTitle: string | null;
  /** The recognised form of resources/forms. */
  readonly formId: string | null;
  readonly documentOn: PlainDate | null;
  readonly suffix: VersionSuffix | null;
  readonly class: DocumentClass;
  readonly certainty: Certainty;
  readonly ruleId: Id | null;
  /** Certain, not held, and the rule that matched allows it. */
  readonly mayFileAlone: boolean;
  readonly reasons: readonly ProposalReason[];
  readonly doubts: readonly ProposalReason[];
  readonly held: WireSuspicion | null;
  /** Two or more when the file is a bundle; else empty. */
  readonly parts: readonly BundlePart[];
}
