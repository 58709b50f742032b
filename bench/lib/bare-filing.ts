import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const CHUNK = 1024 * 1024;

/**
 * The least that could be called filing: each file read, hashed, written and fsynced in one go, one after the other. It
 * makes no name durable, checks nothing and keeps nothing apart. `folder` is made.
 */
export function fileBarely(sources: readonly string[], folder: string): void {
  mkdirSync(folder);
  const buffer = Buffer.allocUnsafe(CHUNK);
  for (const [index, path] of sources.entries()) {
    const from = openSync(path, 'r');
    const to = openSync(join(folder, `${index}`), 'wx');
    const hash = createHash('sha256');
    for (let read = readSync(from, buffer); read > 0; read = readSync(from, buffer)) {
      hash.update(buffer.subarray(0, read));
      writeSync(to, buffer, 0, read);
    }
    fsyncSync(to);
    closeSync(to);
    closeSync(from);
    if (hash.digest('hex').length !== 64) throw new Error('no hash');
  }
}
