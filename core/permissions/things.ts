import type { TermType } from '../changes/rules.ts';
import type { AnchorRow, Id, PersonRow, Side, TaskRow } from '../deals/model.ts';
import type { DocumentClass, DocumentFacts } from '../documents/document.ts';

/** What a date is about; the lender sees financing and closing only. */
export type DateGroup = 'financing' | 'closing' | 'other';

/** A computed deadline as a person may be shown it. */
export interface DateFacts {
  readonly id: Id;
  readonly title: string;
  /** Calendar day, or null while it is to be decided. */
  readonly on: string | null;
  readonly state: 'open' | 'done' | 'waived' | 'tbd' | 'not-applicable';
  readonly group: DateGroup;
  /** Whose duty or right it is. */
  readonly side: Side | 'both';
  /** In the subset that both sides agreed on. */
  readonly isShared: boolean;
  /** Form, clause and count in words. */
  readonly why: string;
}

export interface CommissionFacts {
  readonly id: Id;
  /** The agent (member or person) it is paid to. */
  readonly agentId: Id;
  readonly amountCents: number;
  readonly split: string;
}

export interface AuditFacts {
  readonly id: Id;
  /** Who did it; null for a job. */
  readonly byId: Id | null;
  readonly at: string;
  readonly what: string;
}

/** Who is asked to agree without being of our side. */
export type AskedOf = 'lender' | 'title' | 'other-side';

/** A change request as the people of a deal may see it (core/changes). */
export interface ChangeFacts {
  readonly id: Id;
  readonly kind: string;
  readonly title: string;
  readonly state: string;
  readonly side: Side;
  readonly requestedBy: Id;
  /** The request has gone to the other side. */
  readonly sentToOtherSide: boolean;
  /** The type asks that lender or title be told, and they were. */
  readonly notifiedRoles: readonly ('lender' | 'title')[];
  /** Who beyond our side is asked to agree to it, while it counts. */
  readonly askedOf: readonly AskedOf[];
  /** Everybody of our side who must agree has: until then it is our draft. */
  readonly isAgreedByUs: boolean;
  readonly termTypes: readonly TermType[];
  /** What our side asks for. */
  readonly terms: string;
}

/** Anything a person may ask to see, fetch, send or change. `wire` exists to be refused by name. */
export type Thing =
  | { readonly type: 'overview' | 'progress' | 'price' | 'internal' | 'strategy' | 'wire' }
  | { readonly type: 'date'; readonly date: Pick<DateFacts, 'group' | 'side' | 'isShared'> }
  | { readonly type: 'date-evidence' }
  | { readonly type: 'task' | 'task-wording'; readonly task: TaskOwner }
  /** An open step that closing waits for, by whomever, in the words that were written for clients. */
  | { readonly type: 'closing-step'; readonly task: Pick<TaskRow, 'clientTitle'> }
  | { readonly type: 'document'; readonly document: DocumentFacts }
  | { readonly type: 'upload'; readonly class: DocumentClass }
  | { readonly type: 'commission'; readonly agentId: Id }
  | { readonly type: 'audit'; readonly byId: Id | null }
  | { readonly type: 'people-card' | 'people-contact'; readonly person: Pick<PersonRow, 'id' | 'role'> }
  | { readonly type: 'change' | 'change-terms' | 'change-course'; readonly change: Pick<ChangeFacts, ChangeKeys> };

type TaskOwner = Pick<TaskRow, 'assigneeRole' | 'assigneeId' | 'clientTitle'>;
type ChangeKeys =
  | 'side'
  | 'requestedBy'
  | 'sentToOtherSide'
  | 'notifiedRoles'
  | 'askedOf'
  | 'isAgreedByUs'
  | 'termTypes';

/** Rows of the matrix: domain.md section 8, and the rows it leaves open, marked [design] in matrix.ts. */
export const MATRIX_ROWS = [
  'overview',
  'progress',
  'price',
  'internal',
  'dates',
  'date-evidence',
  'tasks',
  'task-wording',
  'closing-step',
  'contract',
  'contract-in-signing',
  'strategy',
  'npi',
  'closing-figures',
  'inspection',
  'disclosure',
  'title-work',
  'insurance',
  'correspondence',
  'commission',
  'audit',
  'people-card',
  'people-contact',
  'changes',
  'change-terms',
  'change-course',
  'held',
  'wire',
] as const;
export type MatrixRow = (typeof MATRIX_ROWS)[number];

const ROW_OF_CLASS: Readonly<Record<DocumentClass, MatrixRow>> = {
  contract: 'contract',
  disclosure: 'disclosure',
  'npi-financial': 'npi',
  'npi-identity': 'npi',
  'closing-disclosure': 'closing-figures',
  settlement: 'closing-figures',
  inspection: 'inspection',
  title: 'title-work',
  insurance: 'insurance',
  commission: 'commission',
  internal: 'strategy',
  correspondence: 'correspondence',
  'wire-suspect': 'held',
};

/** The matrix row that a thing is judged by. A contract becomes `contract` only once it is fully executed and approved. */
export function rowOf(thing: Thing): MatrixRow {
  switch (thing.type) {
    case 'date':
      return 'dates';
    case 'task':
      return 'tasks';
    case 'change':
      return 'changes';
    case 'upload':
      return ROW_OF_CLASS[thing.class];
    case 'document':
      return rowOfDocument(thing.document);
    default:
      return thing.type;
  }
}

/** Acceptance, effective date and closing stand in the contract that both sides signed. [design] */
const SHARED_ANCHORS: readonly string[] = ['acceptance', 'effective', 'effective-date', 'closing'];

/** An anchor as a date that people may be shown. */
export function dateOfAnchor(anchor: Pick<AnchorRow, 'name'>): Pick<DateFacts, 'group' | 'side' | 'isShared'> {
  return {
    group: anchor.name === 'closing' ? 'closing' : 'other',
    side: 'both',
    isShared: SHARED_ANCHORS.includes(anchor.name),
  };
}

/** What both sides signed. Only this evidences terms. */
export function isExecuted(document: Pick<DocumentFacts, 'class' | 'suffix' | 'state'>): boolean {
  return document.class === 'contract' && document.suffix === 'FE' && document.state === 'approved';
}

function rowOfDocument(document: DocumentFacts): MatrixRow {
  if (document.class !== 'contract' || isExecuted(document)) return ROW_OF_CLASS[document.class];
  return document.suffix === null ? 'strategy' : 'contract-in-signing';
}
