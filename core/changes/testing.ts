import { plainDate } from '../deadlines/plain-date.ts';
import type { Deal, PartyRole, PersonRow } from '../deals/model.ts';
import { type Actor, partyActor } from '../permissions/actor.ts';
import type { Result } from '../result.ts';
import { type ChangeContext, requiredApprovals } from './approvals.ts';
import { type DraftArgs, draftChange } from './draft.ts';
import { type Evidenced, executeChange } from './execute.ts';
import type { ChangeRequest, ProposedTerm } from './request.ts';
import type { Approver, ChangeKind } from './rules.ts';
import { stepChange } from './step.ts';

export const at = (hour: number): string => `2026-06-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
export const day = plainDate('2026-07-20');

export const person = (id: string, role: PartyRole, name = id): PersonRow => ({
  id,
  dealId: 'd1',
  name,
  role,
  company: '',
  email: '',
  phone: '',
  position: 0,
});
export const people: readonly PersonRow[] = [
  person('buyer', 'client', 'Maria Ortiz'),
  person('spouse', 'co-client', 'Luis Ortiz'),
  person('seller', 'other-principal'),
  person('lender', 'lender'),
  person('title', 'title'),
  person('attorney', 'attorney'),
  person('their-agent', 'other-agent'),
];
export const row = { id: 'd1', side: 'buyer', state: 'CA', ownerId: 'm-tc' } as Deal['row'];
export const context: ChangeContext = { deal: { row, people }, teamIds: ['m-agent'], others: [] };

export const tc: Actor = { kind: 'member', memberId: 'm-tc', role: 'tc' };
export const admin: Actor = { kind: 'member', memberId: 'm-admin', role: 'admin' };
export const agent: Actor = { kind: 'member', memberId: 'm-agent', role: 'agent' };
export const stranger: Actor = { kind: 'member', memberId: 'm-x', role: 'tc' };
export const system: Actor = { kind: 'system' };
export const as = (id: string): Actor => {
  const found = people.find((each) => each.id === id);
  return partyActor({ id, role: found?.role ?? 'client' }, row);
};
export const everybody: readonly Actor[] = [
  tc,
  admin,
  agent,
  stranger,
  system,
  ...people.map(({ id }) => as(id)),
  as('ghost'),
];

export const TERMS: Readonly<Record<ChangeKind, ProposedTerm>> = {
  'closing-date': { type: 'anchor', name: 'closing', from: plainDate('2026-07-15'), to: day },
  'possession-date': { type: 'anchor', name: 'possession', from: null, to: day },
  price: { type: 'price', fromCents: 73_100_000, toCents: 72_500_000 },
  credit: { type: 'credit', fromCents: 0, toCents: 500_000 },
  'contingency-extension': { type: 'override', deadlineId: 'loan', from: null, to: day },
  'option-extension': { type: 'override', deadlineId: 'option', from: null, to: day },
  repairs: { type: 'repair', taskId: 't1', title: 'Fix the roof', clientTitle: '', by: 'other-agent' },
  'add-party': { type: 'add-party', personId: 'new', name: 'Ana Ortiz', role: 'co-client' },
  'remove-party': { type: 'remove-party', personId: 'spouse' },
  'power-of-attorney': { type: 'paper', what: 'power-of-attorney', personId: 'buyer' },
  entity: { type: 'paper', what: 'entity', personId: 'buyer' },
  'replace-document': { type: 'new-version', lineId: 'l1' },
  'form-correction': { type: 'new-version', lineId: 'l1' },
  cancellation: { type: 'cancel', reason: 'Loan denied' },
  'contact-info': { type: 'contact', personId: 'buyer', field: 'email', to: 'new@example.com' },
  'bank-info': { type: 'bank', personId: 'seller' },
};

export function args(kind: ChangeKind, more: Partial<DraftArgs> = {}): DraftArgs {
  return {
    id: `r-${kind}`,
    kind,
    terms: [TERMS[kind]],
    facts: { isFinanced: true, hasCostOrCredit: null, hasDeposit: null, wasSigned: null },
    reason: '',
    at: at(1),
    expiresAt: null,
    periodEndsAt: kind.endsWith('-extension') ? at(12) : null,
    ...more,
  };
}
export function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
export const typeOf = (result: Result<unknown, { type: string }>): string => (result.ok ? 'ok' : result.error.type);
export const opened = (kind: ChangeKind, more: Partial<DraftArgs> = {}, hour = 2): ChangeRequest =>
  unwrap(stepChange(unwrap(draftChange(args(kind, more), tc, context)), { type: 'open', at: at(hour) }, tc, context));
export const approve = (request: ChangeRequest, by: Actor, part: Approver, hour = 3, where = context) =>
  stepChange(request, { type: 'approve', as: part, at: at(hour) }, by, where);

export const WHO: Readonly<Record<Approver, readonly Actor[]>> = {
  'own-principal': [as('buyer'), as('spouse')],
  'other-principal': [as('seller')],
  'own-agent': [agent],
  broker: [admin],
  reviewer: [tc],
  lender: [as('lender')],
  title: [as('title')],
};
export const pairs = (request: ChangeRequest) =>
  [...new Set(requiredApprovals(request, context).map((slot) => slot.approver))].flatMap((part) =>
    WHO[part].map((by) => ({ by, part })),
  );
export const approvedByAll = (request: ChangeRequest): ChangeRequest =>
  pairs(request).reduce((now, { by, part }) => unwrap(approve(now, by, part)), request);
export const evidence = (request: ChangeRequest, more: Partial<Evidenced['document']> = {}): Evidenced => ({
  document: { id: 'doc', class: 'contract', suffix: 'FE', state: 'approved', ...more },
  requestId: request.id,
  executedAt: at(4),
  delivery: null,
});
export const execute = (
  request: ChangeRequest,
  given: Evidenced | null = evidence(request),
  by: Actor = tc,
  where = context,
) => executeChange(request, { at: at(5), evidence: given }, by, where);
