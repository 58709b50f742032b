import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { canonicalJson } from '../../../core/sync/canonical.ts';

/** A file of lines beside the records, whole on disk: what goes into the zip, with what the manifest says of it. */
export interface Spooled {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly lines: number;
}

/** Lines are gathered up to this many characters before they are written. */
const PIECE = 256 * 1024;

/** Writes values as canonical JSON, one a line, in constant memory. The signal ends it between two pieces. */
export async function spoolLines(file: string, values: AsyncIterable<unknown>, signal?: AbortSignal): Promise<Spooled> {
  const out = await open(file, 'w', 0o600);
  const hash = createHash('sha256');
  let [bytes, lines, piece] = [0, 0, ''];
  const flush = async () => {
    const chunk = Buffer.from(piece, 'utf8');
    piece = '';
    bytes += chunk.byteLength;
    hash.update(chunk);
    signal?.throwIfAborted();
    await out.writeFile(chunk);
  };
  try {
    for await (const value of values) {
      piece += `${canonicalJson(value)}\n`;
      lines += 1;
      if (piece.length >= PIECE) await flush();
    }
    await flush();
  } finally {
    await out.close();
  }
  return { file, bytes, sha256: hash.digest('hex'), lines };
}
