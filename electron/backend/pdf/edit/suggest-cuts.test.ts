import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suggestCuts } from './suggest-cuts.ts';

const cutsOf = (...texts: string[]) => suggestCuts(texts.map((text) => ({ text }))).map(({ page }) => page);

test('a footer that counts from 1 starts a document, one that goes on does not', () => {
  expect(
    cutsOf('A\nPAGE 1 OF 2', 'B\nPAGE 2 OF 2', 'C\n(Page 1 of 3)', 'D\n(Page 2 of 3)', 'E\n(Page 3 of 3)'),
  ).toEqual([1, 3]);
  expect(suggestCuts([{ text: 'Page 1 of 1' }, { text: 'Page 1 of 4' }])[1]).toMatchObject({
    certainty: 0.95,
    reason: 'It says page 1 of 4.',
  });
});

test('a page without a footer after the last page of a form starts a document', () => {
  expect(cutsOf('x Page 1 of 2', 'x Page 2 of 2', 'a letter', 'goes on')).toEqual([1, 3]);
});

test('the mark of a form changes', () => {
  const cuts = suggestCuts([
    { text: 'words TREC NO. 20-19' },
    { text: 'words TREC NO. 20-19' },
    { text: 'words TREC NO. 40-11' },
    { text: 'RPA REVISED 12/22' },
  ]);
  expect(cuts.map(({ page }) => page)).toEqual([1, 3, 4]);
  expect(cuts[1]?.reason).toBe('The form changes from TREC NO. 20-19 to TREC NO. 40-11.');
});

test('a blank sheet separates, and is never a first page itself', () => {
  const pages = [{ text: '', isBlank: true }, { text: 'a' }, { text: 'b' }, { text: '', isBlank: true }, { text: 'c' }];
  expect(suggestCuts(pages).map(({ page, certainty }) => [page, certainty])).toEqual([
    [2, 1],
    [5, 0.8],
  ]);
});

test('a title in capitals and another paper are weak signs', () => {
  const [, titled] = suggestCuts([{ text: 'words' }, { text: "SELLER'S PROPERTY DISCLOSURE\nwords" }]);
  expect(titled).toMatchObject({ page: 2, title: "SELLER'S PROPERTY DISCLOSURE", certainty: 0.5 });
  const paper = suggestCuts([
    { text: 'a', width: 612, height: 792 },
    { text: 'b', width: 792, height: 612 },
    { text: 'c', width: 612, height: 1008 },
  ]);
  expect(paper.map(({ page, certainty }) => [page, certainty])).toEqual([
    [1, 1],
    [3, 0.4],
  ]);
});

test('any text gives cuts in order, each page once, the first with certainty 1', () => {
  const page = fc.record({ text: fc.string({ unit: 'binary' }), isBlank: fc.boolean() });
  fc.assert(
    fc.property(fc.array(page), (pages) => {
      const cuts = suggestCuts(pages);
      expect(cuts.map((cut) => cut.page)).toEqual([...new Set(cuts.map((cut) => cut.page))].toSorted((a, b) => a - b));
      expect(cuts.every(({ certainty }) => certainty > 0 && certainty <= 1)).toBe(true);
      if (cuts.length > 0) expect(cuts[0]?.certainty).toBe(1);
    }),
  );
});
