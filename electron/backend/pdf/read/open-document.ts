import { err, ok, type Result } from '../../../../core/result.ts';
import { type PdfProblem, pdfProblem } from '../problem.ts';
import type { ThreadLimits } from '../protocol.ts';
import { fileBytes, fileVersion } from './file-bytes.ts';
import { mendTail } from './mend-tail.ts';
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
/** Mending looks through the whole file as text: not for one larger than this. */
const MENDED_BYTES = 200_000_000;
const REPAIRS = ['Indexing all PDF objects', 'invalid /Pages tree', 'Skipping invalid first page'];

interface Opened extends OpenDocument {
  readonly close: () => Promise<void>;
}

interface Kept extends Opened {
  readonly key: string;
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
  const opened = await openFile(source, limits.maxFileBytes);
  if (!opened.ok) return opened;
  const one: Kept = { ...opened.value, key };
  kept.push(one);
  return ok(one);
}

async function makeRoom(bytes: number): Promise<void> {
  const total = () => kept.reduce((sum, one) => sum + one.bytes, bytes);
  while (kept.length > 0 && (kept.length >= KEPT || total() > KEPT_BYTES)) await kept.shift()?.close();
}

async function openFile({ path, password }: DocumentSource, maxBytes: number): Promise<Result<Opened, PdfProblem>> {
  const bytes = await fileBytes(path, maxBytes);
  if (!bytes.ok) return bytes;
  const start = Buffer.from(bytes.value.subarray(0, 1024)).toString('latin1');
  const hasHeader = start.includes('%PDF-');
  if (!hasHeader && /^\W*(<!doctype|<html|<\?xml|<head|<body)/i.test(start)) return err(pdfProblem('NotPdf'));
  const size = bytes.value.byteLength;
  const opened = await parse(bytes.value, password);
  if (opened.ok || opened.error.type !== 'Damaged') return opened;
  if (!hasHeader) return err(pdfProblem('NotPdf'));
  // Read anew: pdf.js took the bytes for itself.
  const again = await fileBytes(path, maxBytes);
  const mended = again.ok && again.value.byteLength <= MENDED_BYTES ? mendTail(again.value) : null;
  if (mended === null) return opened;
  const second = await parse(mended, password);
  return second.ok ? ok({ ...second.value, bytes: size, isRepaired: true }) : opened;
}

async function parse(data: Uint8Array, password: string | undefined): Promise<Result<Opened, PdfProblem>> {
  const bytes = data.byteLength;
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
    return err(pdfProblem('Damaged'));
  }
}
