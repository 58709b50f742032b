import { describe, expect, test } from 'vitest';
import { plainDate } from '../deadlines/plain-date.ts';
import { partyActor } from '../permissions/actor.ts';
import { capacitiesOf, missingApprovals, requiredApprovals } from './approvals.ts';
import { blockersOf, resolveConflict } from './conflicts.ts';
import { type DraftArgs, draftChange } from './draft.ts';
import { fraudFlag, previewImpact } from './preview.ts';
import type { ProposedTerm } from './request.ts';
import { CHANGE_KINDS, type ChangeKind } from './rules.ts';
import { type ChangeStep, stepChange } from './step.ts';
import {
  admin,
  agent,
  approve,
  approvedByAll,
  args,
  as,
  at,
  context,
  evidence,
  execute,
  opened,
  people,
  person,
  row,
  stranger,
  system,
  TERMS,
  tc,
  typeOf,
  unwrap,
} from './testing.ts';

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

  test('the right after an amended disclosure is claimed for California only', () => {
    const terms: readonly ProposedTerm[] = [{ type: 'amended-disclosure', lineId: 'l1', disclosure: 'NHD' }];
    const texas = { ...context, deal: { row: { ...row, state: 'TX' }, people } };
    expect(typeOf(draftChange(args('replace-document', { terms }), tc, texas))).toBe('WrongTerms');
    expect(typeOf(draftChange(args('replace-document', { terms }), tc, context))).toBe('ok');
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
