import { err, ok, type Result } from '../../../core/result.ts';
import { openPdf } from './edit/open.ts';
import { type EditOptions, type PdfRefusal, refusal } from './edit/refusals.ts';
import { isStopped } from './edit/stop.ts';
import { saveWhole, type UnlockArgs } from './edit/unlock.ts';
import { forgetEncryption } from './forget-encryption.ts';

/**
 * Writes a copy of a PDF that opens without its password, for reading and for what is made of it. The original stays as
 * it came: a signature in the copy no longer covers what it signed.
 */
export async function unlock(
  args: UnlockArgs,
  options: EditOptions = {},
): Promise<Result<{ readonly pages: number }, PdfRefusal>> {
  const pdf = await openPdf(args);
  if (!pdf.ok) return pdf;
  if (await isStopped(options)) return err(refusal('Stopped'));
  forgetEncryption(pdf.value.doc);
  const saved = await saveWhole(pdf.value.doc, { input: args.path, output: args.output, name: args.name });
  return saved.ok ? ok({ pages: pdf.value.pages.length }) : saved;
}
