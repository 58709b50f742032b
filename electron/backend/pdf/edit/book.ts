import { type PDFDict, PDFHexString, PDFName, PDFNull, type PDFRef, PDFString } from 'pdf-lib';
import type { Instant } from '../../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../../core/result.ts';
import { type Copier, createCopier } from './copy.ts';
import { createResolve, settleLinks } from './destinations.ts';
import { fieldText } from './field-text.ts';
import { createFormSet, flattenFields } from './forms.ts';
import { createLayerSet } from './layers.ts';
import { attempt, type OpenPdf, type SourcePage } from './open.ts';
import { type Bookmark, bookmarksOf, writeOutline } from './outline.ts';
import { type EditOptions, type PdfRefusal, refusal } from './refusals.ts';
import { isOneOf } from './same-file.ts';
import { createSink, type PageSlot, type Sink } from './sink.ts';
import { isStopped } from './stop.ts';
import { createTypefaces, type Typefaces } from './typeface.ts';

/** A new PDF that is put together from pages of others and pages of our own. */
export interface Book {
  readonly sink: Sink;
  readonly typefaces: Typefaces;
  /** Adds pages of an open file, in this order. A file that turns out to be damaged leaves no page. */
  addPages(pdf: OpenPdf, pages: readonly SourcePage[], how?: AddOptions): Promise<Result<AddedPages, PdfRefusal>>;
  finish(bookmarks: readonly Bookmark[]): void;
}

export interface AddOptions extends EditOptions {
  /** What a person calls the file, for sentences. */
  readonly name?: string | undefined;
  /** Makes fields part of the page even where they could stay live. */
  readonly isFlat?: boolean;
  /** Called before a page is copied, to draw on it. `standIn` gives what stands for an object of the book in this file. */
  readonly onPage?: (page: SourcePage, standIn: StandIn) => void;
}

export type StandIn = (ref: PDFRef) => PDFRef;

export interface AddedPages {
  readonly refs: readonly PDFRef[];
  readonly bookmarks: readonly Bookmark[];
}

export interface BookArgs {
  readonly output: string;
  /** The files that are read for it. Writing over one of them is a mistake of the caller, and thrown. */
  readonly inputs: readonly string[];
  readonly title: string;
  readonly madeAt: Instant;
}

/** Pages between two looks at the event loop. */
const PAGES_PER_TURN = 25;

/**
 * Makes a file at `output` with what `fill` adds to it. Whatever goes wrong, nothing is left there.
 * The bytes depend on what is put in and on `madeAt`, on no clock.
 */
export async function makeBook<T>(
  { output, inputs, title, madeAt }: BookArgs,
  fill: (book: Book) => Promise<Result<T, PdfRefusal>>,
): Promise<Result<T, PdfRefusal>> {
  if (isOneOf(inputs, output)) throw new Error('the output is one of the inputs');
  let sink: Sink;
  try {
    sink = createSink(output);
  } catch {
    return err(refusal('NotWritten'));
  }
  try {
    return await fill(createBook(sink, { title, madeAt }));
  } catch (cause) {
    if (isFileSystemCause(cause)) return err(refusal('NotWritten'));
    throw cause;
  } finally {
    sink.discard();
  }
}

/** The file system names its causes ("ENOSPC"); anything else thrown here is a defect. */
function isFileSystemCause(cause: unknown): boolean {
  return cause instanceof Error && 'syscall' in cause;
}

function createBook(sink: Sink, { title, madeAt }: { readonly title: string; readonly madeAt: Instant }): Book {
  const typefaces = createTypefaces(sink);
  const forms = createFormSet(sink);
  const layers = createLayerSet(sink);

  async function addPages(
    pdf: OpenPdf,
    pages: readonly SourcePage[],
    how: AddOptions = {},
  ): Promise<Result<AddedPages, PdfRefusal>> {
    const copier = createCopier(pdf, sink);
    const resolve = createResolve(pdf);
    const standIn = createStandIn(pdf, copier);
    const isLive = how.isFlat !== true && attempt(() => forms.mayKeep(pdf)) === true;
    const isReady = attempt(() => {
      if (!isLive)
        flattenFields(pdf, pages, (field) =>
          fieldText(pdf, field, { ...typefaces.text, ref: standIn(typefaces.text.ref) }),
        );
      settleLinks(pdf, resolve, pages);
      return true;
    });
    if (isReady === null) return err(refusal('Damaged', how.name));
    const slots: PageSlot[] = pages.map(() => sink.reservePage());
    for (const [at, page] of pages.entries()) {
      const slot = slots[at];
      if (slot !== undefined && copier.found(page.ref) === undefined) copier.expect(page, slot.ref);
    }
    for (const [at, page] of pages.entries()) {
      const slot = slots[at];
      if (slot === undefined) continue;
      if (at % PAGES_PER_TURN === 0 && (await isStopped(how))) return err(refusal('Stopped'));
      how.onPage?.(page, standIn);
      copier.copyPage(page, slot);
      copier.drain();
      how.onProgress?.(at + 1, pages.length);
    }
    if (isLive) forms.keep(pdf, copier);
    layers.keep(pdf, copier);
    copier.drain();
    const bookmarks = attempt(() => bookmarksOf(pdf, copier.found, resolve)) ?? [];
    return ok({ refs: slots.map(({ ref }) => ref), bookmarks });
  }
  function finish(bookmarks: readonly Bookmark[]): void {
    typefaces.finish();
    const root = sink.context.obj({});
    const outline = writeOutline(sink, bookmarks);
    if (outline !== null) {
      root.set(PDFName.of('Outlines'), outline);
      root.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));
    }
    const form = forms.build();
    if (form !== null) root.set(PDFName.of('AcroForm'), form);
    const shown = layers.build();
    if (shown !== null) root.set(PDFName.of('OCProperties'), shown);
    sink.finish(root, infoOf(sink, title, madeAt));
  }
  return { sink, typefaces, addPages, finish };
}

function createStandIn({ doc }: OpenPdf, copier: Copier): StandIn {
  const known = new Map<PDFRef, PDFRef>();
  return (ref) => {
    const found = known.get(ref) ?? doc.context.register(PDFNull);
    known.set(ref, found);
    copier.alias(found, ref);
    return found;
  };
}

function infoOf(sink: Sink, title: string, madeAt: Instant): PDFDict {
  const day = PDFString.of(pdfDate(madeAt));
  return sink.context.obj({
    Title: PDFHexString.fromText(title),
    Creator: PDFString.of('Closeboard'),
    Producer: PDFString.of('Closeboard'),
    CreationDate: day,
    ModDate: day,
  });
}

/** "2026-06-02T16:12:00.000Z" as a PDF says it: "D:20260602161200Z". */
function pdfDate(instant: Instant): string {
  return `D:${instant.replace(/\D/g, '').slice(0, 14)}Z`;
}
