import { createHash, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UPLOAD_CHUNK } from '../../portal/api/device-calls.ts';
import { announce, offsetOf, sendPiece } from '../../portal/server/files/testing.ts';
import { type Random, randomOf } from './random.ts';
import { startPortalProcess } from './upload-process.ts';

export interface CutsWish {
  readonly cuts: number;
  readonly bytes: number;
  /** After so many cuts the portal itself is killed in the middle of a piece and started again. */
  readonly restartEvery: number;
  readonly seed: number;
}

export interface CutsReport {
  readonly cuts: number;
  readonly kills: number;
  readonly bytes: number;
  /** Bytes that went out, with those that were sent again. */
  readonly sent: number;
  /** The most that one cut threw away, in bytes. */
  readonly mostLost: number;
  /** An offset behind what was answered before; a cut that cost more than a piece. */
  readonly faults: readonly string[];
  /** Whether what the portal keeps is what was sent, byte by byte. */
  readonly isEqual: boolean;
  readonly seconds: number;
}

/**
 * Sends one file over a line that breaks at random bytes, to a portal that is killed now and then, and looks at what the
 * portal kept. The cuts are spread over the whole of it.
 */
export async function uploadCuts({ cuts, bytes, restartEvery, seed }: CutsWish): Promise<CutsReport> {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-cuts-'));
  const began = performance.now();
  const random = randomOf(seed);
  const source = makeSource(folder, bytes);
  const key = randomBytes(32).toString('base64url');
  const authorization = `Bearer ${key}`;
  const start = () => startPortalProcess(folder, key, [{ sha256: source.sha256, bytes }]);
  let server = await start();
  const faults: string[] = [];
  let kills = 0;
  let sent = 0;
  let mostLost = 0;
  try {
    const made = await announce(server, { authorization }, { dealId: 'deal-a', sha256: source.sha256, bytes });
    const location = made.headers.get('location') ?? '';
    let offset = 0;
    for (let cut = 1; cut <= cuts; cut += 1) {
      const length = Math.min(UPLOAD_CHUNK, bytes - offset);
      const after = Math.min(length - 1, cutAfter(random, (bytes - offset) / (cuts - cut + 1)));
      await sendAndCut(
        { port: server.port, location, authorization },
        { offset, length, piece: source.read(offset, after) },
      );
      sent += after;
      if (cut % restartEvery === 0) {
        await server.kill();
        kills += 1;
        server = await start();
      }
      const now = await offsetOf(server.url + location, { authorization });
      if (now === null || now < offset) faults.push(`cut ${cut}: the portal is at ${now}, it had answered ${offset}`);
      const lost = offset + after - (now ?? 0);
      if (lost > UPLOAD_CHUNK) faults.push(`cut ${cut}: ${lost} bytes lost`);
      mostLost = Math.max(mostLost, lost);
      offset = now ?? 0;
    }
    while (offset < bytes) {
      const piece = source.read(offset, Math.min(UPLOAD_CHUNK, bytes - offset));
      const answer = await sendPiece(server.url + location, { authorization }, { offset, bytes: piece });
      if (answer.status !== 204) throw new Error(`the portal answered ${answer.status}: ${await answer.text()}`);
      offset += piece.length;
      sent += piece.length;
    }
    const isEqual = (await hashOf(blobPath(folder, source.sha256))) === source.sha256;
    const seconds = (performance.now() - began) / 1_000;
    return { cuts, kills, bytes, sent, mostLost, faults, isEqual, seconds };
  } finally {
    source.close();
    await server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Around what keeps the cuts spread to the end; now and then within the first bytes. */
function cutAfter(random: Random, share: number): number {
  return random.chance(0.1) ? random.int(2_000) : random.int(Math.max(2, Math.floor(share * 2)));
}

interface Source {
  readonly sha256: string;
  read(from: number, length: number): Buffer;
  close(): void;
}

function makeSource(folder: string, bytes: number): Source {
  const file = openSync(join(folder, 'source.pdf'), 'w+');
  const hash = createHash('sha256');
  for (let at = 0; at < bytes; ) {
    const piece = randomBytes(Math.min(1024 * 1024, bytes - at));
    if (at === 0) piece.write('%PDF-1.7\n', 'latin1');
    writeSync(file, piece, 0, piece.length, at);
    hash.update(piece);
    at += piece.length;
  }
  return {
    sha256: hash.digest('hex'),
    read: (from, length) => {
      const piece = Buffer.alloc(length);
      readSync(file, piece, 0, length, from);
      return piece;
    },
    close: () => closeSync(file),
  };
}

interface Line {
  readonly port: number;
  readonly location: string;
  readonly authorization: string;
}

interface CutPiece {
  readonly offset: number;
  /** What the head promises. */
  readonly length: number;
  /** What goes out before the line breaks. */
  readonly piece: Buffer;
}

function sendAndCut({ port, location, authorization }: Line, { offset, length, piece }: CutPiece): Promise<void> {
  const head = [
    `PATCH ${location} HTTP/1.1`,
    'host: portal',
    `authorization: ${authorization}`,
    'tus-resumable: 1.0.0',
    `upload-offset: ${offset}`,
    'content-type: application/offset+octet-stream',
    `content-length: ${length}`,
  ].join('\r\n');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('close', () => resolve());
    socket.write(`${head}\r\n\r\n`);
    socket.write(piece, () => socket.destroy());
  });
}

function blobPath(folder: string, sha256: string): string {
  return join(folder, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

if (import.meta.main) {
  const [cuts = 200, megabytes = 200, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
  const report = await uploadCuts({ cuts, bytes: megabytes * 1_000_000, restartEvery: 40, seed });
  for (const fault of report.faults) console.error(fault);
  const { kills, sent, mostLost, isEqual, seconds } = report;
  console.log(
    `${cuts} cuts and ${kills} kills of the portal in ${megabytes} MB (seed ${seed}): ${(sent / 1e6).toFixed(1)} MB sent, at most ` +
      `${(mostLost / 1e6).toFixed(2)} MB lost by one, hash ${isEqual ? 'equal' : 'DIFFERENT'}, ${seconds.toFixed(1)} s`,
  );
  process.exitCode = report.faults.length === 0 && isEqual ? 0 : 1;
}
