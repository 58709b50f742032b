import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexText, matchOf, parseQuery, wordsOf } from './words.ts';

test.each([
  ["O'Brien", ['o', 'brien']],
  ['RPA-CA', ['rpa', 'ca']],
  ['ana.lopez@mail.example', ['ana', 'lopez', 'mail', 'example']],
  ['$642,000.50', ['642', '000', '50']],
  ['CAÑADA Élan Zoë', ['canada', 'elan', 'zoe']],
  ['e\u0301lan', ['elan']],
  ['ﬁnancing', ['financing']],
  ['escr\u00ADow', ['escrow']],
  ['№ 4½', ['no', '41', '2']],
  ['\uE000secret', ['secret']],
  ['--- "" \u0000 \uD800', []],
  ['', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('a run of letters without an end is cut', () => {
  expect(wordsOf('x'.repeat(10_000)).map((word) => word.length)).toEqual([64]);
});

test('names and numbers are also indexed without their marks, behind the words themselves', () => {
  expect(indexText("Pat O'Brien paid $1,642,000 to O’Brien & Sons")).toBe(
    'pat o brien paid 1 642 000 to o brien sons obrien 1642000',
  );
  expect(indexText('12,5 and 7')).toBe('12 5 and 7');
});

describe('what was typed', () => {
  test.each([
    ['marlowe insp', ['"marlowe"', '"insp"*']],
    ['  12-345 ', ['"12 345"*']],
    ['"loan contingency" rem', ['"loan contingency"', '"rem"*']],
    ['rem "loan conting', ['"rem"', '"loan conting"*']],
    ['rem “loan contingency”', ['"rem"', '"loan contingency"']],
    ['NOT deal* AND (x OR y)', ['"not"', '"deal"', '"and"', '"x"', '"or"', '"y"*']],
    ['text:x ^y -z {a b}: NEAR(', ['"text x"', '"y"', '"z"', '"a"', '"b"', '"near"*']],
    ['"""', []],
    ['...', []],
  ])('%j', (text, matches) => {
    expect(parseQuery(text).map(matchOf)).toEqual(matches);
  });

  test('holds eight words at most, and nothing but letters and digits', () => {
    expect(parseQuery('a b c d e f g h i j')).toHaveLength(8);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const { tokens } of parseQuery(text)) {
          expect(tokens.length).toBeGreaterThan(0);
          for (const token of tokens) expect(token).toMatch(/^[\p{L}\p{N}\uFFFD\uD800-\uDFFF]+$/u);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
