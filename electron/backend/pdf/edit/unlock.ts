import { rm, writeFile } from 'node:fs/promises';
import type { PDFDocument } from 'pdf-lib';
import { err, ok, type Result } from '../../../../core/result.ts';
import { openPdf, type PdfSource } from './open.ts';
import { type EditOptions, type PdfRefusal, refusal } from './refusals.ts';
import { isOneOf } from './same-file.ts';
import { isStopped } from './stop.ts';

export interface UnlockArgs extends PdfSource {
  readonly output: string;
}

/** Objects between two looks at the event loop while a file is written whole. */
const OBJECTS_PER_TICK = 2000;

/** Writes the file as it is without its password: same pages, fields, bookmarks, dates. */
export async function unlockPdf(
  args: UnlockArgs,
  options: EditOptions = {},
): Promise<Result<{ readonly pages: number }, PdfRefusal>> {
  const pdf = await openPdf(args);
  if (!pdf.ok) return pdf;
  if (await isStopped(options)) return err(refusal('Stopped'));
  const saved = await saveWhole(pdf.value.doc, { input: args.path, output: args.output, name: args.name });
  if (!saved.ok) return saved;
  options.onProgress?.(pdf.value.pages.length, pdf.value.pages.length);
  return ok({ pages: pdf.value.pages.length });
}

/** Writes a file that was changed in memory, with everything in it. A failed write leaves nothing behind. */
export async function saveWhole(
  doc: PDFDocument,
  {
    input,
    output,
    name,
  }: { readonly input?: string | undefined; readonly output: string; readonly name: string | undefined },
): Promise<Result<null, PdfRefusal>> {
  if (input !== undefined && isOneOf([input], output)) throw new Error('the output is the input');
  let bytes: Uint8Array;
  try {
    bytes = await doc.save({ updateFieldAppearances: false, addDefaultPage: false, objectsPerTick: OBJECTS_PER_TICK });
  } catch {
    return err(refusal('Damaged', name));
  }
  try {
    await writeFile(output, bytes);
    return ok(null);
  } catch {
    await rm(output, { force: true });
    return err(refusal('NotWritten'));
  }
}
