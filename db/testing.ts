import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Change } from '../core/commands/types.ts';
import { addDays, type PlainDate, plainDate } from '../core/deadlines/plain-date.ts';
import {
  type Deal,
  type DealRow,
  type LineRow,
  NOTHING_YET,
  type PersonRow,
  SIDES,
  STAGES,
  type TaskRow,
  type VersionRow,
} from '../core/deals/model.ts';
import { summarise as summariseDeal } from '../core/deals/summarise.ts';
import type { SummaryRow } from '../core/deals/summary.ts';
import { type Db, type DbLog, inWrite } from './handles.ts';
import { openDatabase } from './open.ts';
import { applyChanges } from './write/apply-changes.ts';

/** Shared by the tests of this folder, the kill test and the benches. Every deal is the same for the same number. */

export const TODAY = plainDate('2026-06-02');
export const AT = '2026-06-02T16:12:00.000Z';
export const SILENT: DbLog = { info: () => {}, warn: () => {} };

/** A folder of its own for one test, and the way to be rid of it. */
export function tempFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-db-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Opens or throws: for tests that are not about opening. */
export function mustOpen(folder: string, now: () => string = () => AT): Db {
  const opened = openDatabase({ folder, now, log: SILENT });
  if (!opened.ok) throw new Error(`${opened.error.type}: ${opened.error.detail}`);
  return opened.value;
}

/** Days by hand only, as these deals have no others. */
export function summarise(deal: Deal): SummaryRow {
  return summariseDeal(deal, (task) => task.dueOn);
}

/** The command that creates a deal as `makeDeal` makes it. */
export function putDeal(db: Db, deal: Deal, commandId: string = `create-${deal.row.id}`): void {
  inWrite(db, (write) =>
    applyChanges(write, {
      command: {
        id: commandId,
        dealId: deal.row.id,
        name: 'createDeal',
        args: { street: deal.row.street },
        actorId: 'm-noor',
        at: AT,
        label: `Opened ${deal.row.street}`,
      },
      changes: insertsOf(deal),
      summary: summarise(deal),
    }),
  );
}

export function insertsOf(deal: Deal): readonly Change[] {
  return [
    { op: 'insert', table: 'deal', row: deal.row },
    ...deal.tasks.map((row): Change => ({ op: 'insert', table: 'task', row })),
    ...deal.people.map((row): Change => ({ op: 'insert', table: 'person', row })),
    ...deal.notes.map((row): Change => ({ op: 'insert', table: 'note', row })),
    ...deal.anchors.map((row): Change => ({ op: 'insert', table: 'anchor', row })),
    ...deal.milestones.map((row): Change => ({ op: 'insert', table: 'milestone', row })),
    ...deal.lines.map((row): Change => ({ op: 'insert', table: 'line', row })),
    ...deal.versions.map((row): Change => ({ op: 'insert', table: 'version', row })),
    ...deal.papers.map((row): Change => ({ op: 'insert', table: 'paper', row })),
    ...deal.changes.map((row): Change => ({ op: 'insert', table: 'change', row })),
    ...deal.messages.map((row): Change => ({ op: 'insert', table: 'message', row })),
    ...deal.readings.map((row): Change => ({ op: 'insert', table: 'reading', row })),
    ...deal.proposals.map((row): Change => ({ op: 'insert', table: 'proposal', row })),
    ...deal.forms.map((row): Change => ({ op: 'insert', table: 'form', row })),
    ...deal.leads.map((row): Change => ({ op: 'insert', table: 'lead', row })),
    ...deal.consents.map((row): Change => ({ op: 'insert', table: 'consent', row })),
  ];
}

/** A believable deal with `taskCount` tasks, of which some are done and some have no day. */
export function makeDeal(n: number, taskCount: number = 6): Deal {
  const random = randomOf(n + 1);
  const id = `deal-${String(n).padStart(6, '0')}`;
  const row = rowOf(n, id, random);
  const tasks = Array.from({ length: taskCount }, (_, position) => taskOf({ id, position, taskCount }, random));
  const closing = addDays(TODAY, Math.floor(random() * 90) - 20);
  return {
    row,
    tasks,
    people: [personOf(id, 0, random), personOf(id, 1, random)],
    notes: [{ id: `${id}-n0`, dealId: id, body: 'Gate code is with the agent.', authorId: 'm-noor', writtenAt: AT }],
    anchors: [{ id: `${id}-a0`, dealId: id, name: 'closing', on: closing, evidence: 'signed contract' }],
    ...NOTHING_YET,
    milestones: [
      {
        id: `${id}-m0`,
        dealId: id,
        deadlineId: 'loan-contingency',
        state: 'open',
        stateOn: null,
        days: 17,
        on: null,
        reason: 'box 3L',
        documentId: null,
      },
    ],
    lines: [lineOf(id)],
    versions: [versionOf(id)],
  };
}

function lineOf(dealId: string): LineRow {
  return {
    id: `${dealId}-l0`,
    dealId,
    templateDocumentId: 'doc-contract',
    title: 'Fully executed contract',
    clientTitle: 'The signed contract',
    stage: 'intake',
    ownerRole: 'agent',
    class: 'contract',
    condition: '',
    isRequired: true,
    isLegal: false,
    position: 1,
    state: 'needs-review',
    reason: '',
  };
}

function versionOf(dealId: string): VersionRow {
  return {
    id: `${dealId}-v0`,
    dealId,
    lineId: `${dealId}-l0`,
    number: 1,
    suffix: 'FE',
    sha256: dealId.padEnd(64, '0').replaceAll(/[^0-9a-f]/g, 'a'),
    bytes: 1_200,
    extension: 'pdf',
    originalName: 'Document(3).pdf',
    documentOn: TODAY,
    receivedAt: AT,
    sentBy: 'Kwame Boateng',
    isHeld: false,
    verdict: null,
    verdictReason: '',
    verdictOn: null,
  };
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(list: readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('pick from nothing');
  return found;
}

const STREETS = [
  'Marlowe Ave',
  'Cañada Rd',
  'Oak Hollow Ln',
  '4th St',
  'Birch Ct',
  'Old Mill Rd',
  'Élan Way',
  'Quarry Ter',
];
const CITIES = ['Palo Verde', 'San Ramón', 'Ashford', 'Lindale'];
const STATES = ['CA', 'TX', 'FL', 'NY'];
const FIRST = ['Mei-Lin', 'Raman', 'Zoë', 'Tomás', 'Grace', 'Oluwaseun'];
const LAST = ['Forrester', 'Achterberg', 'Núñez', 'Okafor', 'Lindqvist', 'Haddad'];
const TITLES = ['Order HOA documents', 'Send earnest money receipt', 'Book the inspection', 'Check the title report'];

function rowOf(n: number, id: string, random: () => number): DealRow {
  const isOver = random() < 0.2;
  const side = pick(SIDES, random);
  return {
    id,
    street: `${100 + ((n * 37) % 9000)} ${pick(STREETS, random)}`,
    unit: random() < 0.2 ? `Unit ${n % 20}` : '',
    city: pick(CITIES, random),
    state: pick(STATES, random),
    zip: String(90_000 + (n % 400)),
    side,
    scenario: side === 'buyer' ? 'buy' : side === 'seller' ? 'sell' : 'rent',
    packId: 'ca-car-rpa',
    packRevision: '2026-01',
    templateId: 'contract-to-close',
    templateVersion: 1,
    stage: pick(STAGES, random),
    stageSince: AT,
    ownerId: pick(['m-noor', 'm-theo', 'm-ana'], random),
    priceCents: random() < 0.1 ? null : 40_000_000 + n * 1_000,
    facts: { hasHoa: random() < 0.5, yearBuilt: 1950 + (n % 70), septic: null },
    openedAt: AT,
    closedOn: isOver ? TODAY : null,
    outcome: isOver ? 'closed' : null,
    outcomeReason: '',
    isSample: false,
  };
}

function taskOf(
  { id, position, taskCount }: { readonly id: string; readonly position: number; readonly taskCount: number },
  random: () => number,
): TaskRow {
  const doneOn: PlainDate | null = random() < 0.4 ? TODAY : null;
  return {
    id: `${id}-t${position}`,
    dealId: id,
    stage: pick(STAGES, random),
    title: `${pick(TITLES, random)} ${position + 1}`,
    short: '',
    clientTitle: '',
    assigneeRole: pick(['tc', 'agent', 'client', 'lender'], random),
    assigneeId: null,
    dueOn: random() < 0.5 ? addDays(TODAY, Math.floor(random() * 80) - 10) : null,
    dueRule: random() < 0.3 ? { from: 'closing', offset: -3, dayKind: 'business' } : null,
    isRequired: random() < 0.5,
    dependsOn: position > 0 && position < taskCount - 1 && random() < 0.2 ? [`${id}-t${position - 1}`] : [],
    position,
    templateTaskId: null,
    doneOn,
    doneBy: doneOn === null ? null : 'm-noor',
    waivedOn: null,
    waiverReason: '',
  };
}

function personOf(id: string, position: number, random: () => number): PersonRow {
  const name = `${pick(FIRST, random)} ${pick(LAST, random)}`;
  return {
    id: `${id}-p${position}`,
    dealId: id,
    name,
    role: position === 0 ? 'client' : 'lender',
    company: position === 0 ? '' : 'Harbor Lending',
    email: `${name.toLowerCase().replace(/[^a-z]/g, '')}@mail.example`,
    phone: '',
    position,
  };
}
