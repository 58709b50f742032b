import { createHash } from 'node:crypto';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  bearer,
  openingStep,
  pushTo,
  setUp,
  startTestPortal,
  step,
  type TestDesk,
  type TestPortal,
} from '../testing.ts';

let server: TestPortal;
let desk: TestDesk;
let dealId: string;
beforeAll(async () => {
  server = await startTestPortal();
  desk = await setUp(server);
  dealId = newId();
  await pushTo(server, desk, [openingStep(desk, 1, dealId)]);
});
afterAll(() => server.close());

const ask = (path: string, init: RequestInit = {}) => fetch(`${server.portal.url}/api/desk/${path}`, init);

test.each([
  ['GET', 'events'],
  ['GET', 'export/deal-1'],
  ['GET', `file/deal-1/${'a'.repeat(64)}`],
  ['POST', 'uploads'],
  ['HEAD', 'uploads/u1'],
  ['PATCH', 'uploads/u1'],
])('%s %s needs a key like every call', async (method, path) => {
  const headers = { 'tus-resumable': '1.0.0', 'content-length': '0', ...bearer('C'.repeat(43)) };
  expect((await ask(path, { method, headers })).status).toBe(401);
});

test('a deal is exported whole, and one that is not there is not', async () => {
  const zip = await ask(`export/${dealId}`, { headers: bearer(desk.key) });
  expect([zip.status, zip.headers.get('content-type')]).toEqual([200, 'application/zip']);
  expect(
    Buffer.from(await zip.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK');
  for (const nowhere of [newId(), 'workspace'])
    expect((await ask(`export/${nowhere}`, { headers: bearer(desk.key) })).status).toBe(404);
});

test('a file goes up in a piece larger than any other request, and comes down again', async () => {
  const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(600_000, 32), Buffer.from('\n%%EOF\n')]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const lineId = newId();
  const words = { title: 'Paper', clientTitle: '', stage: 'intake', ownerRole: 'agent', class: 'contract' };
  const file = {
    ...{ versionId: newId(), lineId, sha256, bytes: bytes.length, extension: 'pdf', originalName: 'a.pdf' },
    ...{ suffix: null, documentOn: '2026-06-02', receivedAt: '2026-06-02T16:12:00.000Z', sentBy: '' },
    ...{ isHeld: false, toReview: false },
  };
  const { replies } = await pushTo(server, desk, [
    step(desk, 2, { dealId, name: 'addLine', args: { lineId, ...words, isRequired: false } }),
    step(desk, 3, { dealId, name: 'fileVersion', args: file }),
  ]);
  expect(replies.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  const lacking = { dealId, sha256s: [sha256] };
  expect(await server.get('files/missing', lacking, desk.key)).toMatchObject({ missing: [sha256] });
  const facts = Object.entries({ dealId, sha256, name: 'a.pdf' });
  const metadata = facts.map(([name, word]) => `${name} ${Buffer.from(word).toString('base64')}`).join(',');
  const tus = { 'tus-resumable': '1.0.0', ...bearer(desk.key) };
  const headers = { ...tus, 'upload-length': String(bytes.length), 'upload-metadata': metadata };
  const announced = await ask('uploads', { method: 'POST', headers });
  expect(announced.status).toBe(201);
  const place = new URL(announced.headers.get('location') ?? '', server.portal.url).pathname;
  const sent = await fetch(`${server.portal.url}${place}`, {
    method: 'PATCH',
    headers: { ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: bytes,
  });
  expect(sent.status).toBe(204);
  expect(sent.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await server.get('files/missing', lacking, desk.key)).toMatchObject({ missing: [] });
  const back = await ask(`file/${dealId}/${sha256}`, { headers: { ...bearer(desk.key), range: 'bytes=0-8' } });
  expect([back.status, await back.text()]).toEqual([206, '%PDF-1.7\n']);
});
