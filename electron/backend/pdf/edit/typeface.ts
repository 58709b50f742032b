import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { PDFContext, type PDFObject, PDFRawStream, type PDFRef, PDFString } from 'pdf-lib';
import { readTrueType, type TrueType } from './true-type.ts';

/** One of the two weights, as used in one output file. */
export interface Face {
  readonly ref: PDFRef;
  /** The resource name on every page it is used on. */
  readonly name: 'CbText' | 'CbStrong';
  /** Hexadecimal glyph codes for a content stream, `<0012...>`. Never fails: what has no glyph is "?". */
  show(text: string): string;
  /** Width in points. */
  width(text: string, size: number): number;
}

export interface Typefaces {
  readonly text: Face;
  readonly strong: Face;
  /** Writes those that were used, with only the letters that were. */
  finish(): void;
}

/** Where a font is written: a sink, or a parsed file. */
export interface FontHome {
  reserve(): PDFRef;
  write(ref: PDFRef, object: PDFObject): void;
}

const FILES = { CbText: 'LiberationSans-Regular.ttf', CbStrong: 'LiberationSans-Bold.ttf' } as const;
const loaded = new Map<string, TrueType>();

/** Liberation Sans, which comes with the reader of PDFs (SIL-style licence, made to be embedded). */
export function createTypefaces(home: FontHome): Typefaces {
  const text = createFace(home, 'CbText');
  const strong = createFace(home, 'CbStrong');
  return {
    text: text.face,
    strong: strong.face,
    finish() {
      text.finish();
      strong.finish();
    },
  };
}

function load(name: keyof typeof FILES): TrueType {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const font = readTrueType(readFileSync(join(folder, 'standard_fonts', FILES[name])));
  loaded.set(name, font);
  return font;
}

function createFace(home: FontHome, name: keyof typeof FILES): { readonly face: Face; finish(): void } {
  const font = load(name);
  const ref = home.reserve();
  /** Glyph to the text it stands for, so that the words can be found and copied. */
  const used = new Map<number, string>();
  return {
    face: {
      ref,
      name,
      show(text) {
        const glyphs = glyphsOf(font, text);
        for (const [glyph, letter] of glyphs) used.set(glyph, letter);
        return `<${glyphs.map(([glyph]) => hex(glyph)).join('')}>`;
      },
      width: (text, size) =>
        (glyphsOf(font, text).reduce((sum, [glyph]) => sum + font.widthOf(glyph), 0) * size) / font.unitsPerEm,
    },
    finish() {
      if (used.size > 0) writeFont({ home, ref, name, font, used });
    },
  };
}

/** Each letter, or its plain form ("ﬁ" as "fi", an accent that the font lacks left off), or "?". */
function glyphsOf(font: TrueType, text: string): readonly (readonly [number, string])[] {
  return Array.from(
    text
      .normalize('NFC')
      .replace(/[\s\p{Cc}]/gu, ' ')
      .replace(/\p{Cf}/gu, ''),
  ).flatMap((letter) => {
    const glyph = font.glyphOf(letter.codePointAt(0) ?? 0);
    if (glyph !== 0) return [[glyph, letter] as const];
    const plain = Array.from(letter.normalize('NFKD').replace(/\p{M}/gu, '')).map(
      (part) => [font.glyphOf(part.codePointAt(0) ?? 0), part] as const,
    );
    const isDrawn = plain.length > 0 && plain.every(([part]) => part !== 0);
    return isDrawn ? plain : [[font.glyphOf(0x3f), '?'] as const];
  });
}

interface FontParts {
  readonly home: FontHome;
  readonly ref: PDFRef;
  readonly name: keyof typeof FILES;
  readonly font: TrueType;
  readonly used: ReadonlyMap<number, string>;
}

/** A composite font with two-byte glyph codes (PDF 32000-1, 9.7). */
function writeFont({ home, ref, name, font, used }: FontParts): void {
  const context = PDFContext.create();
  const glyphs = [...used.keys()].toSorted((a, b) => a - b);
  const add = (object: PDFObject): PDFRef => {
    const to = home.reserve();
    home.write(to, object);
    return to;
  };
  const stream = (data: Uint8Array, extra = {}): PDFRef =>
    add(PDFRawStream.of(context.obj({ Filter: 'FlateDecode', ...extra }), deflateSync(data)));
  const scaled = (value: number) => Math.round((value * 1000) / font.unitsPerEm);
  const file = font.subset(new Set(glyphs));
  const baseName = `CBOARD+LiberationSans${name === 'CbStrong' ? '-Bold' : ''}`;
  const descriptor = add(
    context.obj({
      Type: 'FontDescriptor',
      FontName: baseName,
      Flags: 32,
      FontBBox: font.box.map(scaled),
      ItalicAngle: 0,
      Ascent: scaled(font.ascent),
      Descent: scaled(font.descent),
      CapHeight: 729,
      StemV: name === 'CbStrong' ? 140 : 80,
      FontFile2: stream(file, { Length1: file.length }),
    }),
  );
  const descendant = add(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: baseName,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      FontDescriptor: descriptor,
      CIDToGIDMap: 'Identity',
      DW: 0,
      W: glyphs.flatMap((glyph) => [glyph, [scaled(font.widthOf(glyph))]]),
    }),
  );
  const font0 = { Type: 'Font', Subtype: 'Type0', BaseFont: baseName, Encoding: 'Identity-H' };
  const toUnicode = stream(Buffer.from(unicodeMap(glyphs, used), 'latin1'));
  home.write(ref, context.obj({ ...font0, DescendantFonts: [descendant], ToUnicode: toUnicode }));
}

function unicodeMap(glyphs: readonly number[], used: ReadonlyMap<number, string>): string {
  const lines = glyphs.map((glyph) => {
    const units = Array.from({ length: (used.get(glyph) ?? '').length }, (_, at) =>
      (used.get(glyph) ?? '').charCodeAt(at),
    );
    return `<${hex(glyph)}> <${units.map(hex).join('')}>`;
  });
  const blocks: string[] = [];
  for (let at = 0; at < lines.length; at += 100) {
    const block = lines.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0');
}
