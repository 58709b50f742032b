import { deflateSync } from 'node:zlib';
import { PDFRawStream, type PDFRef } from 'pdf-lib';
import type { OpenPdf } from './open.ts';
import { num } from './page-content.ts';
import type { Face } from './typeface.ts';
import { wrap } from './wrap.ts';

const PAD = 2;
const LARGEST = 11;
const SMALLEST = 5;
/** More than a page holds at the smallest size; a hostile file may bring megabytes. */
const MAX_LETTERS = 8_000;

/** A drawing of what a field holds, for a form whose maker left that to the viewer. Null for an empty field. */
export function fieldText(
  { doc }: OpenPdf,
  field: { readonly text: string; readonly width: number; readonly height: number },
  face: Face,
): PDFRef | null {
  const { width, height } = field;
  const text = field.text.slice(0, MAX_LETTERS);
  if (text.trim() === '') return null;
  const isTall = height > 2.4 * LARGEST;
  let size = Math.min(LARGEST, Math.max(SMALLEST, height * 0.7));
  let lines = linesAt(size);
  while (size > SMALLEST && lines.length * size * 1.2 > height - PAD) {
    size -= 0.5;
    lines = linesAt(size);
  }
  const top = isTall ? height - PAD - size : (height - size * 0.7) / 2;
  const shown = lines.map((line) => `${face.show(line)} Tj 0 ${num(-size * 1.2)} Td`).join('\n');
  const content = `q 0 0 ${num(width)} ${num(height)} re W n BT /${face.name} ${num(size)} Tf ${PAD} ${num(top)} Td\n${shown}\nET Q`;
  const dict = doc.context.obj({
    Type: 'XObject',
    Subtype: 'Form',
    BBox: [0, 0, width, height],
    Resources: { Font: { [face.name]: face.ref } },
    Filter: 'FlateDecode',
  });
  return doc.context.register(PDFRawStream.of(dict, deflateSync(content)));

  function linesAt(points: number): readonly string[] {
    if (!isTall) return [text.replace(/\s+/g, ' ')];
    return text.split(/\r\n|\r|\n/).flatMap((line) => wrap(line, { face, size: points, width: width - 2 * PAD }));
  }
}
