import type { DealRows } from '../deals/model.ts';
import type { DocumentFacts } from '../documents/document.ts';
import type { AuditFacts, ChangeFacts, CommissionFacts, DateFacts } from './things.ts';

/** Every row type that a view may be made of: the tables of a deal and what is passed beside them. */
export interface ViewRows extends DealRows {
  readonly deadline: DateFacts;
  readonly document: DocumentFacts;
  readonly commission: CommissionFacts;
  readonly audit: AuditFacts;
  readonly request: ChangeFacts;
}

/**
 * Every column of every row type, each with the thing it is judged as. `internal` never leaves the team. A document has
 * three depths: that it exists, what it is, and what is in it.
 *
 * A column that the model gains is an error of types here until somebody says who may see it; until then it is in no view.
 */
export const COLUMN_CLASSES = {
  deal: {
    id: 'overview',
    street: 'overview',
    unit: 'overview',
    city: 'overview',
    state: 'overview',
    zip: 'overview',
    side: 'overview',
    scenario: 'overview',
    packId: 'internal',
    packRevision: 'internal',
    templateId: 'internal',
    templateVersion: 'internal',
    stage: 'progress',
    stageSince: 'progress',
    ownerId: 'internal',
    priceCents: 'price',
    facts: 'internal',
    openedAt: 'internal',
    closedOn: 'progress',
    outcome: 'progress',
    outcomeReason: 'internal',
    isSample: 'internal',
  },
  task: {
    id: 'task',
    dealId: 'task',
    stage: 'task',
    title: 'task-wording',
    short: 'task-wording',
    clientTitle: 'task',
    assigneeRole: 'task',
    assigneeId: 'task',
    dueOn: 'task',
    dueRule: 'internal',
    isRequired: 'task',
    dependsOn: 'internal',
    position: 'task',
    templateTaskId: 'internal',
    doneOn: 'task',
    doneBy: 'internal',
    waivedOn: 'task',
    waiverReason: 'internal',
  },
  person: {
    id: 'people-card',
    dealId: 'people-card',
    name: 'people-card',
    role: 'people-card',
    company: 'people-card',
    email: 'people-contact',
    phone: 'people-contact',
    position: 'people-card',
  },
  note: { id: 'strategy', dealId: 'strategy', body: 'strategy', authorId: 'strategy', writtenAt: 'strategy' },
  anchor: { id: 'date', dealId: 'date', name: 'date', on: 'date', evidence: 'date-evidence' },
  // What a client sees of a deadline is its date (below); who set it, and why, is the team's working paper.
  milestone: {
    id: 'internal',
    dealId: 'internal',
    deadlineId: 'internal',
    state: 'internal',
    stateOn: 'internal',
    days: 'internal',
    on: 'internal',
    reason: 'internal',
    documentId: 'internal',
  },
  // A document reaches others as `document` (below), which says whose papers it holds; the rows stay with the team.
  line: {
    id: 'internal',
    dealId: 'internal',
    templateDocumentId: 'internal',
    title: 'internal',
    clientTitle: 'internal',
    stage: 'internal',
    ownerRole: 'internal',
    class: 'internal',
    condition: 'internal',
    isRequired: 'internal',
    isLegal: 'internal',
    position: 'internal',
    state: 'internal',
    reason: 'internal',
  },
  version: {
    id: 'internal',
    dealId: 'internal',
    lineId: 'internal',
    number: 'internal',
    suffix: 'internal',
    sha256: 'internal',
    bytes: 'internal',
    extension: 'internal',
    originalName: 'internal',
    documentOn: 'internal',
    receivedAt: 'internal',
    sentBy: 'internal',
    isHeld: 'internal',
    verdict: 'internal',
    verdictReason: 'internal',
    verdictOn: 'internal',
  },
  // What people did through the portal: each sees their own of it by rules of its own, and a request as `request` (below).
  paper: {
    id: 'internal',
    dealId: 'internal',
    sentById: 'internal',
    aboutPersonIds: 'internal',
    paidBySide: 'internal',
    sharedBy: 'internal',
    isRequiredByLender: 'internal',
    isWithOtherSide: 'internal',
    sentWithRequestId: 'internal',
    isDisbursementAuthorization: 'internal',
  },
  change: {
    id: 'internal',
    dealId: 'internal',
    kind: 'internal',
    state: 'internal',
    requestedBy: 'internal',
    side: 'internal',
    terms: 'internal',
    facts: 'internal',
    reason: 'internal',
    openedAt: 'internal',
    expiresAt: 'internal',
    periodEndsAt: 'internal',
    approvals: 'internal',
    callBack: 'internal',
    executedBy: 'internal',
    log: 'internal',
    sentToOtherSideAt: 'internal',
  },
  message: {
    id: 'internal',
    dealId: 'internal',
    personId: 'internal',
    aboutType: 'internal',
    aboutId: 'internal',
    body: 'internal',
    authorId: 'internal',
    writtenAt: 'internal',
    isSettled: 'internal',
  },
  reading: {
    id: 'internal',
    dealId: 'internal',
    lineId: 'internal',
    versionId: 'internal',
    sha256: 'internal',
    personId: 'internal',
    askedAt: 'internal',
    askedBy: 'internal',
    acknowledgedAt: 'internal',
  },
  proposal: {
    id: 'internal',
    dealId: 'internal',
    proposedBy: 'internal',
    role: 'internal',
    name: 'internal',
    company: 'internal',
    email: 'internal',
    phone: 'internal',
    words: 'internal',
    proposedAt: 'internal',
    state: 'internal',
    decidedBy: 'internal',
    decidedAt: 'internal',
    reason: 'internal',
    personId: 'internal',
  },
  form: {
    id: 'internal',
    dealId: 'internal',
    personId: 'internal',
    title: 'internal',
    questionIds: 'internal',
    state: 'internal',
    answers: 'internal',
    askedBy: 'internal',
    askedAt: 'internal',
    sentAt: 'internal',
    decidedAt: 'internal',
    reason: 'internal',
  },
  lead: {
    id: 'internal',
    dealId: 'internal',
    intakeId: 'internal',
    arrivedAt: 'internal',
    words: 'internal',
    state: 'internal',
    decidedBy: 'internal',
    decidedAt: 'internal',
    reason: 'internal',
    intoDealId: 'internal',
  },
  consent: {
    id: 'internal',
    byPersonId: 'internal',
    toId: 'internal',
    covers: 'internal',
    givenAt: 'internal',
    withdrawnAt: 'internal',
    dealId: 'internal',
  },
  deadline: {
    id: 'date',
    title: 'date',
    on: 'date',
    state: 'date',
    group: 'internal',
    side: 'internal',
    isShared: 'internal',
    why: 'date',
  },
  document: {
    id: 'existence',
    class: 'existence',
    title: 'meta',
    fileName: 'content',
    originalName: 'content',
    sha256: 'content',
    version: 'meta',
    suffix: 'meta',
    state: 'existence',
    receivedOn: 'existence',
    rejectReason: 'meta',
    side: 'internal',
    uploadedBy: 'meta',
    aboutPersonIds: 'internal',
    sharedBy: 'internal',
    paidBySide: 'internal',
    requiredByLender: 'internal',
    sentWithRequestId: 'internal',
    sharedWithOtherSide: 'internal',
    isDisbursementAuthorization: 'internal',
  },
  commission: { id: 'commission', agentId: 'commission', amountCents: 'commission', split: 'commission' },
  audit: { id: 'audit', byId: 'audit', at: 'audit', what: 'audit' },
  request: {
    id: 'change',
    kind: 'change',
    title: 'change',
    state: 'change',
    side: 'change',
    requestedBy: 'change',
    sentToOtherSide: 'change',
    notifiedRoles: 'internal',
    askedOf: 'internal',
    isAgreedByUs: 'internal',
    termTypes: 'internal',
    terms: 'change-terms',
  },
} as const satisfies { readonly [T in keyof ViewRows]: { readonly [C in keyof ViewRows[T]]: ColumnClass } };

export type ColumnClass =
  | 'overview'
  | 'progress'
  | 'price'
  | 'internal'
  | 'task'
  | 'task-wording'
  | 'people-card'
  | 'people-contact'
  | 'strategy'
  | 'date'
  | 'date-evidence'
  | 'existence'
  | 'meta'
  | 'content'
  | 'commission'
  | 'audit'
  | 'change'
  | 'change-terms';

type Classes = typeof COLUMN_CLASSES;

/** The columns of a table that may ever leave the team. */
export type PartyColumn<T extends keyof ViewRows> = {
  [C in keyof ViewRows[T]]: C extends keyof Classes[T] ? (Classes[T][C] extends 'internal' ? never : C) : never;
}[keyof ViewRows[T]];

/** A row as somebody sees it: a column that is not theirs is absent, never null. */
export type Seen<T extends keyof ViewRows> = { readonly [C in keyof ViewRows[T]]?: ViewRows[T][C] };
/** The same for anybody outside the team: internal columns do not exist for the compiler. */
export type SeenByParty<T extends keyof ViewRows> = { readonly [C in PartyColumn<T>]?: ViewRows[T][C] };
