import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { type PDFObject, PDFRef } from 'pdf-lib';
import { expect, test } from 'vitest';
import { readTrueType } from './true-type.ts';
import { createTypefaces } from './typeface.ts';
import { wrap } from './wrap.ts';

const FONT = join(
  dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  'standard_fonts/LiberationSans-Regular.ttf',
);

test('a subset has the outlines of its letters, and of the parts they are made of, byte for byte', () => {
  const bytes = readFileSync(FONT);
  const before = Buffer.from(bytes);
  const font = readTrueType(bytes);
  const letters = ['A', 'é', 'Ł'].map((letter) => font.glyphOf(letter.codePointAt(0) ?? 0));
  expect(letters.every((glyph) => glyph > 0)).toBe(true);
  const small = Buffer.from(font.subset(new Set(letters)));
  expect(bytes.equals(before)).toBe(true);
  expect(small.length).toBeLessThan(bytes.length / 4);
  for (const glyph of letters) expect(outline(small, glyph).equals(outline(bytes, glyph))).toBe(true);
  const part = outline(bytes, letters[1] ?? 0).readUInt16BE(12);
  expect(outline(small, part).equals(outline(bytes, part))).toBe(true);
  expect(outline(small, font.glyphOf(0x5a))).toHaveLength(0);
});

test('what has no glyph is shown by its plain letters, or by a question mark', () => {
  const { text } = createTypefaces(home());
  expect(text.show('Nguyễn')).toBe(text.show('Nguyen'));
  expect(text.show('Łukasz')).not.toBe(text.show('Lukasz'));
  expect(text.show('李小龍')).toBe(text.show('???'));
  expect(text.show('a\tb\n\u200bc\u0000')).toBe(text.show('a b c '));
});

test('any text can be shown, measured and wrapped; no line is too wide, and no letter is lost', () => {
  const { text } = createTypefaces(home());
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 20, max: 300 }), (words, width) => {
      expect(text.show(words)).toMatch(/^<([0-9a-f]{4})*>$/);
      const lines = wrap(words, { face: text, size: 10, width });
      for (const line of lines) expect(text.width(line, 10)).toBeLessThanOrEqual(width);
      expect(lines.join('').replace(/\s/g, '')).toBe(words.replace(/\s/g, ''));
    }),
  );
});

function home() {
  let next = 0;
  return {
    reserve() {
      next += 1;
      return PDFRef.of(next);
    },
    write: (_ref: PDFRef, _object: PDFObject) => undefined,
  };
}

/** The outline of a glyph, found as a reader of fonts finds it. */
function outline(font: Buffer, glyph: number): Buffer {
  const offsetOf = (tag: string) => {
    for (let at = 12; at < 12 + 16 * font.readUInt16BE(4); at += 16) {
      if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
    }
    throw new Error(tag);
  };
  const isLong = font.readInt16BE(offsetOf('head') + 50) === 1;
  const start = (at: number) =>
    isLong ? font.readUInt32BE(offsetOf('loca') + 4 * at) : 2 * font.readUInt16BE(offsetOf('loca') + 2 * at);
  return font.subarray(offsetOf('glyf') + start(glyph), offsetOf('glyf') + start(glyph + 1));
}
