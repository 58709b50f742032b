import { deflateSync } from 'node:zlib';
import { PDFRawStream, type PDFRef } from 'pdf-lib';
import { num } from './page-content.ts';
import type { PageSlot, Sink } from './sink.ts';
import type { Face, Typefaces } from './typeface.ts';

/** US Letter in points, and the column that words stand in. Distances down are from the top edge. */
export const SHEET = { width: 612, height: 792, left: 72, right: 540, top: 72, bottom: 720 } as const;
/** Sizes and leadings, in points: those of the desk (design.md "Type") as paper wants them. */
export const TYPE = {
  title: { size: 22, leading: 28 },
  heading: { size: 16, leading: 22 },
  section: { size: 11, leading: 16 },
  body: { size: 10, leading: 14 },
  meta: { size: 8.5, leading: 12 },
} as const;
/** The colours of tokens.css in its light theme, red green blue. */
export const INK = {
  text: '0.086 0.106 0.110',
  soft: '0.286 0.325 0.337',
  faint: '0.384 0.427 0.439',
  line: '0.867 0.882 0.882',
  lineStrong: '0.776 0.800 0.804',
  accent: '0.043 0.345 0.443',
  done: '0.129 0.431 0.243',
  late: '0.702 0.137 0.102',
  due: '0.529 0.318 0',
  review: '0.310 0.278 0.682',
  waiting: '0.302 0.357 0.451',
  white: '1 1 1',
} as const;
export type Ink = (typeof INK)[keyof typeof INK];

export interface Words {
  readonly x: number;
  /** The baseline, from the top edge. */
  readonly y: number;
  readonly size: number;
  readonly face: Face;
  readonly ink?: Ink;
  /** Where `x` is: at the start, or at the end of the words. */
  readonly align?: 'left' | 'right';
}

/** A page of our own while it is drawn. */
export interface Sheet {
  readonly typefaces: Typefaces;
  words(text: string, at: Words): void;
  /** A hairline across the column, or between two points of it. */
  rule(y: number, ink?: Ink, from?: number, to?: number): void;
  /** Operators in a frame of its own, with (x, y) from the top edge as its origin and y pointing up. */
  drawing(x: number, y: number, operators: string): void;
  /** Makes a part of the sheet lead to a page. */
  link(area: { readonly top: number; readonly bottom: number }, page: PDFRef): void;
  write(sink: Sink, slot: PageSlot): void;
}

export function createSheet(typefaces: Typefaces): Sheet {
  const content: string[] = [];
  const links: { readonly top: number; readonly bottom: number; readonly page: PDFRef }[] = [];
  const up = (y: number) => SHEET.height - y;
  return {
    typefaces,
    words(text, { x, y, size, face, ink = INK.text, align = 'left' }) {
      const start = align === 'left' ? x : x - face.width(text, size);
      content.push(`BT ${ink} rg /${face.name} ${size} Tf ${num(start)} ${num(up(y))} Td ${face.show(text)} Tj ET`);
    },
    rule(y, ink = INK.line, from = SHEET.left, to = SHEET.right) {
      content.push(`${ink} RG 0.6 w ${num(from)} ${num(up(y))} m ${num(to)} ${num(up(y))} l S`);
    },
    drawing: (x, y, operators) => void content.push(`q 1 0 0 1 ${num(x)} ${num(up(y))} cm\n${operators}\nQ`),
    link: (area, page) => void links.push({ ...area, page }),
    write(sink, { ref, parent }) {
      const data = deflateSync(Buffer.from(content.join('\n'), 'latin1'));
      const contents = sink.add(PDFRawStream.of(sink.context.obj({ Filter: 'FlateDecode' }), data));
      const annotations = links.map(({ top, bottom, page }) =>
        sink.add(
          sink.context.obj({
            Type: 'Annot',
            Subtype: 'Link',
            Rect: [SHEET.left - 4, up(bottom), SHEET.right + 4, up(top)],
            Border: [0, 0, 0],
            Dest: [page, 'XYZ', null, null, null],
          }),
        ),
      );
      const { text, strong } = typefaces;
      sink.write(
        ref,
        sink.context.obj({
          Type: 'Page',
          Parent: parent,
          MediaBox: [0, 0, SHEET.width, SHEET.height],
          Resources: { Font: { [text.name]: text.ref, [strong.name]: strong.ref } },
          Contents: contents,
          Annots: annotations.length === 0 ? undefined : annotations,
        }),
      );
    },
  };
}
