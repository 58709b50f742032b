import { WORKFLOWS, type Workflow } from '../checklists/template-schema.ts';
import type { Deal, PartyRole, PersonRow, Stage } from './model.ts';

/** Something a stage needs beside its tasks. `what` is an order to whoever owes it. */
export interface StageNeed {
  readonly id: string;
  readonly kind: 'field' | 'person' | 'anchor';
  readonly stage: Stage;
  readonly what: string;
  readonly ownerRole: PartyRole;
  /** Absent: in every workflow. */
  readonly workflows?: readonly Workflow[];
  /** Absent: always. */
  readonly applies?: (deal: Deal) => boolean;
  readonly isMet: (deal: Deal) => boolean;
}

/** The day a contract began, by the names that the forms' rule packs give it. */
const CONTRACT_ANCHORS: ReadonlySet<string> = new Set(['acceptance', 'effective-date', 'mec', 'received-by-both']);
const ON_A_PROPERTY: readonly Workflow[] = ['seller-onboarding', 'contract-to-close', 'rental-onboarding'];

/** product.md section A: what the first stages are for. A buyer before the offer has no address and no title company. */
const STAGE_NEEDS: readonly StageNeed[] = [
  {
    id: 'address',
    kind: 'field',
    stage: 'intake',
    what: 'Write down the street and the town',
    ownerRole: 'tc',
    workflows: ON_A_PROPERTY,
    isMet: ({ row }) => row.street.trim() !== '' && row.city.trim() !== '',
  },
  {
    id: 'state',
    kind: 'field',
    stage: 'intake',
    what: 'Say which state the property is in',
    ownerRole: 'tc',
    isMet: ({ row }) => /^[A-Za-z]{2}$/.test(row.state.trim()),
  },
  {
    id: 'form',
    kind: 'field',
    stage: 'intake',
    what: 'Choose the contract form and its revision',
    ownerRole: 'tc',
    workflows: ['contract-to-close'],
    isMet: ({ row }) => row.packId !== '' && row.packRevision !== '',
  },
  {
    id: 'owner',
    kind: 'field',
    stage: 'intake',
    what: 'Give the deal an owner on the team',
    ownerRole: 'admin',
    isMet: ({ row }) => row.ownerId !== '',
  },
  {
    id: 'client',
    kind: 'person',
    stage: 'parties',
    what: 'Name the client',
    ownerRole: 'tc',
    isMet: (deal) => named(deal, 'client').length > 0,
  },
  {
    id: 'client-reach',
    kind: 'person',
    stage: 'parties',
    what: 'Write down a phone number or an e-mail address of the client',
    ownerRole: 'tc',
    applies: (deal) => named(deal, 'client').length > 0,
    isMet: (deal) => named(deal, 'client').some((person) => person.email !== '' || person.phone !== ''),
  },
  {
    id: 'agent',
    kind: 'person',
    stage: 'parties',
    what: 'Name the agent on our side',
    ownerRole: 'tc',
    isMet: (deal) => named(deal, 'agent').length > 0,
  },
  {
    id: 'lender',
    kind: 'person',
    stage: 'parties',
    what: 'Name the lender',
    ownerRole: 'client',
    workflows: ['buyer-intake', 'contract-to-close'],
    applies: isFinancedPurchase,
    isMet: (deal) => named(deal, 'lender').length > 0,
  },
  {
    id: 'title',
    kind: 'person',
    stage: 'parties',
    what: 'Name the title or escrow company',
    ownerRole: 'agent',
    workflows: ['contract-to-close'],
    applies: (deal) => !isRental(deal),
    isMet: (deal) => named(deal, 'title').length > 0,
  },
  {
    id: 'other-agent',
    kind: 'person',
    stage: 'parties',
    what: 'Name the agent of the other side, or the other side itself',
    ownerRole: 'agent',
    workflows: ['contract-to-close'],
    isMet: (deal) => named(deal, 'other-agent').length > 0 || named(deal, 'other-principal').length > 0,
  },
  {
    id: 'contract-day',
    kind: 'anchor',
    stage: 'disclosures',
    what: 'Write down the day the contract began, and how you know',
    ownerRole: 'tc',
    workflows: ['contract-to-close'],
    isMet: (deal) => deal.anchors.some((anchor) => CONTRACT_ANCHORS.has(anchor.name)),
  },
  {
    id: 'closing-day',
    kind: 'anchor',
    stage: 'milestones',
    what: 'Write down the closing day',
    ownerRole: 'tc',
    workflows: ['contract-to-close'],
    applies: (deal) => !isRental(deal),
    isMet: (deal) => deal.anchors.some((anchor) => anchor.name === 'closing'),
  },
];

/** The needs of a stage in this deal's workflow. A deal of no known workflow has those that every workflow has. */
export function needsOf(deal: Deal, stage: Stage): readonly StageNeed[] {
  const name = deal.row.templateId.split('/')[0];
  const workflow = WORKFLOWS.find((known) => known === name);
  return STAGE_NEEDS.filter(
    (need) =>
      need.stage === stage &&
      (need.workflows === undefined || (workflow !== undefined && need.workflows.includes(workflow))) &&
      (need.applies?.(deal) ?? true),
  );
}

function named(deal: Deal, role: PartyRole): readonly PersonRow[] {
  return deal.people.filter((person) => person.role === role && person.name.trim() !== '');
}

function isRental({ row }: Deal): boolean {
  return row.scenario === 'rent' || row.side === 'tenant' || row.side === 'landlord';
}

/** Unknown never means no: a purchase is financed until somebody says that it is paid in cash. */
function isFinancedPurchase(deal: Deal): boolean {
  return deal.row.side === 'buyer' && !isRental(deal) && deal.row.facts.financing !== 'cash';
}
