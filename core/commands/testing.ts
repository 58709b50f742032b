import type { PackNames } from '../checklists/instantiate.ts';
import type { Template } from '../checklists/template-schema.ts';
import type { Deal } from '../deals/model.ts';
import type { Actor } from '../permissions/actor.ts';
import { idOf as actorOf } from '../permissions/conditions.ts';
import { applyToDeal } from './apply.ts';
import { idOf } from './changes.ts';
import { decideCommand } from './registry.ts';
import type { Command, JournalEntry, Refusal, Scope, Workspace } from './types.ts';

/** A small deal with a memory, for tests: what the database is to the backend, in a few lines. */
export interface Bench {
  deal: Deal | null;
  journal: JournalEntry[];
}

export const NOOR = 'm-noor';
export const TC: Actor = { kind: 'member', memberId: NOOR, role: 'tc' };
export const AT = '2026-06-02T16:12:00.000Z';

const task = (id: string, stage: 'intake' | 'disclosures' | 'closing', dependsOn: readonly string[] = []) => ({
  id,
  title: `Do ${id}`,
  short: '',
  clientTitle: '',
  stage,
  assigneeRole: 'tc' as const,
  due: [{ from: 'contract', offset: 3, dayKind: 'calendar' as const }],
  dependsOn: [...dependsOn],
  required: true,
  moneyWarning: false,
  closes: stage === 'closing',
  source: '[design]',
});

const paper = (id: string, documentClass: 'contract' | 'disclosure' | 'npi-financial', legal = false) => ({
  id,
  title: `The ${id}`,
  clientTitle: '',
  stage: 'disclosures' as const,
  ownerRole: 'agent' as const,
  class: documentClass,
  required: true,
  legal,
  source: '[design]',
});

const TEMPLATE: Template = {
  id: 'contract-to-close/buy/buyer/CA',
  version: 1,
  title: 'Contract to close',
  workflow: 'contract-to-close',
  scenario: 'buy',
  side: 'buyer',
  state: 'CA',
  startAnchor: 'contract',
  locked: true,
  parts: [],
  facts: [],
  tasks: [
    task('check-form', 'intake'),
    task('send-dates', 'intake', ['check-form']),
    task('disclosures', 'disclosures'),
  ],
  documents: [
    paper('doc-contract', 'contract'),
    paper('doc-tds', 'disclosure', true),
    paper('doc-pay', 'npi-financial'),
  ],
};

/** A buyer before the offer. */
const BUYER_TEMPLATE: Template = {
  ...TEMPLATE,
  id: 'buyer-intake/buy/buyer/CA',
  workflow: 'buyer-intake',
  startAnchor: 'opened',
};

const PACK: PackNames = { contractAnchor: 'acceptance', names: new Set(['acceptance', 'closing', 'deposit']) };

export const WORKSPACE: Workspace = {
  members: [
    { id: NOOR, name: 'Noor Haddad', role: 'tc', email: 'noor@fennimore.example' },
    { id: 'm-theo', name: 'Theo Lindqvist', role: 'tc', email: 'theo@fennimore.example' },
  ],
  template: (id) => (id === TEMPLATE.id ? TEMPLATE : id === BUYER_TEMPLATE.id ? BUYER_TEMPLATE : null),
  packNames: (id) => (id === 'ca-car-rpa' ? PACK : null),
};

export function scopeOf(bench: Bench): Scope {
  return {
    dealId: 'd1',
    deal: bench.deal,
    workspace: WORKSPACE,
    journal: {
      byCommand: (id) => bench.journal.find((entry) => entry.commandId === id) ?? null,
      lastChangeOf: (table, id) =>
        bench.journal.findLast((entry) =>
          entry.changes.some((change) => change.table === table && idOf(change) === id),
        ) ?? null,
    },
  };
}

/** Runs a command and keeps what it did. Returns the refusal, or null. */
export function run(bench: Bench, command: Pick<Command, 'id' | 'name' | 'args'>, actor: Actor = TC): Refusal | null {
  const decided = decideCommand(scopeOf(bench), command, actor);
  if (!decided.ok) return decided.error;
  if (decided.value.changes.length === 0) return null;
  bench.deal = applyToDeal(bench.deal, decided.value.changes);
  const entry: JournalEntry = {
    commandId: command.id,
    dealId: 'd1',
    name: command.name,
    args: command.args,
    actorId: actorOf(actor) ?? 'system',
    at: AT,
    changes: decided.value.changes,
    undoneBy: null,
  };
  const undone = command.name === 'undo' ? (command.args as { commandId: string }).commandId : null;
  bench.journal = [
    ...bench.journal.map((old) => (old.commandId === undone ? { ...old, undoneBy: command.id } : old)),
    entry,
  ];
  return null;
}

export const CREATE = {
  street: '1847 Marlowe Ave',
  unit: '',
  city: 'Sacramento',
  state: 'CA',
  zip: '95816',
  side: 'buyer',
  scenario: 'buy',
  packId: 'ca-car-rpa',
  packRevision: '12/22',
  ownerId: NOOR,
  priceCents: 64_200_000,
  facts: {},
  anchors: [{ name: 'acceptance', on: '2026-06-02', evidence: 'signed copy sent to the agent' }],
  people: [
    {
      id: 'p-priya',
      name: 'Priya Raman',
      role: 'client',
      company: '',
      email: 'priya@example.com',
      phone: '(916) 555-0164',
    },
    {
      id: 'p-marisol',
      name: 'Marisol Quintero',
      role: 'agent',
      company: 'Fennimore',
      email: 'mq@example.com',
      phone: '',
    },
  ],
  at: AT,
};

export function openDeal(): Bench {
  const bench: Bench = { deal: null, journal: [] };
  const refused = run(bench, { id: 'c-create', name: 'createDeal', args: CREATE });
  if (refused !== null) throw new Error(refused.message);
  return bench;
}
