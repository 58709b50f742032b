import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dealWith, personWith } from '../checklists/testing.ts';
import { addDays, plainDate } from '../deadlines/plain-date.ts';
import {
  compareSubjects,
  type DuplicateSubject,
  LIKELY_DUPLICATE,
  MAYBE_DUPLICATE,
  normaliseSubject,
  subjectOf,
} from './duplicates.ts';
import { duplicateKeys, findDuplicates, indexDuplicates } from './duplicates-index.ts';

const on = plainDate('2026-06-02');
const base: DuplicateSubject = {
  id: 'a',
  address: { street: '1847 Marlowe Ave', unit: '4B', city: 'Sacramento', state: 'CA', zip: '95816' },
  people: [{ name: 'Priya Raman', email: 'priya@example.com', phone: '+19165550123' }],
  on,
};
const compare = (left: DuplicateSubject, right: DuplicateSubject) =>
  compareSubjects(normaliseSubject(left), normaliseSubject(right));
const withAddress = (set: Partial<DuplicateSubject['address']>): DuplicateSubject => ({
  ...base,
  address: { ...base.address, ...set },
});
const withPerson = (set: Partial<DuplicateSubject['people'][number]>): DuplicateSubject => ({
  ...base,
  people: base.people.map((person) => ({ ...person, ...set })),
});

describe('the same with a slip or a gap', () => {
  test.each<[string, number, DuplicateSubject]>([
    ['one letter wrong in the street', LIKELY_DUPLICATE, withAddress({ street: '1847 Marlow Ave' })],
    ['no unit given', LIKELY_DUPLICATE, withAddress({ unit: '' })],
    ['no town or ZIP code given', LIKELY_DUPLICATE, withAddress({ city: '', zip: '' })],
    ['another e-mail, the same phone', LIKELY_DUPLICATE, withPerson({ email: 'p.raman@work.example' })],
    ['a middle initial', LIKELY_DUPLICATE, withPerson({ name: 'Priya S. Raman', email: '', phone: '' })],
    ['no person named', 0.8, { ...base, people: [] }],
  ])('%s: at least %d', (_name, atLeast, other) => {
    expect(compare(base, other).score).toBeGreaterThanOrEqual(atLeast);
  });
});

describe('worth asking, not more', () => {
  test('the same client on another house, or another client in the same house a year later', () => {
    const house = compare(base, withAddress({ street: '12 Elm St', unit: '', zip: '95818' }));
    expect(house.score).toBeLessThan(MAYBE_DUPLICATE);
    const stranger = {
      ...withPerson({ name: 'Hoang Tran', email: 'h@example.com', phone: '+19165550199' }),
      on: addDays(on, 400),
    };
    expect(compare(base, stranger).score).toBeLessThan(MAYBE_DUPLICATE);
  });

  test('father and son in one house', () => {
    const father = withPerson({ name: 'Paul Ferro Sr.', email: '', phone: '' });
    const son = withPerson({ name: 'Paul Ferro Jr.', email: '', phone: '' });
    expect(compare(father, son).score).toBeLessThan(LIKELY_DUPLICATE);
  });

  test('two units of one building', () => {
    const other = { ...withAddress({ unit: '4C' }), people: [{ name: 'Hoang Tran', email: '', phone: '' }] };
    expect(compare(base, other).score).toBeLessThan(MAYBE_DUPLICATE);
    expect(compare(base, other).reasons).toContain('The same building, 1847 Marlowe Ave, but units 4B and 4C.');
  });

  test('nothing to compare is no likeness', () => {
    const empty: DuplicateSubject = { id: 'e', address: { street: '' }, people: [], on };
    expect(compare(empty, { ...empty, id: 'f' })).toEqual({ score: 0, reasons: [] });
  });
});

test('the reasons are sentences, the weightiest first', () => {
  expect(compare(base, { ...base, id: 'b', on: addDays(on, 3) })).toEqual({
    score: 1,
    reasons: [
      'The same address: 1847 Marlowe Ave.',
      'The same e-mail address: priya@example.com.',
      'The same phone number: (916) 555-0123.',
      'The same name: Priya Raman.',
      'They came in 3 days apart.',
    ],
  });
});

describe('laws', () => {
  const words = fc.constantFrom('Paul', 'Ana', 'Ferro', 'Ferra', 'Abernathy', 'Jr', 'Sr', 'Mei-Lin');
  const person = fc.record({
    name: fc.array(words, { maxLength: 3 }).map((parts) => parts.join(' ')),
    email: fc.constantFrom('', 'a@example.com', 'b@example.com'),
    phone: fc.constantFrom('', '9165550123', '9165550199'),
  });
  const subject: fc.Arbitrary<DuplicateSubject> = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    address: fc.record({
      street: fc.constantFrom('', '12 Elm St', '14 Elm St', '12 Marlowe Ave', '12 Marlow Ave', 'Elm St'),
      unit: fc.constantFrom('', '4B', '4C'),
      city: fc.constantFrom('', 'Austin', 'Dallas'),
      state: fc.constantFrom('', 'TX', 'CA'),
      zip: fc.constantFrom('', '78701', '75201'),
    }),
    people: fc.array(person, { maxLength: 3 }),
    on: fc.option(fc.integer({ min: 0, max: 500 }).map((days) => addDays(on, days))),
  });

  test('symmetric, between 0 and 1', () => {
    fc.assert(
      fc.property(subject, subject, (left, right) => {
        const one = compare(left, right);
        expect(one).toEqual(compare(right, left));
        expect(one.score).toBeGreaterThanOrEqual(0);
        expect(one.score).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });

  test('identical is 1, if it says anything', () => {
    fc.assert(
      fc.property(subject, (one) => {
        const normal = normaliseSubject(one);
        const says = normal.address.street !== '' || normal.people.length > 0;
        expect(compare(one, { ...one, id: 'other' }).score).toBe(says ? 1 : 0);
      }),
    );
  });

  test('formatting does not change the score', () => {
    const shout = (text: string) => ` ${text.toUpperCase()} `;
    fc.assert(
      fc.property(subject, subject, (left, right) => {
        const restyled: DuplicateSubject = {
          ...left,
          address: {
            street: shout(left.address.street.replace('St', 'Street').replace('Ave', 'Avenue')),
            unit: left.address.unit === '' ? '' : `Apt. ${left.address.unit?.toLowerCase()}`,
            city: shout(left.address.city ?? ''),
            state: left.address.state?.toLowerCase() ?? '',
            zip: left.address.zip === '' ? '' : `${left.address.zip}-1234`,
          },
          people: left.people.map(({ name, email, phone }) => ({
            name: shout(name).replace('FERRO', 'Férro').replace('-', ' '),
            email: shout(email),
            phone: phone === '' ? '' : `+1 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}.${phone.slice(6)}`,
          })),
        };
        expect(compare(restyled, right).score).toBe(compare(left, right).score);
      }),
    );
  });

  test('the index finds what comparing everything finds among those that share a key', () => {
    fc.assert(
      fc.property(fc.array(subject, { maxLength: 12 }), subject, (rows, wanted) => {
        const all = rows.map((row, index) => ({ ...row, id: `r${index}` }));
        const keys = new Set(duplicateKeys(normaliseSubject(wanted)));
        const expected = all
          .filter((row) => duplicateKeys(normaliseSubject(row)).some((key) => keys.has(key)))
          .filter((row) => compare({ ...wanted, id: 'w' }, row).score >= MAYBE_DUPLICATE)
          .map((row) => row.id);
        const found = findDuplicates(indexDuplicates(all), { ...wanted, id: 'w' }).map((match) => match.id);
        expect([...found].sort()).toEqual([...expected].sort());
      }),
    );
  });
});

test('a deal is compared by its address, its clients and the day it was opened', () => {
  const deal = dealWith({ people: [personWith('client', { email: 'a@example.com' }), personWith('lender')] });
  expect(subjectOf(deal)).toMatchObject({
    id: 'deal-1',
    people: [{ name: 'Priya Raman', email: 'a@example.com' }],
    on: '2026-06-01',
  });
  expect(findDuplicates(indexDuplicates([subjectOf(deal)]), subjectOf(deal))).toEqual([]);
});
