import { plainDate } from '../deadlines/plain-date.ts';
import { type Deal, NOTHING_YET, type PartyRole, type PersonRow, type TaskRow } from '../deals/model.ts';
import type { DocumentClass, DocumentFacts } from '../documents/document.ts';
import { type Actor, type PartyActor, partyActor } from './actor.ts';
import type { ViewInput } from './view.ts';

/** Every text of the sample deal names its own place, so a leak says what leaked. */
export const mark = (place: string): string => `<<${place}>>`;
export const on = plainDate('2026-06-02');

export const ROLES: readonly PartyRole[] = [
  'client',
  'co-client',
  'agent',
  'lender',
  'title',
  'attorney',
  'other-agent',
  'other-principal',
];
export const people: readonly PersonRow[] = ROLES.map((role, position) => ({
  id: `p-${role}`,
  dealId: 'd1',
  name: mark(`person.${role}.name`),
  role,
  company: mark(`person.${role}.company`),
  email: mark(`person.${role}.email`),
  phone: mark(`person.${role}.phone`),
  position,
}));

export function task(assigneeRole: PartyRole): TaskRow {
  return {
    id: `t-${assigneeRole}`,
    dealId: 'd1',
    stage: 'disclosures',
    title: mark(`task.${assigneeRole}.title`),
    short: mark(`task.${assigneeRole}.short`),
    clientTitle: mark(`task.${assigneeRole}.clientTitle`),
    assigneeRole,
    assigneeId: null,
    dueOn: on,
    dueRule: null,
    isRequired: true,
    dependsOn: [mark(`task.${assigneeRole}.dependsOn`)],
    position: 1,
    templateTaskId: mark(`task.${assigneeRole}.templateTaskId`),
    doneOn: null,
    doneBy: mark(`task.${assigneeRole}.doneBy`),
    waivedOn: null,
    waiverReason: mark(`task.${assigneeRole}.waiverReason`),
  };
}

export function doc(name: string, documentClass: DocumentClass, more: Partial<DocumentFacts> = {}): DocumentFacts {
  return {
    id: `doc-${name}`,
    class: documentClass,
    title: mark(`doc.${name}.title`),
    fileName: mark(`doc.${name}.file`),
    originalName: mark(`doc.${name}.original`),
    sha256: mark(`doc.${name}.hash`),
    version: 1,
    suffix: null,
    state: 'approved',
    receivedOn: on,
    rejectReason: '',
    side: 'buyer',
    uploadedBy: null,
    aboutPersonIds: [],
    sharedBy: null,
    paidBySide: null,
    requiredByLender: false,
    sentWithRequestId: null,
    sharedWithOtherSide: false,
    isDisbursementAuthorization: false,
    ...more,
  };
}

export const both = ['p-client', 'p-co-client'];
export const documents: readonly DocumentFacts[] = [
  doc('executed', 'contract', { suffix: 'FE', side: 'both' }),
  doc('half-signed', 'contract', { suffix: 'BS' }),
  doc('draft', 'contract'),
  doc('pay-stub', 'npi-financial', { uploadedBy: 'p-client', aboutPersonIds: ['p-client'], state: 'needs-review' }),
  doc('spouse-stub', 'npi-financial', { uploadedBy: 'p-co-client', aboutPersonIds: ['p-client'] }),
  doc('own-id', 'npi-identity', { uploadedBy: 'p-co-client', aboutPersonIds: ['p-co-client'] }),
  doc('cd', 'closing-disclosure', { sharedBy: 'lender', aboutPersonIds: both }),
  doc('cd-unshared', 'closing-disclosure', { aboutPersonIds: both }),
  doc('seller-settlement', 'settlement', { side: 'seller', sharedBy: 'title', aboutPersonIds: ['p-other-principal'] }),
  doc('inspection', 'inspection', { paidBySide: 'buyer' }),
  doc('inspection-sent', 'inspection', { paidBySide: 'buyer', sentWithRequestId: 'r1', requiredByLender: true }),
  doc('internal', 'internal'),
  doc('letter', 'correspondence'),
  doc('disclosure', 'disclosure', { sharedWithOtherSide: true }),
  doc('disclosure-own', 'disclosure'),
  doc('prelim', 'title'),
  doc('binder', 'insurance'),
  doc('cda', 'commission', { isDisbursementAuthorization: true, aboutPersonIds: ['p-agent'] }),
  doc('referral', 'commission', { aboutPersonIds: ['m-agent'] }),
  doc('wire', 'wire-suspect', { uploadedBy: 'p-client' }),
];

export const deal: Deal = {
  row: {
    id: 'd1',
    street: mark('deal.street'),
    unit: '',
    city: mark('deal.city'),
    state: 'CA',
    zip: '94601',
    side: 'buyer',
    scenario: 'buy',
    packId: mark('deal.packId'),
    packRevision: mark('deal.packRevision'),
    templateId: mark('deal.templateId'),
    templateVersion: 1,
    stage: 'milestones',
    stageSince: mark('deal.stageSince'),
    ownerId: mark('deal.ownerId'),
    priceCents: 73_100_000,
    facts: { divorce: mark('deal.facts') },
    openedAt: mark('deal.openedAt'),
    closedOn: null,
    outcome: null,
    outcomeReason: mark('deal.outcomeReason'),
    isSample: false,
  },
  tasks: (['client', 'co-client', 'agent', 'tc', 'lender', 'title', 'attorney', 'other-agent'] as const).map(task),
  people,
  notes: [{ id: 'n1', dealId: 'd1', body: mark('note.body'), authorId: 'm-tc', writtenAt: '2026-06-02T10:00:00.000Z' }],
  anchors: [
    { id: 'a1', dealId: 'd1', name: 'closing', on, evidence: mark('anchor.closing.evidence') },
    { id: 'a2', dealId: 'd1', name: 'listing', on, evidence: mark('anchor.listing.evidence') },
  ],
  ...NOTHING_YET,
  milestones: [
    {
      id: 'ms1',
      dealId: 'd1',
      deadlineId: mark('milestone.deadlineId'),
      state: 'open',
      stateOn: null,
      days: 17,
      on: null,
      reason: mark('milestone.reason'),
      documentId: mark('milestone.documentId'),
    },
  ],
  lines: [
    {
      id: mark('line.id'),
      dealId: 'd1',
      templateDocumentId: mark('line.templateDocumentId'),
      title: mark('line.title'),
      clientTitle: mark('line.clientTitle'),
      stage: 'disclosures',
      ownerRole: 'client',
      class: 'disclosure',
      condition: mark('line.condition'),
      isRequired: true,
      isLegal: true,
      position: 1,
      state: 'rejected',
      reason: mark('line.reason'),
    },
  ],
  versions: [
    {
      id: mark('version.id'),
      dealId: 'd1',
      lineId: mark('line.id'),
      number: 1,
      suffix: null,
      sha256: mark('version.sha256'),
      bytes: 10,
      extension: 'pdf',
      originalName: mark('version.originalName'),
      documentOn: on,
      receivedAt: '2026-06-02T10:00:00.000Z',
      sentBy: mark('version.sentBy'),
      isHeld: false,
      verdict: 'rejected',
      verdictReason: mark('version.verdictReason'),
      verdictOn: on,
    },
  ],
};

export const deadline = (name: string, group: 'financing' | 'other', side: 'buyer' | 'seller', isShared = false) =>
  ({ id: `dl-${name}`, title: mark(`deadline.${name}`), on, state: 'open', group, side, isShared, why: '' }) as const;

export const input: ViewInput = {
  deal,
  beside: {
    deadlines: [
      deadline('loan', 'financing', 'buyer'),
      deadline('inspection', 'other', 'buyer', true),
      deadline('seller-move', 'other', 'seller'),
    ],
    documents,
    commissions: [
      { id: 'c1', agentId: 'p-agent', amountCents: 1, split: mark('commission.p-agent') },
      { id: 'c2', agentId: 'm-agent', amountCents: 2, split: mark('commission.m-agent') },
    ],
    audit: ['m-tc', ...ROLES.map((role) => `p-${role}`)].map((byId) => ({
      id: `au-${byId}`,
      byId,
      at: '2026-06-02T10:00:00.000Z',
      what: mark(`audit.${byId}`),
    })),
    requests: [
      {
        id: 'r1',
        kind: 'repairs',
        title: mark('request.sent'),
        state: 'open',
        side: 'buyer',
        requestedBy: 'p-client',
        sentToOtherSide: true,
        notifiedRoles: ['lender'],
        ...{ askedOf: ['lender', 'other-side'], isAgreedByUs: false, termTypes: ['repair'] },
        terms: mark('request.sent.terms'),
      },
      {
        id: 'r2',
        kind: 'price',
        title: mark('request.kept'),
        state: 'open',
        side: 'buyer',
        requestedBy: 'p-client',
        sentToOtherSide: false,
        notifiedRoles: [],
        ...{ askedOf: ['other-side'], isAgreedByUs: false, termTypes: ['price'] },
        terms: mark('request.kept.terms'),
      },
    ],
  },
  context: {
    teamIds: ['m-tc', 'm-agent'],
    consents: [],
    isContractExecuted: true,
    takesNpi: false,
    downloadsOffFor: [],
  },
};

export const party = (role: PartyRole): PartyActor => partyActor({ id: `p-${role}`, role }, deal.row);
export const tc: Actor = { kind: 'member', memberId: 'm-tc', role: 'tc' };
export const admin: Actor = { kind: 'member', memberId: 'm-admin', role: 'admin' };
export const agent: Actor = { kind: 'member', memberId: 'm-agent', role: 'agent' };
export const everybody: readonly Actor[] = [...ROLES.map(party), tc, admin, agent];

export function marksIn(value: unknown, found: Set<string> = new Set()): Set<string> {
  if (typeof value === 'string') for (const hit of value.matchAll(/<<(.+?)>>/g)) found.add(hit[1] ?? '');
  else if (value !== null && typeof value === 'object') for (const part of Object.values(value)) marksIn(part, found);
  return found;
}
