import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { ENTRY } from './format.ts';

/** An export taken apart and put together again: what somebody does who wants it to say something else. */
export type Parts = Map<string, Buffer>;

export async function partsOf(file: string): Promise<Parts> {
  const zip = await openPromise(file, { autoClose: false, lazyEntries: true });
  const parts: Parts = new Map();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    parts.set(entry.fileName, Buffer.concat(chunks));
  }
  zip.close();
  return parts;
}

export async function writeParts(file: string, parts: Iterable<readonly [string, Buffer]>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, content] of parts) zip.addReadStream(Readable.from([content]), name, { size: content.byteLength });
  zip.end();
  await pipeline(zip.outputStream as Readable, createWriteStream(file));
}

/** The manifest written anew, so that it fits what the other parts are now. */
export function withManifest(parts: Parts, also: (manifest: Record<string, unknown>) => void = () => {}): Parts {
  const manifest = JSON.parse(String(parts.get(ENTRY.manifest))) as Record<string, unknown>;
  manifest.entries = [...parts]
    .filter(([path]) => path !== ENTRY.manifest)
    .map(([path, content]) => {
      const sha256 = createHash('sha256').update(content).digest('hex');
      return { path, bytes: content.byteLength, sha256 };
    });
  also(manifest);
  return new Map(parts).set(ENTRY.manifest, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
}

export function linesIn<T>(parts: Parts, path: string): T[] {
  return String(parts.get(path))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as T);
}

export function asLines(values: readonly unknown[]): Buffer {
  return Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(''));
}
