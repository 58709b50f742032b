import { PDFArray, PDFDict, PDFName, type PDFObject, PDFRef } from 'pdf-lib';
import type { Copier } from './copy.ts';
import type { OpenPdf } from './open.ts';
import type { Sink } from './sink.ts';

/** The layers of a merged file. Without this list a layer that its maker switched off would show. */
export interface LayerSet {
  keep(pdf: OpenPdf, copier: Copier): void;
  build(): PDFDict | null;
}

export function createLayerSet(sink: Sink): LayerSet {
  const all: PDFRef[] = [];
  const off: PDFRef[] = [];
  return {
    keep(pdf, copier) {
      const properties = dictAt(pdf, pdf.doc.catalog.get(PDFName.of('OCProperties')));
      const usual = dictAt(pdf, properties?.get(PDFName.of('D')));
      const isOffUnlessSaid = usual?.get(PDFName.of('BaseState')) === PDFName.of('OFF');
      const on = new Set(refsAt(pdf, usual?.get(PDFName.of('ON'))));
      const hidden = new Set(refsAt(pdf, usual?.get(PDFName.of('OFF'))));
      for (const layer of refsAt(pdf, properties?.get(PDFName.of('OCGs')))) {
        const to = copier.found(layer);
        if (to === undefined) continue;
        all.push(to);
        if (hidden.has(layer) || (isOffUnlessSaid && !on.has(layer))) off.push(to);
      }
    },
    build: () => (all.length === 0 ? null : sink.context.obj({ OCGs: all, D: { Order: [...all], OFF: off } })),
  };
}

function dictAt(pdf: OpenPdf, object: PDFObject | undefined): PDFDict | undefined {
  const found = pdf.doc.context.lookup(object);
  return found instanceof PDFDict ? found : undefined;
}

function refsAt(pdf: OpenPdf, object: PDFObject | undefined): readonly PDFRef[] {
  const array = pdf.doc.context.lookup(object);
  return array instanceof PDFArray ? array.asArray().filter((item) => item instanceof PDFRef) : [];
}
