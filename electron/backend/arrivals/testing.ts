import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { ok } from '../../../core/result.ts';
import type { Sink } from './types.ts';

/** A folder of its own for one test file, and a writer of blobs into it. */
export interface TestFolder {
  readonly write: (bytes: Uint8Array | string) => string;
  readonly path: string;
  readonly close: () => void;
}

export function testFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'arrivals-'));
  let count = 0;
  return {
    path,
    write: (bytes) => {
      count += 1;
      const file = join(path, `blob-${count}`);
      writeFileSync(file, bytes);
      return file;
    },
    close: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Keeps what it is given in memory, by hash. */
export function memorySink(): {
  readonly sink: Sink;
  readonly kept: Map<string, Uint8Array>;
  readonly most: () => number;
} {
  const kept = new Map<string, Uint8Array>();
  let most = 0;
  const sink: Sink = async (bytes) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
      pieces.push(piece);
      most = Math.max(most, piece.byteLength);
    }
    const whole = new Uint8Array(Buffer.concat(pieces));
    const sha256 = createHash('sha256').update(whole).digest('hex');
    kept.set(sha256, whole);
    return ok({ sha256, bytes: whole.byteLength });
  };
  return { sink, kept, most: () => most };
}

export interface ZipItem {
  readonly name: string | Uint8Array;
  readonly data?: Uint8Array | string;
  /** Unix mode, such as 0o120777 for a link. */
  readonly mode?: number;
  readonly isStored?: boolean;
  /** General purpose flags: 1 locked, 0x40 strong, 0x800 UTF-8. */
  readonly flags?: number;
  /** Overrides, for zips that lie. */
  readonly claimedSize?: number;
  readonly claimedCrc?: number;
  readonly method?: number;
}

/** A zip with these entries, honest unless told otherwise. */
export function makeZip(items: readonly ZipItem[], { repeat = 1 } = {}): Buffer<ArrayBuffer> {
  const bodies: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const item of items) {
    const { local, body, central } = zipEntry(item, at);
    bodies.push(local, body);
    for (let copy = 0; copy < repeat; copy += 1) list.push(central);
    at += local.length + body.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(list.length, 8);
  end.writeUInt16LE(list.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}

function zipEntry(
  item: ZipItem,
  at: number,
): { readonly local: Buffer; readonly body: Buffer; readonly central: Buffer } {
  const name = typeof item.name === 'string' ? Buffer.from(item.name) : Buffer.from(item.name);
  const data = Buffer.from(item.data ?? '');
  const body = item.isStored ? data : deflateRawSync(data);
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(item.flags ?? 0x800, 2);
  facts.writeUInt16LE(item.method ?? (item.isStored ? 0 : 8), 4);
  facts.writeUInt32LE(item.claimedCrc ?? crc32(data), 10);
  facts.writeUInt32LE(body.length, 14);
  facts.writeUInt32LE(item.claimedSize ?? data.length, 18);
  facts.writeUInt16LE(name.length, 22);
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE((3 << 8) | 20, 4);
  facts.copy(head, 6);
  head.writeUInt32LE(((item.mode ?? 0o100644) << 16) >>> 0, 38);
  head.writeUInt32LE(at, 42);
  const start = Buffer.from([0x50, 0x4b, 3, 4]);
  return { local: Buffer.concat([start, facts, name]), body, central: Buffer.concat([head, name]) };
}
