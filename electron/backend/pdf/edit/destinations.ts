import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, type PDFObject, PDFRef, PDFString } from 'pdf-lib';
import type { OpenPdf, SourcePage } from './open.ts';

/** Finds the array `[page /XYZ ...]` behind whatever a link or bookmark holds; undefined when it leads nowhere. */
export type Resolve = (dest: PDFObject | undefined) => PDFArray | undefined;

const MAX_NAMES = 100_000;

/** Names of places are looked up in the catalog, which stays behind when pages are copied. */
export function createResolve({ doc }: OpenPdf): Resolve {
  let names: ReadonlyMap<string, PDFObject> | undefined;
  return (dest) => {
    let found = doc.context.lookup(dest);
    const name = textOf(found);
    if (name !== undefined) {
      names ??= namedPlaces(doc);
      found = doc.context.lookup(names.get(name));
    }
    if (found instanceof PDFDict) found = doc.context.lookup(found.get(PDFName.of('D')));
    return found instanceof PDFArray && found.size() > 0 ? found : undefined;
  };
}

/** Where a link or bookmark goes inside its own file. */
export function placeOf({ doc }: OpenPdf, resolve: Resolve, item: PDFDict): PDFArray | undefined {
  const action = doc.context.lookup(item.get(PDFName.of('A')));
  if (!(action instanceof PDFDict)) return resolve(item.get(PDFName.of('Dest')));
  return action.get(PDFName.of('S')) === PDFName.of('GoTo') ? resolve(action.get(PDFName.of('D'))) : undefined;
}

/** The page a place is on. Old files count pages from 0 instead of pointing at one. */
export function pageOfPlace(pages: readonly SourcePage[], place: PDFArray): PDFRef | undefined {
  const first = place.get(0);
  if (first instanceof PDFRef) return first;
  return first instanceof PDFNumber ? pages[first.asNumber()]?.ref : undefined;
}

/** Writes out the places that the links of these pages name, so that they survive without the catalog. */
export function settleLinks(pdf: OpenPdf, resolve: Resolve, pages: readonly SourcePage[]): void {
  for (const { dict } of pages) {
    const annotations = pdf.doc.context.lookup(dict.get(PDFName.of('Annots')));
    if (!(annotations instanceof PDFArray)) continue;
    for (const item of annotations.asArray()) {
      const link = pdf.doc.context.lookup(item);
      if (!(link instanceof PDFDict) || link.get(PDFName.of('Subtype')) !== PDFName.of('Link')) continue;
      const place = placeOf(pdf, resolve, link);
      if (place === undefined) continue;
      const page = pageOfPlace(pdf.pages, place);
      if (page === undefined) continue;
      link.delete(PDFName.of('A'));
      link.set(PDFName.of('Dest'), pdf.doc.context.obj([page, ...place.asArray().slice(1)]));
    }
  }
}

function namedPlaces(doc: OpenPdf['doc']): ReadonlyMap<string, PDFObject> {
  const found = new Map<string, PDFObject>();
  const old = doc.context.lookup(doc.catalog.get(PDFName.of('Dests')));
  if (old instanceof PDFDict) for (const [key, value] of old.entries()) found.set(key.decodeText(), value);
  const names = doc.context.lookup(doc.catalog.get(PDFName.of('Names')));
  const open: PDFObject[] =
    names instanceof PDFDict ? [names.get(PDFName.of('Dests'))].filter((n) => n !== undefined) : [];
  const seen = new Set<PDFObject>();
  for (let next = open.pop(); next !== undefined && found.size < MAX_NAMES; next = open.pop()) {
    const node = doc.context.lookup(next);
    if (!(node instanceof PDFDict) || seen.has(node)) continue;
    seen.add(node);
    const kids = doc.context.lookup(node.get(PDFName.of('Kids')));
    if (kids instanceof PDFArray) open.push(...kids.asArray());
    const pairs = doc.context.lookup(node.get(PDFName.of('Names')));
    if (!(pairs instanceof PDFArray)) continue;
    for (let at = 0; at + 1 < pairs.size(); at += 2) {
      const name = textOf(doc.context.lookup(pairs.get(at)));
      if (name !== undefined) found.set(name, pairs.get(at + 1));
    }
  }
  return found;
}

/** The text of a name or string; undefined for anything else, and for bytes that are no text. */
export function textOf(object: PDFObject | undefined): string | undefined {
  if (!(object instanceof PDFName || object instanceof PDFString || object instanceof PDFHexString)) return undefined;
  try {
    return object.decodeText();
  } catch {
    return object.asString();
  }
}
