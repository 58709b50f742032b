import { describe, expect, test } from 'vitest';
import { CHANGE_RULES, type TermType } from '../changes/rules.ts';
import { mayKnowTerms } from './asked-terms.ts';
import { may } from './may.ts';
import { agent, deal, input, party } from './testing.ts';
import type { AskedOf, Thing } from './things.ts';

const TYPES = [...new Set(Object.values(CHANGE_RULES).flatMap(({ terms }) => terms))];
const context = { ...input.context, deal };
const early = { ...context, isContractExecuted: false };
const known = (as: AskedOf, where: { readonly isContractExecuted: boolean }) =>
  TYPES.filter((type) => mayKnowTerms(as, [type], where)).toSorted();

type Change = Extract<Thing, { readonly change: unknown }>['change'];
const request = (termTypes: readonly TermType[], more: Partial<Change> = {}): Change => ({
  ...{ side: 'buyer', requestedBy: 'p-client', sentToOtherSide: true, notifiedRoles: [] },
  ...{ askedOf: ['lender', 'title', 'other-side'], isAgreedByUs: true, termTypes, ...more },
});
const sees = (role: Parameters<typeof party>[0], change: Change, where = context) =>
  may(party(role), 'see', { type: 'change-terms', change }, where).ok;

describe('what the asked may know, part by part, from domain.md section 8', () => {
  test('lender: money and people; no repair, no paper, no other date', () => {
    expect(known('lender', context)).toEqual(['add-party', 'cancel', 'credit', 'paper', 'price', 'remove-party']);
    expect(known('lender', early)).toEqual(['add-party', 'cancel', 'paper', 'remove-party']);
  });
  test('title: dates, money and people; no repair and no paper', () => {
    expect(known('title', context)).toEqual(
      ['anchor', 'override', 'price', 'credit', 'add-party', 'remove-party', 'paper', 'cancel'].toSorted(),
    );
  });
  test('the other side: what both contracts carry, and nobody of ours', () => {
    expect(known('other-side', context)).toEqual(
      ['anchor', 'override', 'price', 'credit', 'repair', 'cancel'].toSorted(),
    );
    expect(known('other-side', early)).toEqual(['anchor', 'cancel', 'override', 'repair']);
  });
  test('one part that is kept from them keeps the whole', () => {
    expect(mayKnowTerms('lender', ['credit', 'repair'], context)).toBe(false);
    expect(mayKnowTerms('other-side', ['credit', 'repair'], context)).toBe(true);
  });
});

describe('the terms of a request', () => {
  test('are read by who is asked, once our side has agreed; the reason and the course by nobody of theirs', () => {
    const change = request(['add-party']);
    for (const role of ['lender', 'title'] as const) {
      expect(sees(role, change)).toBe(true);
      expect(sees(role, { ...change, isAgreedByUs: false })).toBe(false);
      expect(sees(role, { ...change, askedOf: ['other-side'] })).toBe(false);
    }
    const credit = request(['credit']);
    for (const role of ['other-agent', 'other-principal'] as const) {
      expect(sees(role, credit)).toBe(true);
      expect(sees(role, { ...credit, sentToOtherSide: false })).toBe(false);
      expect(sees(role, { ...credit, isAgreedByUs: false })).toBe(false);
      expect(sees(role, { ...credit, askedOf: ['lender'] })).toBe(false);
      expect(sees(role, credit, early)).toBe(false);
    }
    for (const role of ['lender', 'title', 'other-agent', 'other-principal'] as const)
      expect(may(party(role), 'see', { type: 'change-course', change }, context).ok).toBe(false);
  });

  test('are our side’s from the first, with the reason and the course', () => {
    const change = request(['repair', 'contact'], { isAgreedByUs: false, askedOf: [] });
    for (const actor of [party('client'), party('co-client'), party('agent'), party('attorney'), agent])
      for (const type of ['change-terms', 'change-course'] as const)
        expect(may(actor, 'see', { type, change }, context).ok).toBe(true);
  });
});
