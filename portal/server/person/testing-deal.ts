import { plainDate } from '../../../core/deadlines/plain-date.ts';
import {
  type Deal,
  type LineRow,
  NOTHING_YET,
  type PartyRole,
  type PersonRow,
  type TaskRow,
  type VersionRow,
} from '../../../core/deals/model.ts';

/** A purchase in California, two weeks before closing: for tests and for pictures of the page. */

export const DEAL_ID = 'deal-marlowe';
const dealId = DEAL_ID;

type Named = readonly [id: string, name: string, role: PartyRole, phone: string, company: string];

const PEOPLE: readonly Named[] = [
  ['p-priya', 'Priya Raman', 'client', '(916) 555-0133', ''],
  ['p-daniel', 'Daniel Okafor', 'co-client', '(916) 555-0134', ''],
  ['p-noor', 'Noor Haddad', 'tc', '(916) 555-0117', 'Fennimore Realty'],
  ['p-marisol', 'Marisol Quintero', 'agent', '(916) 555-0142', 'Fennimore Realty'],
  ['p-aiko', 'Aiko Bergström', 'lender', '(916) 555-0188', 'Wrenfield Mortgage'],
  ['p-tomas', 'Tomas Lindqvist', 'title', '(916) 555-0161', 'Alder Title'],
  ['p-ruth', 'Ruth Adeyemi', 'attorney', '(916) 555-0170', ''],
  ['p-hal', 'Hal Bakker', 'other-agent', '(916) 555-0199', 'Northgate Homes'],
  ['p-seller', 'Wen Zhao', 'other-principal', '(916) 555-0200', ''],
];

const people: readonly PersonRow[] = PEOPLE.map(([id, name, role, phone, company], position) => ({
  ...{ id, dealId, name, role, company, phone, position },
  email: `${id.slice(2)}@mail.example`,
}));

const task = (id: string, title: string, more: Partial<TaskRow>): TaskRow => ({
  ...{ id, dealId, stage: 'milestones', title, short: '', clientTitle: '', assigneeRole: 'tc', assigneeId: null },
  ...{ dueOn: null, dueRule: null, isRequired: true, dependsOn: [], position: 1, templateTaskId: null },
  ...{ doneOn: null, doneBy: null, waivedOn: null, waiverReason: '' },
  ...more,
});

const tasks: readonly TaskRow[] = [
  task('t-disclosures', 'Disclosures read', {
    ...{ clientTitle: 'Read the disclosures and confirm that you did', assigneeRole: 'client' },
    ...{ doneOn: plainDate('2026-06-05'), position: 1 },
  }),
  task('t-binder', 'Binder to lender', {
    ...{ clientTitle: 'Choose your home insurance and send us the binder', assigneeRole: 'client' },
    ...{ dueOn: plainDate('2026-06-24'), position: 2 },
  }),
  task('t-inspection', 'Repair request decided', {
    ...{ clientTitle: 'Decide with your agent which repairs to ask for', assigneeRole: 'client' },
    ...{ dueOn: plainDate('2026-06-22'), position: 3 },
  }),
  task('t-appraisal', 'Appraisal in', {
    ...{ clientTitle: 'The lender has the home appraised', assigneeRole: 'lender' },
    ...{ dueOn: plainDate('2026-06-19'), position: 4 },
  }),
  task('t-title', 'Prelim reviewed', {
    ...{ clientTitle: 'The title company checks who owns the home and what is owed on it', assigneeRole: 'title' },
    ...{ dueOn: plainDate('2026-06-18'), position: 5 },
  }),
  task('t-cda', 'Commission demand to escrow', { position: 6 }),
  task('t-close', 'Closed and recorded', {
    ...{ stage: 'closing', clientTitle: 'The sale is paid for and recorded', assigneeRole: 'title', position: 9 },
    dependsOn: ['t-binder', 't-inspection', 't-appraisal', 't-title', 't-cda'],
  }),
];

const line = (id: string, title: string, more: Partial<LineRow>): LineRow => ({
  ...{ id, dealId, templateDocumentId: null, title, clientTitle: title, stage: 'disclosures', ownerRole: 'tc' },
  ...{ class: 'contract', condition: '', isRequired: true, isLegal: false, position: 1, state: 'approved', reason: '' },
  ...more,
});

const version = (lineId: string, more: Partial<VersionRow> = {}): VersionRow => ({
  ...{ id: `v-${lineId.slice(2)}`, dealId, lineId, number: 1, suffix: null, bytes: 12_000, extension: 'pdf' },
  ...{
    sha256: lineId
      .slice(2)
      .padEnd(64, '0')
      .replaceAll(/[^0-9a-f]/g, 'a'),
    originalName: 'scan 4.pdf',
  },
  ...{ documentOn: plainDate('2026-06-02'), receivedAt: '2026-06-03T17:00:00.000Z', sentBy: '', isHeld: false },
  ...{ verdict: 'approved', verdictReason: '', verdictOn: plainDate('2026-06-04') },
  ...more,
});

const lines: readonly LineRow[] = [
  line('l-contract', 'Purchase contract', { clientTitle: 'The signed contract', position: 1 }),
  line('l-disclosures', 'Seller disclosure packet', {
    ...{ clientTitle: 'The seller’s disclosures', class: 'disclosure', position: 2 },
  }),
  line('l-prelim', 'Preliminary title report', {
    ...{ clientTitle: 'The title report', class: 'title', state: 'needs-review', position: 3 },
  }),
  line('l-binder', 'Insurance binder', {
    ...{ clientTitle: 'Your home insurance binder', class: 'insurance', ownerRole: 'client' },
    ...{ state: 'requested', position: 4 },
  }),
  line('l-strategy', 'Offer strategy memo', { clientTitle: '', class: 'internal', position: 5 }),
  line('l-cd', 'Closing disclosure', {
    clientTitle: 'Your closing disclosure',
    class: 'closing-disclosure',
    position: 6,
  }),
];

export const deal: Deal = {
  row: {
    ...{ id: dealId, street: '1847 Marlowe Ave', unit: '', city: 'Sacramento', state: 'CA', zip: '95816' },
    ...{ side: 'buyer', scenario: 'buy', packId: 'ca-car-rpa', packRevision: '12/22' },
    ...{ templateId: 'contract-to-close/buy/buyer/CA', templateVersion: 1, stage: 'milestones' },
    ...{ stageSince: '2026-06-05T16:00:00.000Z', ownerId: 'm-noor', priceCents: 73_100_000, facts: {} },
    ...{ openedAt: '2026-06-02T16:00:00.000Z', closedOn: null, outcome: null, outcomeReason: '', isSample: false },
  },
  tasks,
  people,
  notes: [{ id: 'n1', dealId, body: 'Would go to 740', authorId: 'm-noor', writtenAt: '2026-06-02T17:00:00.000Z' }],
  anchors: [
    { id: 'a1', dealId, name: 'acceptance', on: plainDate('2026-06-02'), evidence: 'e-mail of 4:12 PM' },
    { id: 'a2', dealId, name: 'closing', on: plainDate('2026-07-02'), evidence: 'paragraph 3' },
  ],
  ...NOTHING_YET,
  milestones: [],
  lines,
  versions: [
    version('l-contract', { suffix: 'FE' }),
    version('l-disclosures'),
    version('l-prelim', { verdict: null, verdictOn: null }),
    version('l-strategy'),
    version('l-cd'),
  ],
};
