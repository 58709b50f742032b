import { plainDate } from '../deadlines/plain-date.ts';
import { type AnchorRow, type Deal, type DealRow, NOTHING_YET, type PersonRow, type TaskRow } from '../deals/model.ts';

/** Rows for the tests of this folder and its neighbours: a whole deal from the few columns a test is about. */
export function dealWith(parts: {
  row?: Partial<DealRow>;
  tasks?: readonly TaskRow[];
  people?: readonly PersonRow[];
  anchors?: readonly AnchorRow[];
}): Deal {
  return {
    row: { ...DEAL_ROW, ...parts.row },
    tasks: parts.tasks ?? [],
    people: parts.people ?? [],
    notes: [],
    anchors: parts.anchors ?? [],
    ...NOTHING_YET,
    milestones: [],
    lines: [],
    versions: [],
  };
}

export function taskWith(id: string, parts: Partial<TaskRow> = {}): TaskRow {
  return {
    id,
    dealId: DEAL_ROW.id,
    stage: 'milestones',
    title: `Do ${id}`,
    short: '',
    clientTitle: '',
    assigneeRole: 'tc',
    assigneeId: null,
    dueOn: null,
    dueRule: null,
    isRequired: true,
    dependsOn: [],
    position: 1,
    templateTaskId: id,
    doneOn: null,
    doneBy: null,
    waivedOn: null,
    waiverReason: '',
    ...parts,
  };
}

export function personWith(role: PersonRow['role'], parts: Partial<PersonRow> = {}): PersonRow {
  const name = parts.name ?? 'Priya Raman';
  return { id: `p-${role}`, dealId: DEAL_ROW.id, name, role, company: '', email: '', phone: '', position: 1, ...parts };
}

export function anchorWith(name: string, on: string): AnchorRow {
  return { id: `a-${name}`, dealId: DEAL_ROW.id, name, on: plainDate(on), evidence: 'signed copy' };
}

const DEAL_ROW: DealRow = {
  id: 'deal-1',
  street: '1847 Marlowe Ave',
  unit: '',
  city: 'Sacramento',
  state: 'CA',
  zip: '95816',
  side: 'buyer',
  scenario: 'buy',
  packId: 'ca-car-rpa',
  packRevision: '12/22',
  templateId: 'contract-to-close/buy/buyer/CA',
  templateVersion: 1,
  stage: 'milestones',
  stageSince: '2026-06-02T16:12:00.000Z',
  ownerId: 'noor',
  priceCents: null,
  facts: {},
  openedAt: '2026-06-01T16:00:00.000Z',
  closedOn: null,
  outcome: null,
  outcomeReason: '',
  isSample: false,
};
