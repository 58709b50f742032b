import { PDFArray, PDFDict, PDFName, type PDFRef } from 'pdf-lib';
import type { Instant } from '../../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../../core/result.ts';
import { type Book, makeBook, type StandIn } from './book.ts';
import { type OpenPdf, openPdf, type SourcePage } from './open.ts';
import type { Bookmark } from './outline.ts';
import {
  type ContentsTarget,
  drawContents,
  drawCover,
  drawSlip,
  layContents,
  type PacketCover,
} from './packet-sheets.ts';
import { cm, giveResources, type Matrix, num, numbersOf, type View, viewOf, wrapContent } from './page-content.ts';
import { type EditOptions, type PdfRefusal, refusal } from './refusals.ts';
import { createSheet, INK, SHEET } from './sheet.ts';
import type { PageSlot } from './sink.ts';
import type { Face } from './typeface.ts';

export interface PacketDocument {
  readonly title: string;
  readonly fileName: string;
  readonly path: string;
  readonly password?: string | undefined;
  /** A line under the title in the contents: "Fully executed, June 3, 2026". May be empty. */
  readonly note: string;
  readonly sectionTitle: string;
}

export interface PacketArgs {
  readonly cover: PacketCover;
  readonly documents: readonly PacketDocument[];
  readonly output: string;
  readonly madeAt: Instant;
}

export interface Packet {
  readonly pages: number;
  /** The documents that a slip sheet stands for, and why; `document` is the place in the list, from 0. */
  readonly left: readonly { readonly document: number; readonly title: string; readonly sentence: string }[];
}

/** What has a place in the packet: pages of a document, or the slip sheet that stands for it. */
interface Entry extends ContentsTarget {
  readonly document: PacketDocument;
  readonly bookmarks: readonly Bookmark[];
  readonly slip: { readonly slot: PageSlot; readonly sentence: string } | null;
}

/** A page that gets its number when the count is known. */
interface Numbered {
  readonly tail: PDFRef;
  readonly page: number;
  readonly view: View;
}

/** Points at the foot of each page that its number stands in; what is on the page moves up by shrinking a little. */
const STRIP = 18;

/**
 * The papers of a closing in one file: cover, contents whose lines lead to the documents, bookmarks, the documents in
 * the order given, a number on each page. A document that can't come in (no PDF, damaged, locked) is named on a slip
 * sheet and told in `left`, never dropped. Progress counts documents.
 */
export function closingPacket(args: PacketArgs, options: EditOptions = {}): Promise<Result<Packet, PdfRefusal>> {
  const title = `Closing packet, ${args.cover.address}`;
  const inputs = args.documents.map(({ path }) => path);
  return makeBook({ output: args.output, madeAt: args.madeAt, title, inputs }, async (book) => {
    const entries: Entry[] = [];
    const numbered: Numbered[] = [];
    const contents = layContents(args.documents, book.typefaces, (row) => entries[row]);
    const cover = book.sink.reservePage();
    const lists = contents.pages.map(() => book.sink.reservePage());
    for (const [at, document] of args.documents.entries()) {
      const entry = await addDocument({ book, document, numbered, options });
      if (!entry.ok) return entry;
      entries.push(entry.value);
      options.onProgress?.(at + 1, args.documents.length);
    }
    const front = createSheet(book.typefaces);
    drawCover(front, args.cover, sumOf(args.documents.length, book.sink.pageCount()));
    front.write(book.sink, cover);
    for (const [at, slot] of lists.entries()) {
      const sheet = createSheet(book.typefaces);
      drawContents(sheet, contents.pages[at] ?? [], at === 0);
      writeOwn(book, sheet, { slot, page: at + 2 });
    }
    writeSlips(book, entries);
    for (const one of numbered) writeNumber(book, one);
    book.finish(bookmarksOf(entries, lists[0]));
    return ok({ pages: book.sink.pageCount(), left: leftOf(entries) });
  });
}

function sumOf(documents: number, pages: number): string {
  return `${documents} ${documents === 1 ? 'document' : 'documents'}, ${pages} pages`;
}

interface AddDocument {
  readonly book: Book;
  readonly document: PacketDocument;
  readonly numbered: Numbered[];
  readonly options: EditOptions;
}

/** Only a stop is a refusal here: whatever is wrong with the document itself makes a slip sheet. */
async function addDocument({ book, document, numbered, options }: AddDocument): Promise<Result<Entry, PdfRefusal>> {
  if (options.signal?.aborted === true) return err(refusal('Stopped'));
  const page = book.sink.pageCount() + 1;
  const pdf = await openPdf({ ...document, name: document.fileName });
  if (!pdf.ok) return ok(slipOf(book, document, pdf.error));
  let next = page;
  const added = await book.addPages(pdf.value, pdf.value.pages, {
    signal: options.signal,
    name: document.fileName,
    isFlat: true,
    onPage(source, standIn) {
      const tail = book.sink.reserve();
      numbered.push({ tail, page: next, view: viewOf(pdf.value, source) });
      makeRoom({ pdf: pdf.value, page: source, tail, face: book.typefaces.text, standIn });
      next += 1;
    },
  });
  if (!added.ok) return added.error.type === 'Stopped' ? added : ok(slipOf(book, document, added.error));
  const [ref] = added.value.refs;
  if (ref === undefined) return ok(slipOf(book, document, refusal('NoPages', document.fileName)));
  return ok({ document, page, ref, isSlip: false, bookmarks: added.value.bookmarks, slip: null });
}

function slipOf(book: Book, document: PacketDocument, { type, sentence }: PdfRefusal): Entry {
  const slot = book.sink.reservePage();
  const words =
    type === 'NotPdf'
      ? `"${document.fileName}" is not a PDF. It goes with this packet as a file of its own.`
      : `Not in this packet. ${sentence}`;
  const page = book.sink.pageCount();
  return { document, page, ref: slot.ref, isSlip: true, bookmarks: [], slip: { slot, sentence: words } };
}

interface MakeRoom {
  readonly pdf: OpenPdf;
  readonly page: SourcePage;
  readonly tail: PDFRef;
  readonly face: Face;
  readonly standIn: StandIn;
}

/** Shrinks a page towards its upper edge so that the number covers nothing; what lay outside the page stays outside. */
function makeRoom({ pdf, page, tail, face, standIn }: MakeRoom): void {
  const view = viewOf(pdf, page);
  const scale = 1 - stripOf(view) / view.height;
  const [a, b, c, d, e, f] = view.upright;
  const x = (a * view.width) / 2 + c * view.height + e;
  const y = (b * view.width) / 2 + d * view.height + f;
  const matrix: Matrix = [scale, 0, 0, scale, (1 - scale) * x, (1 - scale) * y];
  const { left, bottom, right, top } = view.box;
  const clip = `${[left, bottom, right - left, top - bottom].map(num).join(' ')} re W n`;
  giveResources(pdf, page, { kind: 'Font', named: [[face.name, standIn(face.ref)]] });
  wrapContent(pdf, page, { before: `${cm(matrix)} ${clip}`, after: standIn(tail) });
  moveAnnotations(pdf, page, matrix);
}

function stripOf({ height }: View): number {
  return Math.min(STRIP, height * 0.06);
}

/** Links and notes stand where they stood on what is under them. */
function moveAnnotations(pdf: OpenPdf, { dict }: SourcePage, [scale, , , , dx, dy]: Matrix): void {
  const { context } = pdf.doc;
  const list = context.lookup(dict.get(PDFName.of('Annots')));
  for (const item of list instanceof PDFArray ? list.asArray() : []) {
    const annotation = context.lookup(item);
    if (!(annotation instanceof PDFDict)) continue;
    for (const key of ['Rect', 'QuadPoints', 'L', 'CL', 'Vertices']) {
      const numbers = numbersOf(pdf, annotation.get(PDFName.of(key)));
      if (numbers !== undefined) annotation.set(PDFName.of(key), context.obj(numbers.map(moved)));
    }
    const strokes = context.lookup(annotation.get(PDFName.of('InkList')));
    if (strokes instanceof PDFArray) {
      const lists = strokes.asArray().map((stroke) => (numbersOf(pdf, stroke) ?? []).map(moved));
      annotation.set(PDFName.of('InkList'), context.obj(lists));
    }
  }
  function moved(value: number, at: number): number {
    return value * scale + (at % 2 === 0 ? dx : dy);
  }
}

function writeNumber(book: Book, { tail, page, view }: Numbered): void {
  const { text } = book.typefaces;
  const strip = stripOf(view);
  const size = strip * 0.42;
  const words = numberWords(page, book.sink.pageCount());
  const x = Math.max(2, view.width - 2 * strip - text.width(words, size));
  const content = [
    '\nQ q',
    cm(view.upright),
    `BT ${INK.faint} rg /${text.name} ${num(size)} Tf ${num(x)} ${num(strip * 0.5)} Td ${text.show(words)} Tj ET`,
    'Q\n',
  ].join('\n');
  book.sink.write(tail, book.sink.context.stream(content));
}

function numberWords(page: number, total: number): string {
  return `Closing packet ${page} of ${total}`;
}

function writeSlips(book: Book, entries: readonly Entry[]): void {
  for (const { document, slip, page } of entries) {
    if (slip === null) continue;
    const sheet = createSheet(book.typefaces);
    drawSlip(sheet, { ...document, sentence: slip.sentence });
    writeOwn(book, sheet, { slot: slip.slot, page });
  }
}

function writeOwn(
  book: Book,
  sheet: ReturnType<typeof createSheet>,
  { slot, page }: { readonly slot: PageSlot; readonly page: number },
): void {
  const words = numberWords(page, book.sink.pageCount());
  const style = { size: STRIP * 0.42, face: book.typefaces.text, ink: INK.faint, align: 'right' } as const;
  sheet.words(words, { x: SHEET.width - 2 * STRIP, y: SHEET.height - STRIP * 0.5, ...style });
  sheet.write(book.sink, slot);
}

/** Contents first, then each section with its documents, each document with its own bookmarks. */
function bookmarksOf(entries: readonly Entry[], contents: PageSlot | undefined): readonly Bookmark[] {
  const found: { title: string; page: PDFRef | null; children: Bookmark[] }[] = [];
  for (const { document, ref, bookmarks } of entries) {
    const own = { title: document.title, page: ref, children: bookmarks };
    const last = found.at(-1);
    if (last?.title === document.sectionTitle) last.children.push(own);
    else found.push({ title: document.sectionTitle, page: ref, children: [own] });
  }
  const flat = found.flatMap((section) => (section.title === '' ? section.children : [section]));
  return contents === undefined ? flat : [{ title: 'Contents', page: contents.ref, children: [] }, ...flat];
}

function leftOf(entries: readonly Entry[]): Packet['left'] {
  return entries.flatMap(({ document, slip }, at) =>
    slip === null ? [] : [{ document: at, title: document.title, sentence: slip.sentence }],
  );
}
