import { err, ok, type Result } from '../../../../core/result.ts';
import { type PdfProblem, pdfProblem } from '../problem.ts';
import type { ThreadLimits } from '../protocol.ts';
import { fileBytes, fileVersion } from './file-bytes.ts';
import { loadPdfjs, type PDFDocumentProxy } from './pdfjs.ts';

/** A document that every task of the thread may use until the next but one is opened. */
export interface OpenDocument {
  readonly document: PDFDocumentProxy;
  readonly bytes: number;
  /** It opened only after pdf.js put its objects together again. */
  readonly isRepaired: boolean;
}

export interface DocumentSource {
  readonly path: string;
  readonly password?: string | undefined;
}

/** A reader leafs through one document and compares it with another: two stay open. */
const KEPT = 2;
const KEPT_BYTES = 300_000_000;
const REPAIRS = ['Indexing all PDF objects', 'invalid /Pages tree', 'Skipping invalid first page'];

interface Kept extends OpenDocument {
  readonly key: string;
  readonly close: () => Promise<void>;
}

const kept: Kept[] = [];

/**
 * Opens the PDF at a path, or takes the one that is still open.
 *
 * Fails with `NotFound`, `TooLarge`, `NotPdf`, `Password`, `WrongPassword`, `Damaged` or `Empty`.
 */
export async function openDocument(
  source: DocumentSource,
  limits: ThreadLimits,
): Promise<Result<OpenDocument, PdfProblem>> {
  const version = await fileVersion(source.path);
  if (!version.ok) return version;
  if (version.value.size > limits.maxFileBytes) return err(pdfProblem('TooLarge'));
  if (version.value.size === 0) return err(pdfProblem('Empty'));
  const key = JSON.stringify([source.path, version.value.mark, source.password ?? null]);
  const at = kept.findIndex((one) => one.key === key);
  const known = at < 0 ? undefined : kept.splice(at, 1)[0];
  if (known) {
    kept.push(known);
    return ok(known);
  }
  // Room first: both the one that leaves and the one that comes may be large.
  await makeRoom(version.value.size);
  const bytes = await fileBytes(source.path, limits.maxFileBytes);
  if (!bytes.ok) return bytes;
  const opened = await parse(bytes.value, source.password);
  if (!opened.ok) return opened;
  const one: Kept = { ...opened.value, key };
  kept.push(one);
  return ok(one);
}

async function makeRoom(bytes: number): Promise<void> {
  const total = () => kept.reduce((sum, one) => sum + one.bytes, bytes);
  while (kept.length > 0 && (kept.length >= KEPT || total() > KEPT_BYTES)) await kept.shift()?.close();
}

async function parse(data: Uint8Array, password: string | undefined): Promise<Result<Omit<Kept, 'key'>, PdfProblem>> {
  const bytes = data.byteLength;
  const start = Buffer.from(data.subarray(0, 1024)).toString('latin1');
  const hasHeader = start.includes('%PDF-');
  if (!hasHeader && /^\W*(<!doctype|<html|<\?xml|<head|<body)/i.test(start)) return err(pdfProblem('NotPdf'));
  const { pdfjs, options, takeWarnings } = await loadPdfjs();
  takeWarnings();
  const loading = pdfjs.getDocument({ ...options, data, ...(password === undefined ? {} : { password }) });
  try {
    const document = await loading.promise;
    const isRepaired = takeWarnings().some((warning) => REPAIRS.some((repair) => warning.includes(repair)));
    return ok({ document, bytes, isRepaired, close: () => loading.destroy() });
  } catch (error) {
    await loading.destroy();
    if (error instanceof pdfjs.PasswordException)
      return err(pdfProblem(error.code === pdfjs.PasswordResponses.NEED_PASSWORD ? 'Password' : 'WrongPassword'));
    // Whatever else pdf.js throws here, it throws because of the bytes.
    return err(pdfProblem(hasHeader ? 'Damaged' : 'NotPdf'));
  }
}
