import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sender } from '../../../../portal/server/person/testing-uploads.ts';
import { setUp, startTestPortal, type TestDesk, type TestPortal } from '../../../../portal/server/testing.ts';
import type { LineView } from '../../../contract/papers.ts';
import { type Desk, startDesk, textPdf } from '../../papers/testing.ts';
import { noPortal } from '../no-portal.ts';

/** A whole portal and a whole desktop: what a person sends arrives, is read, and is held when its words are wire instructions. */
let portal: TestPortal;
let admin: TestDesk;
let desk: Desk;

beforeEach(async () => {
  portal = await startTestPortal();
  admin = await setUp(portal, { name: 'Ada Admin' });
  desk = startDesk(() => new Date(), { host: noPortal, syncAfterMs: 0 });
});
afterEach(async () => {
  await desk.close();
  await portal.close();
});

async function until<T>(look: () => Promise<T | null>, what: string): Promise<T> {
  const end = performance.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > end)
      throw new Error(`waited too long for ${what}: ${desk.lines.slice(-4)} ${portal.lines.slice(-8)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function signIn(): Promise<void> {
  const email = 'noor@fennimore.example';
  const { code } = await portal.get('team/invite', { name: 'Noor Haddad', email, role: 'tc' }, admin.key);
  const wish = { url: portal.portal.url, code, name: 'Noor Haddad', email, deviceName: 'Laptop', workspaceName: '' };
  const answer = await desk.call('sync:join', wish);
  if (answer.kind !== 'ok') throw new Error(answer.sentence);
}

/** Priya on a deal that the portal has, her page, and what it sends. */
async function priya(dealId: string) {
  await desk.send(dealId, 'addPerson', {
    ...{ personId: 'p-priya', name: 'Priya Raman', role: 'client', company: '', phone: '' },
    email: 'priya@mail.example',
  });
  const word = 'garden gate';
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const ask = { dealId, personId: 'p-priya', secondStep: 'word', word, mayDownload: true, expiresAt } as const;
  const made = await until(async () => {
    const { reply } = await portal.ask('access/make-link', ask, admin.key);
    return reply.ok ? reply.value : null;
  }, 'a link');
  const [origin, token] = [new URL(made.url).origin, made.url.split('/').at(-1)];
  let cookie = '';
  const call = async (name: string, body: object) => {
    const headers = { origin, cookie, 'content-type': 'application/json' };
    const answer = await fetch(`${portal.portal.url}/api/person/${name}`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const reply = (await answer.json()) as { readonly ok: boolean };
    if (!reply.ok) throw new Error(JSON.stringify(reply));
  };
  await call('open', { token });
  await call('confirm', { answer: word });
  const send = async (title: string, bytes: Uint8Array): Promise<void> => {
    const [lineId, sendingId] = [randomUUID(), randomUUID()];
    const up = sender(portal.portal.url, cookie, origin);
    const upload = await up.whole(bytes, { sendingId, name: 'scan.pdf' });
    const act = { actId: randomUUID(), sendingId, lineId, newTitle: title, uploads: [upload], as: 'file', name: title };
    await call('send-paper', act);
  };
  return { send };
}

async function lineOf(dealId: string, title: string): Promise<LineView | null> {
  return (await desk.call('papers:lines', { dealId })).find((line) => line.title === title) ?? null;
}

const WIRE = `Wiring instructions for your closing
Bank routing number: 021000021
Account number: 4451 2231 9087
Please wire the funds today, urgent.`;

test('a paper whose words are wire instructions is held once it is here, by a step of its own; others wait for review', async () => {
  await signIn();
  const dealId = await desk.newDeal();
  const { send } = await priya(dealId);
  await send('Letter of the association', await textPdf('The association agrees to the sale.'));
  await send('Letter of my bank', await textPdf(WIRE));
  const held = await until(async () => {
    const line = await lineOf(dealId, 'Letter of my bank');
    return line?.versions[0]?.isHeld === true ? line : null;
  }, 'the hold');
  expect(held).toMatchObject({ state: 'received', versions: [{ sentBy: 'Priya Raman', isFromPage: true }] });
  expect(await lineOf(dealId, 'Letter of the association')).toMatchObject({
    ...{ state: 'needs-review', versions: [{ isHeld: false, isHere: true }] },
  });
  // The portal hears of it too: nobody who comes through a link is shown it.
  await until(async () => {
    const asked = { dealId, before: null, groups: [], actor: '', limit: 50, seen: 0 };
    const { text } = await portal.ask('audit/list', asked, admin.key);
    return /held “Letter of my bank”/.test(text) ? true : null;
  }, 'the step at the portal');
}, 180_000);
