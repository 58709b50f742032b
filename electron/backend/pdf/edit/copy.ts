import {
  PDFArray,
  PDFDict,
  PDFInvalidObject,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib';
import type { OpenPdf, SourcePage } from './open.ts';
import type { PageSlot, Sink } from './sink.ts';

/** Moves pages, and all that they need, from an open file into a sink. */
export interface Copier {
  /** The pages that will come over; a link to one of them still works, a link to another leads nowhere. */
  expect(page: SourcePage, to: PDFRef): void;
  /** Stands in for an object of the sink inside the source: references to `source` become `to`. */
  alias(source: PDFRef, to: PDFRef): void;
  copyPage(page: SourcePage, slot: PageSlot): void;
  /** What a reference of the source has become; undefined when nothing copied so far leads to it. */
  found(source: PDFRef): PDFRef | undefined;
  /** An object of the source as the sink may write it. */
  convert(object: PDFObject): PDFObject;
  /** Writes all that is referred to and not written yet. */
  drain(): void;
}

/**
 * Left behind: the way up (the whole tree hangs on it), what belongs to a structure that is not copied, and scripts
 * that run when a page opens.
 */
const PAGE_KEYS_LEFT = new Set(
  ['Parent', 'StructParents', 'B', 'AA', 'PieceInfo', 'Metadata'].map((key) => PDFName.of(key)),
);
/** Direct objects inside one another. The parser recurses as well, so this only stops what was made to hurt. */
const MAX_DEPTH = 400;

export function createCopier({ doc, pages }: OpenPdf, sink: Sink): Copier {
  const source = doc.context;
  const moved = new Map<PDFRef, PDFRef>();
  const open: PDFRef[] = [];
  const pageDicts = new Set<PDFObject>(pages.map(({ dict }) => dict));

  function refOf(ref: PDFRef): PDFObject {
    const known = moved.get(ref);
    if (known !== undefined) return known;
    const object = source.lookup(ref);
    if (object === undefined || isLeftBehind(object)) return PDFNull;
    const to = sink.reserve();
    moved.set(ref, to);
    open.push(ref);
    return to;
  }
  /** Pages that were not asked for, page lists and the catalog: each would pull the whole file behind it. */
  function isLeftBehind(object: PDFObject): boolean {
    if (pageDicts.has(object)) return true;
    if (!(object instanceof PDFDict)) return object instanceof PDFInvalidObject;
    const type = object.get(PDFName.of('Type'));
    return ['Page', 'Pages', 'Catalog', 'StructTreeRoot', 'StructElem'].some((left) => type === PDFName.of(left));
  }
  function convert(object: PDFObject, depth = 0): PDFObject {
    if (object instanceof PDFRef) return refOf(object);
    if (depth > MAX_DEPTH || object instanceof PDFInvalidObject) return PDFNull;
    if (object instanceof PDFDict) return convertDict(object, depth);
    if (object instanceof PDFArray) {
      const array = PDFArray.withContext(sink.context);
      for (const item of object.asArray()) array.push(convert(item, depth + 1));
      return array;
    }
    if (object instanceof PDFStream) {
      const dict = convertDict(object.dict, depth);
      dict.delete(PDFName.of('Length'));
      return PDFRawStream.of(dict, object.getContents());
    }
    return object;
  }
  function convertDict(object: PDFDict, depth: number): PDFDict {
    const dict = PDFDict.withContext(sink.context);
    for (const [key, value] of object.entries()) {
      // The length of a stream is counted anew; the old one may be an object of its own.
      if (!(key === PDFName.of('Length') && value instanceof PDFRef)) dict.set(key, convert(value, depth + 1));
    }
    return dict;
  }
  return {
    expect: (page, to) => void moved.set(page.ref, to),
    alias: (from, to) => void moved.set(from, to),
    found: (ref) => moved.get(ref),
    convert: (object) => convert(object),
    copyPage(page, slot) {
      const dict = PDFDict.withContext(sink.context);
      for (const [key, value] of page.dict.entries()) if (!PAGE_KEYS_LEFT.has(key)) dict.set(key, convert(value, 1));
      dict.set(PDFName.of('Type'), PDFName.of('Page'));
      dict.set(PDFName.of('Parent'), slot.parent);
      sink.write(slot.ref, dict);
    },
    drain() {
      for (let ref = open.pop(); ref !== undefined; ref = open.pop()) {
        const to = moved.get(ref);
        const object = source.lookup(ref);
        if (to !== undefined && object !== undefined) sink.write(to, convert(object));
      }
    },
  };
}
