import { rm, writeFile } from 'node:fs/promises';
import { err, ok, type Result } from '../../../core/result.ts';
import { type Photo, photosToPdf } from '../arrivals/photos-to-pdf.ts';
import type { EditOptions } from './edit/refusals.ts';
import { type PdfProblem, pdfProblem } from './problem.ts';

export interface PhotosInput {
  /** In page order. */
  readonly photos: readonly Photo[];
  /** Where the PDF goes; a file that is there is replaced. */
  readonly output: string;
}

/** One PDF of photos, a page each. Progress counts photos; a refusal names the photo it is about as `input`. */
export async function photos(
  { photos, output }: PhotosInput,
  { signal, onProgress }: EditOptions,
): Promise<Result<{ readonly pages: number }, PdfProblem>> {
  const made = await photosToPdf(photos, { signal, onPage: onProgress });
  if (!made.ok) {
    const { type, sentence } = made.error;
    return err({ type, sentence, ...('index' in made.error ? { input: made.error.index } : {}) });
  }
  try {
    await writeFile(output, made.value);
  } catch {
    await rm(output, { force: true }).catch(() => {});
    return err(pdfProblem('NotWritten'));
  }
  return ok({ pages: photos.length });
}
