import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tempFolder } from '../../../db/testing.ts';
import { deviceCalls } from '../../api/device-calls.ts';
import { intakeCalls } from '../../api/intake-calls.ts';
import { PERSON_UPLOADS, personCalls } from '../../api/person-calls.ts';
import { answerAll, intakeBrowser, makeIntakeLink } from '../intake/testing.ts';
import { type Desk, openDesk, WORKSPACE } from '../person/testing.ts';
import { DEAL_ID, deal } from '../person/testing-deal.ts';
import { comeIn, mustBeOk, type Party } from '../person/testing-parties.ts';
import { sqlitePlace } from '../store/testing.ts';

/** Rule 13 of our rules of security, on whatever the portal answers: pages, parts of them, calls, files, feeds, failures. */

const place = sqlitePlace();
const web = tempFolder();
let desk: Desk;
let plain: Desk;
let client: Party;
const elsewhere = sqlitePlace();

beforeAll(async () => {
  mkdirSync(join(web.folder, 'assets'));
  for (const [name, text] of [
    ['index.html', '<!doctype html><title>Your closing</title>'],
    ['begin.html', '<!doctype html><title>Before we begin</title>'],
    ['assets/index-DPILGrZ-.js', 'export {}'],
    ['manifest.webmanifest', '{}'],
    ['icon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  ] as const)
    writeFileSync(join(web.folder, name), text);
  const blobs = new Map(deal.versions.map(({ sha256 }) => [sha256, Buffer.from('%PDF-1.7 paper')] as const));
  desk = await openDesk(await place.open(), { webFolder: web.folder, blobs });
  await desk.putDeal(deal);
  const kept = {
    workspaceId: WORKSPACE,
    kind: 'application/pdf',
    scan: 'clean',
    addedAt: '2026-06-17T16:00:00.000Z',
  } as const;
  await desk.context.store.transaction(WORKSPACE, async ({ files }) => {
    for (const [sha256, bytes] of blobs) await files.putBlob({ ...kept, sha256, bytes: bytes.length });
  });
  client = await comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });
  const local = { publicUrl: 'http://portal.localhost:4711', filesUrl: 'http://files.localhost:4711' };
  plain = await openDesk(await elsewhere.open(), { webFolder: web.folder, config: local });
});
afterAll(async () => {
  await desk.close();
  await plain.close();
  await place.remove();
  await elsewhere.remove();
  web.remove();
});

type Method = 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE' | 'PUT' | 'OPTIONS';

interface Asked {
  readonly method?: Method;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly payload?: string;
  readonly isOfFiles?: boolean;
}

function ask({ app, context }: Desk, { method = 'GET', url, headers = {}, payload, isOfFiles = false }: Asked) {
  const { publicUrl, filesUrl } = context.config;
  const host = new URL(isOfFiles ? filesUrl : publicUrl).host;
  return app.inject({
    ...{ method, url, remoteAddress: '203.0.113.77', headers: { host, ...headers } },
    ...(payload === undefined ? {} : { payload }),
  });
}

const json = { 'content-type': 'application/json', origin: 'https://portal.office.example' };
const calls = (path: string, names: readonly string[]): readonly Asked[] =>
  names.flatMap((name) => [
    { method: 'POST' as const, url: `${path}/${name}`, headers: json, payload: '{}' },
    { url: `${path}/${name}` },
  ]);

const PAGES: readonly Asked[] = ['/', '/begin', '/manifest.webmanifest', '/icon.svg', '/assets/index-DPILGrZ-.js'].map(
  (url) => ({ url }),
);

const OTHERS: readonly Asked[] = [
  ...[
    '/nowhere',
    '/index.html',
    '/begin.html',
    '/assets/none.js',
    '/..%2fetc',
    '/%ff',
    '/%00',
    `/${'a'.repeat(3_000)}`,
  ].map((url) => ({ url })),
  ...['/health', '/ready', '/calendar/none.ics', '/calendar/', `/calendar/${'x'.repeat(400)}.ics`].map((url) => ({
    url,
  })),
  { method: 'HEAD', url: '/calendar/none.ics' },
  { method: 'POST', url: '/calendar/none.ics', headers: json, payload: '{}' },
  ...(['PUT', 'DELETE', 'OPTIONS', 'PATCH'] as const).map((method) => ({ method, url: '/api/person/home' })),
  { method: 'POST', url: '/api/person/home', headers: json, payload: '{' },
  { method: 'POST', url: '/api/person/home', headers: json, payload: `{"a":"${'x'.repeat(70_000)}"}` },
  { method: 'POST', url: '/api/person/home', headers: { 'content-type': 'text/html' }, payload: '<b>' },
  {
    method: 'POST',
    url: '/api/person/open',
    headers: { ...json, 'sec-fetch-site': 'cross-site' },
    payload: '{"token":"x"}',
  },
  { method: 'POST', url: PERSON_UPLOADS, headers: { 'tus-resumable': '1.0.0', 'upload-length': '3' } },
  ...(['HEAD', 'PATCH', 'DELETE'] as const).map((method) => ({ method, url: `${PERSON_UPLOADS}/none` })),
  { url: '/api/desk/events' },
  { url: '/api/desk/file/d1/none' },
  { url: '/api/desk/export/d1' },
  { method: 'POST', url: '/api/desk/uploads', headers: { 'tus-resumable': '1.0.0' } },
  { url: '/', isOfFiles: true },
  { url: '/document', isOfFiles: true },
  ...['ticket=none', 'ticket=', 'x'].map((payload) => ({
    ...{ method: 'POST' as const, url: '/document', isOfFiles: true, payload },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })),
  {
    method: 'POST',
    url: '/document',
    isOfFiles: true,
    headers: { 'content-type': 'multipart/form-data' },
    payload: 'x',
  },
  ...calls('/api/person', Object.keys(personCalls)),
  ...calls('/api/intake', Object.keys(intakeCalls)),
  ...calls('/api/desk', Object.keys(deviceCalls)),
];

/** The policy by its parts. */
function policyOf(headers: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const parts = String(headers['content-security-policy']).split('; ');
  return new Map(parts.map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1).join(' ')]));
}

/** What stands on every answer, whatever it is. */
function expectRule13(headers: Readonly<Record<string, unknown>>, isHttps: boolean): void {
  const policy = policyOf(headers);
  expect(policy.get('default-src')).toBe("'none'");
  for (const none of ['base-uri', 'frame-ancestors']) expect(policy.get(none)).toBe("'none'");
  // Without a line of its own an object falls under the default.
  expect(policy.get('object-src') ?? policy.get('default-src')).toBe("'none'");
  expect([...policy.values()].join(' ')).not.toMatch(/unsafe|data:|blob:|\*|http:\/\/(?!files\.localhost)/);
  expect(headers).toMatchObject({
    ...{ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' },
    'cross-origin-opener-policy': 'same-origin',
  });
  expect(headers['strict-transport-security']).toBe(isHttps ? 'max-age=31536000' : undefined);
  for (const none of ['etag', 'x-powered-by', 'server', 'location'])
    expect([none, headers[none]]).toEqual([none, undefined]);
}

describe.each([
  ['behind https', () => desk, true],
  ['on this computer', () => plain, false],
] as const)('%s', (_where, deskOf, isHttps) => {
  test.each(PAGES.map((page) => [page.url, page] as const))('%s', async (url, page) => {
    const { statusCode, headers } = await ask(deskOf(), page);
    expect(statusCode).toBe(200);
    expectRule13(headers, isHttps);
    const policy = policyOf(headers);
    for (const own of ['script-src', 'style-src', 'img-src', 'font-src', 'manifest-src'])
      expect(policy.get(own)).toBe("'self'");
    expect(policy.get('object-src')).toBe("'none'");
    // Only what is named by its content may be kept.
    expect(headers['cache-control']).toBe(
      url.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
    );
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('every call, file, feed and failure', async () => {
    expect(OTHERS.length).toBeGreaterThan(100);
    const statuses = new Set<number>();
    for (const asked of OTHERS) {
      const { statusCode, headers } = await ask(deskOf(), asked);
      statuses.add(statusCode);
      expectRule13(headers, isHttps);
      const { method = 'GET', url } = asked;
      const isKept = !String(headers['cache-control']).split(', ').includes('no-store');
      expect([method, url, isKept]).toEqual([method, url, false]);
      expect([method, url, policyOf(headers).has('script-src')]).toEqual([method, url, false]);
    }
    for (const status of [200, 400, 401, 404, 405, 413]) expect(statuses).toContain(status);
  });
});

test('what somebody is given who is in: their home, a paper, a feed, each by itself and not to be kept', async () => {
  const versionId = (await client.home()).documents.find((each) => each.versionId !== null)?.versionId;
  const ticketOf = async (use: 'read' | 'download') =>
    (mustBeOk(await client.ask('document-ticket', { versionId, use })) as { ticket: string }).ticket;
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const answers = [await client.ask('home')];
  for (const use of ['read', 'download'] as const) {
    const asked = {
      method: 'POST',
      url: '/document',
      isOfFiles: true,
      headers: form,
      payload: `ticket=${await ticketOf(use)}`,
    };
    const { statusCode, headers } = await ask(desk, asked as Asked);
    expect(statusCode).toBe(200);
    expect(headers['content-disposition']).toMatch(/^attachment; filename="/);
    expect(policyOf(headers).has('sandbox')).toBe(true);
    expectRule13(headers, true);
    expect(String(headers['cache-control'])).toContain('no-store');
  }
  const { url } = mustBeOk(await client.ask('make-calendar')) as { url: string };
  const feed = await ask(desk, { url: new URL(url).pathname });
  expect(feed.statusCode).toBe(200);
  expect(policyOf(feed.headers).has('script-src')).toBe(false);
  expect(feed.headers['content-disposition']).toBe('attachment; filename="dates.ics"');
  for (const { headers } of [...answers, feed]) {
    expectRule13(headers, true);
    expect(headers['cache-control']).toBe('no-store');
  }
});

test('cookies are of this host alone, for https alone, and no script’s', async () => {
  const { token } = await makeIntakeLink(desk);
  const phone = intakeBrowser(desk);
  const begun = await phone.ask('open', { token });
  await answerAll(phone);
  const sure = await client.ask('confirm', { answer: 'heron' });
  const set = [begun, sure, await client.ask('sign-out'), await phone.ask('clear')].map(({ headers }) =>
    String(headers['set-cookie']),
  );
  for (const cookie of set) {
    expect(cookie).toMatch(/^__Host-closeboard-(person|intake)=/);
    const parts = cookie.split('; ').slice(1);
    for (const part of ['Path=/', 'HttpOnly', 'Secure']) expect(parts).toContain(part);
    expect(parts.some((part) => /^SameSite=(Lax|Strict)$/.test(part))).toBe(true);
    expect(parts.some((part) => part.startsWith('Domain'))).toBe(false);
  }
  expect(set.filter((cookie) => cookie.includes('Max-Age=0'))).toHaveLength(2);
});
