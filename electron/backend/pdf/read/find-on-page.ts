import { err, ok, type Result } from '../../../../core/result.ts';
import { type PdfProblem, pdfProblem } from '../problem.ts';
import type { TaskContext } from '../protocol.ts';
import type { FindInput, PdfFind } from '../types.ts';
import { findWords } from './find-words.ts';
import { type DocumentSource, openDocument } from './open-document.ts';
import { fieldsOf, runsOf } from './page-text.ts';

const MAX_NEEDLE = 500;

/** Where words stand on a page. Fails as `openDocument` does, and with `NoSuchPage` or `Damaged`. */
export async function findOnPage(
  { page: number, needle, ...source }: DocumentSource & FindInput,
  context: TaskContext,
): Promise<Result<PdfFind, PdfProblem>> {
  const opened = await openDocument(source, context.limits);
  if (!opened.ok) return opened;
  const { document } = opened.value;
  if (!Number.isInteger(number) || number < 1 || number > document.numPages) return err(pdfProblem('NoSuchPage'));
  try {
    const page = await document.getPage(number);
    const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = page.view;
    const matches = findWords(needle.slice(0, MAX_NEEDLE), await runsOf(page), await fieldsOf(page));
    return ok({ matches, view: [x0, y0, x1, y1], rotation: page.rotate });
  } catch {
    return err(pdfProblem('Damaged'));
  }
}
