import type { Deal, LineRow, PartyRole } from '../../../core/deals/model.ts';
import { nothingSaid } from '../../../core/documents/document-facts.ts';
import { mark } from '../../../core/permissions/testing.ts';

/** What people did through the portal, each text with a mark of its place; `by` is a member of the team. Of the deal d1. */

const AT = '2026-06-03T10:00:00.000Z';
const dealId = 'd1';

type Rows = Pick<Deal, 'papers' | 'changes' | 'messages' | 'readings' | 'proposals' | 'forms' | 'leads' | 'consents'>;

export function portalRows(by: string): Rows {
  return {
    papers: [
      {
        ...nothingSaid('ver-correspondence', dealId),
        ...{ sentById: 'p-client', sentWithRequestId: mark('paper.sentWithRequestId') },
      },
    ],
    changes: [
      change('ch-sent', by, { isSent: true }),
      change('ch-kept', by, { isSent: false }),
      { ...change('ch-repair', by, { isSent: true }), approvals: OURS },
      { ...change('ch-unsent', by, { isSent: false }), approvals: OURS },
      joining('ch-join', by, { approvals: OURS }),
      joining('ch-draft', by, { approvals: OURS.slice(0, 1) }),
      joining('ch-over', by, { approvals: OURS, state: 'withdrawn' }),
    ],
    messages: (['client', 'co-client', 'lender'] as const).flatMap((role) => [
      message(role, 1, `p-${role}`),
      message(role, 2, by),
    ]),
    readings: [
      reading('ver-disclosure', 'client'),
      reading('ver-internal', 'client'),
      reading('ver-contract', 'lender'),
    ],
    proposals: (['client', 'agent'] as const).map((role) => ({
      ...{ id: `prop-${role}`, dealId, proposedBy: `p-${role}`, role: 'attorney' as const, state: 'declined' as const },
      ...{ name: mark(`proposal.${role}.name`), company: mark(`proposal.${role}.company`) },
      ...{ email: mark(`proposal.${role}.email`), phone: mark(`proposal.${role}.phone`) },
      ...{ words: mark(`proposal.${role}.words`), reason: mark(`proposal.${role}.reason`) },
      ...{ proposedAt: AT, decidedBy: mark(`proposal.${role}.decidedBy`), decidedAt: AT, personId: null },
    })),
    forms: (['client', 'lender'] as const).map((role) => ({
      ...{
        id: `form-${role}`,
        dealId,
        personId: `p-${role}`,
        title: mark(`form.${role}.title`),
        state: 'returned' as const,
      },
      ...{
        questionIds: ['clientName'],
        answers: { clientName: mark(`form.${role}.answer`), rent: mark(`form.${role}.old`) },
      },
      ...{
        askedBy: mark(`form.${role}.askedBy`),
        askedAt: AT,
        sentAt: AT,
        decidedAt: AT,
        reason: mark(`form.${role}.reason`),
      },
    })),
    leads: [
      {
        ...{ id: 'd1.lead', dealId, intakeId: mark('lead.intakeId'), arrivedAt: AT, words: mark('lead.words') },
        ...{ state: 'accepted', decidedBy: mark('lead.decidedBy'), decidedAt: AT, reason: mark('lead.reason') },
        intoDealId: mark('lead.intoDealId'),
      },
    ],
    consents: [
      {
        ...{ id: 'consent-1', dealId, byPersonId: 'p-client', toId: 'p-agent', covers: 'settlement', givenAt: AT },
        withdrawnAt: null,
      },
    ],
  };
}

/** Papers that the present stage still lacks: one of the lender's, which is named to nobody, and one that clients send. */
export function wantedLines(): readonly LineRow[] {
  const line = (name: string, more: Pick<LineRow, 'class' | 'ownerRole'>): LineRow => ({
    ...{ id: `line-${name}`, dealId, templateDocumentId: mark(`${name}.template`), title: mark(`${name}.title`) },
    ...{ clientTitle: mark(`${name}.clientTitle`), stage: 'milestones', condition: mark(`${name}.condition`) },
    ...{ isRequired: true, isLegal: false, position: 90, state: 'requested', reason: mark(`${name}.reason`), ...more },
  });
  return [
    line('need-npi', { class: 'npi-financial', ownerRole: 'client' }),
    line('need-insurance', { class: 'insurance', ownerRole: 'client' }),
  ];
}

function change(id: string, by: string, { isSent }: { readonly isSent: boolean }): Deal['changes'][number] {
  return {
    ...{ id, dealId, kind: 'repairs', state: 'open', requestedBy: 'p-client', side: 'buyer', openedAt: AT },
    terms: [
      {
        ...{ type: 'repair', taskId: mark(`${id}.taskId`), title: mark(`${id}.term`) },
        ...{ clientTitle: mark(`${id}.clientTitle`), by: 'other-principal' },
      },
    ],
    // The lender is asked about the one that may cost, and knows of no other.
    facts: { isFinanced: true, hasCostOrCredit: isSent, hasDeposit: null, wasSigned: null },
    ...{ reason: mark(`${id}.reason`), expiresAt: null, periodEndsAt: null, approvals: [], callBack: null },
    ...{ executedBy: mark(`${id}.executedBy`), log: [{ at: AT, byId: by, what: mark(`${id}.log`) }] },
    sentToOtherSideAt: isSent ? AT : null,
  };
}

/** Everybody of our side who must agree. */
const OURS: Deal['changes'][number]['approvals'] = [
  { approver: 'own-principal', byId: 'p-client', at: AT },
  { approver: 'own-principal', byId: 'p-co-client', at: AT },
  { approver: 'own-agent', byId: 'p-agent', at: AT },
];

/** Somebody would join: lender and title are asked. */
function joining(id: string, by: string, more: Partial<Deal['changes'][number]>): Deal['changes'][number] {
  return {
    ...{ ...change(id, by, { isSent: false }), kind: 'add-party' },
    terms: [{ type: 'add-party', personId: mark(`${id}.personId`), name: mark(`${id}.name`), role: 'co-client' }],
    ...more,
  };
}

function message(role: PartyRole, n: number, authorId: string): Deal['messages'][number] {
  return {
    ...{ id: `msg-${role}-${n}`, dealId, personId: `p-${role}`, authorId, body: mark(`message.${role}.${n}`) },
    // Nobody but the team sees that task.
    ...{ aboutType: 'task', aboutId: 't-tc', writtenAt: AT, isSettled: false },
  };
}

function reading(versionId: string, role: PartyRole): Deal['readings'][number] {
  return {
    ...{ id: `${versionId}.read.p-${role}`, dealId, lineId: versionId.replace('ver-', 'line-'), versionId },
    ...{ sha256: mark('reading.sha256'), personId: `p-${role}`, askedAt: AT, askedBy: mark('reading.askedBy') },
    acknowledgedAt: null,
  };
}
