import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainDate } from '../deadlines/plain-date.ts';
import { fileNameFor, freeSegment, MAX_SEGMENT_BYTES, nameKey, safeSegment } from './file-name.ts';

const parts = {
  on: plainDate('2026-06-02'),
  street: '123 Main St',
  category: 'Purchase contract',
  suffix: 'FE',
  version: 3,
  extension: '.pdf',
} as const;

describe('fileNameFor', () => {
  test('is the convention of domain.md section 10', () => {
    expect(fileNameFor(parts)).toBe('2026-06-02_123-Main-St_Purchase-Contract_FE_v3.pdf');
    expect(fileNameFor({ ...parts, suffix: null, version: 1 })).toBe('2026-06-02_123-Main-St_Purchase-Contract_v1.pdf');
  });

  test.each([
    ['Calle Peñón 5 ½', '', 'Calle-Penon-5-1-2_Document'],
    ["O'Brien’s Wharf #4", 'HOA/condo docs', 'OBriens-Wharf-4_HOA-Condo-Docs'],
    ['../../etc', 'a\u0000b', 'etc_A-B'],
    ['日本', 'ﬁle', 'Property_File'],
    ['Straße 9', 'x'.repeat(300), `Strasse-9_X${'x'.repeat(59)}`],
  ])('%s, %s', (street, category, expected) => {
    expect(fileNameFor({ ...parts, street, category })).toBe(`2026-06-02_${expected}_FE_v3.pdf`);
  });

  test('an ending that is none becomes bin', () => {
    expect(fileNameFor({ ...parts, extension: '' })).toMatch(/\.bin$/);
    expect(fileNameFor({ ...parts, extension: '../PDF' })).toMatch(/_v3\.pdf$/);
    expect(fileNameFor({ ...parts, extension: 'averylongending' })).toMatch(/\.bin$/);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom(
      '.',
      ' ',
      '/',
      '\\',
      '..',
      ':',
      '\0',
      'CON',
      'nul',
      'é',
      'e\u0301',
      '\u202E',
      '\uD800',
      '😀',
      'a',
    ),
    maxLength: 120,
  }),
  fc.constantFrom('CON', 'con.pdf', 'NUL .txt', 'COM1', 'lpt9.tar.gz', 'COM¹', '..', '.', '', '   ', 'CONIN$', 'aux.'),
);

/** One segment on every system: independent of how the code says it. */
function expectSafe(name: string): void {
  expect(name).not.toBe('');
  expect(name).toBe(name.normalize('NFC'));
  expect(name).not.toMatch(/[/\\<>:"|?*]/);
  for (const character of name) expect(character.codePointAt(0) ?? 0).toBeGreaterThanOrEqual(0x20);
  expect(name).not.toMatch(/[\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/);
  expect(name).not.toMatch(/^[. ]|[. ]$/);
  expect(name.split('.')[0]?.trim() ?? '').not.toMatch(/^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i);
  expect(name.isWellFormed()).toBe(true);
  expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(MAX_SEGMENT_BYTES);
}

describe('laws', () => {
  test('a filed name is always a safe segment of plain ASCII', () => {
    fc.assert(
      fc.property(
        anyText,
        anyText,
        anyText,
        fc.integer({ min: 1, max: 9999 }),
        (street, category, extension, version) => {
          const name = fileNameFor({ ...parts, street, category, extension, version });
          expectSafe(name);
          expect(name).toMatch(/^2026-06-02_[A-Za-z0-9-]{1,40}_[A-Za-z0-9-]{1,60}_FE_v\d+\.[a-z0-9]{1,8}$/);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('a name from outside becomes a safe segment, and a second time changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = safeSegment(text);
        expectSafe(name);
        expect(safeSegment(name)).toBe(name);
      }),
      { numRuns: 3_000 },
    );
  });

  test('nothing is overwritten, not even where case or accents are ignored', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyText, fc.constantFrom('a.pdf', 'A.PDF', 'é.pdf', 'e\u0301.pdf', 'STRASSE', 'straße')), {
          maxLength: 12,
        }),
        (names) => {
          const taken = new Set<string>();
          for (const each of names) {
            const free = freeSegment(each, taken);
            expectSafe(free);
            expect(taken.has(nameKey(free))).toBe(false);
            taken.add(nameKey(free));
          }
          expect(taken.size).toBe(names.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test.each([
    ['Document(3).pdf', 'Document(3).pdf'],
    ['Contrat d’achat — été.pdf', 'Contrat d’achat — été.pdf'],
    ['..\\..\\evil.exe', '_.._evil.exe'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['CON.pdf', '_CON.pdf'],
    ['name. . .', 'name'],
    ['', 'file'],
    [`${'a'.repeat(400)}.pdf`, `${'a'.repeat(196)}.pdf`],
  ])('%j becomes %j', (from, to) => {
    expect(safeSegment(from)).toBe(to);
  });
});
