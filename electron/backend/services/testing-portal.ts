import type { TermNames } from '../../../core/changes/words.ts';
import { type Bench, openDeal, run, TC, WORKSPACE } from '../../../core/commands/testing.ts';
import type { Deal, PartyRole } from '../../../core/deals/model.ts';
import { type Actor, partyActor } from '../../../core/permissions/actor.ts';
import type { ChangesOf } from './change-views.ts';

/** The small deal of core/commands/testing.ts with people who act on it, for tests of what the window shows. */

export const at = (hour: number, minute = 0) =>
  `2026-06-02T${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00.000Z`;

export function dealOf(bench: Bench): Deal {
  if (bench.deal === null) throw new Error('there is no deal');
  return bench.deal;
}

/** Runs a step and throws its refusal; gives back the changes it made. */
export function step(bench: Bench, name: string, args: unknown, actor: Actor = TC) {
  const refused = run(bench, { id: `c${bench.journal.length}`, name, args }, actor);
  if (refused !== null) throw new Error(`${name}: ${refused.message}`);
  return bench.journal.at(-1)?.changes ?? [];
}

/** A person of the deal, as they come through their link. */
export function by(bench: Bench, personId: string): Actor {
  const deal = dealOf(bench);
  const person = deal.people.find(({ id }) => id === personId);
  if (person === undefined) throw new Error(`nobody is called ${personId}`);
  return partyActor(person, deal.row);
}

/** The deal with a closing day, a co-buyer, the other side, and a line for an extension. */
export function portalDeal(): Bench {
  const bench = openDeal();
  const add = (personId: string, name: string, role: PartyRole, phone = '') =>
    step(bench, 'addPerson', { personId, name, role, company: '', email: '', phone });
  add('p-daniel', 'Daniel Achterberg', 'co-client');
  add('p-gloria', 'Gloria Estévez', 'other-principal');
  add('p-aiko', 'Aiko Bergström', 'lender', '(916) 555-0199');
  step(bench, 'setAnchor', { name: 'closing', on: '2026-07-02', evidence: 'RPA', expected: null });
  return bench;
}

export const names = (bench: Bench): TermNames => ({
  anchor: (name) => (name === 'closing' ? 'Close of escrow' : ''),
  deadline: (id) => (id === 'loan' ? 'Loan contingency' : ''),
  person: (id) => dealOf(bench).people.find((person) => person.id === id)?.name ?? '',
  line: (id) => dealOf(bench).lines.find((line) => line.id === id)?.title ?? '',
});

export const viewed = (bench: Bench, actor: Actor = TC, now = at(22)): ChangesOf => ({
  deal: dealOf(bench),
  members: WORKSPACE.members,
  team: WORKSPACE.members,
  actor,
  names: names(bench),
  now,
});

const NOBODY_SAID = { isFinanced: true, hasCostOrCredit: null, hasDeposit: null, wasSigned: null };

export const later = (changeId: string, hour = 17, to = '2026-07-10') => ({
  ...{ changeId, kind: 'closing-date', reason: 'The loan needs a week more.', facts: NOBODY_SAID },
  terms: [{ type: 'anchor', name: 'closing', from: '2026-07-02', to }],
  ...{ at: at(hour), expiresAt: null, periodEndsAt: null },
});

export const newPhone = (changeId: string, hour = 17) => ({
  ...{ changeId, kind: 'contact-info', reason: '', facts: NOBODY_SAID },
  terms: [{ type: 'contact', personId: 'p-aiko', field: 'phone', to: '(916) 555-0000' }],
  ...{ at: at(hour), expiresAt: null, periodEndsAt: null },
});

/** An extension that is filed with the deal, on a line of its own. */
export const extension = (versionId: string, hour: number, suffix: string | null = 'FE') => ({
  ...{ versionId, lineId: `l-${versionId}`, sha256: 'b'.repeat(64), bytes: 1200, extension: 'pdf' },
  newLine: {
    ...{ lineId: `l-${versionId}`, title: 'Extension of time', clientTitle: '', stage: 'changes' },
    ...{ ownerRole: 'agent', class: 'contract', isRequired: false },
  },
  ...{ originalName: 'ext.pdf', suffix, documentOn: '2026-06-02', receivedAt: at(hour), sentBy: '', isHeld: false },
  toReview: true,
});
