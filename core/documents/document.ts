import type { PlainDate } from '../deadlines/plain-date.ts';
import type { Id, Side } from '../deals/model.ts';

/** What a document is, for permissions and retention. Every document has exactly one class. */
export const DOCUMENT_CLASSES = [
  'contract',
  'disclosure',
  'npi-financial',
  'npi-identity',
  'closing-disclosure',
  'settlement',
  'inspection',
  'title',
  'insurance',
  'commission',
  'internal',
  'correspondence',
  'wire-suspect',
] as const;
export type DocumentClass = (typeof DOCUMENT_CLASSES)[number];

/** BS buyer-signed, SS seller-signed, FE fully executed (domain.md section 10 [O11]). */
export const VERSION_SUFFIXES = ['BS', 'SS', 'FE'] as const;
export type VersionSuffix = (typeof VERSION_SUFFIXES)[number];

/** Where the newest version of a document line stands. */
export const LINE_STATES = ['requested', 'received', 'needs-review', 'approved', 'rejected', 'waived'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** One version of one document as the rules of permission and retention read it. */
export interface DocumentFacts {
  readonly id: Id;
  readonly class: DocumentClass;
  /** The name of its checklist line: "Purchase contract". */
  readonly title: string;
  readonly fileName: string;
  /** The name that it came with. */
  readonly originalName: string;
  readonly sha256: string;
  readonly version: number;
  readonly suffix: VersionSuffix | null;
  readonly state: LineState;
  readonly receivedOn: PlainDate | null;
  readonly rejectReason: string;
  /** Whose figures or papers these are; `both` for what both sides signed or share. */
  readonly side: Side | 'both';
  /** The person (of the deal) or member who sent it. */
  readonly uploadedBy: Id | null;
  /** The persons whose private figures it shows. Empty means: nobody has said. */
  readonly aboutPersonIds: readonly Id[];
  /** Who of the closing side gave it to the team. */
  readonly sharedBy: 'lender' | 'title' | null;
  /** The side that paid for it (inspection reports). */
  readonly paidBySide: Side | null;
  readonly requiredByLender: boolean;
  /** The repair or other request it was sent to the other side with. */
  readonly sentWithRequestId: Id | null;
  /** Exchanged with the other side on purpose. */
  readonly sharedWithOtherSide: boolean;
  /** A commission disbursement authorization: the one commission paper that title works from. */
  readonly isDisbursementAuthorization: boolean;
}

/**
 * The client's income, bank and identity papers belong to the lender: of these only the name and whether whoever needs
 * it has it is kept, never the file (architecture.md section 6).
 */
export function isMetadataOnly(documentClass: DocumentClass): boolean {
  return documentClass === 'npi-financial' || documentClass === 'npi-identity';
}
