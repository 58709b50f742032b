import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DESK_PATH } from '../../api/device-calls.ts';
import { AT, type SqlitePlace, sqlitePlace } from '../store/testing.ts';
import { finishUpload } from './finish.ts';
import { incomingPath } from './finishing.ts';
import { settleUploads } from './jobs.ts';
import {
  announce,
  type FilePortal,
  type FilePortalWish,
  offsetOf,
  pdfBytes,
  putDeal,
  sendPiece,
  sha256Of,
  signedIn,
  startFilePortal,
  TUS,
  trailOf,
  uploadWhole,
} from './testing.ts';

const DEAL = 'deal-a';
const KB = 1024;

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

async function again(wish: Partial<FilePortalWish> = {}): Promise<void> {
  await portal.stop();
  portal = await startFilePortal({ place, folder: portal.folder, ...wish });
}

const blobPath = (sha256: string) => join(portal.folder, 'blobs', sha256.slice(0, 2), sha256.slice(2, 4), sha256);
const uploadOf = (location: string) => location.split('/').at(-1) ?? '';
const kinds = async (unitId: string) => (await trailOf(portal, unitId)).map(({ kind }) => kind);
const errorOf = async (answer: Response) =>
  ((await answer.json()) as { error: { type: string; message: string } }).error;

test('a file is sent in pieces, hashed, kept read-only under its hash, and told in the trail', async () => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(300 * KB);
  const sha256 = sha256Of(bytes);
  await putDeal(portal, DEAL, [{ sha256, bytes: bytes.length }]);
  const made = await announce(portal, key, { dealId: DEAL, sha256, bytes: bytes.length });
  expect(made.status).toBe(201);
  expect(made.headers.get('access-control-allow-origin')).toBeNull();
  const location = made.headers.get('location') ?? '';
  expect(location).toMatch(new RegExp(`^${DESK_PATH}/uploads/[0-9a-f-]{36}$`));
  const at = portal.url + location;
  expect(await offsetOf(at, key)).toBe(0);
  expect((await sendPiece(at, key, { offset: 0, bytes: bytes.subarray(0, 100 * KB) })).status).toBe(204);
  expect(await offsetOf(at, key)).toBe(100 * KB);
  // Another place than where it is: nothing is written.
  expect((await sendPiece(at, key, { offset: 5, bytes: bytes.subarray(5, 10) })).status).toBe(409);
  expect((await sendPiece(at, key, { offset: 100 * KB, bytes: bytes.subarray(100 * KB) })).status).toBe(204);
  expect(sha256Of(readFileSync(blobPath(sha256)))).toBe(sha256);
  expect(statSync(blobPath(sha256)).mode & 0o222).toBe(0);
  expect(readdirSync(portal.context.blobs.incoming)).toEqual([]);
  // A client whose last answer was lost asks again, and hears that it is done.
  expect(await offsetOf(at, key)).toBe(bytes.length);
  const trail = await trailOf(portal, DEAL);
  expect(trail.map(({ kind, actor }) => [kind, actor])).toEqual([['upload', 'member:noor']]);
  expect(trail[0]?.details).toEqual({ sha256, bytes: bytes.length, title: 'scan.pdf' });
});

test('an upload goes on after the portal was ended in the middle of it', async () => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(200 * KB);
  await putDeal(portal, DEAL, [{ sha256: sha256Of(bytes), bytes: bytes.length }]);
  const made = await announce(portal, key, { dealId: DEAL, sha256: sha256Of(bytes), bytes: bytes.length });
  const location = made.headers.get('location') ?? '';
  await sendPiece(portal.url + location, key, { offset: 0, bytes: bytes.subarray(0, 120 * KB) });
  await again();
  const at = portal.url + location;
  expect(await offsetOf(at, key)).toBe(120 * KB);
  expect((await sendPiece(at, key, { offset: 120 * KB, bytes: bytes.subarray(120 * KB) })).status).toBe(204);
  expect(sha256Of(readFileSync(blobPath(sha256Of(bytes))))).toBe(sha256Of(bytes));
});

test.each(['before the hash', 'after the move'])('a crash %s is made good by the next look', async (when) => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(50 * KB);
  const sha256 = sha256Of(bytes);
  await putDeal(portal, DEAL, [{ sha256, bytes: bytes.length }]);
  const made = await announce(portal, key, { dealId: DEAL, sha256, bytes: bytes.length });
  const location = made.headers.get('location') ?? '';
  const uploadId = uploadOf(location);
  const { context } = portal;
  writeFileSync(incomingPath(context, uploadId), bytes);
  await context.store.transaction(context.workspaceId, async ({ files }) => {
    await files.received(context.workspaceId, uploadId, bytes.length);
    if (when === 'after the move') await files.setUploadState(context.workspaceId, uploadId, 'verifying');
  });
  if (when === 'after the move') await context.blobs.take(incomingPath(context, uploadId), sha256);
  await again();
  if (when === 'after the move') await settleUploads(portal.context);
  expect(await offsetOf(portal.url + location, key)).toBe(bytes.length);
  expect(await portal.context.blobs.size(sha256)).toBe(bytes.length);
  expect(await kinds(DEAL)).toEqual(['upload']);
  // Once more changes nothing.
  expect(await finishUpload(portal.context, uploadId)).toEqual({ ok: true, value: null });
  expect(await kinds(DEAL)).toEqual(['upload']);
});

test('what is not what was announced is dropped, with a sentence and a line in the trail', async () => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(40 * KB);
  const sha256 = sha256Of('something else');
  await putDeal(portal, DEAL, [{ sha256, bytes: bytes.length }]);
  const made = await announce(portal, key, { dealId: DEAL, sha256, bytes: bytes.length });
  const at = portal.url + made.headers.get('location');
  const last = await sendPiece(at, key, { offset: 0, bytes });
  expect(last.status).toBe(400);
  expect((await errorOf(last)).message).toMatch(/not the file that was announced/);
  expect(await portal.context.blobs.has(sha256)).toBe(false);
  expect(readdirSync(portal.context.blobs.incoming)).toEqual([]);
  expect(await offsetOf(at, key)).toBeNull();
  expect(await kinds(DEAL)).toEqual(['other']);
});

test.each([
  ['a web page', Buffer.from(`<!doctype html><script>1</script>${' '.repeat(70_000)}`), 415],
  ['a small program', Buffer.from('MZ\x90\0\x03\0\0\0\x04'), 403],
  ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 403],
  ['an archive', Buffer.from('PK\x05\x06aaaaaaaaaaaaaaaaaaaaaaaa'), 403],
])('%s is not kept', async (_what, bytes, status) => {
  const key = await signedIn(portal, 'noor');
  await putDeal(portal, DEAL, [{ sha256: sha256Of(bytes), bytes: bytes.length }]);
  const last = await uploadWhole(portal, key, { dealId: DEAL, bytes });
  expect(last.status).toBe(status);
  expect((await errorOf(last)).message).toMatch(/keeps PDFs, photos/);
  expect(await portal.context.blobs.has(sha256Of(bytes))).toBe(false);
  // Whether its first bytes or the whole ruled it out, the trail tells it alike.
  const told = (await trailOf(portal, DEAL)).map(({ kind, actor, details }) => [kind, actor, details]);
  const details = { what: 'upload-failed', sentence: expect.stringMatching(/keeps PDFs, photos/), bytes: bytes.length };
  expect(told).toEqual([['other', 'member:noor', { ...details, sha256: sha256Of(bytes) }]]);
  expect(readdirSync(portal.context.blobs.incoming)).toEqual([]);
});

test('too large, empty, over the quota, in one body, in a body without end: each is refused before bytes are kept', async () => {
  await again({ config: { maxFileBytes: 100 * KB, quotaBytes: 150 * KB } });
  const key = await signedIn(portal, 'noor');
  const [one, two] = [pdfBytes(90 * KB), pdfBytes(91 * KB)];
  const all = [one, two].map((bytes) => ({ sha256: sha256Of(bytes), bytes: bytes.length }));
  await putDeal(portal, DEAL, all);
  const [first, second] = all;
  if (first === undefined || second === undefined) throw new Error('two files');
  const ask = (facts: { bytes: number; sha256: string }) => announce(portal, key, { dealId: DEAL, ...facts });
  expect((await ask({ ...first, bytes: 101 * KB })).status).toBe(413);
  expect((await ask({ ...first, bytes: 0 })).status).toBe(400);
  expect((await ask(first)).status).toBe(201);
  const refused = await ask(second);
  expect(refused.status).toBe(413);
  expect((await errorOf(refused)).message).toMatch(/room for files on the portal is used up/);
  const uploads = `${portal.url}${DESK_PATH}/uploads`;
  const withBody = { method: 'POST', headers: { ...key, ...TUS, 'upload-length': '5' }, body: 'bytes' };
  expect((await fetch(uploads, withBody)).status).toBe(400);
  const noFacts = { method: 'POST', headers: { ...key, ...TUS, 'upload-length': '5' } };
  expect((await fetch(uploads, noFacts)).status).toBe(400);
  const tooMuch = await sendPiece(`${uploads}/any`, key, { offset: 0, bytes: Buffer.alloc(8 * KB * KB + 1) });
  expect(tooMuch.status).toBe(413);
  expect((await fetch(uploads, { method: 'OPTIONS', headers: key })).status).toBe(404);
  expect((await fetch(`${uploads}/any`, { headers: key })).status).toBe(404);
});

test('nobody else goes on with an upload, and nobody uploads what no file of the deal names', async () => {
  const [noor, zoe, agent] = [
    await signedIn(portal, 'noor'),
    await signedIn(portal, 'zoe'),
    await signedIn(portal, 'kwame', 'agent'),
  ];
  const bytes = pdfBytes(40 * KB);
  const sha256 = sha256Of(bytes);
  const npi = pdfBytes(30 * KB);
  const held = pdfBytes(20 * KB);
  await putDeal(portal, DEAL, [
    { sha256, bytes: bytes.length },
    { sha256: sha256Of(npi), bytes: npi.length, class: 'npi-financial' },
    { sha256: sha256Of(held), bytes: held.length, isHeld: true },
  ]);
  const made = await announce(portal, noor, { dealId: DEAL, sha256, bytes: bytes.length });
  const at = portal.url + made.headers.get('location');
  expect(await offsetOf(at, zoe)).toBeNull();
  expect((await sendPiece(at, zoe, { offset: 0, bytes })).status).toBe(404);
  expect((await fetch(at, { method: 'DELETE', headers: { ...zoe, ...TUS } })).status).toBe(404);
  const unknown = `${portal.url}${DESK_PATH}/uploads/0190c1f0-0000-7000-8000-000000000000`;
  const [theirs, none] = await Promise.all(
    [at, unknown].map((url) => sendPiece(url, zoe, { offset: 0, bytes }).then((answer) => answer.text())),
  );
  expect(theirs).toBe(none);
  expect(await offsetOf(at, { authorization: `Bearer ${'x'.repeat(43)}` })).toBeNull();
  const asked = async (headers: Record<string, string>, what: Uint8Array, dealId = DEAL) =>
    (await announce(portal, headers, { dealId, sha256: sha256Of(what), bytes: what.length })).status;
  expect(await asked(agent, bytes)).toBe(404);
  expect(await asked(noor, pdfBytes(10))).toBe(404);
  expect(await asked(noor, bytes, 'deal-z')).toBe(404);
  expect(await asked(noor, npi)).toBe(404);
  expect(await asked(noor, held)).toBe(404);
  expect(new Set(await kinds(DEAL))).toEqual(new Set(['denied']));
  // The upload and the deal that are not there.
  expect(await kinds('workspace')).toEqual(['denied', 'denied']);
  // The maker takes it back.
  expect((await fetch(at, { method: 'DELETE', headers: { ...noor, ...TUS } })).status).toBe(204);
  expect(readdirSync(portal.context.blobs.incoming)).toEqual([]);
});

test('an upload ends with the right to it: a revoked device, a member taken off the deal', async () => {
  const { context } = portal;
  const { store, workspaceId } = context;
  const agent = await signedIn(portal, 'kwame', 'agent');
  const bytes = pdfBytes(60 * KB);
  await putDeal(portal, DEAL, [{ sha256: sha256Of(bytes), bytes: bytes.length }]);
  const grant = { workspaceId, dealId: DEAL, memberId: 'kwame', at: AT };
  await store.transaction(workspaceId, ({ members }) => members.grantDeal(grant));
  const made = await announce(portal, agent, { dealId: DEAL, sha256: sha256Of(bytes), bytes: bytes.length });
  const at = portal.url + made.headers.get('location');
  expect((await sendPiece(at, agent, { offset: 0, bytes: bytes.subarray(0, 1_000) })).status).toBe(204);
  await store.transaction(workspaceId, ({ members }) => members.revokeDeal(grant));
  expect((await sendPiece(at, agent, { offset: 1_000, bytes: bytes.subarray(1_000) })).status).toBe(404);
  await store.transaction(workspaceId, ({ members }) => members.grantDeal(grant));
  await store.transaction(workspaceId, ({ devices }) => devices.revoke(workspaceId, 'd-kwame', AT));
  expect((await sendPiece(at, agent, { offset: 1_000, bytes: bytes.subarray(1_000) })).status).toBe(401);
  expect(await context.blobs.has(sha256Of(bytes))).toBe(false);
});

test('a full disk keeps what is on it, and the upload goes on when there is room', async () => {
  let isFull = true;
  await again({
    openFile: async (path) => {
      const handle = await open(path, 'r+');
      const full = async () => {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      };
      return {
        write: (...asked: Parameters<typeof handle.write>) => (isFull ? full() : handle.write(...asked)),
        sync: () => handle.sync(),
        close: () => handle.close(),
      } as typeof handle;
    },
  });
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(70 * KB);
  await putDeal(portal, DEAL, [{ sha256: sha256Of(bytes), bytes: bytes.length }]);
  const made = await announce(portal, key, { dealId: DEAL, sha256: sha256Of(bytes), bytes: bytes.length });
  const at = portal.url + made.headers.get('location');
  const refused = await sendPiece(at, key, { offset: 0, bytes });
  expect(refused.status).toBe(507);
  expect((await errorOf(refused)).message).toMatch(/disk of the portal is full/);
  isFull = false;
  expect(await offsetOf(at, key)).toBe(0);
  expect((await sendPiece(at, key, { offset: 0, bytes })).status).toBe(204);
  expect(await portal.context.blobs.has(sha256Of(bytes))).toBe(true);
});

test('records that cannot be written are told as such, and nothing is lost', async () => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(20 * KB);
  await putDeal(portal, DEAL, [{ sha256: sha256Of(bytes), bytes: bytes.length }]);
  const speak = await place.silence();
  const refused = await announce(portal, key, { dealId: DEAL, sha256: sha256Of(bytes), bytes: bytes.length });
  await speak();
  expect(refused.status).toBe(503);
  expect((await errorOf(refused)).type).toBe('away');
  expect((await uploadWhole(portal, key, { dealId: DEAL, bytes })).status).toBe(204);
});

test('an upload that nobody goes on with is over after a week, and its room is free again', async () => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(30 * KB);
  await putDeal(portal, DEAL, [{ sha256: sha256Of(bytes), bytes: bytes.length }]);
  const made = await announce(portal, key, { dealId: DEAL, sha256: sha256Of(bytes), bytes: bytes.length });
  const { store, workspaceId, blobs } = portal.context;
  await settleUploads(portal.context);
  expect(readdirSync(blobs.incoming)).toHaveLength(1);
  portal.clock.now = new Date(Date.parse(AT) + 8 * 24 * 3_600_000);
  await settleUploads(portal.context);
  expect(readdirSync(blobs.incoming)).toEqual([]);
  expect(await store.read(({ files }) => files.usage(workspaceId))).toEqual({ kept: 0, promised: 0 });
  expect(await offsetOf(portal.url + made.headers.get('location'), key)).toBeNull();
});

test('a folder that is none gives the promise back', async () => {
  const key = await signedIn(portal, 'noor');
  const bytes = pdfBytes(30 * KB);
  await putDeal(portal, DEAL, [{ sha256: sha256Of(bytes), bytes: bytes.length }]);
  rmSync(portal.context.blobs.incoming, { recursive: true });
  writeFileSync(portal.context.blobs.incoming, '');
  expect((await announce(portal, key, { dealId: DEAL, sha256: sha256Of(bytes), bytes: bytes.length })).status).toBe(
    500,
  );
  const { store, workspaceId } = portal.context;
  expect((await store.read(({ files }) => files.usage(workspaceId))).promised).toBe(0);
});
