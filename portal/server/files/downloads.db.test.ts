import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ApiReply } from '../../api/values.ts';
import { fileHandlers } from '../routes/files.ts';
import { AT, type SqlitePlace, sqlitePlace } from '../store/testing.ts';
import { checkBlobs, emptyTrash } from './jobs.ts';
import { openDocument } from './open-document.ts';
import {
  type FilePortal,
  pdfBytes,
  putDeal,
  sha256Of,
  signedIn,
  startFilePortal,
  trailOf,
  uploadWhole,
  WORKSPACE,
} from './testing.ts';

const DEAL = 'deal-a';
const KB = 1024;
type Key = Readonly<Record<string, string>>;

let place: SqlitePlace;
let portal: FilePortal;
beforeEach(async () => {
  place = sqlitePlace();
  portal = await startFilePortal({ place });
});
afterEach(async () => {
  await portal.remove();
  await place.remove();
});

/** Bytes that are on the portal, as a file of a deal. */
async function kept(key: Key, bytes: Buffer, dealId = DEAL): Promise<string> {
  const sha256 = sha256Of(bytes);
  await putDeal(portal, dealId, [{ sha256, bytes: bytes.length }]);
  expect((await uploadWhole(portal, key, { dealId, bytes })).status).toBe(204);
  return sha256;
}

const get = (key: Key, sha256: string, more: Key = {}, dealId = DEAL) =>
  fetch(`${portal.url}/api/desk/file/${dealId}/${sha256}`, { headers: { ...key, ...more } });
const kindsOf = async (unitId: string) =>
  (await trailOf(portal, unitId)).map(({ kind }) => kind).filter((kind) => kind !== 'upload');

async function missing(key: Key, dealId: string, sha256s: readonly string[]): Promise<readonly string[] | null> {
  const headers = { ...key, 'content-type': 'application/json' };
  const body = JSON.stringify({ dealId, sha256s });
  const asked = await fetch(`${portal.url}/api/desk/files/missing`, { method: 'POST', headers, body });
  const reply = (await asked.json()) as ApiReply<{ missing: string[] }>;
  return reply.ok ? reply.value.missing : null;
}

test('a file comes back whole, as a file and nothing else, and its download is in the trail', async () => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(500 * KB);
  const sha256 = await kept(key, bytes);
  const whole = await get(key, sha256);
  expect(whole.status).toBe(200);
  expect(sha256Of(new Uint8Array(await whole.arrayBuffer()))).toBe(sha256);
  expect(whole.headers.get('content-type')).toBe('application/octet-stream');
  expect(whole.headers.get('content-disposition')).toBe('attachment');
  expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
  expect(whole.headers.get('content-security-policy')).toMatch(/sandbox/);
  expect(whole.headers.get('etag')).toBe(`"${sha256}"`);
  expect(await kindsOf(DEAL)).toEqual(['download']);
  expect((await trailOf(portal, DEAL)).at(-1)?.details).toEqual({
    sha256,
    title: 'Paper 0',
    versionId: `${DEAL}-version-0`,
  });
});

test('a download goes on where it was cut, and is one download in the trail', async () => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(100 * KB);
  const sha256 = await kept(key, bytes);
  const first = await get(key, sha256, { range: 'bytes=0-999' });
  expect([first.status, first.headers.get('content-range')]).toEqual([206, `bytes 0-999/${bytes.length}`]);
  const rest = await get(key, sha256, { range: 'bytes=1000-', 'if-range': `"${sha256}"` });
  expect(rest.status).toBe(206);
  const parts = [await first.arrayBuffer(), await rest.arrayBuffer()].map((part) => Buffer.from(part));
  expect(sha256Of(Buffer.concat(parts))).toBe(sha256);
  expect(await kindsOf(DEAL)).toEqual(['download']);
  const last = await get(key, sha256, { range: 'bytes=-5' });
  expect(Buffer.from(await last.arrayBuffer()).equals(bytes.subarray(-5))).toBe(true);
  const past = await get(key, sha256, { range: `bytes=${bytes.length}-` });
  expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
  // Another file by now: the whole of it, not a piece.
  expect((await get(key, sha256, { range: 'bytes=5-', 'if-range': '"other"' })).status).toBe(200);
  // A minute later it is another download.
  portal.clock.now = new Date(portal.clock.now.getTime() + 61_000);
  await get(key, sha256, { range: 'bytes=5-9' }).then((answer) => answer.arrayBuffer());
  expect((await kindsOf(DEAL)).filter((kind) => kind === 'download').length).toBe(3);
});

test('unknown, of another deal, private, held, not yours and not here yet: one answer, and the trail tells who tried', async () => {
  const noor = await signedIn(portal, 'noor');
  const agent = await signedIn(portal, 'kwame', 'agent');
  const sha256 = await kept(noor, pdfBytes(10 * KB));
  const other = await kept(noor, pdfBytes(11 * KB), 'deal-b');
  const [npi, held, absent] = ['n', 'h', 'x'].map((letter) => sha256Of(letter)) as [string, string, string];
  await putDeal(portal, 'deal-c', [
    { sha256: npi, bytes: 5, class: 'npi-identity' },
    { sha256: held, bytes: 5, isHeld: true },
    { sha256: absent, bytes: 5 },
  ]);
  const answers = await Promise.all(
    [
      get(noor, sha256Of('nobody')),
      get(noor, other),
      get(noor, sha256, {}, 'deal-z'),
      get(noor, npi, {}, 'deal-c'),
      get(noor, held, {}, 'deal-c'),
      get(noor, absent, {}, 'deal-c'),
      get(agent, sha256),
      get(noor, 'not-a-hash'),
    ].map(async (asked) => {
      const answer = await asked;
      return `${answer.status} ${await answer.text()}`;
    }),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^404 /);
  expect(await kindsOf(DEAL)).toEqual(['denied', 'denied', 'denied']);
  expect(await kindsOf('workspace')).toEqual(['denied']);
  expect(await kindsOf('deal-c')).toEqual(['denied', 'denied']);
  expect((await get({ authorization: `Bearer ${'k'.repeat(43)}` }, sha256)).status).toBe(401);
  // The same again within a minute fills no trail.
  await get(agent, sha256);
  expect((await kindsOf(DEAL)).length).toBe(3);
});

test('an agent has the files of a deal they are on, and loses them at once', async () => {
  const { store, workspaceId } = portal.context;
  const noor = await signedIn(portal, 'noor');
  const agent = await signedIn(portal, 'kwame', 'agent');
  const sha256 = await kept(noor, pdfBytes(10 * KB));
  const grant = { workspaceId, dealId: DEAL, memberId: 'kwame', at: AT };
  expect((await get(agent, sha256)).status).toBe(404);
  await store.transaction(workspaceId, ({ members }) => members.grantDeal(grant));
  expect((await get(agent, sha256)).status).toBe(200);
  await store.transaction(workspaceId, ({ members }) => members.revokeDeal(grant));
  expect((await get(agent, sha256)).status).toBe(404);
});

test.each(['device', 'member', 'deal', 'class'])(
  'a body that is on its way stops when the %s is revoked',
  async (what) => {
    const { store, workspaceId } = portal.context;
    const noor = await signedIn(portal, 'noor');
    const agent = await signedIn(portal, 'kwame', 'agent');
    const bytes = pdfBytes(60 * KB * KB);
    const sha256 = await kept(noor, bytes);
    const grant = { workspaceId, dealId: DEAL, memberId: 'kwame', at: AT };
    await store.transaction(workspaceId, ({ members }) => members.grantDeal(grant));
    const { received, closed } = slowGet(agent, sha256);
    await received.first;
    await store.transaction(workspaceId, async (tx) => {
      if (what === 'device') await tx.devices.revoke(workspaceId, 'd-kwame', AT);
      if (what === 'member') await tx.members.revoke(workspaceId, 'kwame', AT);
      if (what === 'deal') await tx.members.revokeDeal(grant);
    });
    if (what === 'class') await putDeal(portal, DEAL, [{ sha256, bytes: bytes.length, class: 'npi-financial' }]);
    expect(await closed).toBeLessThan(bytes.length);
  },
);

/** Takes the first piece of an answer and then nothing until the far end closes, as a slow line does. */
function slowGet(key: Key, sha256: string) {
  const socket = connect(portal.port, '127.0.0.1');
  const head = `GET /api/desk/file/${DEAL}/${sha256} HTTP/1.1\r\nhost: x\r\nauthorization: ${key.authorization}\r\n\r\n`;
  socket.write(head);
  let bytes = 0;
  const first = new Promise<void>((resolve) => {
    socket.once('data', () => {
      socket.pause();
      resolve();
      // Long enough apart that the revocation is heard while most of the body is still to come.
      const drip = setInterval(() => {
        if (socket.destroyed) clearInterval(drip);
        socket.resume();
        setImmediate(() => socket.pause());
      }, 20);
    });
  });
  socket.on('data', (piece) => {
    bytes += piece.length;
  });
  const closed = new Promise<number>((resolve) => {
    socket.on('error', () => {});
    socket.on('close', () => resolve(bytes));
  });
  return { received: { first }, closed };
}

async function callerFor(memberId: string) {
  const { store, workspaceId } = portal.context;
  const found = await store.read(async ({ members, devices }) => ({
    member: await members.get(workspaceId, memberId),
    device: await devices.get(workspaceId, `d-${memberId}`),
  }));
  if (found.member === null || found.device === null) throw new Error('nobody of that name');
  return { member: found.member, device: found.device };
}

test('what is missing is told of the files of one deal that one may see, and of nothing else', async () => {
  const noor = await signedIn(portal, 'noor');
  const agent = await signedIn(portal, 'kwame', 'agent');
  const here = await kept(noor, pdfBytes(5 * KB));
  const [absent, foreign] = [sha256Of('absent'), sha256Of('foreign')];
  await putDeal(portal, 'deal-b', [
    { sha256: here, bytes: 5 * KB },
    { sha256: absent, bytes: 5 },
  ]);
  expect(await missing(noor, 'deal-b', [here, absent, foreign])).toEqual([absent]);
  expect(await missing(noor, DEAL, [here, absent])).toEqual([]);
  expect(await missing(agent, DEAL, [here])).toBeNull();
  expect(await missing(noor, 'deal-z', [here])).toBeNull();
  const asked = { dealId: 'deal-b', sha256s: [here, foreign] };
  const { member, device } = await callerFor('noor');
  const told = await fileHandlers['files/missing'](portal.context, { member, device, address: '' }, asked);
  expect(told).toEqual({ ok: true, value: { missing: [], unnamed: [1] } });
});

test('what another workspace has is missing all the same', async () => {
  const noor = await signedIn(portal, 'noor');
  const sha256 = sha256Of('theirs');
  const { store, blobs } = portal.context;
  await store.createWorkspace({ id: 'other', name: 'Other', at: AT });
  const path = join(blobs.incoming, 'theirs');
  writeFileSync(path, 'theirs');
  await blobs.take(path, sha256);
  const row = { workspaceId: 'other', sha256, bytes: 6, kind: 'text/plain', scan: 'clean', addedAt: AT } as const;
  await store.transaction('other', ({ files }) => files.putBlob(row));
  await putDeal(portal, DEAL, [{ sha256, bytes: 6 }]);
  expect(await missing(noor, DEAL, [sha256])).toEqual([sha256]);
});

test('damage is found by reading again, told, put aside, and healed by sending the file once more', async () => {
  const noor = await signedIn(portal, 'noor');
  const bytes = pdfBytes(20 * KB);
  const sha256 = await kept(noor, bytes);
  const path = join(portal.folder, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  rmSync(path);
  writeFileSync(path, Buffer.concat([bytes.subarray(1), Buffer.from('x')]));
  await checkBlobs(portal.context);
  expect(await missing(noor, DEAL, [sha256])).toEqual([]);
  portal.clock.now = new Date(Date.parse(AT) + 8 * 24 * 3_600_000);
  await checkBlobs(portal.context);
  expect(portal.warnings).toEqual(['a blob is not as it was']);
  expect((await trailOf(portal, 'workspace')).map(({ kind, actor }) => [kind, actor])).toEqual([['other', 'system']]);
  expect(await missing(noor, DEAL, [sha256])).toEqual([sha256]);
  expect((await uploadWhole(portal, noor, { dealId: DEAL, bytes })).status).toBe(204);
  await checkBlobs(portal.context);
  expect((await get(noor, sha256)).status).toBe(200);
});

test('what nothing names goes to the trash after a day and is deleted thirty days later', async () => {
  const noor = await signedIn(portal, 'noor');
  const sha256 = await kept(noor, pdfBytes(5 * KB));
  const { store, workspaceId, blobs } = portal.context;
  const refer = (to: string | null) =>
    store.transaction(workspaceId, ({ files }) =>
      files.setReference({ workspaceId, unitId: DEAL, rowId: `${DEAL}-version-0`, sha256: to }),
    );
  const after = async (days: number) => {
    portal.clock.now = new Date(Date.parse(AT) + days * 24 * 3_600_000);
    await emptyTrash(portal.context);
    return (await store.read(({ files }) => files.blob(workspaceId, sha256)))?.trashedAt;
  };
  expect(await after(2)).toBeNull();
  await refer(null);
  portal.clock.now = new Date(AT);
  expect(await after(0.5)).toBeNull();
  // The upload that brought it keeps it no longer: it is done.
  expect(await after(2)).not.toBeNull();
  await refer(sha256);
  expect(await after(40)).toBeNull();
  await refer(null);
  expect(await after(41)).not.toBeNull();
  expect(await blobs.has(sha256)).toBe(true);
  expect(await after(72)).toBeUndefined();
  expect(await blobs.has(sha256)).toBe(false);
});

test('a document is opened for whoever was judged already, but never a held or a private one', async () => {
  const noor = await signedIn(portal, 'noor');
  const bytes = pdfBytes(5 * KB);
  const sha256 = await kept(noor, bytes);
  const ask = { workspaceId: WORKSPACE, dealId: DEAL, versionId: `${DEAL}-version-0` };
  const opened = await openDocument(portal.context, ask, 'bytes=0-3');
  if (!opened.ok) throw new Error(opened.error.type);
  expect(opened.value.range).toEqual({ from: 0, to: 3 });
  expect(opened.value.facts).toMatchObject({
    ...{ sha256, bytes: bytes.length, kind: 'application/pdf', title: 'Paper 0', scan: 'not-scanned' },
    fileName: '2026-06-02_1847-Marlowe-Ave_Paper-0_v1.pdf',
  });
  const pieces: Buffer[] = [];
  for await (const piece of opened.value.stream) pieces.push(piece as Buffer);
  expect(Buffer.concat(pieces).toString()).toBe('%PDF');
  const none = { ok: false, error: { type: 'not-here' } };
  expect(await openDocument(portal.context, ask, `bytes=${bytes.length}-`)).toMatchObject({ error: { type: 'range' } });
  expect(await openDocument(portal.context, { ...ask, versionId: 'x' })).toEqual(none);
  expect(await openDocument(portal.context, { ...ask, dealId: 'deal-z' })).toEqual(none);
  await putDeal(portal, DEAL, [{ sha256, bytes: bytes.length, isHeld: true }]);
  expect(await openDocument(portal.context, ask)).toEqual(none);
  await putDeal(portal, DEAL, [{ sha256, bytes: bytes.length, class: 'npi-financial' }]);
  expect(await openDocument(portal.context, ask)).toEqual(none);
});
