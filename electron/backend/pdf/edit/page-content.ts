import { PDFArray, PDFDict, PDFName, PDFNumber, type PDFObject, type PDFRef } from 'pdf-lib';
import type { OpenPdf, SourcePage } from './open.ts';

/** A rectangle in points, `left < right`, `bottom < top`. */
export interface Box {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

export type Matrix = readonly [number, number, number, number, number, number];

/** The page as a person sees it: what it shows, how far it is turned, and how to draw upright on it. */
export interface View {
  readonly box: Box;
  readonly rotate: 0 | 90 | 180 | 270;
  readonly width: number;
  readonly height: number;
  /** Takes upright points, from the lower left corner as seen, to the page's own. */
  readonly upright: Matrix;
}

const LETTER: Box = { left: 0, bottom: 0, right: 612, top: 792 };

export function viewOf(pdf: OpenPdf, { dict }: SourcePage): View {
  const media = boxOf(pdf, dict.get(PDFName.of('MediaBox'))) ?? LETTER;
  const crop = boxOf(pdf, dict.get(PDFName.of('CropBox')));
  const box = (crop && within(crop, media)) ?? media;
  const turned = pdf.doc.context.lookup(dict.get(PDFName.of('Rotate')));
  const rotate = quarter(turned instanceof PDFNumber ? turned.asNumber() : 0);
  const across = box.right - box.left;
  const up = box.top - box.bottom;
  const isSideways = rotate === 90 || rotate === 270;
  return {
    box,
    rotate,
    width: isSideways ? up : across,
    height: isSideways ? across : up,
    upright: uprightOf(box, rotate),
  };
}

/** Degrees to the nearest legal turn; a page may say -90 or 450. */
export function quarter(degrees: number): 0 | 90 | 180 | 270 {
  const turns = Number.isFinite(degrees) ? Math.round(degrees / 90) : 0;
  const legal = [0, 90, 180, 270] as const;
  return legal[((turns % 4) + 4) % 4] ?? 0;
}

/**
 * Draws before and after what a page shows, which is fenced off so that it can't move what comes after.
 * Content is operators of a page's content stream, in ASCII; `after` may be a stream that begins with the end of the
 * fence (`Q`) and is written later.
 */
export function wrapContent(
  pdf: OpenPdf,
  { dict }: SourcePage,
  { before, after }: { readonly before: string; readonly after: string | PDFRef },
): void {
  const { context } = pdf.doc;
  const own = dict.get(PDFName.of('Contents'));
  const old = context.lookup(own);
  const kept = old instanceof PDFArray ? old.asArray() : old === undefined || own === undefined ? [] : [own];
  const head = context.register(context.stream(`q ${before}\n`));
  const tail = typeof after === 'string' ? context.register(context.stream(`\nQ q ${after} Q\n`)) : after;
  dict.set(PDFName.of('Contents'), context.obj([head, ...kept, tail]));
}

/** Names fonts or drawings on one page, leaving what it shares with other pages as it is. */
export function giveResources(
  { doc }: OpenPdf,
  { dict }: SourcePage,
  { kind, named }: { readonly kind: 'Font' | 'XObject'; readonly named: readonly (readonly [string, PDFRef])[] },
): void {
  const resources = copyOf(dict.get(PDFName.of('Resources')));
  const all = copyOf(resources.get(PDFName.of(kind)));
  for (const [name, ref] of named) all.set(PDFName.of(name), ref);
  resources.set(PDFName.of(kind), all);
  dict.set(PDFName.of('Resources'), resources);

  function copyOf(object: PDFObject | undefined): PDFDict {
    const found = doc.context.lookup(object);
    return found instanceof PDFDict ? found.clone(doc.context) : PDFDict.withContext(doc.context);
  }
}

export function boxOf(pdf: OpenPdf, object: PDFObject | undefined): Box | undefined {
  const numbers = numbersOf(pdf, object);
  const [a, b, c, d] = numbers ?? [];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
  const box = { left: Math.min(a, c), bottom: Math.min(b, d), right: Math.max(a, c), top: Math.max(b, d) };
  return box.right - box.left >= 1 && box.top - box.bottom >= 1 ? box : undefined;
}

export function numbersOf(pdf: OpenPdf, object: PDFObject | undefined): readonly number[] | undefined {
  const array = pdf.doc.context.lookup(object);
  if (!(array instanceof PDFArray)) return undefined;
  const numbers = array.asArray().map((item) => pdf.doc.context.lookup(item));
  return numbers.every((item) => item instanceof PDFNumber) ? numbers.map((item) => item.asNumber()) : undefined;
}

/** A number as a content stream may hold it: no exponent, no "NaN". */
export function num(value: number): string {
  return Number.isFinite(value) ? String(Math.round(value * 1000) / 1000) : '0';
}

export function cm(matrix: Matrix): string {
  return `${matrix.map(num).join(' ')} cm`;
}

function within(inner: Box, outer: Box): Box | undefined {
  const box = {
    left: Math.max(inner.left, outer.left),
    bottom: Math.max(inner.bottom, outer.bottom),
    right: Math.min(inner.right, outer.right),
    top: Math.min(inner.top, outer.top),
  };
  return box.right - box.left >= 1 && box.top - box.bottom >= 1 ? box : undefined;
}

function uprightOf({ left, bottom, right, top }: Box, rotate: 0 | 90 | 180 | 270): Matrix {
  if (rotate === 90) return [0, 1, -1, 0, right, bottom];
  if (rotate === 180) return [-1, 0, 0, -1, right, top];
  if (rotate === 270) return [0, -1, 1, 0, left, top];
  return [1, 0, 0, 1, left, bottom];
}
