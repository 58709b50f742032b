import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findAll, findQuote, foldQuery, foldRuns } from './fold-text.ts';

const lines = (...texts: readonly string[]) => foldRuns(texts.map((text) => ({ text, endsLine: true })));
const shown = (texts: readonly string[], quote: string) => {
  const folded = lines(...texts);
  const hit = findQuote(folded, quote);
  return hit === null ? null : folded.text.slice(hit.start, hit.end);
};

describe('text as it is searched', () => {
  test('has small letters, single spaces, plain quotes and dashes', () => {
    expect(lines('Seller’s  DISCLOSURE', '“as–is”\u00ad').text).toBe('seller\'s disclosure "as-is" ');
    expect(foldQuery('  The   Ｂuyer ')).toBe('the buyer');
    expect(lines('of\ufb01ce').text).toBe('office ');
  });

  test('can be found again in its runs', () => {
    const folded = foldRuns([
      { text: '1847 Mar', endsLine: false },
      { text: 'lowe Ave', endsLine: true },
    ]);
    const hit = findAll(folded, 'marlowe')[0];
    expect(hit).toEqual({ start: 5, end: 12 });
    expect([folded.runs[5], folded.offsets[5], folded.runs[11], folded.offsets[11]]).toEqual([0, 5, 1, 3]);
  });

  test('every letter comes from where it says, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ text: fc.string({ unit: 'binary' }), endsLine: fc.boolean() })), (runs) => {
        const folded = foldRuns(runs);
        expect(folded.runs.length).toBe(folded.text.length);
        for (const [index, run] of folded.runs.entries()) {
          expect(folded.offsets[index]).toBeLessThanOrEqual(runs[run]?.text.length ?? -1);
        }
        expect(folded.text).not.toMatch(/ {2}|^ /);
      }),
    );
  });
});

describe('what is found', () => {
  test('is every place, without overlaps', () => {
    expect(findAll(lines('aaaa'), 'aa')).toEqual([
      { start: 0, end: 2 },
      { start: 2, end: 4 },
    ]);
    expect(findAll(lines('aaaa'), '')).toEqual([]);
    expect(findAll(lines('a'.repeat(30_000)), 'a')).toHaveLength(10_000);
  });

  test('a quote may be broken over lines, or have lost its spaces', () => {
    expect(shown(['Real Estate', 'Transfer'], 'estate transfer')).toBe('estate transfer');
    expect(shown(['1847MarloweAve'], '1847 Marlowe Ave')).toBe('1847marloweave');
    expect(shown(['1 8 4 7 Marlowe'], '1847 Marlowe')).toBe('1 8 4 7 marlowe');
    expect(shown(['nothing'], 'else')).toBeNull();
    expect(shown(['nothing'], '   ')).toBeNull();
  });
});
