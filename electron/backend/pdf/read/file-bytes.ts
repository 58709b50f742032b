import { constants, type FileHandle, open, stat } from 'node:fs/promises';
import { err, ok, type Result } from '../../../../core/result.ts';
import { type PdfProblem, pdfProblem } from '../problem.ts';

export interface FileVersion {
  readonly size: number;
  /** Differs when the file at this path was replaced or written to. */
  readonly mark: string;
}

/** Size and mark of an ordinary file. */
export async function fileVersion(path: string): Promise<Result<FileVersion, PdfProblem>> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  // A pipe or a device would keep its reader waiting for ever.
  if (!found?.isFile()) return err(pdfProblem('NotFound'));
  return ok({ size: Number(found.size), mark: `${found.dev}:${found.ino}:${found.size}:${found.mtimeNs}` });
}

/** The bytes of an ordinary file of at most `maxBytes`, as long as it was when it was opened. */
export async function fileBytes(path: string, maxBytes: number): Promise<Result<Uint8Array, PdfProblem>> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => null);
  if (handle === null) return err(pdfProblem('NotFound'));
  try {
    const found = await handle.stat();
    if (!found.isFile()) return err(pdfProblem('NotFound'));
    if (found.size > maxBytes) return err(pdfProblem('TooLarge'));
    return ok(await readAll(handle, found.size));
  } catch {
    // A share that went away, a disk that can't be read: for the person the file is not there.
    return err(pdfProblem('NotFound'));
  } finally {
    await handle.close();
  }
}

async function readAll(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await handle.read(bytes, at, Math.min(size - at, 64_000_000), at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return at === size ? bytes : bytes.slice(0, at);
}
