import { describe, expect, test } from 'vitest';
import { buildDealIndex } from './deal-index.ts';
import { companyEndsIn, findAddresses } from './find-addresses.ts';
import { findNames, findSender, findSurnames } from './find-people.ts';
import { dealOf, OFFICE, personOf } from './testing.ts';
import { apart, wordsIn } from './words.ts';

const index = buildDealIndex([
  ...OFFICE,
  dealOf('court', '54-2112 Kohala Mountain Rd, Hawi, HI 96719'),
  dealOf('lot', 'Lot 12 Rancho Seco Rd, Galt, CA 95632'),
  dealOf('pena', '88 Calle de la Peña, Santa Fe, NM 87501'),
  dealOf('mark', "9 St. Mark's Pl, New York, NY 10003", { unit: 'Apt 4B' }),
  dealOf('south', '300 S Main St, Davis, CA 95616'),
  dealOf('b', '12B Oak Hollow Ct, Davis, CA 95616'),
]);

function found(text: string): readonly (readonly [string, string])[] {
  const words = wordsIn(text);
  const source = { text, words, quotedFrom: text.length + 1, companyEnds: companyEndsIn(index, words) };
  return findAddresses(index, source).map(({ indexed, fit }) => [indexed.deal.dealId, fit]);
}

describe('one place in many spellings', () => {
  test.each([
    ['1847 Marlowe Ave', 'marlowe', 'exact'],
    ['located at 1847 MARLOWE AVENUE, SACRAMENTO, CALIFORNIA 95816-1234', 'marlowe', 'exact'],
    ['1847 Marlowe\nAvenue', 'marlowe', 'exact'],
    ['1847 Mar-\nlowe Ave.', 'marlowe', 'exact'],
    ['1847-1849 Marlowe Ave', 'marlowe', 'exact'],
    ['1845-49 Marlowe Ave', 'marlowe', 'exact'],
    ['1847 Marlowe', 'marlowe', 'near'],
    ['1847 Marlow Ave', 'marlowe', 'near'],
    ['1847 Marlowe Ave., #4', 'marlowe', 'other-unit'],
    ['1847 Marlowe Ave, Fresno, CA 93704', 'marlowe', 'other-place'],
    ['77 S.W. 5th Street #1204', 'miami-1204', 'exact'],
    ['77 Southwest Fifth St, Apartment 1204', 'miami-1204', 'exact'],
    ['77 S. W. 5TH ST UNIT 305', 'miami-305', 'exact'],
    ['77 SW 5th St 1204', 'miami-1204', 'exact'],
    ['512 N. St. Helens Avenue', 'tacoma', 'exact'],
    ['512 North Saint Helens Ave', 'tacoma', 'exact'],
    ['1200 East First Avenue', 'denver', 'exact'],
    ['12 Birch Ct', 'birch', 'exact'],
    ['13 Birch Court', 'birch', 'exact'],
    ['12–14 Birch Ct', 'birch', 'exact'],
    ['640½ Sable Terrace', 'sable', 'exact'],
    ['640 1/2 Sable Ter', 'sable', 'exact'],
    ['640 Sable Ter', 'sable', 'other-unit'],
    ['54-2112 Kohala Mtn Rd', 'court', 'exact'],
    ['LOT 12 RANCHO SECO ROAD', 'lot', 'near'],
    ['88 Calle de la Pena', 'pena', 'exact'],
    ['9 Saint Marks Place, Apt. 4-B', 'mark', 'exact'],
    ['9 ST MARK’S PL, # 4 B', 'mark', 'exact'],
    ['9 St Marks Pl', 'mark', 'no-unit'],
    ['12-B Oak Hollow Court', 'b', 'exact'],
    ['12 Oak Hollow Ct Unit B', 'b', 'exact'],
  ])('%j', (text, dealId, fit) => {
    expect(found(text)).toContainEqual([dealId, fit]);
  });

  test.each([
    ['1849 Marlowe Ave'],
    ['1847 Marlowe St'],
    ['1847'],
    ['Marlowe Ave'],
    ['300 N Main St'],
    ['18471 Marlowe Ave'],
    ['2026-06-18 47 Marlowe Ave'],
    ['11 Birch Ct'],
    ['15 Birch Ct'],
    ['54 Kohala Mountain Rd'],
    ['Lot 13 Rancho Seco Rd'],
  ])('%j is no deal’s door', (text) => {
    expect(found(text)).toEqual([]);
  });

  test('names with the words run together', () => {
    expect(found(apart('2026_1847MarloweAve_TDS'))).toContainEqual(['marlowe', 'exact']);
    expect(found(apart('TDS-1847-Marlowe-Ave'))).toContainEqual(['marlowe', 'exact']);
  });

  test('a company’s letterhead is no property, its subject line is', () => {
    expect(found('Larkmoor Escrow\n1847 Marlowe Ave, Sacramento')).toEqual([['marlowe', 'office']]);
    expect(found('Larkmoor Escrow\nProperty: 1847 Marlowe Ave')).toEqual([['marlowe', 'exact']]);
  });
});

describe('clients', () => {
  const named = (text: string) =>
    findNames(index, wordsIn(text)).map(({ indexed, weight }) => [indexed.deal.dealId, weight]);

  test.each([
    ['Gloria Estevez', 'marlowe', 0.6],
    ['ESTÉVEZ, GLORIA M.', 'marlowe', 0.6],
    ['Gloria M Estévez', 'marlowe', 0.6],
    ['Gloria Ann Estevez', 'marlowe', 0.6],
    ['G. Estevez', 'marlowe', 0.25],
    ['Imre and Lena Vasquez', 'larkspur', 0.6],
    ['Maria Jose Garcia Lopez', 'miami-1204', 0.6],
    ['María García', 'miami-1204', 0.45],
    ['María José', 'miami-1204', 0.28],
    ['Gus Andersson', 'birch', 0.3],
    ['Gus Andersson', 'orchard', 0.3],
  ])('%j names %s', (text, dealId, weight) => {
    expect(named(text)).toContainEqual([dealId, weight]);
  });

  test.each([['Gloria Smith and Tom Estevez'], ['Gloria'], ['Estevez'], ['Tom Estevez']])('%j names nobody', (text) => {
    expect(named(text)).toEqual([]);
  });

  test('a surname alone says little, and less where it is a street’s', () => {
    expect(findSurnames(index, wordsIn('binder hollowell'))).toMatchObject([
      { indexed: { deal: { dealId: 'marlowe-2' } }, weight: 0.3 },
    ]);
    expect(findSurnames(index, wordsIn('binder'))).toEqual([]);
  });
});

describe('senders', () => {
  test('one deal is strong, twelve only narrow', () => {
    expect(findSender(index, ' Kwame@HarborLend.example ')).toMatchObject([{ weight: 0.7, deals: 1 }]);
    const many = findSender(index, 'petra.nowak@wideloans.example');
    expect(many).toHaveLength(12);
    for (const { weight } of many) expect(weight).toBeCloseTo(0.7 / 12);
  });

  test('a colleague of somebody counts a little, a neighbour at the same mail house nothing', () => {
    expect(findSender(index, 'other@harborlend.example')).toMatchObject([{ isSamePerson: false, weight: 0.2 }]);
    const shared = buildDealIndex([
      dealOf('d', '5 A St, Davis, CA 95616', { people: [personOf('client', 'Ann Lee', 'ann@gmail.com')] }),
    ]);
    expect(findSender(shared, 'bob@gmail.com')).toEqual([]);
    expect(findSender(shared, '')).toEqual([]);
  });
});
