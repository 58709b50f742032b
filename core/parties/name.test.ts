import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareNames, isOneSlipApart, normaliseName } from './name.ts';

const score = (left: string, right: string) => compareNames(normaliseName(left), normaliseName(right));

describe('two spellings of one name', () => {
  test.each([
    ['Renée Abernathy', 'RENEE ABERNATHY'],
    ['Abernathy, Renée', 'Renée Abernathy'],
    ['Mei-Lin Forrester', 'Mei Lin Forrester'],
    ["Siobhán O'Brien", 'Siobhan OBrien'],
    ['Dr. Hoang Tran, Ph.D.', 'Hoang Tran'],
    ['Paul Ferro Jr.', 'Ferro Junior, Paul'],
    ['Søren Łukasz', 'Soren Lukasz'],
    ['Paul Ferro III', 'Paul Ferro 3rd'],
  ])('%s and %s', (left, right) => {
    expect(score(left, right)).toBe(1);
  });
});

describe('how alike', () => {
  test.each([
    ['Paul Ferro Jr.', 'Paul Ferro Sr.', 0.2],
    ['Paul Ferro Jr.', 'Paul Ferro', 0.9],
    ['Paul A. Ferro', 'Paul Ferro', 0.9],
    ['Paul Andrew Ferro', 'Paul Ferro', 0.9],
    ['Renee Abernathy', 'Renee Abernaty', 0.85],
    ['P. Ferro', 'Paul Ferro', 0.6],
    ['Bob Ferro', 'Robert Ferro', 0],
    ['Ferro', 'Paul Ferro', 0.3],
    ['Ewa Ferro', 'Paul Ferro', 0],
    ['', 'Paul Ferro', 0],
  ])('%s and %s: %d', (left, right, expected) => {
    expect(score(left, right)).toBe(expected);
  });

  test('the order of the two does not matter, and a name is itself', () => {
    const word = fc.constantFrom(
      'Paul',
      'Pual',
      'P',
      'Ferro',
      'Ferra',
      'Abernathy',
      'Abernaty',
      'Jr',
      'Sr',
      'Mei-Lin',
      'Ana',
    );
    const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(name, name, (left, right) => {
        expect(score(left, right)).toBe(score(right, left));
        expect(score(left, left)).toBe(1);
      }),
    );
  });
});

test.each([
  ['ABERNATHY', 'ABERNATY', true],
  ['MARLOWE', 'MARLWOE', true],
  ['MARLOWE', 'MARLOW', true],
  ['MARLOWE', 'MORLOWE', true],
  ['MARLOWE', 'MORLOW', false],
  ['AABB', 'BBAA', false],
  ['SAME', 'SAME', true],
])('%s and %s are one slip apart: %s', (left, right, expected) => {
  expect(isOneSlipApart(left, right)).toBe(expected);
});
