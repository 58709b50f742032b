import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { createLog } from '../../contract/log.ts';
import { createPortalClient } from './client.ts';
import { listenToPokes } from './pokes.ts';

let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === null ? resolve(null) : server.close(resolve)));
  server = null;
});

const lines: string[] = [];

/** A server that answers one thing, and the client for it. */
async function answering(
  answer: (path: string, key: string | undefined) => { status: number; body: string } | 'nothing' | 'stall',
) {
  server = createServer((asked, response) => {
    const told = answer(asked.url ?? '', asked.headers.authorization);
    if (told === 'nothing') return void asked.socket.destroy();
    if (told === 'stall') return void response.writeHead(200).write('{"ok":');
    response.writeHead(told.status, { 'content-type': 'application/json' }).end(told.body);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const log = createLog({ append: (line) => void lines.push(line) }, () => '');
  return createPortalClient({ url, key: 'the-key', log, answerMs: 1_500 });
}

const json = (status: number, body: unknown) => ({ status, body: JSON.stringify(body) });
const about = { product: 'closeboard-portal', version: '1', protocol: 2, floor: 2, isSetUp: true, isEmbedded: false };
const ask = (client: Awaited<ReturnType<typeof answering>>) => client.ask('server/about', {});

describe('what a client makes of an answer', () => {
  test('the value, asked at its address with the key', async () => {
    const client = await answering((path, key) =>
      path === '/api/desk/server/about' && key === 'Bearer the-key'
        ? json(200, { ok: true, value: about })
        : json(500, {}),
    );
    expect(await ask(client)).toEqual({ ok: true, value: about });
  });

  test.each([
    ['nobody', 'nothing' as const, 'offline'],
    ['an answer that stalls', 'stall' as const, 'offline'],
    ['a page that is no portal', { status: 200, body: '<html>Sign in to the guest network</html>' }, 'offline'],
    ['JSON that is not as promised', json(200, { ok: true, value: { product: 'other' } }), 'offline'],
    ['a server in trouble', json(500, { ok: false, error: { type: 'defect', message: 'x' } }), 'offline'],
    ['a server without its records', json(503, { ok: false, error: { type: 'away', message: 'x' } }), 'offline'],
    ['a key that is not known', json(401, { ok: false, error: { type: 'not-signed-in', message: 'x' } }), 'signed-out'],
    ['a limit', json(429, { ok: false, error: { type: 'too-often', message: 'x', retryAfter: 9 } }), 'refused'],
    ['somewhere else', { status: 302, body: '' }, 'offline'],
  ])('%s', async (_, told, type) => {
    const client = await answering(() => told);
    expect(await ask(client)).toMatchObject({ ok: false, error: { type } });
  });

  test('what does not fit is in the log, without its words', async () => {
    lines.length = 0;
    await ask(await answering(() => json(200, { ok: true, value: { product: 'a secret word' } })));
    expect(lines.join('')).toContain('not as promised');
    expect(lines.join('')).not.toContain('secret');
  });

  test('who is told to stop has no answer', async () => {
    const client = await answering(() => 'stall');
    const ending = new AbortController();
    const asked = client.ask('server/about', {}, ending.signal);
    ending.abort();
    expect(await asked).toMatchObject({ ok: false, error: { type: 'offline' } });
  });
});

test('pokes come as they are sent, and the stream ends when it is told to', async () => {
  server = createServer((_asked, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(': hello\n\ndata: {"unitId":"d1","ver');
    setTimeout(() => response.write('sion":3}\n\ndata: junk\n\ndata: {"unitId":"workspace","version":1}\n\n'), 20);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createPortalClient({ url, key: 'k', log: createLog({ append: () => {} }, () => '') });
  const ending = new AbortController();
  const seen: unknown[] = [];
  const opens: boolean[] = [];
  const listening = listenToPokes(
    client,
    {
      onPoke: (poke) => {
        seen.push(poke);
        if (seen.length === 2) ending.abort();
      },
      onOpen: (isOpen) => void opens.push(isOpen),
    },
    ending.signal,
  );
  await listening;
  expect(seen).toEqual([
    { unitId: 'd1', version: 3 },
    { unitId: 'workspace', version: 1 },
  ]);
  expect(opens).toEqual([true, false]);
});
