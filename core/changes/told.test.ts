import { describe, expect, test } from 'vitest';
import { partyActor } from '../permissions/actor.ts';
import { missingApprovals } from './approvals.ts';
import { blockersOf, hasRunOut, stateAt } from './conflicts.ts';
import type { ChangeRequest } from './request.ts';
import { stepChange } from './step.ts';
import {
  admin,
  agent,
  approve,
  as,
  at,
  context,
  execute,
  opened,
  row,
  stranger,
  tc,
  typeOf,
  unwrap,
} from './testing.ts';
import { recordAnswer, type Teller, type ToldAnswer, takeBackAnswer } from './told.ts';

const noor = { by: tc, name: 'Noor Haddad' };
const told = (personId: string, part: Teller, more: Partial<ToldAnswer> = {}): ToldAnswer => ({
  ...{ personId, as: part, answer: 'yes', by: 'phone', saidAt: at(3), at: at(4), reason: '', ...more },
});
const yes = (
  request: ChangeRequest,
  personId: string,
  part: Teller = 'own-principal',
  more: Partial<ToldAnswer> = {},
) => recordAnswer(request, told(personId, part, more), noor, context);

describe('an answer that was told', () => {
  test('fills the place of whoever gave it, says who heard it and how, and moves nothing', () => {
    const price = opened('price');
    const one = unwrap(yes(price, 'buyer'));
    expect(one.approvals).toEqual([
      { approver: 'own-principal', byId: 'buyer', at: at(3), told: { toId: 'm-tc', by: 'phone' } },
    ]);
    expect(one.log.at(-1)).toEqual({
      ...{ at: at(4), byId: 'm-tc' },
      what: 'Told to Noor Haddad by phone: Maria Ortiz agrees as our client.',
    });
    const two = unwrap(yes(unwrap(yes(one, 'spouse')), 'seller', 'other-principal', { by: 'e-mail' }));
    expect(two.state).toBe('approved');
    expect(missingApprovals(two, context)).toEqual([]);
    expect(two.terms).toBe(price.terms);
    expect(typeOf(execute(two, null))).toBe('NoDocument');
  });

  test('a no ends the request with its reason', () => {
    const no = unwrap(
      yes(opened('price'), 'seller', 'other-principal', { answer: 'no', by: 'e-mail', reason: 'Too low' }),
    );
    expect(no.state).toBe('declined');
    expect(no.approvals).toEqual([]);
    expect(no.log.at(-1)?.what).toBe(
      'Told to Noor Haddad by e-mail: seller declines as the other side. Reason: Too low',
    );
  });

  test('is written down by the coordinator of the deal alone, for somebody whom it asks', () => {
    const price = opened('price');
    for (const by of [agent, stranger, as('buyer'), { kind: 'system' } as const])
      expect(typeOf(recordAnswer(price, told('buyer', 'own-principal'), { by, name: '' }, context))).toBe('NotAllowed');
    expect(typeOf(yes(price, 'lender', 'lender'))).toBe('NotAnApprover');
    expect(typeOf(yes(price, 'buyer', 'other-principal'))).toBe('NotAnApprover');
    expect(typeOf(yes(price, 'nobody'))).toBe('NotAnApprover');
    expect(typeOf(yes(opened('add-party'), 'lender', 'lender'))).toBe('ok');
  });

  test('counts from when it was said: after it was asked, and before its time was over', () => {
    const price = opened('price', { expiresAt: at(6) });
    expect(typeOf(yes(price, 'buyer', 'own-principal', { saidAt: at(1) }))).toBe('WrongTime');
    expect(typeOf(yes(price, 'buyer', 'own-principal', { saidAt: at(5) }))).toBe('WrongTime');
    expect(typeOf(yes(price, 'buyer', 'own-principal', { saidAt: at(7), at: at(8) }))).toBe('Expired');
    expect(typeOf(yes(price, 'buyer', 'own-principal', { saidAt: at(6), at: at(8) }))).toBe('ok');
    const period = opened('contingency-extension');
    expect(typeOf(yes(period, 'buyer', 'own-principal', { saidAt: at(13), at: at(14) }))).toBe('PeriodOver');
  });

  test('one’s own answer stands in its place: a yes replaces it, a no ends it', () => {
    const recorded = unwrap(yes(opened('price'), 'buyer'));
    expect(unwrap(yes(recorded, 'buyer'))).toBe(recorded);
    const own = unwrap(approve(recorded, as('buyer'), 'own-principal', 5));
    expect(own.approvals).toEqual([{ approver: 'own-principal', byId: 'buyer', at: at(5) }]);
    // And nobody writes over it.
    expect(unwrap(yes(own, 'buyer'))).toBe(own);
    const no = { type: 'decline', as: 'own-principal', reason: '', at: at(5) } as const;
    expect(unwrap(stepChange(recorded, no, as('buyer'), context)).state).toBe('declined');
  });

  test('is taken back by whoever wrote it or an admin, and what was agreed waits again', () => {
    const all = unwrap(yes(unwrap(yes(unwrap(yes(opened('price'), 'buyer')), 'spouse')), 'seller', 'other-principal'));
    expect(all.state).toBe('approved');
    const back = (by: Parameters<typeof takeBackAnswer>[2]['by'], personId = 'spouse', request = all) =>
      takeBackAnswer(request, { personId, as: 'own-principal', at: at(6) }, { by, name: 'Noor Haddad' }, context);
    for (const by of [agent, as('spouse'), { kind: 'member', memberId: 'm-theo', role: 'tc' } as const])
      expect(typeOf(back(by))).toBe('NotAllowed');
    for (const by of [tc, admin]) {
      const open = unwrap(back(by));
      expect(open.state).toBe('open');
      expect(missingApprovals(open, context).map(({ personId }) => personId)).toEqual(['spouse']);
    }
    const own = unwrap(approve(opened('price'), as('spouse'), 'own-principal'));
    expect(typeOf(back(tc, 'spouse', own))).toBe('NotTold');
  });
});

describe('a request whose time has run out', () => {
  const ended = opened('price', { expiresAt: at(5) });
  const later: ChangeRequest = { ...opened('price'), id: 'r-later', openedAt: at(4) };

  test('is expired without anybody saying so, and an approved one waits for its paper', () => {
    expect([stateAt(ended, at(5)), stateAt(ended, at(6))]).toEqual(['open', 'expired']);
    expect(hasRunOut({ ...ended, state: 'approved' }, at(6))).toBe(false);
  });

  test('holds up a later one until then, and no longer', () => {
    const others = [ended, later];
    expect(blockersOf(later, others).map(({ id }) => id)).toEqual([ended.id]);
    expect(blockersOf(later, others, at(6))).toEqual([]);
    const buyer = partyActor({ id: 'buyer', role: 'client' }, row);
    const agree = (hour: number) => typeOf(approve(later, buyer, 'own-principal', hour, { ...context, others }));
    expect([agree(5), agree(6)]).toEqual(['Blocked', 'ok']);
  });
});
