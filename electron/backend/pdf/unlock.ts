import { writeFile } from 'node:fs/promises';
import { PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib';
import { err, ok, type Result } from '../../../core/result.ts';
import { type PdfProblem, pdfProblem } from './problem.ts';
import type { TaskContext } from './protocol.ts';
import { fileBytes } from './read/file-bytes.ts';

export interface UnlockInput {
  readonly path: string;
  readonly password: string;
  /** Where the opened copy goes; a file that is there is replaced. */
  readonly output: string;
}

export interface Unlocked {
  readonly pages: number;
}

/**
 * Writes a copy of a PDF that opens without its password. The original stays as it came; the copy is for reading, since
 * a signature in it no longer covers what it signed.
 *
 * Fails with `NotFound`, `TooLarge`, `WrongPassword`, `Damaged`, `NotWritten`, `Cancelled` or `TooMuchMemory`.
 */
export async function unlock(input: UnlockInput, context: TaskContext): Promise<Result<Unlocked, PdfProblem>> {
  const bytes = await fileBytes(input.path, context.limits.maxFileBytes);
  if (!bytes.ok) return bytes;
  const opened = await open(bytes.value, input.password);
  if (!opened.ok) return opened;
  const stop = await context.breathe();
  if (stop) return err(stop);
  const saved = await save(opened.value);
  if (saved === null) return err(pdfProblem('Damaged'));
  try {
    await writeFile(input.output, saved);
  } catch {
    return err(pdfProblem('NotWritten'));
  }
  return ok({ pages: opened.value.getPageCount() });
}

async function open(bytes: Uint8Array, password: string): Promise<Result<PDFDocument, PdfProblem>> {
  try {
    const options = { updateMetadata: false, preserveXFA: true, capNumbers: true };
    const document = await PDFDocument.load(bytes, { ...options, password });
    // A file that only looks right is found out here and not when it is read next.
    document.getPageCount();
    return ok(document);
  } catch (error) {
    // pdf-lib tells a wrong password from damage in words only.
    const isPassword = error instanceof Error && /password|encrypted/i.test(error.message);
    return err(pdfProblem(isPassword ? 'WrongPassword' : 'Damaged'));
  }
}

async function save(document: PDFDocument): Promise<Uint8Array | null> {
  try {
    forgetEncryption(document);
    return await document.save({ addDefaultPage: false, updateFieldAppearances: false });
  } catch {
    return null;
  }
}

/** pdf-lib keeps the old cross-reference streams as objects, and with them the word that the file is encrypted. */
function forgetEncryption({ context }: PDFDocument): void {
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(PDFName.of('Type')) !== PDFName.of('XRef')) continue;
    const key = object.dict.get(PDFName.of('Encrypt'));
    if (key instanceof PDFRef) context.delete(key);
    context.delete(ref);
  }
}
