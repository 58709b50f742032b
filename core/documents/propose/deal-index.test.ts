import { expect, test } from 'vitest';
import { buildDealIndex, type DealIndex } from './deal-index.ts';
import { dealOf, personOf } from './testing.ts';

const make = (at: number, street = `${100 + at} Marlowe Ave`) =>
  dealOf(`deal-${at}`, street, {
    clientNames: [`Client Number${at}`, 'Ann & Bo Shared'],
    people: [personOf('lender', 'Lee Lender', 'lee@wideloans.example', 'Wide Loans')],
  });

/** What an index answers with, as plain values. */
function said({ byLine, ...maps }: DealIndex) {
  const lines = [...maps.byId.values()].flatMap(({ deal }) => deal.lines.map(({ lineId }) => byLine.get(lineId)));
  return { ...maps, lines };
}

test('an index made again after one deal changed says what one made from nothing says', () => {
  const deals = [0, 1, 2].map((at) => make(at));
  const before = said(buildDealIndex(deals));
  const changed = deals.with(1, make(1, '9 Elm St'));
  const again = said(buildDealIndex(changed));
  expect(again).toEqual(said(buildDealIndex(structuredClone(changed))));
  expect([again.byDoor.has('9 ELM'), again.byDoor.has('101 MARLOWE')]).toEqual([true, false]);
  expect(said(buildDealIndex(deals))).toEqual(before);
});

test('a line is found by its id, and one of no deal is not', () => {
  const deal = make(0);
  const index = buildDealIndex([deal]);
  for (const { lineId } of deal.lines) expect(index.byLine.get(lineId)?.deal).toBe(deal);
  expect(deal.lines.length).toBeGreaterThan(0);
  expect(index.byLine.get('nowhere')).toBeUndefined();
});
