import { PDFArray, PDFBool, PDFDict, PDFName, PDFNumber, type PDFObject, PDFRef, PDFStream } from 'pdf-lib';
import type { Copier } from './copy.ts';
import { textOf } from './destinations.ts';
import type { OpenPdf, SourcePage } from './open.ts';
import { boxOf, cm, giveResources, type Matrix, numbersOf, wrapContent } from './page-content.ts';
import type { Sink } from './sink.ts';

/** The form of a merged file, gathered input by input. */
export interface FormSet {
  /** Says whether the fields of this file may stay live: no name is taken, and no signature would be broken in silence. */
  mayKeep(pdf: OpenPdf): boolean;
  /** Takes the fields that came over with their pages. */
  keep(pdf: OpenPdf, copier: Copier): void;
  /** The form for the catalog; null without fields. */
  build(): PDFDict | null;
}

export function createFormSet(sink: Sink): FormSet {
  const taken = new Set<string>();
  const fields: PDFRef[] = [];
  const fonts = new Map<PDFName, PDFObject>();
  let isToBeDrawn = false;

  return {
    mayKeep(pdf) {
      const roots = rootFields(pdf).map((ref) => pdf.doc.context.lookup(ref));
      return roots.every((root) => root instanceof PDFDict && !taken.has(nameOf(pdf, root)) && !isSigned(pdf, root));
    },
    keep(pdf, copier) {
      const form = formOf(pdf);
      for (const field of rootFields(pdf)) {
        const to = field instanceof PDFRef ? copier.found(field) : undefined;
        if (to === undefined) continue;
        fields.push(to);
        const dict = pdf.doc.context.lookup(field);
        if (dict instanceof PDFDict) taken.add(nameOf(pdf, dict));
      }
      const shared = pdf.doc.context.lookup(form?.get(PDFName.of('DR')));
      const named = shared instanceof PDFDict ? pdf.doc.context.lookup(shared.get(PDFName.of('Font'))) : undefined;
      for (const [name, font] of named instanceof PDFDict ? named.entries() : []) {
        if (!fonts.has(name)) fonts.set(name, copier.convert(font));
      }
      isToBeDrawn ||= pdf.doc.context.lookup(form?.get(PDFName.of('NeedAppearances'))) === PDFBool.True;
    },
    build() {
      if (fields.length === 0) return null;
      const named = PDFDict.withContext(sink.context);
      for (const [name, font] of fonts) named.set(name, font);
      return sink.context.obj({ Fields: fields, DR: { Font: named }, NeedAppearances: isToBeDrawn || undefined });
    },
  };
}

/**
 * Turns the fields of these pages into what they show: the drawing each carries becomes part of the page. A field with
 * no drawing (an empty one, as a rule) leaves nothing, unless `drawValue` can draw what it holds.
 */
export function flattenFields(
  pdf: OpenPdf,
  pages: readonly SourcePage[],
  drawValue: (field: { readonly text: string; readonly width: number; readonly height: number }) => PDFRef | null,
): void {
  for (const page of pages) {
    const annotations = pdf.doc.context.lookup(page.dict.get(PDFName.of('Annots')));
    if (!(annotations instanceof PDFArray)) continue;
    const items = annotations.asArray();
    const widgets = items.filter((item) => isWidget(pdf.doc.context.lookup(item)));
    if (widgets.length === 0) continue;
    const drawn = widgets.flatMap((item, at) => {
      const widget = pdf.doc.context.lookup(item);
      const drawing = widget instanceof PDFDict ? drawingOf({ pdf, widget, name: `CbField${at}`, drawValue }) : null;
      return drawing === null ? [] : [drawing];
    });
    giveResources(pdf, page, { kind: 'XObject', named: drawn.map(({ name, ref }) => [name, ref]) });
    wrapContent(pdf, page, { before: '', after: drawn.map(({ operators }) => operators).join('\n') });
    const flat = new Set(widgets);
    page.dict.set(PDFName.of('Annots'), pdf.doc.context.obj(items.filter((item) => !flat.has(item))));
  }
}

interface Drawing {
  readonly pdf: OpenPdf;
  readonly widget: PDFDict;
  readonly name: string;
  readonly drawValue: Parameters<typeof flattenFields>[2];
}

/** How to draw a field where it stands (PDF 32000-1, 12.5.5, algorithm 8.1); null for one that shows nothing. */
function drawingOf({ pdf, widget, name, drawValue }: Drawing): { name: string; ref: PDFRef; operators: string } | null {
  const flags = pdf.doc.context.lookup(widget.get(PDFName.of('F')));
  const isHidden = flags instanceof PDFNumber && (flags.asNumber() & (2 | 32)) !== 0;
  const rect = boxOf(pdf, widget.get(PDFName.of('Rect')));
  if (isHidden || rect === undefined) return null;
  const size = { width: rect.right - rect.left, height: rect.top - rect.bottom };
  const ref = appearanceOf(pdf, widget) ?? drawValue({ text: heldText(pdf, widget), ...size });
  const stream = ref === null ? undefined : pdf.doc.context.lookup(ref);
  const fit = stream instanceof PDFStream ? fitOf(pdf, stream, rect) : null;
  return ref === null || fit === null ? null : { name, ref, operators: `q ${cm(fit)} /${name} Do Q` };
}

function fitOf(
  pdf: OpenPdf,
  stream: PDFStream,
  rect: { left: number; bottom: number; right: number; top: number },
): Matrix | null {
  const box = boxOf(pdf, stream.dict.get(PDFName.of('BBox')));
  if (box === undefined) return null;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(pdf, stream.dict.get(PDFName.of('Matrix'))) ?? [];
  const corners = [
    [box.left, box.bottom],
    [box.right, box.bottom],
    [box.left, box.top],
    [box.right, box.top],
  ].map(([x = 0, y = 0]) => [a * x + c * y + e, b * x + d * y + f] as const);
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const across = Math.max(...xs) - Math.min(...xs);
  const up = Math.max(...ys) - Math.min(...ys);
  if (!(across > 0 && up > 0)) return null;
  const sx = (rect.right - rect.left) / across;
  const sy = (rect.top - rect.bottom) / up;
  return [sx, 0, 0, sy, rect.left - Math.min(...xs) * sx, rect.bottom - Math.min(...ys) * sy];
}

/** The drawing of the state that the field is in. */
function appearanceOf(pdf: OpenPdf, widget: PDFDict): PDFRef | null {
  const { context } = pdf.doc;
  const all = context.lookup(widget.get(PDFName.of('AP')));
  let normal = all instanceof PDFDict ? all.get(PDFName.of('N')) : undefined;
  const states = context.lookup(normal);
  if (states instanceof PDFDict) {
    const state = context.lookup(widget.get(PDFName.of('AS')));
    normal = state instanceof PDFName ? states.get(state) : undefined;
  }
  const stream = context.lookup(normal);
  if (!(stream instanceof PDFStream)) return null;
  stream.dict.set(PDFName.of('Subtype'), PDFName.of('Form'));
  return normal instanceof PDFRef ? normal : context.register(stream);
}

/** The text that a text or choice field holds; empty for buttons and signatures. */
function heldText(pdf: OpenPdf, widget: PDFDict): string {
  const kind = inherited(pdf, widget, 'FT');
  if (kind !== PDFName.of('Tx') && kind !== PDFName.of('Ch')) return '';
  const value = inherited(pdf, widget, 'V');
  const first = value instanceof PDFArray ? pdf.doc.context.lookup(value.get(0)) : value;
  return textOf(first) ?? '';
}

function inherited(pdf: OpenPdf, widget: PDFDict, key: string): PDFObject | undefined {
  let node: PDFObject | undefined = widget;
  for (let depth = 0; node instanceof PDFDict && depth < 32; depth += 1) {
    const own = pdf.doc.context.lookup(node.get(PDFName.of(key)));
    if (own !== undefined) return own;
    node = pdf.doc.context.lookup(node.get(PDFName.of('Parent')));
  }
  return undefined;
}

/** Fields may refer to each other in circles, so each is looked at once. */
function isSigned(pdf: OpenPdf, root: PDFDict): boolean {
  const seen = new Set<PDFObject>();
  const open: PDFObject[] = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const field = pdf.doc.context.lookup(next);
    if (!(field instanceof PDFDict) || seen.has(field)) continue;
    seen.add(field);
    if (field.get(PDFName.of('FT')) === PDFName.of('Sig') && field.has(PDFName.of('V'))) return true;
    const kids = pdf.doc.context.lookup(field.get(PDFName.of('Kids')));
    if (kids instanceof PDFArray) for (const kid of kids.asArray()) open.push(kid);
  }
  return false;
}

function nameOf(pdf: OpenPdf, field: PDFDict): string {
  return textOf(pdf.doc.context.lookup(field.get(PDFName.of('T')))) ?? '';
}

function rootFields(pdf: OpenPdf): readonly PDFObject[] {
  const fields = pdf.doc.context.lookup(formOf(pdf)?.get(PDFName.of('Fields')));
  return fields instanceof PDFArray ? fields.asArray() : [];
}

function formOf(pdf: OpenPdf): PDFDict | undefined {
  const form = pdf.doc.context.lookup(pdf.doc.catalog.get(PDFName.of('AcroForm')));
  return form instanceof PDFDict ? form : undefined;
}

function isWidget(object: PDFObject | undefined): boolean {
  return object instanceof PDFDict && object.get(PDFName.of('Subtype')) === PDFName.of('Widget');
}
