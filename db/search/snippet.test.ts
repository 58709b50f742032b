import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SnippetPart, snippetOf } from './snippet.ts';
import { parseQuery } from './words.ts';

const marked = (parts: readonly SnippetPart[]) => parts.map((p) => (p.isMatch ? `[${p.text}]` : p.text)).join('');
const find = (text: string, typed: string) => marked(snippetOf(text, parseQuery(typed)));

test.each([
  ['The loan contingency is removed.', 'loan remov', 'The [loan] contingency is [removed].'],
  ['Señor Núñez, CAÑADA ROAD', 'nunez canada', 'Señor [Núñez], [CAÑADA] ROAD'],
  ['Nu\u0301n\u0303ez', 'nunez', '[Núñez]'],
  ['ﬁnal ﬁnancing', 'financing', 'final [financing]'],
  ['Pat O’Brien paid $642,000.', 'obrien 642000', 'Pat [O’Brien] paid $[642,000].'],
  ["Pat O'Brien", "o'br", "Pat [O'Brien]"],
  ['mail ana.lopez@mail.example now', 'ana.lopez@mail', 'mail [ana.lopez@mail].example now'],
  ['unloan loans loan', 'loan x', 'unloan loans [loan]'],
  ['a\n\n  table\fof\tcontents', 'contents', 'a table of [contents]'],
])('%j, %s', (text, typed, shown) => {
  expect(find(text, typed)).toBe(shown);
});

test('is cut at spaces, from where most of the words stand', () => {
  const far = `${'agreement words here. '.repeat(40)}the deposit of the buyer goes to escrow within three days ${'and more. '.repeat(60)}`;
  const shown = find(`buyer ${far}`, 'buyer deposit escr');
  expect(shown).toMatch(/^….*the \[deposit\] of the \[buyer\] goes to \[escrow\] within three days.*…$/);
  expect(shown).toMatch(/^…(agreement|words|here)[ .].* (and|more)\.?…$/);
  expect(shown.length).toBeLessThan(230);
});

test('nothing when no word is there, or nothing was typed', () => {
  expect(snippetOf('The loan', parseQuery('deposit'))).toEqual([]);
  expect(snippetOf('The loan', [])).toEqual([]);
  expect(snippetOf('', parseQuery('deposit'))).toEqual([]);
});

test('any text and any query end in a piece of the text', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'é', 'b', ' ', "'", '\n', '1', ',', '😀', '\uD800', 'ß'),
    maxLength: 600,
  });
  fc.assert(
    fc.property(
      text,
      fc.string({ unit: fc.constantFrom('a', 'e', 'b', ' ', '"', '1', '😀', '(', '\\'), maxLength: 12 }),
      (body, typed) => {
        const parts = snippetOf(body, parseQuery(typed));
        const whole = parts
          .map((part) => part.text)
          .join('')
          .replaceAll('…', '');
        const plain = body
          .normalize('NFKC')
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .toWellFormed();
        expect(plain.replaceAll('\uFFFD', '')).toContain(whole.replaceAll('\uFFFD', ''));
      },
    ),
    { numRuns: 1_000 },
  );
});
