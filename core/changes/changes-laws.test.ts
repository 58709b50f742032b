import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../permissions/actor.ts';
import { missingApprovals } from './approvals.ts';
import { type Evidenced, executeChange } from './execute.ts';
import { APPROVERS, type Approver, CHANGE_KINDS, CHANGE_RULES } from './rules.ts';
import { type ChangeStep, stepChange } from './step.ts';
import { admin, approve, at, context, everybody, evidence, opened, pairs, tc, unwrap, WHO } from './testing.ts';

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
