import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Member } from '../deals/model.ts';
import { assignOwner, type Desk, type NewDealFacts, type OwnerRule, OwnerRules } from './assign-owner.ts';

const members: readonly Member[] = [
  { id: 'noor', name: 'Noor Haddad', role: 'tc', email: 'noor@example.com' },
  { id: 'theo', name: 'Theo Lang', role: 'tc', email: 'theo@example.com' },
  { id: 'ada', name: 'Ada Quist', role: 'admin', email: 'ada@example.com' },
  { id: 'kwame', name: 'Kwame Boateng', role: 'agent', email: 'kwame@example.com' },
];
const rules: readonly OwnerRule[] = OwnerRules.parse([
  { id: 'kwame', title: 'Kwame works with Theo', when: { agentIds: ['kwame'] }, memberIds: ['theo'] },
  { id: 'ca', title: 'California', when: { states: ['CA'] }, memberIds: ['noor'] },
  { id: 'rest', title: 'Everybody in turn', when: {}, memberIds: ['noor', 'theo', 'kwame', 'gone'] },
]);
const desks: Readonly<Record<string, Desk>> = {
  noor: { openDeals: 12, lastGivenAt: '2026-06-17T10:00:00.000Z', isAway: false },
  theo: { openDeals: 9, lastGivenAt: '2026-06-18T10:00:00.000Z', isAway: false },
};
const idle: Desk = { openDeals: 0, lastGivenAt: '', isAway: false };
const deal: NewDealFacts = { state: 'TX', scenario: 'buy', side: 'buyer', agentId: null };
const assign = (set: Partial<NewDealFacts>, changed: Readonly<Record<string, Partial<Desk>>> = {}) =>
  assignOwner({
    rules,
    deal: { ...deal, ...set },
    members,
    deskOf: (id) => ({ ...(desks[id] ?? idle), ...changed[id] }),
  });

describe('the first rule that fits decides', () => {
  test.each([
    [{ agentId: 'kwame', state: 'CA' }, 'theo', 'By the rule "Kwame works with Theo", Theo Lang takes it.'],
    [{ state: 'CA' }, 'noor', 'By the rule "California", Noor Haddad takes it.'],
    [{}, 'theo', 'By the rule "Everybody in turn", Theo Lang takes it: 9 open deals, the fewest of 2.'],
  ])('%o', (set, ownerId, why) => {
    expect(assign(set)).toMatchObject({ ownerId, why });
  });

  test('equals take turns', () => {
    expect(assign({}, { theo: { openDeals: 12 } })).toMatchObject({
      ownerId: 'noor',
      why: 'By the rule "Everybody in turn", Noor Haddad takes it: nobody has fewer than 12 open deals, and it is their turn.',
    });
  });

  test('whoever is away is passed over, and that is said', () => {
    expect(assign({ state: 'CA' }, { noor: { isAway: true } })).toEqual({
      ownerId: 'theo',
      ruleId: 'rest',
      why: 'Nobody of "California" is free. By the rule "Everybody in turn", Theo Lang takes it.',
    });
    expect(assign({}, { noor: { isAway: true }, theo: { isAway: true } })).toEqual({
      ownerId: null,
      ruleId: null,
      why: 'Nobody of "Everybody in turn" is free. Choose an owner by hand.',
    });
    expect(assignOwner({ rules: [], deal, members, deskOf: () => idle }).why).toBe(
      'No rule fits this deal. Choose an owner by hand.',
    );
  });

  test('an owner is always a member of the team, never an agent, never away', () => {
    const desk = fc.record({
      openDeals: fc.nat(3),
      lastGivenAt: fc.constantFrom('', '2026-06-17T10:00:00.000Z'),
      isAway: fc.boolean(),
    });
    const facts = fc.record({ state: fc.constantFrom('CA', 'TX'), agentId: fc.constantFrom(null, 'kwame', 'other') });
    fc.assert(
      fc.property(desk, desk, facts, (noor, theo, set) => {
        const held: Readonly<Record<string, Desk>> = { noor, theo };
        const { ownerId } = assign(set, held);
        if (ownerId === null) return;
        expect(['noor', 'theo']).toContain(ownerId);
        expect(held[ownerId]?.isAway).toBe(false);
      }),
    );
  });
});
