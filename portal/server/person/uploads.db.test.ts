import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { settleUploads } from '../files/jobs.ts';
import { dealFor } from '../files/rights.ts';
import { accessHandlers } from '../routes/access.ts';
import type { StorePlace } from '../store/testing.ts';
import { placeOn, postgresForTests } from '../store/testing-postgres.ts';
import { browserOf, type Desk, openDesk, WORKSPACE } from './testing.ts';
import { DEAL_ID, deal } from './testing-deal.ts';
import { trailOf } from './testing-parties.ts';
import { comeIn, freePort, idOf, linkFor, photo, sender } from './testing-uploads.ts';

const postgres = await postgresForTests();

const DAY = 24 * 3_600_000;
const KB = 1024;

let place: StorePlace;
let desk: Desk;
let folder: string;
let url: string;

/** A portal on a real socket, with the deal of the tests and bytes on disk. */
async function open(driver: 'sqlite' | 'postgres', config: object = {}): Promise<void> {
  place = await placeOn(driver, postgres);
  folder = mkdtempSync(join(tmpdir(), 'closeboard-sending-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  desk = await openDesk(await place.open(), { config: { publicUrl: url, port, ...config }, hasMail: false, folder });
  await desk.app.listen({ host: '127.0.0.1', port });
  await desk.putDeal({
    ...deal,
    lines: deal.lines.map((line) =>
      line.id === 'l-cd' ? { ...line, class: 'npi-financial', ownerRole: 'client', state: 'requested' } : line,
    ),
    versions: deal.versions.filter(({ lineId }) => lineId !== 'l-cd'),
  });
}

afterEach(async () => {
  desk.app.server.closeAllConnections();
  await desk.close();
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function person(personId = 'p-priya') {
  const { link, token } = await linkFor(desk, personId);
  const browser = await comeIn(desk, token);
  return { link, token, browser, send: sender(url, browser.cookie() ?? '') };
}

const errorOf = async (answer: Response) =>
  ((await answer.json()) as { error: { type: string; message: string } }).error;
const incoming = () => readdirSync(desk.context.blobs.incoming);
const dealOf = () => desk.context.store.read((read) => dealFor(read, { workspaceId: WORKSPACE, dealId: DEAL_ID }));

describe.each(['sqlite', 'postgres'] as const)('what a person sends, on %s', (driver) => {
  beforeEach(({ skip }) => {
    if (driver === 'postgres' && postgres === null) skip();
  });

  test('a photo goes up in pieces that are cut after every so many bytes, and is there whole', async () => {
    await open(driver);
    const { send } = await person();
    const bytes = photo(900, 1200);
    const made = await send.announce({ bytes: bytes.length, lineId: 'l-binder' });
    expect(made.status).toBe(201);
    const location = made.headers.get('location') ?? '';
    expect(location).toMatch(/^\/api\/person\/uploads\/[0-9a-f-]{36}$/);
    const path = join(desk.context.blobs.incoming, idOf(location));
    const step = Math.ceil(bytes.length / 12);
    let offset = 0;
    for (; offset + step < bytes.length; offset = (await send.offset(location)) ?? 0) {
      const after = offset + step;
      // The portal has them when the line breaks; what it has it keeps.
      const until = () => expect.poll(() => statSync(path).size, { timeout: 30_000 }).toBeGreaterThanOrEqual(after);
      await send.cut(location, { offset, bytes: bytes.subarray(offset), after: step, until });
      expect(await send.offset(location)).toBe(after);
    }
    expect((await send.piece(location, offset, bytes.subarray(offset))).status).toBe(204);
    expect(await send.offset(location)).toBe(bytes.length);
    const part = await desk.context.store.read(({ parts }) => parts.part(WORKSPACE, idOf(location)));
    expect(part).toMatchObject({ state: 'done', personId: 'p-priya', sendingId: 's1', place: 1 });
  });

  test('another session of the same person goes on with it; nobody else reaches it, nor a person of another link', async () => {
    await open(driver);
    const first = await person();
    const bytes = photo();
    const made = await first.send.announce({ bytes: bytes.length });
    const location = made.headers.get('location') ?? '';
    await first.send.piece(location, 0, bytes.subarray(0, 500));
    const stranger = await person('p-daniel');
    for (const asked of [
      await stranger.send.head(location),
      await stranger.send.piece(location, 500, bytes.subarray(500)),
      await stranger.send.remove(location),
      await stranger.send.head(`/api/person/uploads/${randomUUID()}`),
      await sender(url, `closeboard-person=${'a'.repeat(43)}`).head(location),
    ])
      expect([401, 404]).toContain(asked.status);
    await first.browser.ask('sign-out');
    expect((await first.send.head(location)).status).toBe(401);
    const again = await comeIn(desk, first.token);
    const send = sender(url, again.cookie() ?? '');
    expect(await send.offset(location)).toBe(500);
    expect((await send.piece(location, 500, bytes.subarray(500))).status).toBe(204);
  });

  test('a session before its second step, another origin and a look as somebody send nothing', async () => {
    await open(driver);
    const { token } = await linkFor(desk, 'p-priya');
    const browser = browserOf(desk);
    await browser.ask('open', { token });
    const early = await sender(url, browser.cookie() ?? '').announce({ bytes: 5 });
    expect([early.status, (await errorOf(early)).type]).toEqual([403, 'confirm-first']);
    const { browser: inside } = await person();
    const elsewhere = await fetch(`${url}/api/person/uploads`, {
      method: 'POST',
      headers: { cookie: inside.cookie() ?? '', origin: 'https://evil.example', 'tus-resumable': '1.0.0' },
    });
    expect(elsewhere.status).toBe(400);
    const preview = await accessHandlers['access/preview'](desk.context, desk.coordinator, {
      dealId: DEAL_ID,
      personId: 'p-priya',
    });
    if (!preview.ok) throw new Error(preview.error.message);
    const look = browserOf(desk);
    await look.ask('open', { token: preview.value.url.split('/').at(-1) ?? '' });
    const looked = await sender(url, look.cookie() ?? '').announce({ bytes: 5 });
    expect([looked.status, (await errorOf(looked)).type]).toEqual([403, 'not-allowed']);
    const act = { actId: randomUUID(), sendingId: 's1', lineId: 'l-binder', newTitle: null, uploads: ['u'] };
    expect((await look.ask('send-paper', { ...act, as: 'file', name: 'x' })).status).toBe(403);
    expect((await look.ask('drop-sending', { sendingId: 's1' })).status).toBe(403);
  });

  test('a page of another deal than the session’s begins, goes on with and removes nothing', async () => {
    await open(driver);
    const { browser, send } = await person();
    const bytes = photo();
    const location = (await send.announce({ bytes: bytes.length })).headers.get('location') ?? '';
    const of = (page: string) => sender(url, browser.cookie() ?? '', url, { 'x-closeboard-page': page });
    const other = of('f'.repeat(32));
    for (const asked of [
      await other.announce({ bytes: bytes.length }),
      await other.piece(location, 0, bytes.subarray(0, 500)),
      await other.remove(location),
    ])
      expect([asked.status, (await errorOf(asked)).type]).toEqual([401, 'not-signed-in']);
    expect((await other.head(location)).status).toBe(401);
    expect([await send.offset(location), incoming().length]).toEqual([0, 1]);
    const { pageId } = ((await browser.ask('home')).body as unknown as { value: { pageId: string } }).value;
    const own = of(pageId);
    expect((await own.announce({ bytes: bytes.length })).status).toBe(201);
    expect((await own.piece(location, 0, bytes)).status).toBe(204);
  });

  test('a link that is revoked mid-way takes no further piece', async () => {
    await open(driver);
    const { send, link } = await person();
    const bytes = photo();
    const location = (await send.announce({ bytes: bytes.length })).headers.get('location') ?? '';
    expect((await send.piece(location, 0, bytes.subarray(0, 700))).status).toBe(204);
    const revoked = await accessHandlers['access/revoke-link'](desk.context, desk.coordinator, {
      dealId: DEAL_ID,
      linkId: link.id,
    });
    expect(revoked.ok).toBe(true);
    const next = await send.piece(location, 700, bytes.subarray(700));
    expect([next.status, (await errorOf(next)).type]).toEqual([401, 'not-signed-in']);
    const part = await desk.context.store.read(({ parts }) => parts.part(WORKSPACE, idOf(location)));
    expect(part?.received).toBe(700);
  });

  test('private papers and papers of others are refused before their first byte', async () => {
    await open(driver);
    const { send } = await person();
    const pay = await send.announce({ bytes: 5, lineId: 'l-cd' });
    expect(await errorOf(pay)).toEqual({
      type: 'not-allowed',
      message: 'Send this to your lender. Income, bank and identity papers are not kept here.',
    });
    const other = await errorOf(await send.announce({ bytes: 5, lineId: 'l-prelim' }));
    expect(await errorOf(await send.announce({ bytes: 5, lineId: 'nowhere' }))).toEqual(other);
    expect(other.type).toBe('not-available');
    expect(incoming()).toEqual([]);
  });

  test('wrong kinds, wrong names, nothing, too much and no room: each with its sentence', async () => {
    await open(driver, { maxFileBytes: 500 * KB, quotaBytes: 900 * KB });
    const { send } = await person();
    const refused = async (bytes: Uint8Array, name: string) => {
      const said = await send.whole(bytes, { name }).then(
        () => null,
        (error: Error) => error.message,
      );
      return (JSON.parse(said ?? 'null') as { error: { message: string } } | null)?.error.message ?? '';
    };
    expect(await refused(Buffer.from('MZ\x90\0 a program \0'), 'photo.jpg')).toContain('cannot be sent here');
    expect(await refused(Buffer.from('<!doctype html><p>hello'), 'page.txt')).toContain('cannot be sent here');
    expect(await refused(photo(), 'contract.pdf')).toContain('ends in .pdf');
    const last = (await trailOf(desk, DEAL_ID)).at(-1);
    expect([last?.kind, last?.actor, last?.details]).toEqual([
      ...['other', 'party:p-priya'],
      {
        ...{ what: 'upload-failed', sentence: expect.stringContaining('ends in .pdf'), bytes: photo().length },
        personId: 'p-priya',
      },
    ]);
    expect(await refused(photo().subarray(0, 900), 'page.jpg')).toContain('damaged or cut off');
    expect(await refused(hugePng(), 'page.png')).toContain('too large to be opened');
    expect(await refused(new Uint8Array(0), 'page.jpg')).toContain('empty');
    expect(await refused(new Uint8Array(501 * KB), 'a.pdf')).toContain('up to 0 MB');
    expect(await refused(Buffer.from('Dear Noor, the HOA says yes.'), 'note.txt')).toBe('');
    expect(await refused(Buffer.from('%PDF-1.7\n/Encrypt'), 'scan')).toBe('');
    const full = await send.announce({ bytes: 500 * KB });
    expect(full.status).toBe(201);
    expect((await errorOf(await send.announce({ bytes: 490 * KB }))).message).toContain('no room');
    // What failed takes no room, and its bytes are gone.
    expect(incoming()).toHaveLength(3);
  });

  test('no more than so many files lie here of one person', async () => {
    await open(driver);
    const { send } = await person();
    for (let n = 1; n <= 120; n += 1) expect((await send.announce({ bytes: 9, place: n })).status).toBe(201);
    const more = await send.announce({ bytes: 9 });
    expect([more.status, (await errorOf(more)).message]).toEqual([413, expect.stringContaining('not sent yet')]);
    const other = await person('p-daniel');
    expect((await other.send.announce({ bytes: 9 })).status).toBe(201);
    expect((await other.send.announce({ bytes: 399_999_999 })).status).toBe(413);
  });

  test('what nobody went on with goes after a week, with its bytes', async () => {
    await open(driver);
    const { send } = await person();
    const uploadId = await send.whole(photo());
    const half = (await send.announce({ bytes: 9 })).headers.get('location') ?? '';
    desk.wait(6 * DAY);
    await settleUploads(desk.context);
    expect(incoming()).toHaveLength(2);
    desk.wait(2 * DAY);
    await settleUploads(desk.context);
    expect(incoming()).toEqual([]);
    for (const id of [uploadId, idOf(half)])
      expect(await desk.context.store.read(({ parts }) => parts.part(WORKSPACE, id))).toBeNull();
    expect((await dealOf())?.versions).toHaveLength(4);
  });
});

/** A PNG of 50,000 by 50,000 points that says so in 60 bytes. */
function hugePng(): Buffer {
  const header = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  const size = Buffer.alloc(8);
  size.writeUInt32BE(50_000, 0);
  size.writeUInt32BE(50_000, 4);
  return Buffer.concat([header, size, Buffer.from('\x08\x02\0\0\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82', 'latin1')]);
}
