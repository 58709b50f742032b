import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '../contract/log.ts';
import { CONTENT_POLICY } from '../contract/page.ts';
import { type HostServer, startServer } from './server.ts';
import { createUploads } from './uploads.ts';

let folder: string;
let server: HostServer;
let clock: number;
const answer = vi.fn(async (name: unknown, input: unknown) => ({ ok: true as const, value: { name, input } }));
const onPages = vi.fn();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'closeboard-host-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'renderer', 'assets', 'a.js'), '1;');
  writeFileSync(join(folder, 'renderer', 'assets', 'index-oLeJlXqF.js'), '1;');
  writeFileSync(join(folder, 'secret.json'), '{}');
  answer.mockClear();
  onPages.mockClear();
  clock = 0;
  server = await startServer({
    renderer: join(folder, 'renderer'),
    answer,
    uploads: createUploads(join(folder, 'incoming'), Date.now),
    log: createLog({ append: () => {} }, () => ''),
    now: () => clock,
    onAdmitted: () => {},
    onPages,
    wantedPort: 0,
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request with exactly these headers: fetch would not let Host and Origin be chosen. */
function send(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, method, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const own = () => `http://127.0.0.1:${server.port}`;
const json = () => ({ origin: own(), 'content-type': 'application/json' });
const tokenOf = (address: string) => new URL(address).hash.slice('#token='.length);
const exchange = (token: string, headers = {}) =>
  send('POST', '/session', { ...json(), ...headers }, JSON.stringify({ token }));

async function admitted(): Promise<{ bearer: string; next: string }> {
  return JSON.parse((await exchange(tokenOf(server.invite()))).text);
}

const call = (bearer: string, headers = {}) =>
  send(
    'POST',
    '/call',
    { ...json(), authorization: `Bearer ${bearer}`, ...headers },
    JSON.stringify({ name: 'today:list', input: {} }),
  );

describe('a page that was invited', () => {
  test('is admitted once, and may then ask', async () => {
    const address = server.invite();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    const { bearer } = JSON.parse((await exchange(tokenOf(address))).text);
    const reply = await call(bearer);
    expect(JSON.parse(reply.text)).toEqual({ ok: true, value: { name: 'today:list', input: {} } });
    expect((await exchange(tokenOf(address))).status).toBe(401);
  });

  test('hears events, each on a line', async () => {
    const { bearer } = await admitted();
    const response = await fetch(`${own()}/events`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    server.emit({ type: 'workspace:changed' });
    expect((await reader.read()).value).toBe('{"type":"workspace:changed"}\n');
    expect(onPages).toHaveBeenLastCalledWith(1);
    await reader.cancel();
    await vi.waitFor(() => expect(onPages).toHaveBeenLastCalledWith(0));
  });

  test('that is reloaded takes its session over, and the one before ends', async () => {
    const before = await admitted();
    const events = await fetch(`${own()}/events`, { headers: { authorization: `Bearer ${before.bearer}` } });
    const after = JSON.parse((await exchange(before.next)).text);
    expect((await call(after.bearer)).status).toBe(200);
    expect((await call(before.bearer)).status).toBe(401);
    expect((await exchange(before.next)).status).toBe(401);
    expect(await events.text()).toBe('');
    expect((await exchange(after.next)).status).toBe(200);
  });

  test('that reads slowly is told nothing more once its session has ended', async () => {
    const before = await admitted();
    const slow = connect(server.port, '127.0.0.1').pause();
    const host = `Host: 127.0.0.1:${server.port}`;
    slow.write(`GET /events HTTP/1.1\r\n${host}\r\nAuthorization: Bearer ${before.bearer}\r\n\r\n`);
    await vi.waitFor(() => expect(onPages).toHaveBeenLastCalledWith(1));
    // More than the system holds for a reader, less than what lets it go.
    server.emit({ type: 'menu', item: 'x'.repeat(3_990_000) });
    const { bearer } = JSON.parse((await exchange(before.next)).text);
    const thrown = vi.fn();
    process.once('uncaughtException', thrown);
    expect((await call(bearer)).status).toBe(200);
    server.emit({ type: 'workspace:changed' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    process.off('uncaughtException', thrown);
    expect(thrown).not.toHaveBeenCalled();
    expect(onPages).toHaveBeenLastCalledWith(0);
    slow.destroy();
  });

  test('that asks to hear twice hears once, and ends whole', async () => {
    const { bearer, next } = await admitted();
    const headers = { authorization: `Bearer ${bearer}` };
    const first = await fetch(`${own()}/events`, { headers });
    const second = await fetch(`${own()}/events`, { headers });
    expect(await first.text()).toBe('');
    expect((await call(JSON.parse((await exchange(next)).text).bearer)).status).toBe(200);
    expect(await second.text()).toBe('');
  });

  test('that is reloaded twice before it got its answer is not locked out', async () => {
    const before = await admitted();
    const lost = JSON.parse((await exchange(before.next)).text);
    const after = JSON.parse((await exchange(before.next)).text);
    expect((await call(after.bearer)).status).toBe(200);
    expect((await call(lost.bearer)).status).toBe(401);
  });

  test('a minute ago comes too late', async () => {
    const token = tokenOf(server.invite());
    clock = 60_001;
    expect((await exchange(token)).status).toBe(401);
  });
});

describe('without a bearer', () => {
  test.each(['', 'Bearer ', 'Bearer x', 'Basic x', `Bearer ${'a'.repeat(43)}`])(
    '"%s" nothing is answered',
    async (authorization) => {
      const headers = { ...json(), ...(authorization === '' ? {} : { authorization }) };
      const body = JSON.stringify({ name: 'today:list', input: {} });
      expect((await send('POST', '/call', headers, body)).status).toBe(401);
      expect((await send('GET', '/events', headers)).status).toBe(401);
      expect(answer).not.toHaveBeenCalled();
    },
  );

  test('a made-up token admits nobody', async () => {
    server.invite();
    for (const token of ['', 'x', 'a'.repeat(43), 'a'.repeat(5000)]) {
      expect([400, 401]).toContain((await exchange(token)).status);
    }
  });

  test('no token is good on another server', async () => {
    const { bearer } = await admitted();
    const token = tokenOf(server.invite());
    await server.close();
    server = await startServer({
      renderer: folder,
      answer,
      uploads: createUploads(join(folder, 'incoming'), Date.now),
      log: createLog({ append: () => {} }, () => ''),
      now: () => clock,
      onAdmitted: () => {},
      onPages,
      wantedPort: 0,
    });
    expect((await exchange(token)).status).toBe(401);
    expect((await call(bearer)).status).toBe(401);
  });
});

describe('a warm start', () => {
  const start = (wantedPort: number) =>
    startServer({
      renderer: join(folder, 'renderer'),
      answer,
      uploads: createUploads(join(folder, 'incoming'), Date.now),
      log: createLog({ append: () => {} }, () => ''),
      now: () => clock,
      onAdmitted: () => {},
      onPages,
      wantedPort,
    });

  test('comes back to the port of last time, and takes another when that one is in use', async () => {
    const { port } = server;
    const other = await start(port);
    expect(other.port).not.toBe(port);
    await other.close();
    await server.close();
    server = await start(port);
    expect(server.port).toBe(port);
  });

  test('lets the browser keep what is named by its content, and nothing else', async () => {
    const kept = async (path: string) => (await send('GET', path)).headers['cache-control'];
    expect(await kept('/assets/index-oLeJlXqF.js')).toContain('immutable');
    for (const path of ['/', '/index.html', '/host.js', '/assets/a.js', '/assets/none-12345678.js'])
      expect(await kept(path), path).toBe('no-store');
  });
});

describe('a request that is not from our page', () => {
  test.each(['evil.test', '127.0.0.1', 'localhost', '127.0.0.1:1', '[::1]:80', '0.0.0.0', 'localhost.evil.test'])(
    'Host %s is refused everywhere (DNS rebinding)',
    async (host) => {
      const { bearer } = await admitted();
      for (const path of ['/', '/host.js', '/events']) {
        expect((await send('GET', path, { host, authorization: `Bearer ${bearer}` })).status).toBe(421);
      }
      expect((await call(bearer, { host })).status).toBe(421);
      expect((await exchange(tokenOf(server.invite()), { host })).status).toBe(421);
    },
  );

  test('both names of this computer are its own', async () => {
    const host = `localhost:${server.port}`;
    expect((await send('GET', '/', { host })).status).toBe(200);
    expect((await exchange(tokenOf(server.invite()), { host, origin: `http://${host}` })).status).toBe(200);
  });

  test.each(['http://evil.test', 'null', 'https://127.0.0.1', 'http://127.0.0.1', 'http://localhost:1'])(
    'Origin %s is refused',
    async (origin) => {
      const { bearer } = await admitted();
      expect((await call(bearer, { origin })).status).toBe(403);
      expect((await exchange(tokenOf(server.invite()), { origin })).status).toBe(403);
      expect((await send('GET', '/', { origin })).status).toBe(403);
      expect(answer).not.toHaveBeenCalled();
    },
  );

  test('a POST without Origin is refused', async () => {
    const { bearer } = await admitted();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${bearer}` };
    expect((await send('POST', '/call', headers, '{"name":"today:list","input":{}}')).status).toBe(403);
  });

  test.each(['cross-site', 'same-site', 'weird'])('Sec-Fetch-Site %s is refused', async (site) => {
    const { bearer } = await admitted();
    expect((await send('GET', '/', { 'sec-fetch-site': site })).status).toBe(403);
    expect((await call(bearer, { 'sec-fetch-site': site })).status).toBe(403);
  });

  test.each(['same-origin', 'none'])('Sec-Fetch-Site %s may pass', async (site) => {
    expect((await send('GET', '/', { 'sec-fetch-site': site })).status).toBe(200);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])(
    'a body of type "%s" is refused',
    async (type) => {
      const { bearer } = await admitted();
      expect((await call(bearer, { 'content-type': type })).status).toBe(415);
    },
  );
});

describe('a body', () => {
  test('that is too long is refused, whether it says so or not', async () => {
    const { bearer } = await admitted();
    const headers = { ...json(), authorization: `Bearer ${bearer}` };
    const body = JSON.stringify({ name: 'search:find', input: { text: 'x'.repeat(1_100_000) } });
    expect((await send('POST', '/call', headers, body)).status).toBe(413);
    expect((await send('POST', '/call', { ...headers, 'transfer-encoding': 'chunked' }, body)).status).toBe(413);
    expect(answer).not.toHaveBeenCalled();
  });

  test.each(['', '{', '[]', 'null', '{"token":5}', '{"token":"x","more":1}'])('%s is refused', async (body) => {
    expect((await send('POST', '/session', json(), body)).status).toBe(400);
  });
});

describe('files', () => {
  test('are served from the renderer’s folder with the strict policy', async () => {
    const page = await send('GET', '/');
    expect([page.status, page.text]).toEqual([200, '<!doctype html>']);
    expect(page.headers['content-security-policy']).toBe(CONTENT_POLICY);
    expect((await send('GET', '/assets/a.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect((await send('GET', '/host.js')).text).toContain('closeboard');
  });

  test('hold no secret', async () => {
    const token = tokenOf(server.invite());
    const { bearer } = await admitted();
    for (const path of ['/', '/host.js']) {
      const { text, headers } = await send('GET', path);
      expect(text + JSON.stringify(headers)).not.toContain(token);
      expect(text + JSON.stringify(headers)).not.toContain(bearer);
      expect(headers['set-cookie']).toBeUndefined();
    }
  });

  test.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/assets/..\\..\\secret.json',
    '//etc/passwd.json',
  ])('%s is not there', async (path) => {
    expect(
      (await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`)).slice(0, 12),
    ).toBe('HTTP/1.1 404');
  });

  test('other methods are refused', async () => {
    for (const method of ['PUT', 'DELETE', 'HEAD', 'OPTIONS']) expect((await send(method, '/')).status).toBe(405);
    expect((await send('POST', '/elsewhere', json(), '{}')).status).toBe(405);
  });
});

describe('bytes of files', () => {
  const sha256 = 'b'.repeat(64);
  const file = `/file/${sha256}?from=0&to=3`;

  test('are given with the bearer in its header only, and never kept, guessed about or shown', async () => {
    const { bearer } = await admitted();
    answer.mockResolvedValueOnce({ ok: true, value: { bytes: Uint8Array.from([60, 97, 62]), size: 9 } } as never);
    const got = await send('GET', file, { authorization: `Bearer ${bearer}` });
    expect([got.status, got.text]).toEqual([200, '<a>']);
    expect(got.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-file-size': '9',
    });
    expect(answer).toHaveBeenCalledWith('files:read', { sha256, from: 0, to: 3 });
    expect((await send('GET', file)).status).toBe(401);
    expect((await send('GET', `${file}&bearer=${bearer}`)).status).toBe(401);
  });

  test('a refusal is told as the sentence that it is', async () => {
    const { bearer } = await admitted();
    const refusal = { ok: false, error: { type: 'not-here', message: 'This file is not here.' } };
    answer.mockResolvedValueOnce(refusal as never);
    expect(JSON.parse((await send('GET', file, { authorization: `Bearer ${bearer}` })).text)).toEqual(refusal);
  });

  test('do not go through calls, where each would be a word', async () => {
    const { bearer } = await admitted();
    const headers = { ...json(), authorization: `Bearer ${bearer}` };
    const body = JSON.stringify({ name: 'files:read', input: { sha256, from: 0, to: 3 } });
    expect((await send('POST', '/call', headers, body)).status).toBe(400);
  });

  test('come in only with the bearer, from our own page', async () => {
    const { bearer } = await admitted();
    const facts = JSON.stringify({ name: 'a', relativePath: 'a', size: 3, lastModified: 0 });
    expect((await send('POST', '/upload', json(), facts)).status).toBe(401);
    expect((await send('POST', `/upload/${'c'.repeat(32)}?offset=0`, json(), 'abc')).status).toBe(401);
    const headers = { ...json(), authorization: `Bearer ${bearer}` };
    expect((await send('POST', '/upload', { ...headers, origin: 'https://evil.test' }, facts)).status).toBe(403);
    for (const wrong of ['{}', facts.replace('3', String(3 * 1024 ** 3)), facts.replace('3', '-1')])
      expect((await send('POST', '/upload', headers, wrong)).status).toBe(400);
    const begun = JSON.parse((await send('POST', '/upload', headers, facts)).text);
    const bytes = { ...headers, 'content-type': 'application/octet-stream' };
    const put = async (place: string, body: string) => JSON.parse((await send('POST', place, bytes, body)).text);
    expect(await put(`/upload/${begun.value.uploadId}?offset=1`, 'abc')).toMatchObject({ ok: false });
    expect(await put(`/upload/${begun.value.uploadId}?offset=-1`, 'abc')).toMatchObject({ ok: false });
    expect(await put(`/upload/${begun.value.uploadId}?offset=0`, 'abc')).toEqual({ ok: true, value: { received: 3 } });
    expect(await put(`/upload/${'c'.repeat(32)}?offset=0`, 'abc')).toMatchObject({ ok: false });
  });
});

test('the viewer has a policy of its own: it runs what stands in it, reaches nothing, and is of no origin', async () => {
  writeFileSync(join(folder, 'renderer', 'viewer.html'), '<!doctype html><style>p{}</style><script>1;</script>');
  const policy = (await send('GET', '/viewer.html')).headers['content-security-policy'];
  expect(policy).toMatch(
    /^sandbox allow-scripts; default-src 'none'; script-src 'sha256-[\w+/=]{44}' 'wasm-unsafe-eval';/,
  );
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|connect-src|'self' |\*/);
});

test('only this computer can connect', async () => {
  expect(server.port).toBeGreaterThan(0);
  const others = Object.values((await import('node:os')).networkInterfaces()).flat();
  for (const other of others) {
    if (!other || other.internal || other.family !== 'IPv4') continue;
    await expect(reaches(other.address, server.port)).resolves.toBe(false);
  }
});

/** As typed: an HTTP client would tidy the path up. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answered = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    socket.on('data', (part) => {
      answered += part.toString();
    });
    socket.on('end', () => resolve(answered));
    socket.on('error', reject);
  });
}

function reaches(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 }, () => {
      socket.destroy();
      resolve(true);
    });
    for (const name of ['error', 'timeout']) {
      socket.on(name, () => {
        socket.destroy();
        resolve(false);
      });
    }
  });
}
