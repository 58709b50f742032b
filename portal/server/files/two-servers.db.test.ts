import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../store/testing.ts';
import {
  announce,
  type FilePortal,
  offsetOf,
  pdfBytes,
  putDeal,
  sendPiece,
  sha256Of,
  signedIn,
  startFilePortal,
  trailOf,
} from './testing.ts';

/** Two server processes on one PostgreSQL and one folder: neither knows the other but through the records. */
const DEAL = 'deal-a';
const KB = 1024;

let postgres: Postgres | null = null;
let reason = '';
beforeAll(async () => {
  const started = await startPostgres();
  if ('reason' in started) reason = started.reason;
  else postgres = started;
}, 120_000);
afterAll(() => postgres?.stop());

async function onTwo(work: (one: FilePortal, other: FilePortal) => Promise<void>): Promise<void> {
  if (postgres === null) throw new Error(reason);
  const place = await postgres.place();
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-two-'));
  const one = await startFilePortal({ place, folder });
  const other = await startFilePortal({ place, folder });
  // A lease ends by the clock, so it has to go.
  for (const { clock } of [one, other]) Object.defineProperty(clock, 'now', { get: () => new Date() });
  try {
    await work(one, other);
  } finally {
    await one.stop();
    await other.stop();
    rmSync(folder, { recursive: true, force: true });
    await place.remove();
  }
}

test('an upload that hangs at one server goes on at the other, and ends whole', async ({ skip }) => {
  if (postgres === null) return skip(reason);
  await onTwo(async (one, other) => {
    const key = await signedIn(one, 'noor');
    const bytes = pdfBytes(400 * KB);
    const sha256 = sha256Of(bytes);
    await putDeal(one, DEAL, [{ sha256, bytes: bytes.length }]);
    const made = await announce(one, key, { dealId: DEAL, sha256, bytes: bytes.length });
    const location = made.headers.get('location') ?? '';
    // The line is dead after half of it, and the first server does not know.
    const hanging = await halfPiece(one.port, location, key.authorization, bytes.subarray(0, 300 * KB));
    await bytesIn(join(one.context.blobs.incoming, location.split('/').at(-1) ?? ''));
    const at = await offsetOf(other.url + location, key);
    expect(at).not.toBeNull();
    const offset = at ?? 0;
    expect(offset).toBeLessThanOrEqual(150 * KB);
    const last = await sendPiece(other.url + location, key, { offset, bytes: bytes.subarray(offset) });
    expect(last.status).toBe(204);
    hanging.destroy();
    const blob = join(one.folder, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
    expect(sha256Of(readFileSync(blob))).toBe(sha256);
    expect(await offsetOf(one.url + location, key)).toBe(bytes.length);
    expect((await trailOf(other, DEAL)).map(({ kind }) => kind)).toEqual(['upload']);
  });
});

test('of two that send the same piece at once one is told to wait or that it is elsewhere, and nothing is doubled', async ({
  skip,
}) => {
  if (postgres === null) return skip(reason);
  await onTwo(async (one, other) => {
    const key = await signedIn(one, 'noor');
    const bytes = pdfBytes(200 * KB);
    const sha256 = sha256Of(bytes);
    await putDeal(one, DEAL, [{ sha256, bytes: bytes.length }]);
    const made = await announce(one, key, { dealId: DEAL, sha256, bytes: bytes.length });
    const location = made.headers.get('location') ?? '';
    const both = await Promise.all([one, other].map(({ url }) => sendPiece(url + location, key, { offset: 0, bytes })));
    const statuses = both.map(({ status }) => status).toSorted();
    expect(statuses[0]).toBe(204);
    expect([204, 409, 423]).toContain(statuses[1]);
    expect(await one.context.blobs.has(sha256)).toBe(true);
    expect((await trailOf(one, DEAL)).map(({ kind }) => kind)).toEqual(['upload']);
  });
});

/** Waits until some bytes are in a file. */
async function bytesIn(path: string): Promise<void> {
  const end = performance.now() + 30_000;
  while (statSync(path).size === 0) {
    if (performance.now() > end) throw new Error('no byte arrived');
    await pause(20);
  }
}

/** Sends a head that promises all of it and half of the bytes; answers when they are on their way. */
function halfPiece(port: number, path: string, authorization: string, bytes: Uint8Array): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const head = [
    `PATCH ${path} HTTP/1.1`,
    'host: x',
    `authorization: ${authorization}`,
    'tus-resumable: 1.0.0',
    'upload-offset: 0',
    'content-type: application/offset+octet-stream',
    `content-length: ${bytes.length}`,
  ].join('\r\n');
  socket.write(`${head}\r\n\r\n`);
  return new Promise((resolve) => socket.write(bytes.subarray(0, bytes.length / 2), () => resolve(socket)));
}
