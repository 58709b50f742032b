import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { announce, sendPiece, sha256Of } from '../portal/server/files/testing.ts';
import { startPortalProcess } from '../tests/sync/upload-process.ts';
import { type Bench, median, NONE } from './row.ts';

const PIECE = 8 * 1024 * 1024;
const ROUNDS = 5;
const AT_ONCE = 20;

/** A file sent whole to a portal of its own process, beside copying, hashing and syncing the same bytes by hand. */
export const run: Bench = async ({ smoke }) => {
  const megabytes = smoke ? 1 : 64;
  const rounds = smoke ? 1 : ROUNDS;
  const ratios: number[] = [];
  const rates: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const bytes = paper(megabytes * 1_000_000);
    const bare = copyBare(bytes);
    const { ms } = await sendAll([bytes]);
    ratios.push(ms / Math.min(bare, copyBare(bytes)));
    rates.push((megabytes * 1_000) / ms);
  }
  const many = await sendAll(Array.from({ length: smoke ? 2 : AT_ONCE }, () => paper((smoke ? 1 : 16) * 1_000_000)));
  return [
    { name: `upload of ${megabytes} MB against copy, hash and sync`, value: median(ratios), unit: 'x', limit: 12 },
    { name: `MB a second of one upload of ${megabytes} MB`, value: median(rates), unit: 'MB/s', limit: NONE },
    { name: `memory of the portal with ${AT_ONCE} uploads at once`, value: many.mostMb, unit: 'MB', limit: 450 },
  ];
};

function paper(bytes: number): Buffer {
  const made = randomBytes(bytes);
  made.write('%PDF-1.7\n', 'latin1');
  return made;
}

/** Milliseconds to write the bytes in pieces, hash them and have them on the disk. */
function copyBare(bytes: Buffer): number {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-bench-'));
  const from = performance.now();
  const file = openSync(join(folder, 'copy'), 'w');
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += PIECE) {
    const piece = bytes.subarray(at, at + PIECE);
    writeSync(file, piece);
    hash.update(piece);
  }
  hash.digest();
  fsyncSync(file);
  const took = performance.now() - from;
  closeSync(file);
  rmSync(folder, { recursive: true });
  return took;
}

/** Sends files side by side; how long that took, and the most memory that the portal held meanwhile. */
async function sendAll(files: readonly Buffer[]): Promise<{ readonly ms: number; readonly mostMb: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-bench-'));
  const key = randomBytes(32).toString('base64url');
  const headers = { authorization: `Bearer ${key}` };
  const known = files.map((bytes) => ({ sha256: sha256Of(bytes), bytes: bytes.length }));
  const portal = await startPortalProcess(folder, key, known);
  let mostMb = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      mostMb = Math.max(mostMb, memoryOf(portal.pid));
      await pause(50);
    }
  })();
  try {
    const from = performance.now();
    await Promise.all(
      files.map((bytes, index) => sendOne(portal, headers, { bytes, sha256: known[index]?.sha256 ?? '' })),
    );
    return { ms: performance.now() - from, mostMb };
  } finally {
    isOver = true;
    await watching;
    await portal.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sendOne(
  portal: { readonly url: string },
  headers: Readonly<Record<string, string>>,
  { bytes, sha256 }: { readonly bytes: Buffer; readonly sha256: string },
): Promise<void> {
  const made = await announce(portal, headers, { dealId: 'deal-a', sha256, bytes: bytes.length });
  const at = `${portal.url}${made.headers.get('location')}`;
  for (let offset = 0; offset < bytes.length; offset += PIECE) {
    const answer = await sendPiece(at, headers, { offset, bytes: bytes.subarray(offset, offset + PIECE) });
    if (answer.status !== 204) throw new Error(`the portal answered ${answer.status}`);
  }
}

/** What a process holds, in MB; 0 where the system does not say it in a file. */
function memoryOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
