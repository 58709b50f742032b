import { expect, test } from 'vitest';
import type { ChangeRow, Deal } from '../deals/model.ts';
import { bareTerm, changeFactsOf } from './facts.ts';
import type { ChangeRequest } from './request.ts';
import { agent, approve, as, context, opened, people, TERMS, unwrap } from './testing.ts';

const factsOf = (request: ChangeRequest, deal: object = {}, teamIds: readonly string[] = ['m-agent']) => {
  const row: ChangeRow = { ...request, sentToOtherSideAt: null };
  const whole = { ...context.deal, changes: [row], ...deal } as unknown as Deal;
  return changeFactsOf(row, { deal: whole, teamIds });
};
const withOurs = (request: ChangeRequest) =>
  [as('buyer'), as('spouse')].reduce((now, by) => unwrap(approve(now, by, 'own-principal')), request);

test('our side has agreed when every principal and the agent has', () => {
  const asked = opened('add-party');
  expect(factsOf(asked)).toMatchObject({ askedOf: ['title', 'lender'], isAgreedByUs: false, termTypes: ['add-party'] });
  const principals = withOurs(asked);
  expect(factsOf(principals).isAgreedByUs).toBe(false);
  const all = unwrap(approve(principals, agent, 'own-agent'));
  expect(factsOf(all).isAgreedByUs).toBe(true);
  // The agent who agreed must be on the team of this deal.
  expect(factsOf(all, {}, []).isAgreedByUs).toBe(false);
});

test('the other side is asked of what needs it, and of nothing that only our side decides', () => {
  expect(factsOf(opened('price'))).toMatchObject({ askedOf: ['other-side'], isAgreedByUs: false });
  expect(factsOf(withOurs(opened('price'))).isAgreedByUs).toBe(true);
  expect(factsOf(opened('contact-info')).askedOf).toEqual([]);
});

test('a request that came to nothing asks nobody, also when who had not agreed leaves the deal', () => {
  const asked = unwrap(approve(opened('price'), as('buyer'), 'own-principal'));
  const rest = { people: people.filter(({ id }) => id !== 'spouse') };
  expect(factsOf(asked, rest)).toMatchObject({ askedOf: ['other-side'], isAgreedByUs: true });
  for (const state of ['draft', 'declined', 'expired', 'withdrawn'] as const)
    expect(factsOf({ ...asked, state }, rest).askedOf).toEqual([]);
});

test('the reason of a cancellation is no part of what is asked', () => {
  expect(bareTerm(TERMS.cancellation)).toEqual({ type: 'cancel', reason: '' });
  expect(bareTerm(TERMS.price)).toBe(TERMS.price);
});
