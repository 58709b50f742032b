import { createHash } from 'node:crypto';
import { failure, onSource, Refusal, stopIf } from './failures.ts';
import { CHUNK_BYTES, readFully, type VaultIo } from './io.ts';
import { isSameFile, openRegular } from './source.ts';

export interface FileHash {
  readonly sha256: string;
  readonly bytes: number;
}

/** Hashes a regular file without keeping it. Throws a `Refusal`: gone, busy, changed meanwhile, not a file, cancelled. */
export async function hashFile(io: VaultIo, path: string, signal?: AbortSignal): Promise<FileHash> {
  const { handle, stat } = await openRegular(io, path);
  try {
    const hash = createHash('sha256');
    const buffer = Buffer.allocUnsafe(Math.min(Number(stat.size) + 1, CHUNK_BYTES));
    let bytes = 0;
    for (;;) {
      stopIf(signal);
      const filled = await onSource(readFully(handle, buffer));
      hash.update(buffer.subarray(0, filled));
      bytes += filled;
      if (filled < buffer.length) break;
    }
    const after = await onSource(handle.stat());
    if (!isSameFile(stat, after) || BigInt(bytes) !== after.size) throw new Refusal(failure('SourceChanged'));
    return { sha256: hash.digest('hex'), bytes };
  } finally {
    await handle.close();
  }
}
