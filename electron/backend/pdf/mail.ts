import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../core/result.ts';
import type { MailAttachment, UnpackedMail } from '../arrivals/mail-model.ts';
import type { Sink } from '../arrivals/types.ts';
import { unpackMail } from '../arrivals/unpack-mail.ts';
import type { EditOptions } from './edit/refusals.ts';
import { type PdfProblem, pdfProblem } from './problem.ts';

export interface MailInput {
  readonly path: string;
  /** An empty folder for the attachments; the caller takes them from there and removes it. */
  readonly folder: string;
}

/** A mail taken apart, its attachments as files in the folder of the input, in the same order. */
export interface MailParts extends Omit<UnpackedMail, 'attachments'> {
  readonly attachments: readonly (MailAttachment & { readonly path: string })[];
}

/**
 * Takes a mail apart beside the PDFs, since it is work of the same kind: one long stretch over bytes from outside, which
 * must not hold up the window and is ended when it takes too long or too much. Names of files are ours, by number.
 */
export async function mail(
  { path, folder }: MailInput,
  { signal }: EditOptions,
): Promise<Result<MailParts, PdfProblem>> {
  const paths = new Map<string, string>();
  const sink: Sink = async (bytes) => {
    const whole = bytes instanceof Uint8Array ? bytes : await wholeOf(bytes);
    const sha256 = createHash('sha256').update(whole).digest('hex');
    const file = join(folder, `${paths.size}.part`);
    if (!paths.has(sha256)) {
      try {
        await writeFile(file, whole, { flag: 'wx' });
      } catch {
        return err(pdfProblem('NotWritten'));
      }
      paths.set(sha256, file);
    }
    return ok({ sha256, bytes: whole.byteLength });
  };
  const unpacked = await unpackMail(path, { sink, signal });
  if (!unpacked.ok) return err({ type: unpacked.error.type, sentence: unpacked.error.sentence });
  const attachments = unpacked.value.attachments.map((part) => ({ ...part, path: paths.get(part.sha256) ?? '' }));
  return ok({ ...unpacked.value, attachments });
}

async function wholeOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
}
