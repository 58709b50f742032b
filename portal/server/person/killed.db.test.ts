import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PDFDocument } from 'pdf-lib';
import { expect, test } from 'vitest';
import { dealFor } from '../files/rights.ts';
import { sqlitePlace } from '../store/testing.ts';
import { openDesk, WORKSPACE } from './testing.ts';
import { DEAL_ID, deal } from './testing-deal.ts';
import { comeIn, freePort, idOf, linkFor, photo, sender } from './testing-uploads.ts';

const SERVER = fileURLToPath(new URL('./testing-upload-server.ts', import.meta.url));

test('a portal that is killed in the middle of a page, again and again, loses nothing that it answered for', async () => {
  const place = sqlitePlace();
  const folder = mkdtempSync(join(tmpdir(), 'closeboard-killed-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = { publicUrl: url, port };
  const options = { config, hasMail: false, folder, isTicking: true, at: new Date().toISOString() };
  const children: ChildProcess[] = [];
  const begin = async () => {
    const child = spawn(process.execPath, [SERVER, place.file, folder, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.once('close', () => reject(new Error('the portal ended by itself')));
    });
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    return async () => {
      child.kill('SIGKILL');
      await ended;
    };
  };
  try {
    const before = await openDesk(await place.open(), options);
    await before.putDeal(deal);
    const { token } = await linkFor(before, 'p-priya', new Date(Date.now() + 86_400_000).toISOString());
    const cookie = (await comeIn(before, token)).cookie() ?? '';
    await before.close();
    const send = sender(url, cookie);
    const bytes = photo(1400, 1900);
    let kill = await begin();
    const location = (await send.announce({ bytes: bytes.length })).headers.get('location') ?? '';
    const path = join(folder, 'incoming', idOf(location));
    const step = Math.ceil(bytes.length / 4);
    for (let round = 1; round <= 3; round += 1) {
      const offset = (await send.offset(location)) ?? 0;
      const until = async () => {
        await expect.poll(() => statSync(path).size, { timeout: 60_000 }).toBeGreaterThan(offset);
        await kill();
      };
      await send.cut(location, { offset, bytes: bytes.subarray(offset), after: step, until });
      kill = await begin();
      const kept = (await send.offset(location)) ?? -1;
      expect(kept).toBeGreaterThanOrEqual(offset);
      // A piece that is answered is safe from the next kill.
      const piece = bytes.subarray(kept, Math.min(kept + 2_000, bytes.length - 1));
      expect((await send.piece(location, kept, piece)).status).toBe(204);
      await kill();
      kill = await begin();
      expect(await send.offset(location)).toBe(kept + piece.length);
    }
    const offset = (await send.offset(location)) ?? 0;
    expect((await send.piece(location, offset, bytes.subarray(offset))).status).toBe(204);
    const act = { actId: randomUUID(), sendingId: 's1', lineId: 'l-binder', newTitle: null, as: 'photos' };
    const file = () =>
      fetch(`${url}/api/person/send-paper`, {
        method: 'POST',
        headers: { cookie, origin: url, 'content-type': 'application/json' },
        body: JSON.stringify({ ...act, uploads: [idOf(location)], name: 'Binder' }),
      });
    // Killed while it files: whatever was done of it, the same act again ends in one version.
    const lost = file().then(
      () => null,
      () => null,
    );
    await expect.poll(() => readdirSync(join(folder, 'incoming')).join(), { timeout: 60_000 }).not.toBe(idOf(location));
    await kill();
    await lost;
    kill = await begin();
    expect((await file()).status).toBe(200);
    await kill();
    const store = await place.open();
    const kept = await store.read((read) => dealFor(read, { workspaceId: WORKSPACE, dealId: DEAL_ID }));
    await store.close();
    const versions = kept?.versions.filter(({ lineId }) => lineId === 'l-binder') ?? [];
    expect(versions).toHaveLength(1);
    const sha256 = versions[0]?.sha256 ?? '';
    const pdf = readFileSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256));
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(1);
    // The photo went in as it came, byte by byte.
    expect(pdf.includes(bytes)).toBe(true);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    await place.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}, 180_000);
