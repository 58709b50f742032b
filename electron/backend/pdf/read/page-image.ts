import { createCanvas } from '@napi-rs/canvas';
import { err, ok, type Result } from '../../../../core/result.ts';
import { type PdfProblem, pdfProblem } from '../problem.ts';
import type { TaskContext } from '../protocol.ts';
import type { PageImageInput, PdfPageImage } from '../types.ts';
import { type DocumentSource, openDocument } from './open-document.ts';
import type { PDFPageProxy } from './pdfjs.ts';

const MAX_WIDTH = 2_000;
const MAX_PIXELS = 8_000_000;

type RenderCanvas = Parameters<PDFPageProxy['render']>[0]['canvas'];

/**
 * A page as a PNG on white, as it is shown. Narrower than asked for when the page is so long that its picture would have
 * more than 8 million pixels. Fails as `openDocument` does, and with `NoSuchPage` or `Damaged`.
 */
export async function pageImage(
  { page: number, widthPx, ...source }: DocumentSource & PageImageInput,
  context: TaskContext,
): Promise<Result<PdfPageImage, PdfProblem>> {
  const opened = await openDocument(source, context.limits);
  if (!opened.ok) return opened;
  const { document } = opened.value;
  if (!Number.isInteger(number) || number < 1 || number > document.numPages) return err(pdfProblem('NoSuchPage'));
  const stop = await context.breathe();
  if (stop) return err(stop);
  const page = await document.getPage(number).catch(() => null);
  if (page === null) return err(pdfProblem('Damaged'));
  const image = await draw(page, widthPx).catch(() => null);
  // The decoded images of a page weigh more than all the rest of its document.
  page.cleanup();
  return image === null ? err(pdfProblem('Damaged')) : ok(image);
}

async function draw(page: PDFPageProxy, widthPx: number): Promise<PdfPageImage> {
  const whole = page.getViewport({ scale: 1 });
  const { width, height } = imageSize(whole, widthPx);
  const viewport = page.getViewport({ scale: width / whole.width });
  const canvas = createCanvas(width, height);
  await page.render({ canvas: canvas as unknown as RenderCanvas, viewport }).promise;
  const png = await canvas.encode('png');
  // A copy of its own: the encoder's memory may not cross to another thread.
  return { png: new Uint8Array(png), width, height };
}

/** Whole pixels of a picture of that width, with the page's proportions, within the caps. */
export function imageSize(page: { width: number; height: number }, widthPx: number): { width: number; height: number } {
  const ratio = page.height > 0 && page.width > 0 ? page.height / page.width : 1;
  const asked = Number.isFinite(widthPx) ? Math.round(widthPx) : 1;
  const width = Math.max(1, Math.min(asked, MAX_WIDTH, Math.floor(Math.sqrt(MAX_PIXELS / ratio))));
  return { width, height: Math.max(1, Math.min(Math.round(width * ratio), MAX_PIXELS)) };
}
