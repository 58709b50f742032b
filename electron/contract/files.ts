import { z } from 'zod';
import { MAX_PUT_BYTES } from './put-limit.ts';

/** How bytes of files travel between the page, its host and the backend. Every limit that two sides share is here. */

/** One answer carries at most so much, however much was asked for; the rest is asked for again. */
export const MAX_READ_BYTES = 4 * 1024 * 1024;
/** A file of more is not taken in. */
const MAX_UPLOAD_BYTES = 2 * 1024 * 1024 * 1024;

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** The bytes from `from` up to and without `to`. Past the end there are none. */
export const ReadFileInput = z.object({ sha256: Sha256, from: z.int().min(0), to: z.int().min(0) }).strict();
export type ReadFileInput = z.infer<typeof ReadFileInput>;

/** `size` is that of the whole file; `bytes` are at most `MAX_READ_BYTES`, fewer at its end. */
export const FileBytes = z.object({ bytes: z.instanceof(Uint8Array), size: z.int().min(0) });
export type FileBytes = z.infer<typeof FileBytes>;

/** A file that is to leave Closeboard under this name, which the backend makes safe. */
export const CopyOutInput = z.object({ sha256: Sha256, name: z.string().min(1).max(255) }).strict();
export type CopyOutInput = z.infer<typeof CopyOutInput>;

/** Where the copy lies that may be handed to other programs. */
export const CopiedOut = z.object({ path: z.string().min(1).max(4096) });
export type CopiedOut = z.infer<typeof CopiedOut>;

export const UploadId = z.string().regex(/^[0-9a-f]{32}$/);

/** What is said of a file before its bytes come. Names are words to show and to file by, never a path to open. */
export const UploadFacts = z
  .object({
    name: z.string().min(1).max(1024),
    /** Below what was dropped, with forward slashes: "Smith/disclosures/tds.pdf"; the name alone for a single file. */
    relativePath: z.string().max(4096),
    size: z.int().min(0).max(MAX_UPLOAD_BYTES),
    /** Milliseconds since 1970, as the browser tells. */
    lastModified: z.number(),
  })
  .strict();
export type UploadFacts = z.infer<typeof UploadFacts>;

/** A file without a place on this computer, such as a picture from the clipboard, handed over whole. */
export const PutFileInput = z
  .object({
    name: z.string().min(1).max(1024),
    lastModified: z.number(),
    bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= MAX_PUT_BYTES, { error: 'too large' }),
  })
  .strict();

/**
 * Where a dropped file is to be read. `path`: the real file or folder on this computer (Electron). `upload`: whole and
 * on disk at `<data>/incoming/<uploadId>.file`, with its `UploadFacts` as JSON in `<uploadId>.json` (browser host).
 * What is never taken from there is removed after a day.
 */
export const DropSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('path'), path: z.string().min(1).max(4096) }).strict(),
  z.object({ kind: z.literal('upload'), uploadId: UploadId }).strict(),
]);
export type DropSource = z.infer<typeof DropSource>;

/** Which of our files is meant. */
export interface FileSource {
  readonly kind: 'blob';
  readonly sha256: string;
}

/** As much of a page's `File` as is needed here, where there is no DOM. */
export interface HostFile {
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
  slice(from: number, to: number): unknown;
}

export interface DroppedFile {
  readonly file: HostFile;
  readonly relativePath: string;
}

/** What is in, in the order of the files. `isStopped`: the person stopped it, and the files after these were left out. */
export interface Dropped {
  readonly sources: readonly DropSource[];
  readonly isStopped: boolean;
}

/** Functions and not a signal: they alone pass from a page to what stands isolated behind it. */
export interface DropWatch {
  /** Bytes of all files together. */
  readonly onProgress?: (sent: number, total: number) => void;
  /** Asked between parts of 8 MB; once true, the file that is on its way is removed again and no more is sent. */
  readonly isCancelled?: () => boolean;
}
