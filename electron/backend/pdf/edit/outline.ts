import { PDFDict, PDFHexString, PDFName, type PDFObject, type PDFRef } from 'pdf-lib';
import { createResolve, pageOfPlace, placeOf, type Resolve, textOf } from './destinations.ts';
import type { OpenPdf } from './open.ts';
import type { Sink } from './sink.ts';

/** A bookmark; `page` is a page of the sink, null for one that only holds others. */
export interface Bookmark {
  readonly title: string;
  readonly page: PDFRef | null;
  readonly children: readonly Bookmark[];
}

const MAX_BOOKMARKS = 5_000;
const MAX_DEPTH = 16;
const MAX_TITLE = 300;

/** The bookmarks of a file that lead to pages that came over, with those above them. `moved` tells where a page went. */
export function bookmarksOf(
  pdf: OpenPdf,
  moved: (page: PDFRef) => PDFRef | undefined,
  resolve: Resolve = createResolve(pdf),
): readonly Bookmark[] {
  const seen = new Set<PDFObject>();

  function level(first: PDFObject | undefined, depth: number): readonly Bookmark[] {
    const found: Bookmark[] = [];
    let item = pdf.doc.context.lookup(first);
    while (item instanceof PDFDict && !seen.has(item) && seen.size < MAX_BOOKMARKS && depth < MAX_DEPTH) {
      seen.add(item);
      const children = level(item.get(PDFName.of('First')), depth + 1);
      const page = pageOf(item);
      const title = titleOf(pdf.doc.context.lookup(item.get(PDFName.of('Title'))));
      if (page !== null || children.length > 0) found.push({ title, page, children });
      item = pdf.doc.context.lookup(item.get(PDFName.of('Next')));
    }
    return found;
  }
  function pageOf(item: PDFDict): PDFRef | null {
    const place = placeOf(pdf, resolve, item);
    const page = place === undefined ? undefined : pageOfPlace(pdf.pages, place);
    return (page === undefined ? undefined : moved(page)) ?? null;
  }
  const root = pdf.doc.context.lookup(pdf.doc.catalog.get(PDFName.of('Outlines')));
  return root instanceof PDFDict ? level(root.get(PDFName.of('First')), 0) : [];
}

/** Writes the bookmarks; the first level is open, the rest closed. Null when there are none. */
export function writeOutline(sink: Sink, bookmarks: readonly Bookmark[]): PDFRef | null {
  if (bookmarks.length === 0) return null;
  const root = sink.reserve();
  const ends = writeLevel(sink, root, bookmarks);
  sink.write(root, sink.context.obj({ Type: 'Outlines', ...ends, Count: bookmarks.length }));
  return root;
}

function writeLevel(sink: Sink, parent: PDFRef, items: readonly Bookmark[]): { First?: PDFRef; Last?: PDFRef } {
  const refs = items.map(() => sink.reserve());
  for (const [at, { title, page, children }] of items.entries()) {
    const ref = refs[at];
    if (ref === undefined) continue;
    const dict = sink.context.obj({
      Title: PDFHexString.fromText(title),
      Parent: parent,
      Prev: refs[at - 1],
      Next: refs[at + 1],
      ...writeLevel(sink, ref, children),
      Count: children.length === 0 ? undefined : -children.length,
      Dest: page === null ? undefined : [page, 'XYZ', null, null, null],
    });
    sink.write(ref, dict);
  }
  const [first] = refs;
  const last = refs.at(-1);
  return first === undefined || last === undefined ? {} : { First: first, Last: last };
}

function titleOf(object: PDFObject | undefined): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const text = (textOf(object) ?? '').replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return text === '' ? 'Untitled' : text.slice(0, MAX_TITLE);
}
