import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../deadlines/plain-date.ts';
import type { Deal, PartyRole, PersonRow } from '../deals/model.ts';
import { type Actor, partyActor } from '../permissions/actor.ts';
import type { Result } from '../result.ts';
import { type ChangeContext, capacitiesOf, missingApprovals, requiredApprovals } from './approvals.ts';
import { blockersOf, resolveConflict } from './conflicts.ts';
import { type DraftArgs, draftChange } from './draft.ts';
import { type Evidenced, executeChange } from './execute.ts';
import { fraudFlag, previewImpact } from './preview.ts';
import type { ChangeRequest, ProposedTerm } from './request.ts';
import { APPROVERS, type Approver, CHANGE_KINDS, CHANGE_RULES, type ChangeKind } from './rules.ts';
import { type ChangeStep, stepChange } from './step.ts';

const at = (hour: number): string => `2026-06-02T${String(hour).padStart(2, '0')}:00:00.000Z`;
const day = plainDate('2026-07-20');

const person = (id: string, role: PartyRole, name = id): PersonRow => ({
  id,
  dealId: 'd1',
  name,
  role,
  company: '',
  email: '',
  phone: '',
  position: 0,
});
const people: readonly PersonRow[] = [
  person('buyer', 'client', 'Maria Ortiz'),
  person('spouse', 'co-client', 'Luis Ortiz'),
  person('seller', 'other-principal'),
  person('lender', 'lender'),
  person('title', 'title'),
  person('attorney', 'attorney'),
  person('their-agent', 'other-agent'),
];
const row = { id: 'd1', side: 'buyer', ownerId: 'm-tc' } as Deal['row'];
const context: ChangeContext = { deal: { row, people }, teamIds: ['m-agent'], others: [] };

const tc: Actor = { kind: 'member', memberId: 'm-tc', role: 'tc' };
const admin: Actor = { kind: 'member', memberId: 'm-admin', role: 'admin' };
const agent: Actor = { kind: 'member', memberId: 'm-agent', role: 'agent' };
const stranger: Actor = { kind: 'member', memberId: 'm-x', role: 'tc' };
const system: Actor = { kind: 'system' };
const as = (id: string): Actor => {
  const found = people.find((each) => each.id === id);
  return partyActor({ id, role: found?.role ?? 'client' }, row);
};
const everybody: readonly Actor[] = [
  tc,
  admin,
  agent,
  stranger,
  system,
  ...people.map(({ id }) => as(id)),
  as('ghost'),
];

const TERMS: Readonly<Record<ChangeKind, ProposedTerm>> = {
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

function args(kind: ChangeKind, more: Partial<DraftArgs> = {}): DraftArgs {
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
function unwrap<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const typeOf = (result: Result<unknown, { type: string }>): string => (result.ok ? 'ok' : result.error.type);
const opened = (kind: ChangeKind, more: Partial<DraftArgs> = {}, hour = 2): ChangeRequest =>
  unwrap(stepChange(unwrap(draftChange(args(kind, more), tc, context)), { type: 'open', at: at(hour) }, tc, context));
const approve = (request: ChangeRequest, by: Actor, part: Approver, hour = 3, where = context) =>
  stepChange(request, { type: 'approve', as: part, at: at(hour) }, by, where);

const WHO: Readonly<Record<Approver, readonly Actor[]>> = {
  'own-principal': [as('buyer'), as('spouse')],
  'other-principal': [as('seller')],
  'own-agent': [agent],
  broker: [admin],
  reviewer: [tc],
  lender: [as('lender')],
  title: [as('title')],
};
const pairs = (request: ChangeRequest) =>
  [...new Set(requiredApprovals(request, context).map((slot) => slot.approver))].flatMap((part) =>
    WHO[part].map((by) => ({ by, part })),
  );
const approvedByAll = (request: ChangeRequest): ChangeRequest =>
  pairs(request).reduce((now, { by, part }) => unwrap(approve(now, by, part)), request);
const evidence = (request: ChangeRequest, more: Partial<Evidenced['document']> = {}): Evidenced => ({
  document: { id: 'doc', class: 'contract', suffix: 'FE', state: 'approved', ...more },
  requestId: request.id,
  executedAt: at(4),
  delivery: null,
});
const execute = (
  request: ChangeRequest,
  given: Evidenced | null = evidence(request),
  by: Actor = tc,
  where = context,
) => executeChange(request, { at: at(5), evidence: given }, by, where);

/** kind -> approvers when everything is unknown or true, from domain.md section 9 */
const TABLE: readonly (readonly [ChangeKind, string])[] = [
  ['closing-date', 'other-principal own-principal'],
  ['possession-date', 'other-principal own-principal'],
  ['price', 'other-principal own-principal'],
  ['credit', 'other-principal own-principal'],
  ['contingency-extension', 'other-principal own-principal'],
  ['option-extension', 'other-principal own-principal'],
  ['repairs', 'lender other-principal own-principal'],
  ['add-party', 'lender own-agent own-principal title'],
  ['remove-party', 'lender own-agent own-principal title'],
  ['power-of-attorney', 'lender own-agent own-principal title'],
  ['entity', 'lender own-agent own-principal title'],
  ['replace-document', 'own-agent reviewer'],
  ['form-correction', 'own-agent reviewer'],
  ['cancellation', 'broker other-principal own-agent own-principal'],
  ['contact-info', ''],
  ['bank-info', ''],
];

describe('who approves (domain.md section 9)', () => {
  test.each(TABLE)('%s: %s', (kind, expected) => {
    const parts = new Set(requiredApprovals(opened(kind), context).map((slot) => slot.approver));
    expect([...parts].sort().join(' ')).toBe(expected);
    expect(TABLE).toHaveLength(CHANGE_KINDS.length);
  });

  test('conditions: no loan or no cost asks no lender, no deposit asks no other side; unknown asks', () => {
    const parts = (kind: ChangeKind, facts: Partial<DraftArgs['facts']>) =>
      requiredApprovals(opened(kind, { facts: { ...args(kind).facts, ...facts } }), context).map(
        (slot) => slot.approver,
      );
    expect(parts('repairs', { isFinanced: false })).not.toContain('lender');
    expect(parts('repairs', { hasCostOrCredit: false })).not.toContain('lender');
    expect(parts('repairs', { isFinanced: null, hasCostOrCredit: null })).toContain('lender');
    expect(parts('add-party', { isFinanced: false })).not.toContain('lender');
    expect(parts('cancellation', { hasDeposit: false })).not.toContain('other-principal');
    expect(parts('cancellation', { hasDeposit: null })).toContain('other-principal');
  });

  test('every principal signs: one spouse is not enough', () => {
    const one = unwrap(
      approve(unwrap(approve(opened('price'), as('seller'), 'other-principal')), as('buyer'), 'own-principal'),
    );
    expect(one.state).toBe('open');
    expect(missingApprovals(one, context).map((slot) => slot.words)).toEqual(['our client Luis Ortiz']);
    expect(unwrap(approve(one, as('spouse'), 'own-principal')).state).toBe('approved');
  });

  test('somebody with two capacities approves once in each', () => {
    const both = { ...context, deal: { row, people: [...people, person('agent-too', 'agent')] } };
    const seller = partyActor({ id: 'agent-too', role: 'agent' }, row);
    const request = opened('replace-document');
    expect(capacitiesOf(admin, context)).toEqual(['broker', 'reviewer']);
    const asAgent = unwrap(approve(request, seller, 'own-agent', 3, both));
    expect(asAgent.state).toBe('open');
    expect(unwrap(approve(asAgent, admin, 'reviewer', 3, both)).state).toBe('approved');
    expect(typeOf(approve(request, seller, 'reviewer', 3, both))).toBe('NotAnApprover');
  });

  test('the approval of somebody who has left the deal is none', () => {
    const approved = approvedByAll(opened('add-party'));
    const without = { ...context, deal: { row, people: people.filter(({ id }) => id !== 'lender') } };
    expect(missingApprovals(approved, without).map((slot) => slot.approver)).toEqual(['lender']);
    expect(typeOf(execute(approved, evidence(approved), tc, without))).toBe('ApprovalsMissing');
  });
});

describe('taking effect', () => {
  test('only the fully executed, reviewed document of this request moves terms', () => {
    const request = approvedByAll(opened('closing-date'));
    expect(request.state).toBe('approved');
    expect(typeOf(execute(request, null))).toBe('NoDocument');
    expect(typeOf(execute(request, evidence(request, { suffix: 'BS' })))).toBe('NotFullyExecuted');
    expect(typeOf(execute(request, evidence(request, { state: 'needs-review' })))).toBe('NotReviewed');
    expect(typeOf(execute(request, evidence(request, { class: 'inspection' })))).toBe('WrongDocument');
    expect(typeOf(execute(request, { ...evidence(request), requestId: 'another' }))).toBe('WrongDocument');
    expect(typeOf(execute(request, evidence(request), agent))).toBe('NotAllowed');
    expect(typeOf(execute(request, evidence(request), as('buyer')))).toBe('NotAllowed');
    const { effects, request: done } = unwrap(execute(request));
    expect(effects).toEqual([
      { type: 'set-anchor', name: 'closing', from: '2026-07-15', on: '2026-07-20', documentId: 'doc' },
      { type: 'notify', role: 'lender', documentId: 'doc' },
      { type: 'notify', role: 'title', documentId: 'doc' },
    ]);
    expect(done.state).toBe('executed');
    expect(typeOf(execute(done))).toBe('WrongState');
  });

  test("the executed document evidences the other side's consent, and nobody else's", () => {
    const ours = [as('buyer'), as('spouse')].reduce(
      (now, by) => unwrap(approve(now, by, 'own-principal')),
      opened('price'),
    );
    expect(ours.state).toBe('open');
    expect(typeOf(execute(ours))).toBe('ok');
    const onlyOther = unwrap(approve(opened('price'), as('seller'), 'other-principal'));
    expect(typeOf(execute(onlyOther))).toBe('ApprovalsMissing');
  });

  test('repairs become tasks five days before closing, a credit among them goes to the lender', () => {
    const request = approvedByAll(opened('repairs', { terms: [TERMS.repairs, TERMS.credit] }));
    const types = unwrap(execute(request)).effects.map((effect) => effect.type);
    expect(types).toEqual(['add-task', 'set-credit', 'notify']);
    expect(unwrap(execute(request)).effects[0]).toMatchObject({ dueRule: { from: 'closing', offset: -5 } });
  });

  test.each([
    ['personal', 3, '2026-06-05'],
    ['mail', 5, '2026-06-07'],
    ['electronic', 5, '2026-06-07'],
  ] as const)('an amended disclosure delivered by %s restarts %i days [CA14][CA15][CA16]', (mode, days, endsOn) => {
    const terms: readonly ProposedTerm[] = [{ type: 'amended-disclosure', lineId: 'l1', disclosure: 'TDS' }];
    const request = approvedByAll(opened('replace-document', { terms }));
    const given = evidence(request, { class: 'disclosure' });
    expect(typeOf(execute(request, given))).toBe('NoDelivery');
    const delivery = { on: plainDate('2026-06-02'), mode };
    expect(unwrap(execute(request, { ...given, delivery })).effects).toEqual([
      { type: 'add-version', lineId: 'l1', documentId: 'doc' },
      expect.objectContaining({ type: 'restart-rescission', days, endsOn, sources: ['CA14', 'CA15', 'CA16'] }),
    ]);
  });

  test('pages that were signed, or may have been, are signed again', () => {
    const unsigned = (wasSigned: boolean | null) => {
      const facts = { ...args('form-correction').facts, wasSigned };
      const request = approvedByAll(opened('form-correction', { facts }));
      return typeOf(execute(request, evidence(request, { class: 'disclosure', suffix: null })));
    };
    expect([unsigned(true), unsigned(null), unsigned(false)]).toEqual(['NotFullyExecuted', 'NotFullyExecuted', 'ok']);
  });

  test('an extension is agreed and signed before its period ends', () => {
    const request = opened('option-extension');
    expect(typeOf(approve(request, as('buyer'), 'own-principal', 12))).toBe('ok');
    expect(typeOf(approve(request, as('buyer'), 'own-principal', 13))).toBe('PeriodOver');
    const approved = approvedByAll(request);
    expect(typeOf(execute(approved, { ...evidence(approved), executedAt: at(13) }))).toBe('PeriodOver');
    expect(typeOf(execute(approved, { ...evidence(approved), executedAt: at(12) }))).toBe('ok');
  });
});

describe('contact and bank details', () => {
  const call = (more: Partial<Extract<ChangeStep, { type: 'call-back' }>> = {}): ChangeStep => ({
    type: 'call-back',
    at: at(3),
    channel: 'phone',
    number: 'known-before',
    ...more,
  });

  test('are confirmed by a call of the coordinator to a known number, never by e-mail', () => {
    const request = opened('contact-info');
    expect(fraudFlag(request)).toMatch(/Call them on a number you had before/);
    expect(typeOf(execute(request))).toBe('CallBackMissing');
    expect(typeOf(stepChange(request, call({ channel: 'e-mail' }), tc, context))).toBe('NotACallBack');
    expect(typeOf(stepChange(request, call({ channel: 'text' }), tc, context))).toBe('NotACallBack');
    expect(typeOf(stepChange(request, call({ number: 'from-the-request' }), tc, context))).toBe('NotACallBack');
    for (const by of [agent, stranger, system, as('buyer')])
      expect(typeOf(stepChange(request, call(), by, context))).toBe('NotAllowed');
    const confirmed = unwrap(stepChange(request, call(), tc, context));
    expect(fraudFlag(confirmed)).toBeNull();
    expect(unwrap(execute(confirmed, null)).effects).toEqual([
      { type: 'set-contact', personId: 'buyer', field: 'email', to: 'new@example.com', documentId: null },
    ]);
    expect(typeOf(stepChange(opened('price'), call(), tc, context))).toBe('NotACallBack');
  });

  test('bank numbers are refused in every free text and never come out', () => {
    expect(typeOf(draftChange(args('bank-info', { reason: 'new account 12345678' }), tc, context))).toBe('BankNumber');
    expect(typeOf(draftChange(args('price', { reason: 'Routing number 021000021' }), tc, context))).toBe('BankNumber');
    const terms: readonly ProposedTerm[] = [{ type: 'cancel', reason: 'Send to account number: 12345678, bank code' }];
    expect(typeOf(draftChange(args('cancellation', { terms, reason: 'updated wire' }), tc, context))).toBe(
      'BankNumber',
    );
    const confirmed = unwrap(
      stepChange(opened('bank-info', { reason: 'The seller moved banks' }), call(), tc, context),
    );
    expect(JSON.stringify(unwrap(execute(confirmed, null)))).not.toMatch(/\d{7}/);
  });
});

describe('conflicts, time and ends', () => {
  test('the first blocks the second until a reviewer decides, and both say so', () => {
    const first = opened('closing-date', { id: 'r1' }, 2);
    const second = opened('closing-date', { id: 'r2' }, 3);
    const both = { ...context, others: [first, second] };
    expect(blockersOf(second, both.others).map(({ id }) => id)).toEqual(['r1']);
    expect(blockersOf(first, both.others)).toEqual([]);
    expect(approve(second, as('buyer'), 'own-principal', 4, both)).toMatchObject({
      error: { type: 'Blocked', by: ['r1'] },
    });
    expect(typeOf(execute(approvedByAll(second), evidence(second), tc, both))).toBe('Blocked');
    expect(typeOf(approve(first, as('buyer'), 'own-principal', 4, both))).toBe('ok');
    const why = { at: at(5), reason: 'The lender needs the later day.' };
    expect(typeOf(resolveConflict({ kept: second, dropped: first }, agent, why, both))).toBe('NotAllowed');
    const { kept, dropped } = unwrap(resolveConflict({ kept: second, dropped: first }, tc, why, both));
    expect([kept.state, dropped.state]).toEqual(['open', 'declined']);
    expect(kept.log.at(-1)?.what).toContain('r1');
    expect(dropped.log.at(-1)?.what).toContain('r2');
    expect(typeOf(approve(kept, as('buyer'), 'own-principal', 6, { ...context, others: [kept, dropped] }))).toBe('ok');
    expect(typeOf(resolveConflict({ kept, dropped }, tc, why, context))).toBe('NoConflict');
    expect(blockersOf(opened('price', { id: 'r3' }, 4), both.others)).toEqual([]);
  });

  test('a request expires, is declined by who was asked, or withdrawn by who asked', () => {
    const request = opened('price', { expiresAt: at(6) });
    expect(typeOf(stepChange(request, { type: 'expire', at: at(6) }, system, context))).toBe('NotExpired');
    expect(unwrap(stepChange(request, { type: 'expire', at: at(7) }, system, context)).state).toBe('expired');
    expect(typeOf(approve(request, as('buyer'), 'own-principal', 7))).toBe('Expired');
    const decline: ChangeStep = { type: 'decline', as: 'other-principal', reason: 'Too late', at: at(4) };
    expect(unwrap(stepChange(request, decline, as('seller'), context)).state).toBe('declined');
    expect(typeOf(stepChange(request, decline, as('buyer'), context))).toBe('NotAnApprover');
    expect(typeOf(stepChange(request, { type: 'withdraw', at: at(4) }, as('buyer'), context))).toBe('NotAllowed');
    const gone = unwrap(stepChange(request, { type: 'withdraw', at: at(4) }, tc, context));
    expect(gone.state).toBe('withdrawn');
    expect(typeOf(approve(gone, as('buyer'), 'own-principal'))).toBe('WrongState');
  });

  test('the terms of a draft fit its kind', () => {
    const wrong = (more: Partial<DraftArgs>, kind: ChangeKind = 'closing-date') =>
      typeOf(draftChange(args(kind, more), tc, context));
    expect(wrong({ terms: [] })).toBe('WrongTerms');
    expect(wrong({ terms: [TERMS.price] })).toBe('WrongTerms');
    expect(wrong({ terms: [TERMS['possession-date']] })).toBe('WrongTerms');
    expect(wrong({ periodEndsAt: null }, 'option-extension')).toBe('WrongTerms');
    expect(wrong({ terms: [{ type: 'price', fromCents: 1, toCents: 1.5 }] }, 'price')).toBe('WrongTerms');
    for (const by of [stranger, system, as('seller'), as('lender'), as('ghost')])
      expect(typeOf(draftChange(args('price'), by, context))).toBe('NotAllowed');
    for (const by of [tc, admin, agent, as('buyer'), as('spouse'), as('attorney')])
      expect(typeOf(draftChange(args('price'), by, context))).toBe('ok');
  });

  test('a preview computes and changes nothing', () => {
    const request = opened('closing-date');
    const before = structuredClone(request);
    const impact = previewImpact(request, context, (moves) => moves);
    expect(impact.diff).toEqual({ anchors: [{ name: 'closing', on: '2026-07-20' }], overrides: [] });
    expect(impact.sentences).toContain('The closing date would move from July 15, 2026 to July 20, 2026.');
    expect(impact.sentences.at(-1)).toBe(
      'Nothing has changed yet. It takes effect when the signed document is attached and reviewed.',
    );
    expect(impact.missing).toHaveLength(3);
    expect(request).toEqual(before);
    for (const kind of CHANGE_KINDS)
      for (const sentence of previewImpact(opened(kind), context, () => null).sentences)
        expect(sentence).toMatch(/^[A-Z].*[.]$/);
    expect(previewImpact(opened('price'), context, () => null).sentences[0]).toBe(
      'The price would be $725,000, now $731,000.',
    );
  });
});

const anyStep: fc.Arbitrary<{ step: ChangeStep | 'execute'; by: Actor; document: Partial<Evidenced['document']> }> =
  fc.record({
    by: fc.constantFrom(...everybody),
    document: fc.record({
      suffix: fc.constantFrom('FE' as const, 'BS' as const, null),
      state: fc.constantFrom('approved' as const, 'needs-review' as const),
      class: fc.constantFrom('contract' as const, 'disclosure' as const, 'wire-suspect' as const),
    }),
    step: fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom(...APPROVERS).map((part): ChangeStep => ({ type: 'approve', as: part, at: at(3) })),
      },
      { weight: 3, arbitrary: fc.constant('execute' as const) },
      {
        weight: 2,
        arbitrary: fc.constantFrom<ChangeStep>(
          { type: 'open', at: at(2) },
          { type: 'call-back', at: at(3), channel: 'phone', number: 'known-before' },
          { type: 'expire', at: at(3) },
        ),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom<ChangeStep>(
          { type: 'withdraw', at: at(3) },
          { type: 'decline', as: 'lender', reason: '', at: at(3) },
        ),
      },
    ),
  });

describe('laws over random sequences', () => {
  test('terms never move without a reviewed document (or the call), whoever does whatever in whichever order', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CHANGE_KINDS), fc.array(anyStep, { maxLength: 40 }), (kind, steps) => {
        let request = opened(kind);
        for (const { step, by, document } of steps) {
          const before = request;
          if (step !== 'execute') {
            const result = stepChange(request, step, by, context);
            if (result.ok) request = result.value;
            expect(request.state).not.toBe('executed');
            expect(request.executedBy).toBeNull();
            expect(request.terms).toBe(before.terms);
            if (!result.ok) expect(result.error.sentence).toMatch(/^[A-Z].*[.]$/);
            continue;
          }
          const result = executeChange(request, { at: at(5), evidence: evidence(request, document) }, by, context);
          if (!result.ok) continue;
          request = result.value.request;
          const isCall = CHANGE_RULES[kind].evidence === 'call-back';
          expect(by === tc || by === admin).toBe(true);
          if (isCall) expect(request.callBack).not.toBeNull();
          else expect(document).toMatchObject({ state: 'approved' });
          if (CHANGE_RULES[kind].evidence === 'executed-contract')
            expect(document).toMatchObject({ suffix: 'FE', class: 'contract' });
          for (const effect of result.value.effects) expect(effect.documentId).toBe(isCall ? null : 'doc');
          for (const slot of missingApprovals(before, context)) expect(slot.approver).toBe('other-principal');
          break;
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('an approval by the wrong person never counts', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CHANGE_KINDS),
        fc.array(fc.tuple(fc.constantFrom(...everybody), fc.constantFrom(...APPROVERS)), { maxLength: 30 }),
        (kind, tries) => {
          const isRight = (by: Actor, part: Approver): boolean =>
            WHO[part].some((right) => JSON.stringify(right) === JSON.stringify(by)) ||
            (by === admin && part === 'reviewer');
          const wrong = tries.filter(([by, part]) => !isRight(by, part));
          const request = wrong.reduce((now, [by, part]) => {
            const result = approve(now, by, part);
            return result.ok ? result.value : now;
          }, opened(kind));
          expect(request.approvals).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('the order of approvals does not matter, and saying it twice says it once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CHANGE_KINDS).chain((kind) => {
          const all = pairs(opened(kind));
          return fc.tuple(fc.constant(kind), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }));
        }),
        ([kind, order]) => {
          const end = order.reduce((now, { by, part }) => unwrap(approve(now, by, part)), opened(kind));
          expect(end.state).toBe(order.length === 0 ? 'open' : 'approved');
          expect(end.approvals).toHaveLength(order.length / 2);
          expect(missingApprovals(end, context)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
