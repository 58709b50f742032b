import { connect } from 'node:net';
import { join } from 'node:path';
import { v7 as newId } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deviceCalls } from '../../api/device-calls.ts';
import { ApiError } from '../../api/values.ts';
import {
  bearer,
  enrolAt,
  listenTo,
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
beforeAll(async () => {
  server = await startTestPortal();
  desk = await setUp(server);
});
afterAll(() => server.close());

interface Raw {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request as it stands on the wire: its Host may be anything. */
async function raw({ path = '/health', method = 'GET', headers = {}, body = '' }: Raw): Promise<string> {
  const socket = connect(server.portal.port, '127.0.0.1');
  const host = headers.host ?? new URL(server.portal.config.publicUrl).host;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries({ ...headers, host, connection: 'close' }).map(([name, value]) => `${name}: ${value}`),
    ...(body === '' ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
  ];
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('utf8');
  });
  const ended = new Promise<void>((resolve, reject) => {
    socket.on('close', () => resolve());
    socket.on('error', reject);
  });
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  await ended;
  return text;
}

const statusOf = (answer: string) => Number(answer.slice(9, 12));
const errorIn = (answer: string) => ApiError.parse(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4)).error);
const about = '/api/desk/server/about';
const json = { 'content-type': 'application/json' };

describe('the name a request is for', () => {
  test.each([
    ['portal.localhost', 200],
    ['127.0.0.1', 200],
    ['localhost', 200],
    ['files.localhost', 404],
    ['portal.localhost.evil.example', 404],
    ['evil.example', 404],
  ])('%s: %i', async (name, status) => {
    const host = `${name}:${server.portal.port}`;
    const answer = await raw({ path: about, method: 'POST', headers: { host, ...json }, body: '{}' });
    expect(statusOf(answer)).toBe(status);
    if (status === 404) expect(errorIn(answer).type).toBe('not-available');
  });

  test('another port, and none, are not ours', async () => {
    for (const host of ['127.0.0.1:1', 'portal.localhost', ''])
      expect(statusOf(await raw({ path: about, method: 'POST', headers: { host, ...json }, body: '{}' }))).toBe(404);
  });

  test('whoever watches the server may name it as they like', async () => {
    for (const path of ['/health', '/ready']) {
      const answer = await raw({ path, headers: { host: '10.0.0.3' } });
      expect(statusOf(answer)).toBe(200);
      expect(answer.slice(answer.indexOf('\r\n\r\n') + 4)).toBe('{"ok":true}');
    }
  });
});

test('every answer carries the headers that keep it from being more than an answer', async () => {
  for (const path of ['/health', '/api/desk/team/get', '/nowhere', '/api/desk/events', '/%ff']) {
    const answer = await fetch(`${server.portal.url}${path}`);
    const header = (name: string) => answer.headers.get(name);
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('referrer-policy')).toBe('no-referrer');
    expect(header('cross-origin-opener-policy')).toBe('same-origin');
    expect(header('cache-control')).toBe('no-store');
    expect(header('content-security-policy')).toContain("default-src 'none'");
    expect(header('strict-transport-security')).toBeNull();
    expect(header('etag')).toBeNull();
    expect(header('access-control-allow-origin')).toBeNull();
    expect(header('x-powered-by')).toBeNull();
  }
});

test('a server for others tells browsers to come by https only', async () => {
  const shared = await startTestPortal({
    config: { publicUrl: 'https://portal.fennimore.example', filesUrl: 'https://files.fennimore.example' },
  });
  const answer = await fetch(`${shared.portal.url}/health`);
  expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  // Its own address on this computer is not how anybody is to reach it.
  expect((await shared.ask('server/about', {})).status).toBe(404);
  await shared.close();
});

describe('what a desktop asks', () => {
  test.each(
    Object.entries(deviceCalls)
      .filter(([, call]) => call.who !== 'open')
      .map(([name]) => name),
  )('%s needs a key, and says so without looking at the body', async (name) => {
    const url = `${server.portal.url}/api/desk/${name}`;
    const answers = await Promise.all(
      [
        {},
        bearer('x'),
        bearer('A'.repeat(43)),
        { authorization: desk.key },
        { authorization: `Basic ${desk.key}` },
      ].map(async (headers) => {
        const answer = await fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: 'no json' });
        return `${answer.status} ${await answer.text()}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('401 {"ok":false,"error":{"type":"not-signed-in"');
  });

  test('another method, another kind of body and another shape are turned away in the same form', async () => {
    const get = await raw({ path: about });
    expect([statusOf(get), errorIn(get).type]).toEqual([405, 'bad-request']);
    expect(get).toContain('allow: POST');
    const post = (body: string, headers: Readonly<Record<string, string>> = json) =>
      raw({ path: about, method: 'POST', headers, body });
    for (const answer of [
      await post('{', json),
      await post('[]', json),
      await post('{"a":1}', json),
      await post('{"__proto__":{"a":1}}', json),
      await post(`${'['.repeat(5_000)}${']'.repeat(5_000)}`, json),
      await post('a=1', { 'content-type': 'application/x-www-form-urlencoded' }),
      await post('{}', { 'content-type': 'text/plain' }),
      await post('{}', {}),
    ]) {
      expect(statusOf(answer)).toBe(400);
      expect(errorIn(answer).type).toBe('bad-request');
    }
    expect(statusOf(await post('{}'))).toBe(200);
  });

  test('more than is taken at once', async () => {
    const answer = await raw({ path: about, method: 'POST', headers: json, body: `{"a":"${'x'.repeat(300_000)}"}` });
    expect([statusOf(answer), errorIn(answer).type]).toEqual([413, 'too-large']);
  });

  test('nothing is at an address that nobody has', async () => {
    for (const path of [
      '/api/desk/',
      '/api/desk/team',
      '/api/desk/toString',
      '/api',
      '/..%2f',
      '/api/desk/team/get/',
    ]) {
      const answer = await raw({ path, method: 'POST', headers: { ...json, ...bearer(desk.key) }, body: '{}' });
      expect([path, statusOf(answer), errorIn(answer).type]).toEqual([path, 404, 'not-available']);
    }
  });
});

test('keys that are not good are counted by address, and good ones go on', async () => {
  const url = `${server.portal.url}/api/desk/team/get`;
  const bad = () => fetch(url, { method: 'POST', headers: { ...json, ...bearer('B'.repeat(43)) }, body: '{}' });
  let status = 401;
  for (let count = 0; count < 700 && status === 401; count += 1) status = (await bad()).status;
  expect(status).toBe(429);
  expect((await bad()).headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await server.ask('team/get', {}, desk.key)).status).toBe(200);
});

test('the log names routes, never addresses, keys or bodies', async () => {
  await fetch(`${server.portal.url}/nowhere/secret-token-in-the-path?code=K7QM`);
  await server.ask('team/device-code', {}, desk.key);
  const lines = server.lines.join('');
  expect(lines).toContain('"route":"/api/desk/team/device-code","status":200');
  expect(lines).toContain(desk.deviceId);
  expect(lines).not.toContain('secret-token');
  expect(lines).not.toContain('K7QM');
  expect(lines).not.toContain(desk.key);
});

test('told to end, a server ends its streams, finishes what runs, and takes nothing new', async () => {
  const other = await startTestPortal();
  const admin = await setUp(other);
  const dealId = newId();
  const listening = await listenTo(other, admin.key);
  const note = (seq: number) => {
    const args = { noteId: newId(), body: 'said', at: '2026-06-02T16:12:00.000Z' };
    return step(admin, seq, { dealId, name: 'addNote', args });
  };
  const notes = Array.from({ length: 99 }, (_, at) => note(at + 2));
  const pushing = pushTo(other, admin, [openingStep(admin, 1, dealId), ...notes]);
  // The first of them is in: the rest is under way.
  await listening.wait((unitId) => unitId === dealId);
  const closing = other.portal.close();
  await listening.ended;
  expect((await pushing).replies.filter(({ outcome }) => outcome === 'done')).toHaveLength(100);
  await closing;
  await expect(fetch(`${other.portal.url}/health`)).rejects.toThrow();
  await other.close();
});

test('without its pages a server answers desktops all the same, and says on the page what is missing', async () => {
  const bare = await startTestPortal({ web: join(server.portal.config.data, 'nowhere') });
  expect((await bare.ask('server/about', {})).status).toBe(200);
  const page = await fetch(bare.portal.url);
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('not installed');
  expect(bare.lines.join('')).toContain('the pages are not there');
  await bare.close();
});

test('one port is one server’s', async () => {
  await expect(startTestPortal({ config: { port: server.portal.port } })).rejects.toThrow('Another program listens');
  await expect(startTestPortal({ folder: server.portal.config.data })).rejects.toThrow('Another portal server');
});

test('behind a proxy an address is the one that the proxy names', async () => {
  const behind = await startTestPortal({ config: { proxies: 1 } });
  const wrong = (from: string) =>
    fetch(`${behind.portal.url}/api/desk/team/enrol`, {
      method: 'POST',
      headers: { ...json, 'x-forwarded-for': `198.51.100.9, ${from}` },
      body: JSON.stringify({
        ...{ code: 'K7QM-2XRB-9TWF-HC3D', deviceId: 'd', deviceName: 'd', memberId: 'm', name: 'n', email: '' },
        workspaceName: '',
      }),
    });
  for (let guess = 0; guess < 20; guess += 1) expect((await wrong('203.0.113.1')).status).toBe(403);
  expect((await wrong('203.0.113.1')).status).toBe(429);
  expect((await wrong('203.0.113.2')).status).toBe(403);
  await enrolAt(behind, behind.portal.setupCode ?? '');
  await behind.close();
});
