import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { isInUse, isMissing, type WatchFs } from './file-system.ts';

/** `changed`: another file, or another length, than the one that was looked at. */
export type Readable = 'whole' | 'incomplete' | 'in-use' | 'gone' | 'changed';

const HEAD = 1024;
const TAIL = 2048;
const PIECE = 1024 * 1024;

/**
 * Whether a file can be read and looks finished: not empty, and a PDF with `%PDF-` in its first kilobyte and `%%EOF` in
 * its last two. A name that says .pdf is all that is known about its kind; what it really is, the receiver finds out.
 */
export async function checkContents(path: string, stats: Stats, fs: WatchFs): Promise<Readable> {
  return withFile(path, fs, async (file) => {
    if (!isSameFile(await file.stat(), stats)) return 'changed';
    if (stats.size === 0) return 'incomplete';
    if (!path.toLowerCase().endsWith('.pdf')) {
      // A program that locks ranges of a file lets it be opened, and then not read.
      await file.read(Buffer.alloc(1), 0, 1, 0);
      return 'whole';
    }
    const head = await readAt(file, 0, HEAD);
    const tail = await readAt(file, Math.max(0, stats.size - TAIL), TAIL);
    return head.includes('%PDF-') && tail.includes('%%EOF') ? 'whole' : 'incomplete';
  });
}

/** SHA-256 in hex of the file that was looked at, or why there is none. Only for telling a moved or touched file from a new one. */
export async function hashOf(path: string, stats: Stats, fs: WatchFs): Promise<{ sha256: string } | Readable> {
  return withFile<{ sha256: string } | Readable>(path, fs, async (file) => {
    if (!isSameFile(await file.stat(), stats)) return 'changed';
    const hash = createHash('sha256');
    const buffer = Buffer.alloc(Math.min(PIECE, Math.max(stats.size, 1)));
    for (let at = 0; at < stats.size; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return 'changed';
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    return isSameFile(await file.stat(), stats) ? { sha256: hash.digest('hex') } : 'changed';
  });
}

/** The record of a file has not moved since. */
export function isSameFile(now: Stats, before: Stats): boolean {
  return now.ino === before.ino && now.size === before.size && now.mtimeMs === before.mtimeMs;
}

/**
 * Whether a file's bytes are only in the cloud, so that reading would fetch them: it takes no room on the disk.
 * Node tells nothing of the attributes of Windows (RECALL_ON_DATA_ACCESS), where the room taken is all there is to go by;
 * a small file lies in the directory itself there and takes none either, so that files up to 4 KB pass for real ones.
 */
export function isPlaceholder(stats: Stats, platform: NodeJS.Platform): boolean {
  return stats.blocks === 0 && stats.size > (platform === 'win32' ? 4096 : 0);
}

async function withFile<T>(path: string, fs: WatchFs, use: (file: FileHandle) => Promise<T>): Promise<T | Readable> {
  let file: FileHandle | null = null;
  try {
    file = await fs.openToRead(path);
    return await use(file);
  } catch (error) {
    if (isMissing(error)) return 'gone';
    // A disk that fails to read and a program that locks are the same to the person: it is tried again, and said.
    if (!isInUse(error) && !isDiskTrouble(error)) throw error;
    return 'in-use';
  } finally {
    await file?.close();
  }
}

const TROUBLE = new Set([
  'EIO',
  'ELOOP',
  'ESTALE',
  'ETIMEDOUT',
  'EMFILE',
  'ENFILE',
  'UNKNOWN',
  'ENXIO',
  'EINVAL',
  'EISDIR',
]);

function isDiskTrouble(error: unknown): boolean {
  return error instanceof Error && 'code' in error && TROUBLE.has(String(error.code));
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}
