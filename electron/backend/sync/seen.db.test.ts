import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setUp, startTestPortal, type TestDesk, type TestPortal } from '../../../portal/server/testing.ts';
import type { HostEvent } from '../../contract/events.ts';
import { type Desk, startDesk } from '../papers/testing.ts';
import { noPortal } from './no-portal.ts';

/** A whole desktop, a whole portal and a person with a browser: what they do is shown on the desktop at once. */
let portal: TestPortal;
let admin: TestDesk;
let desk: Desk;

beforeEach(async () => {
  portal = await startTestPortal();
  admin = await setUp(portal, { name: 'Ada Admin' });
  desk = startDesk(() => new Date(), { host: noPortal, syncAfterMs: 0 });
  const email = 'noor@fennimore.example';
  const { code } = await portal.get('team/invite', { name: 'Noor', email, role: 'tc' }, admin.key);
  const wish = { url: portal.portal.url, code, name: 'Noor', email, deviceName: 'Laptop', workspaceName: '' };
  const joined = await desk.call('sync:join', wish);
  if (joined.kind !== 'ok') throw new Error(joined.sentence);
});
afterEach(async () => {
  await desk.close();
  await portal.close();
});

async function until(look: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(`waited too long for ${what}: ${portal.lines.slice(-5).join('')}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Asks as a page of the portal does, under its name, and keeps its cookie. The status of the answer. */
function browserAt(url: string) {
  const { origin, host } = new URL(url);
  const { port } = portal.portal;
  let cookie = '';
  return (name: string, body: object) =>
    new Promise<number>((resolve, reject) => {
      const headers = { host, origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie };
      const to = { host: '127.0.0.1', port, method: 'POST', path: `/api/person/${name}`, headers };
      const asked = request(to, (reply) => {
        cookie = reply.headers['set-cookie']?.[0]?.split(';')[0] ?? cookie;
        reply.resume().on('end', () => resolve(reply.statusCode ?? 0));
      });
      asked.on('error', reject).end(JSON.stringify(body));
    });
}

test('a person opens their page and writes: the desktop hears of each within moments', async () => {
  // Without a closing day a link lasts for months from today, whenever that is.
  const dealId = await desk.newDeal({ anchors: [] });
  const ask = { dealId, personId: 'p-priya', secondStep: 'word', word: 'heron', mayDownload: true } as const;
  let url = '';
  await until(async () => {
    const made = await desk.call('access:make-link', { ...ask, expiresOn: null });
    url = made.kind === 'ok' ? made.value.url : '';
    return url !== '';
  }, 'the link');
  const visit = browserAt(url);
  // The desktop listens from here on; what it heard of making the link is not counted.
  await until(async () => (await desk.call('sync:state', {})).status === 'current', 'being in step');
  const told = (type: HostEvent['type']) => desk.events.filter((event) => event.type === type).length;
  expect(await visit('open', { token: url.split('/').at(-1) })).toBe(200);
  expect(await visit('confirm', { answer: 'heron' })).toBe(200);
  const seen = told('access:changed');
  const rows = told('deals:changed');
  expect(await visit('home', {})).toBe(200);
  await until(() => told('access:changed') > seen, 'the visit');
  const page = await desk.call('trail:list', { dealId, before: null, groups: [], actor: '', limit: 20 });
  expect(JSON.stringify(page)).toContain('Priya Raman opened the portal.');
  expect(told('deals:changed')).toBe(rows);
  const words = { aboutType: 'deal', aboutId: '', body: 'When do we get the keys?' };
  expect(await visit('write-message', { actId: crypto.randomUUID(), ...words })).toBe(200);
  await until(() => told('deals:changed') > rows, 'the message');
}, 180_000);
