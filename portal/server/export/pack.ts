import { createReadStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Blobs } from '../blobs/types.ts';

/** One entry, with where its bytes come from and what they are known to be. */
export interface Packed {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly from: { readonly content: Buffer } | { readonly file: string } | { readonly blob: string };
}

interface Packing {
  readonly entries: readonly Packed[];
  readonly blobs: Pick<Blobs, 'read'>;
  readonly madeAt: Date;
  readonly out: Writable;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes a zip, entry after entry, as fast as the receiver takes it. Texts are packed small; documents are such already.
 * Bytes that are not as many as they were when they were hashed end it: half an entry is never passed off as a whole one.
 */
export async function packZip({ entries, blobs, madeAt, out, signal }: Packing): Promise<void> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const opened: { current: Readable | null } = { current: null };
  zip.on('error', (error: Error) => output.destroy(error));
  for (const entry of entries) {
    const options = { mtime: madeAt, mode: 0o100644, size: entry.bytes, compress: !('blob' in entry.from) };
    zip.addReadStreamLazy(entry.path, options, (give) => {
      openEntry(entry, blobs).then(
        (stream) => {
          opened.current = stream;
          // The packer does not listen for it itself.
          stream.on('error', (error) => output.destroy(error));
          give(null, stream);
        },
        (error: unknown) => give(error, Readable.from([])),
      );
    });
  }
  zip.end();
  try {
    await pipeline(output, out, { signal });
  } finally {
    opened.current?.destroy();
  }
}

async function openEntry({ path, from }: Packed, blobs: Pick<Blobs, 'read'>): Promise<Readable> {
  if ('file' in from) return createReadStream(from.file);
  if ('blob' in from) {
    const stream = await blobs.read(from.blob);
    if (stream === null) throw new Error(`the bytes of ${path} were taken away while they were exported`);
    return stream;
  }
  return Readable.from([from.content]);
}
