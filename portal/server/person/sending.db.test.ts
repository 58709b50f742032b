import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { PDFDocument } from 'pdf-lib';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256Of } from '../files/finish.ts';
import { emptyTrash } from '../files/jobs.ts';
import { dealFor } from '../files/rights.ts';
import type { StorePlace } from '../store/testing.ts';
import { placeOn, postgresForTests } from '../store/testing-postgres.ts';
import { type Answer, type Desk, openDesk, WORKSPACE } from './testing.ts';
import { DEAL_ID, deal } from './testing-deal.ts';
import { comeIn, freePort, linkFor, photo, sender, turned } from './testing-uploads.ts';

const postgres = await postgresForTests();

const DAY = 24 * 3_600_000;

let place: StorePlace;
let desk: Desk;
let folder: string;
let url: string;

async function open(driver: 'sqlite' | 'postgres'): Promise<void> {
  place = await placeOn(driver, postgres);
  folder = mkdtempSync(join(tmpdir(), 'closeboard-sending-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  desk = await openDesk(await place.open(), { config: { publicUrl: url, port }, hasMail: false, folder });
  await desk.app.listen({ host: '127.0.0.1', port });
  await desk.putDeal(deal);
}

afterEach(async () => {
  desk.app.server.closeAllConnections();
  await desk.close();
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function person(personId = 'p-priya') {
  const { token } = await linkFor(desk, personId);
  const browser = await comeIn(desk, token);
  const send = (more: object): Promise<Answer> => {
    const base = { actId: randomUUID(), sendingId: 's1', lineId: 'l-binder', newTitle: null, as: 'photos' };
    return browser.ask('send-paper', { ...base, name: 'Home insurance binder', ...more });
  };
  return { browser, send, up: sender(url, browser.cookie() ?? '') };
}

const dealNow = async () =>
  await desk.context.store.read((read) => dealFor(read, { workspaceId: WORKSPACE, dealId: DEAL_ID }));
const versionsOf = async (lineId: string) => (await dealNow())?.versions.filter((row) => row.lineId === lineId) ?? [];
const bytesOf = (sha256: string) => readFileSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256));
const trail = () =>
  desk.context.store.read(({ audit }) =>
    audit.after({ workspaceId: WORKSPACE, unitId: DEAL_ID, after: 0, limit: 500 }),
  );

describe.each(['sqlite', 'postgres'] as const)('a paper that a person sends, on %s', (driver) => {
  beforeEach(async ({ skip }) => {
    if (driver === 'postgres' && postgres === null) skip();
    await open(driver);
  });

  test('photos become the pages of one PDF in the order told, to review under the name of the sender', async () => {
    const { send, up } = await person();
    const first = await up.whole(photo(240, 320), { place: 1 });
    const second = await up.whole(turned(photo(320, 240), 6), { place: 2 });
    const third = await up.whole(photo(640, 320), { place: 3 });
    const sent = await send({ uploads: [third, first, second] });
    expect([sent.status, sent.body]).toEqual([200, { ok: true, value: { done: true } }]);
    const [version] = await versionsOf('l-binder');
    expect(version).toMatchObject({
      ...{ number: 1, extension: 'pdf', originalName: 'Home insurance binder.pdf', sentBy: 'Priya Raman' },
      ...{ verdict: null, isHeld: false, documentOn: '2026-06-17' },
    });
    expect((await dealNow())?.lines.find(({ id }) => id === 'l-binder')?.state).toBe('needs-review');
    const pdf = bytesOf(version?.sha256 ?? '');
    expect(version?.bytes).toBe(pdf.length);
    const pages = (await PDFDocument.load(pdf)).getPages().map((page) => page.getSize());
    expect(pages).toEqual([
      { width: 792, height: 612 },
      { width: 612, height: 792 },
      { width: 612, height: 792 },
    ]);
    expect(await quarters(pdf, 2)).toBe('rgbw');
    // Lying in the camera, upright as the camera noted: what was left below is left above.
    expect(await quarters(pdf, 3)).toBe('brwg');
    expect(readdirSync(desk.context.blobs.incoming)).toEqual([]);
    const told = await trail();
    const upload = told.find(({ kind }) => kind === 'upload');
    expect(upload).toMatchObject({ actor: 'party:p-priya', details: { sha256: version?.sha256, bytes: pdf.length } });
    const filed = told.find(({ kind }) => kind === 'command-accepted');
    expect(filed).toMatchObject({ actor: 'party:p-priya', details: { name: 'sendDocument', personId: 'p-priya' } });
    const isServed = await desk.context.store.read(({ files }) =>
      files.isOnDeal(WORKSPACE, DEAL_ID, version?.sha256 ?? ''),
    );
    expect(isServed).toBe(true);
  });

  test('sent again, or twice at once, it is one version; with other words the same act is refused', async () => {
    const { send, up } = await person();
    const uploads = [await up.whole(photo(), { place: 1 })];
    const act = { actId: randomUUID(), uploads };
    const both = await Promise.all([send(act), send(act)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect((await send(act)).status).toBe(200);
    expect(await versionsOf('l-binder')).toHaveLength(1);
    expect((await send({ ...act, name: 'Something else' })).status).toBeGreaterThanOrEqual(400);
    expect((await send({ uploads })).body.error).toMatchObject({ type: 'not-available' });
    expect(await versionsOf('l-binder')).toHaveLength(1);
  });

  test('a file stays as it is, also one with a password; something else opens a line of its own', async () => {
    const { send, up } = await person();
    const bytes = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Encrypt 2 0 R >>\n%%EOF');
    const upload = await up.whole(bytes, {
      name: 'Pre/approval letter.PDF',
      sendingId: 's2',
    });
    const lineId = randomUUID();
    const sent = await send({
      ...{ sendingId: 's2', lineId, newTitle: 'Letter of the HOA', as: 'file', uploads: [upload] },
      name: 'HOA: letter/June.PDF',
    });
    expect(sent.body).toEqual({ ok: true, value: { done: true } });
    const line = (await dealNow())?.lines.find(({ title }) => title === 'Letter of the HOA');
    // The page's own id could be that of a line of another deal, and on a desktop all lines lie in one table.
    expect(line?.id).not.toBe(lineId);
    const [version] = await versionsOf(line?.id ?? '');
    expect(version).toMatchObject({ extension: 'pdf', originalName: 'HOA letter June.pdf', bytes: bytes.length });
    expect(bytesOf(version?.sha256 ?? '')).toEqual(bytes);
    expect(line).toMatchObject({ title: 'Letter of the HOA', state: 'needs-review', ownerRole: 'client' });
  });

  test('what is not whole, not theirs, not a photo, or two files is not sent, and nothing is lost', async () => {
    const { send, up } = await person();
    const whole = await up.whole(photo(), { place: 1 });
    const begun = await up.announce({ bytes: 900, place: 2 });
    const half = begun.headers.get('location')?.split('/').at(-1) ?? '';
    expect((await send({ uploads: [whole, half] })).body.error).toEqual({
      type: 'conflict',
      message: 'Page 2 has not arrived whole yet. It is sent again when there is signal.',
    });
    const other = await person('p-daniel');
    const foreign = await other.up.whole(photo(250), { place: 1 });
    for (const uploads of [[foreign], [whole, foreign], [randomUUID()], [whole, whole]])
      expect((await send({ uploads })).body.error).toMatchObject({ type: 'not-available' });
    const note = await up.whole(Buffer.from('Dear Noor'), { name: 'a.txt', place: 3 });
    expect((await send({ uploads: [whole, note] })).body.error).toMatchObject({
      message: expect.stringContaining('Page 2 cannot become a page'),
    });
    expect((await send({ uploads: [whole, note], as: 'file' })).body.error).toMatchObject({ type: 'bad-request' });
    const many = Array.from({ length: 61 }, () => randomUUID());
    expect((await send({ uploads: many })).body.error).toMatchObject({ type: 'bad-request' });
    expect(await versionsOf('l-binder')).toEqual([]);
    expect((await send({ uploads: [whole] })).status).toBe(200);
    expect(await versionsOf('l-binder')).toHaveLength(1);
  });

  test('a paper that was approved meanwhile: it says so, keeps the pages, and they go as something else', async () => {
    const { send, up } = await person();
    const upload = await up.whole(photo());
    await desk.putDeal({
      ...deal,
      lines: deal.lines.map((line) => (line.id === 'l-binder' ? { ...line, state: 'approved' } : line)),
    });
    const actId = randomUUID();
    const refused = await send({ actId, uploads: [upload] });
    expect(refused.body.error).toEqual({
      type: 'refused',
      message: expect.stringMatching(/approved meanwhile.*kept for now: send it as something else/),
    });
    expect(readdirSync(desk.context.blobs.incoming)).toEqual([upload]);
    const lineId = randomUUID();
    expect((await send({ lineId, newTitle: 'Binder with the new address', uploads: [upload] })).status).toBe(200);
    const added = (await dealNow())?.lines.find(({ title }) => title === 'Binder with the new address');
    expect(await versionsOf(added?.id ?? '')).toHaveLength(1);
  });

  test('a name like wire instructions is held', async () => {
    const { send, up } = await person();
    await send({ uploads: [await up.whole(photo())], name: 'Wire instructions routing number' });
    expect(await versionsOf('l-binder')).toMatchObject([{ isHeld: true }]);
  });

  test('dropping forgets what was not filed, of one sending; what was put together for nothing goes with the trash', async () => {
    const { browser, send, up } = await person();
    await up.whole(photo(), { place: 1 });
    const kept = await up.whole(photo(260), { place: 1, sendingId: 's2' });
    const other = await person('p-daniel');
    const theirs = await other.up.whole(photo(280), { place: 1 });
    expect((await browser.ask('drop-sending', { sendingId: 's1' })).body).toEqual({ ok: true, value: { done: true } });
    expect(readdirSync(desk.context.blobs.incoming).toSorted()).toEqual([kept, theirs].toSorted());
    // The bytes of a version are never trash.
    await send({ sendingId: 's2', uploads: [kept] });
    desk.wait(40 * DAY);
    await emptyTrash(desk.context);
    const [version] = await versionsOf('l-binder');
    expect((await desk.context.blobs.size(version?.sha256 ?? '')) ?? 0).toBe(version?.bytes);
  });

  test('sixty photos of a phone become a PDF while others are served', async () => {
    const { browser, send, up } = await person();
    const uploads: string[] = [];
    for (let n = 1; n <= 60; n += 1) uploads.push(await up.whole(photo(500 + n, 700), { place: n }));
    let longest = 0;
    let last = performance.now();
    const timer = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const sending = send({ uploads });
    expect((await browser.ask('home')).status).toBe(200);
    expect((await sending).status).toBe(200);
    clearInterval(timer);
    const [version] = await versionsOf('l-binder');
    expect((await PDFDocument.load(bytesOf(version?.sha256 ?? ''))).getPageCount()).toBe(60);
    expect(
      await sha256Of(
        join(folder, (version?.sha256 ?? '').slice(0, 2), (version?.sha256 ?? '').slice(2, 4), version?.sha256 ?? ''),
      ),
    ).toBe(version?.sha256);
    // Generous: other work shares this computer.
    expect(longest).toBeLessThan(1_500);
  });
});

/** The colours of the four quarters of the photo on a page: left above, right above, left below, right below. */
async function quarters(pdf: Uint8Array, number: number): Promise<string> {
  const task = getDocument({ data: new Uint8Array(pdf) });
  const page = await (await task.promise).getPage(number);
  const viewport = page.getViewport({ scale: 0.25 });
  const canvas = createCanvas(viewport.width, viewport.height);
  const canvasContext = canvas.getContext('2d') as unknown as CanvasRenderingContext2D;
  await page.render({ canvas: null, canvasContext, viewport }).promise;
  const found: string[] = [];
  const [cx, cy] = [viewport.width / 2, viewport.height / 2];
  for (const [x, y] of [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ] as const) {
    const { data } = canvas.getContext('2d').getImageData(Math.round(cx + x * 30), Math.round(cy + y * 30), 1, 1);
    const [red = 0, green = 0, blue = 0] = data;
    found.push(red > 200 && green > 200 ? 'w' : red > 200 ? 'r' : green > 200 ? 'g' : blue > 200 ? 'b' : '?');
  }
  await task.destroy();
  return found.join('');
}
