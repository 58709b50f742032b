import type { Instant } from '../../../../core/deals/model.ts';
import { err, ok, type Result } from '../../../../core/result.ts';
import { type Book, makeBook } from './book.ts';
import { type OpenPdf, openPdf, type PdfSource, type SourcePage } from './open.ts';
import type { Bookmark } from './outline.ts';
import { type EditOptions, type PdfRefusal, refusal } from './refusals.ts';

export interface MergeInput extends PdfSource {
  /** Pages from 1, in the order wanted; all of them when absent. */
  readonly pages?: readonly number[] | undefined;
}

export interface MergeArgs {
  readonly inputs: readonly MergeInput[];
  readonly output: string;
  readonly title: string;
  readonly madeAt: Instant;
}

/**
 * Puts files one after another. Each input is a bookmark with its own bookmarks below it; links inside an input work,
 * fields stay live where no name is taken twice and nothing was signed, and else become part of their page.
 * Progress counts inputs. A refusal names the input it is about, and leaves no file behind.
 */
export function mergePdfs(
  args: MergeArgs,
  options: EditOptions = {},
): Promise<Result<{ readonly pages: number }, PdfRefusal>> {
  return makeBook({ ...args, inputs: args.inputs.map(({ path }) => path) }, async (book) => {
    if (args.inputs.length === 0) return err(refusal('NothingToDo'));
    const bookmarks: Bookmark[] = [];
    for (const [at, input] of args.inputs.entries()) {
      const added = await addInput(book, input, options);
      if (!added.ok) return added.error.type === 'Stopped' ? added : err({ ...added.error, input: at });
      if (input.name === undefined) bookmarks.push(...added.value.children);
      else bookmarks.push({ ...added.value, title: input.name });
      options.onProgress?.(at + 1, args.inputs.length);
    }
    book.finish(bookmarks);
    return ok({ pages: book.sink.pageCount() });
  });
}

async function addInput(book: Book, input: MergeInput, { signal }: EditOptions): Promise<Result<Bookmark, PdfRefusal>> {
  if (signal?.aborted === true) return err(refusal('Stopped'));
  const pdf = await openPdf(input);
  if (!pdf.ok) return pdf;
  const pages = pagesNumbered(pdf.value, input.pages);
  if (pages === null) return err(refusal('PagesMissing', input.name));
  const added = await book.addPages(pdf.value, pages, { signal, name: input.name });
  if (!added.ok) return added;
  return ok({ title: '', page: added.value.refs[0] ?? null, children: added.value.bookmarks });
}

/** The pages with these numbers, all without numbers; null when one is not there or none is asked for. */
export function pagesNumbered(
  { pages }: OpenPdf,
  numbers: readonly number[] | undefined,
): readonly SourcePage[] | null {
  if (numbers === undefined) return pages;
  const found = numbers.map((number) => pages[number - 1]).filter((page) => page !== undefined);
  return found.length === numbers.length && found.length > 0 ? found : null;
}
