import { readFile } from 'node:fs/promises';
import { openPromise } from 'yauzl';
import { imageFacts } from '../../../core/documents/image-facts.ts';
import { err, ok, type Result } from '../../../core/result.ts';
import type { ApiError } from '../../api/values.ts';
import { keptKindOf } from '../files/kinds.ts';

/** What people may send: fewer kinds than desktops, known by content, with a name that does not say otherwise. */
export interface PartKind {
  readonly mime: string;
  /** As the file is named from here on. */
  readonly extension: string;
  /** A photo that can be a page of a PDF. */
  readonly isPage: boolean;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const KINDS: Readonly<Record<string, { readonly names: readonly [string, ...string[]]; readonly isPage: boolean }>> = {
  'application/pdf': { names: ['pdf'], isPage: false },
  'image/jpeg': { names: ['jpg', 'jpeg', 'jpe', 'jfif'], isPage: true },
  'image/png': { names: ['png'], isPage: true },
  'image/heic': { names: ['heic', 'heif', 'hif'], isPage: false },
  'image/heif': { names: ['heif', 'heic', 'hif'], isPage: false },
  [`${OFFICE}.wordprocessingml.document`]: { names: ['docx'], isPage: false },
  [`${OFFICE}.spreadsheetml.sheet`]: { names: ['xlsx'], isPage: false },
  'text/plain': { names: ['txt'], isPage: false },
};

/** Pixels of one picture: more is a mistake, or meant to fill the memory of whoever opens it. */
const MOST_PIXELS = 80_000_000;
/** A PNG is unpacked to become a page, so fewer. */
const MOST_PNG_PIXELS = 20_000_000;
/** A picture as a file, in bytes: it is read at once to be judged. */
const MOST_PICTURE_BYTES = 40_000_000;
/** What is packed in an Office file, in bytes and in files, and how much smaller than that it may be. */
const MOST_UNPACKED = 500_000_000;
const MOST_ENTRIES = 3_000;
const MOST_RATIO = 200;

export const WRONG_KIND: ApiError = {
  type: 'not-allowed',
  message: 'This cannot be sent here. Send a PDF, a photo (JPEG, PNG or HEIC), a Word or Excel file, or plain text.',
};
const DAMAGED: ApiError = {
  type: 'not-allowed',
  message: 'This photo is damaged or cut off. Take it again, or choose another one.',
};
const TOO_MANY_PIXELS: ApiError = {
  type: 'too-large',
  message: 'This picture is too large to be opened. Take a photo of the page, or save it smaller and send that.',
};
const PACKED: ApiError = {
  type: 'not-allowed',
  message: 'This file holds far more than its size says, so it was not taken. Save it as a PDF and send that.',
};

/** What a whole file is, or why it is not taken. `fileName` as the sender's device has it; it may have no ending. */
export async function partKindOf(
  path: string,
  { fileName, bytes }: { readonly fileName: string; readonly bytes: number },
): Promise<Result<PartKind, ApiError>> {
  const mime = (await keptKindOf(path))?.mime ?? '';
  const kind = Object.hasOwn(KINDS, mime) ? KINDS[mime] : undefined;
  if (kind === undefined) return err(WRONG_KIND);
  const [extension] = kind.names;
  const ending = endingOf(fileName);
  if (ending !== '' && !kind.names.includes(ending)) return err(misnamed(ending));
  const problem = await problemOf(path, mime, bytes);
  return problem === null ? ok({ mime, extension, isPage: kind.isPage }) : err(problem);
}

async function problemOf(path: string, mime: string, bytes: number): Promise<ApiError | null> {
  if (mime.startsWith(OFFICE)) return (await isBomb(path, bytes)) ? PACKED : null;
  if (!mime.startsWith('image/')) return null;
  if (bytes > MOST_PICTURE_BYTES) return TOO_MANY_PIXELS;
  const facts = imageFacts(await readFile(path));
  if (facts === null || facts.isCut) return DAMAGED;
  const most = facts.format === 'png' ? MOST_PNG_PIXELS : MOST_PIXELS;
  return facts.width * facts.height > most ? TOO_MANY_PIXELS : null;
}

/** By what the list of the archive promises; nothing is unpacked. */
async function isBomb(path: string, bytes: number): Promise<boolean> {
  let unpacked = 0;
  let entries = 0;
  try {
    const zip = await openPromise(path, { autoClose: false, lazyEntries: true, decodeStrings: false });
    zip.on('error', () => {});
    try {
      for await (const entry of zip.eachEntry()) {
        unpacked += entry.uncompressedSize;
        entries += 1;
        if (entries > MOST_ENTRIES || unpacked > MOST_UNPACKED) return true;
      }
    } finally {
      zip.close();
    }
  } catch {
    // A list that breaks off is one that no program opens.
    return true;
  }
  return unpacked > bytes * MOST_RATIO;
}

function endingOf(fileName: string): string {
  return (/\.([A-Za-z0-9]{1,8})$/.exec(fileName.trim())?.[1] ?? '').toLowerCase();
}

function misnamed(ending: string): ApiError {
  const message = `The name of this file ends in .${ending}, and what is in it is something else. Save it again on your device and send that.`;
  return { type: 'not-allowed', message };
}
