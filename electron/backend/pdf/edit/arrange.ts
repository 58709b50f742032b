import { PDFName } from 'pdf-lib';
import type { Instant } from '../../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../../core/result.ts';
import { makeBook } from './book.ts';
import { pagesNumbered } from './merge.ts';
import { type OpenPdf, openPdf, type PdfSource, type SourcePage } from './open.ts';
import { quarter, viewOf } from './page-content.ts';
import { type EditOptions, type PdfRefusal, refusal } from './refusals.ts';

export interface ArrangeArgs extends PdfSource {
  /** The pages of the new file: number in the old one from 1, and degrees to turn it clockwise. A page left out is deleted. */
  readonly order: readonly { readonly page: number; readonly rotate: number }[];
  readonly output: string;
  readonly title: string;
  readonly madeAt: Instant;
}

/** Puts pages in a new order, turns them, leaves some out. Progress counts pages. */
export async function arrangePages(
  args: ArrangeArgs,
  options: EditOptions = {},
): Promise<Result<{ readonly pages: number }, PdfRefusal>> {
  if (args.order.length === 0) return err(refusal('NothingToDo'));
  const pdf = await openPdf(args);
  if (!pdf.ok) return pdf;
  const found = pagesNumbered(
    pdf.value,
    args.order.map(({ page }) => page),
  );
  if (found === null) return err(refusal('PagesMissing', args.name));
  const pages = found.map((page, at) => turned(pdf.value, page, args.order[at]?.rotate ?? 0));
  return makeBook({ ...args, inputs: [args.path] }, async (book) => {
    const added = await book.addPages(pdf.value, pages, { ...options, name: args.name });
    if (!added.ok) return added;
    book.finish(added.value.bookmarks);
    return ok({ pages: book.sink.pageCount() });
  });
}

export interface SplitArgs extends PdfSource {
  /** First and last page from 1, both included. Ranges may overlap and may leave pages out. */
  readonly ranges: readonly {
    readonly from: number;
    readonly to: number;
    readonly output: string;
    readonly title: string;
  }[];
  readonly madeAt: Instant;
}

/**
 * Cuts a bundle into files, one for each range. Progress counts ranges. A refusal about the ranges comes before
 * anything is written; when it stops between two files, those already whole stay and the caller removes them.
 */
export async function splitPdf(
  args: SplitArgs,
  options: EditOptions = {},
): Promise<Result<{ readonly pages: readonly number[] }, PdfRefusal>> {
  if (args.ranges.length === 0) return err(refusal('NothingToDo'));
  const first = await openPdf(args);
  if (!first.ok) return first;
  const total = first.value.pages.length;
  if (args.ranges.some((range) => !isInside(range, total))) return err(refusal('PagesMissing', args.name));
  const pages: number[] = [];
  let pdf: OpenPdf | null = first.value;
  for (const { from, to, output, title } of args.ranges) {
    // Copying settles fields and links in the file in memory, so each range starts from a fresh one where that shows.
    const opened: Result<OpenPdf, PdfRefusal> = pdf === null ? await openPdf(args) : ok(pdf);
    if (!opened.ok) return opened;
    pdf = isReusable(opened.value) ? opened.value : null;
    const wanted = opened.value.pages.slice(from - 1, to);
    const made = await makeBook({ output, title, madeAt: args.madeAt, inputs: [args.path] }, async (book) => {
      const added = await book.addPages(opened.value, wanted, { signal: options.signal, name: args.name });
      if (added.ok) book.finish(added.value.bookmarks);
      return added;
    });
    if (!made.ok) return made;
    pages.push(wanted.length);
    options.onProgress?.(pages.length, args.ranges.length);
  }
  return ok({ pages });
}

function isInside({ from, to }: { readonly from: number; readonly to: number }, total: number): boolean {
  return Number.isInteger(from) && Number.isInteger(to) && from >= 1 && from <= to && to <= total;
}

/** Only a form changes as its pages are copied. */
function isReusable({ doc }: OpenPdf): boolean {
  return !doc.catalog.has(PDFName.of('AcroForm'));
}

/** The same page, turned further; a copy, since a page may be wanted twice. */
function turned(pdf: OpenPdf, page: SourcePage, degrees: number): SourcePage {
  if (quarter(degrees) === 0) return page;
  const dict = page.dict.clone(pdf.doc.context);
  dict.set(PDFName.of('Rotate'), pdf.doc.context.obj(quarter(viewOf(pdf, page).rotate + quarter(degrees))));
  return { ref: page.ref, dict };
}
