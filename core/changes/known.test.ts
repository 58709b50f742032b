import { expect, test } from 'vitest';
import { deal } from '../permissions/testing.ts';
import { factsKnownOf } from './known.ts';

const financed = (financing: string | null) => ({
  ...deal,
  row: { ...deal.row, side: 'buyer' as const, scenario: 'buy' as const, facts: { financing } },
});

test('whether there is a loan is what intake said, and unknown where nobody has', () => {
  expect(factsKnownOf(financed('cash'), []).isFinanced).toBe(false);
  expect(factsKnownOf(financed('fha'), []).isFinanced).toBe(true);
  expect(factsKnownOf(financed('unknown'), []).isFinanced).toBeNull();
  expect(factsKnownOf(financed(null), []).isFinanced).toBeNull();
  const rental = { ...deal, row: { ...deal.row, scenario: 'rent' as const, facts: { financing: 'fha' } } };
  expect(factsKnownOf(rental, []).isFinanced).toBe(false);
});

test('a credit is a cost to the loan; repairs alone may be one', () => {
  const repair = { type: 'repair', taskId: 't', title: 'Roof', clientTitle: '', by: 'other-principal' } as const;
  expect(factsKnownOf(deal, [repair]).hasCostOrCredit).toBeNull();
  expect(factsKnownOf(deal, [repair, { type: 'credit', fromCents: 0, toCents: 100 }]).hasCostOrCredit).toBe(true);
});

test('a paper was signed when one of its files is marked so', () => {
  const version = {
    ...deal.versions[0],
    id: 'v',
    lineId: 'l',
    suffix: 'FE' as const,
  } as (typeof deal.versions)[number];
  const terms = [{ type: 'new-version', lineId: 'l' }] as const;
  expect(factsKnownOf({ ...deal, versions: [version] }, terms).wasSigned).toBe(true);
  expect(factsKnownOf({ ...deal, versions: [{ ...version, suffix: null }] }, terms).wasSigned).toBeNull();
  expect(factsKnownOf({ ...deal, versions: [version] }, []).wasSigned).toBeNull();
});
