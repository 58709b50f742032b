import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import {
  concatTransformationMatrix,
  drawObject,
  PDFDocument,
  type PDFImage,
  popGraphicsState,
  pushGraphicsState,
} from 'pdf-lib';
import { imageFacts } from '../../../core/documents/image-facts.ts';
import { photoPlace } from '../../../core/documents/photo-place.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';

/** Objects written before other work of the process gets its turn. */
const OBJECTS_AT_ONCE = 40;

/**
 * One PDF of photos in the order given, each on a page of its own, turned as the camera noted. JPEGs go in as they came. The
 * same photos give the same bytes: no date, no id. One photo that cannot be used fails the whole, since a document that
 * silently lacks a page is worse than none.
 */
export async function photosToPdf(paths: readonly string[]): Promise<Result<Uint8Array, ApiError>> {
  const document = await PDFDocument.create({ updateMetadata: false });
  for (const [index, path] of paths.entries()) {
    // Other work of the process gets its turn between pages.
    await setImmediate();
    const bytes = await readFile(path);
    const facts = imageFacts(bytes);
    if (facts === null || facts.format === 'heic') return err(unusable(index));
    const embed = facts.format === 'png' ? document.embedPng(bytes) : document.embedJpg(bytes);
    const image = await embed.catch(() => null);
    if (image === null) return err(unusable(index));
    addPage(document, image, facts);
    await image.embed();
  }
  const options = { addDefaultPage: false, updateFieldAppearances: false, objectsPerTick: OBJECTS_AT_ONCE };
  return ok(await document.save(options));
}

function addPage(document: PDFDocument, image: PDFImage, facts: Parameters<typeof photoPlace>[0]): void {
  const { size, matrices } = photoPlace(facts);
  const page = document.addPage([size.width, size.height]);
  page.pushOperators(
    pushGraphicsState(),
    ...matrices.map((matrix) => concatTransformationMatrix(...matrix)),
    drawObject(page.node.newXObject('Photo', image.ref)),
    popGraphicsState(),
  );
}

function unusable(index: number): ApiError {
  const message = `Page ${index + 1} cannot become a page of a PDF. Take that photo again, or send it by itself.`;
  return { type: 'not-allowed', message };
}
