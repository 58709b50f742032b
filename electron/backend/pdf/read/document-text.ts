import { err, ok, type Result } from '../../../../core/result.ts';
import { type PdfProblem, pdfProblem } from '../problem.ts';
import type { TaskContext } from '../protocol.ts';
import type { PageEdges, PdfText } from '../types.ts';
import { type DocumentSource, openDocument } from './open-document.ts';
import { fieldsOf, pageLines, pageText, runsOf } from './page-text.ts';
import type { PDFDocumentProxy } from './pdfjs.ts';

const MAX_PAGES = 3_000;
const MAX_LENGTH = 2_000_000;
const EDGE_PAGES = 3;
const FIRST_LINES = 5;
const LAST_LINES = 3;
const MAX_EDGE_LINE = 300;

interface ReadPage {
  readonly text: string;
  readonly edges: PageEdges | null;
}

/** The text of every page, up to 3,000 pages and 2 million characters. Fails as `openDocument` does. */
export async function documentText(source: DocumentSource, context: TaskContext): Promise<Result<PdfText, PdfProblem>> {
  const opened = await openDocument(source, context.limits);
  if (!opened.ok) return opened;
  const { document } = opened.value;
  const pageCount = document.numPages;
  if (pageCount === 0) return err(pdfProblem('Empty'));
  const pages: string[] = [];
  const footers: PageEdges[] = [];
  const unreadable: number[] = [];
  let length = 0;
  for (let number = 1; number <= Math.min(pageCount, MAX_PAGES) && length < MAX_LENGTH; number += 1) {
    const stop = await context.breathe();
    if (stop) return err(stop);
    const page = await readPage(document, number);
    if (page === null) unreadable.push(number);
    const text = page?.text.slice(0, MAX_LENGTH - length) ?? '';
    length += text.length;
    pages.push(text);
    if (page?.edges) footers.push(page.edges);
    context.onProgress({ done: number, total: pageCount });
  }
  const isCut = pages.length < pageCount || length >= MAX_LENGTH;
  const hasText = pages.some((text) => /[\p{L}\p{N}]/u.test(text));
  const sentence = sentenceOf({ hasText, pageCount, unreadable: unreadable.length });
  return ok({ pages, pageCount, hasText, isCut, unreadable, footers, sentence });
}

/** Null when the page can't be read. */
async function readPage(document: PDFDocumentProxy, number: number): Promise<ReadPage | null> {
  try {
    const page = await document.getPage(number);
    const runs = await runsOf(page);
    const text = pageText(runs, await fieldsOf(page));
    const edges = number > EDGE_PAGES ? null : edgesOf(number, pageLines(page, runs));
    // What was parsed for this page is not needed again, and 3,000 pages of it would be.
    page.cleanup();
    return { text, edges };
  } catch {
    return null;
  }
}

function edgesOf(page: number, lines: readonly string[]): PageEdges {
  const cut = (line: string) => line.slice(0, MAX_EDGE_LINE);
  return { page, first: lines.slice(0, FIRST_LINES).map(cut), last: lines.slice(-LAST_LINES).map(cut) };
}

function sentenceOf(facts: { hasText: boolean; pageCount: number; unreadable: number }): string | null {
  const { hasText, pageCount, unreadable } = facts;
  if (unreadable === pageCount) return pdfProblem('Damaged').sentence;
  if (unreadable > 0) return `This PDF is damaged: ${pageCount - unreadable} of ${pageCount} pages could be read.`;
  return hasText ? null : 'No text to search in this PDF: it looks like a scan.';
}
