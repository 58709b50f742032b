import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKey, normaliseAddress, parseStreet } from './address.ts';

describe('the house-number plate', () => {
  test.each([
    ['1847 Marlowe Ave', '1847', 'Marlowe Ave'],
    ['  1847   Marlowe   Ave ', '1847', 'Marlowe Ave'],
    ['12-14 Elm St', '12-14', 'Elm St'],
    ['12 – 14 Elm St', '12-14', 'Elm St'],
    ['640 1/2 Sable Ter', '640 1/2', 'Sable Ter'],
    ['640½ Sable Ter', '640 1/2', 'Sable Ter'],
    ['4B Quay St', '4B', 'Quay St'],
    ['221b Baker St', '221b', 'Baker St'],
    ['123 4th St', '123', '4th St'],
    ['4th St', '4S', '4th St'],
    ['N6W23001 Bluemound Rd', 'N6W23001', 'Bluemound Rd'],
    ['41-28 53rd St', '41-28', '53rd St'],
    ['#17 Hartwell Mews', '17', 'Hartwell Mews'],
    ['Lot 12 Ridge Rd', 'Lot 12', 'Ridge Rd'],
    ['903 Tidewater Ct 4B', '903', 'Tidewater Ct 4B'],
    ['Marlowe Ave', 'MA', 'Marlowe Ave'],
    ['La Cañada de los Alamos Ranch and Vineyard Estates', 'LC', 'La Cañada de los Alamos Ranch and Vineyard Estates'],
    ['1847', '1847', ''],
    ['', '–', ''],
    ['   ', '–', ''],
  ])('%s', (line, plate, street) => {
    expect(parseStreet(line)).toEqual({ plate, street });
  });

  test('any text has a plate', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (line) => parseStreet(line).plate.length > 0));
  });
});

describe('one spelling for one home', () => {
  const base = { street: '1847 Marlowe Avenue', unit: 'Apt 4B', city: 'Sacramento', state: 'CA', zip: '95816' };
  test.each([
    [{ ...base, street: '1847 marlowe ave.' }],
    [{ ...base, unit: '#4B' }],
    [{ ...base, unit: 'Unit 4-b' }],
    [{ ...base, unit: 'no. 4 B' }],
    [{ ...base, zip: '95816-1234' }],
    [{ ...base, unit: '', street: '1847 Marlowe Av, Apt. 4B' }],
    [{ ...base, unit: '', street: '1847 Marlowe Ave 4B' }],
    [{ ...base, unit: '', street: '1847 Marlowe Ave #4B' }],
    [{ ...base, city: 'SACRAMENTO ', state: 'ca' }],
  ])('%o', (other) => {
    expect(normaliseAddress(other)).toEqual(normaliseAddress(base));
  });

  test.each([
    ['12 North Main Street', '12 N. Main St', true],
    ['12 Main Street North', '12 Main St N', true],
    ['12 North Street', '12 N St', false],
    ['12 Saint James Street', '12 St. James St', true],
    ['12 Court Street', '12 Court St', true],
    ['12 First Avenue', '12 1st Ave', true],
    ['100 State Highway 12', '100 State Hwy 12', true],
    ['100 County Road 12', '100 County Road 14', false],
    ['12 Main St', '12 Main Ave', false],
    ['12 Main St', '14 Main St', false],
    ['12 Main St Bldg C Apt 4', '12 Main St Building C #4', true],
    ['12 Main St Floor 2', '12 Main St Apt 2', false],
    ["12 O'Brien Ln", '12 OBrien Lane', true],
    ['12 Cañada Dr', '12 Canada Drive', true],
  ])('%s and %s: %s', (left, right, same) => {
    expect(addressKey({ street: left, zip: '78701' }) === addressKey({ street: right, zip: '78701' })).toBe(same);
  });

  test('a numbered road keeps its number', () => {
    expect(normaliseAddress({ street: '100 County Road 12' })).toMatchObject({ street: 'COUNTY ROAD 12', unit: '' });
    expect(normaliseAddress({ street: '100 Highway 12' })).toMatchObject({ street: 'HWY 12', unit: '' });
  });

  test('without a ZIP code the town tells two streets apart', () => {
    expect(addressKey({ street: '12 Main St', city: 'Austin', state: 'TX' })).not.toBe(
      addressKey({ street: '12 Main St', city: 'Dallas', state: 'TX' }),
    );
  });

  test('normalising what is normal changes nothing', () => {
    const part = fc.stringMatching(/^[A-Za-z]{3,9}$/);
    const suffix = fc.constantFrom('St', 'Street', 'Ave', 'Boulevard', 'Ct', 'Ln');
    fc.assert(
      fc.property(fc.nat(99_999), part, suffix, (number, name, end) => {
        const once = normaliseAddress({ street: `${number} ${name} ${end}`, zip: '95816' });
        expect(normaliseAddress({ street: `${once.number} ${once.street}`, zip: once.zip })).toEqual(once);
      }),
    );
  });
});
