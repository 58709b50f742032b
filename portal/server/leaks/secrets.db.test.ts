import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerAll, intakeBrowser, makeIntakeLink, SALE } from '../intake/testing.ts';
import { type Browser, browserOf, type Desk, openDesk, WORKSPACE } from '../person/testing.ts';
import { DEAL_ID, deal } from '../person/testing-deal.ts';
import { mustBeOk } from '../person/testing-parties.ts';
import { accessHandlers } from '../routes/access.ts';
import { type SqlitePlace, sqlitePlace } from '../store/testing.ts';

/**
 * One journey through all that is secret: links, codes, words, sessions, tickets, keys of answers and a feed. None of them
 * stands in an address that reaches the server, in the log, in the trail or in the records; the address of the feed alone
 * is one, and it stands nowhere else.
 */

const WORD = 'a heron at dusk';
const BYTES = Buffer.from('%PDF-1.7 a paper');

let place: SqlitePlace;
let desk: Desk;
const lines: string[] = [];
const addresses: string[] = [];
const headers: string[] = [];
/** Each secret there was, by what it is. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  place = sqlitePlace();
  const blobs = new Map(deal.versions.map(({ sha256 }) => [sha256, BYTES] as const));
  desk = watched(await openDesk(await place.open(), { blobs, log: (line) => lines.push(line) }));
  await desk.putDeal(deal);
  const kept = { workspaceId: WORKSPACE, kind: 'application/pdf', scan: 'clean', addedAt: deal.row.openedAt } as const;
  await desk.context.store.transaction(WORKSPACE, async ({ files }) => {
    for (const sha256 of blobs.keys()) await files.putBlob({ ...kept, sha256, bytes: BYTES.length });
  });
});
afterAll(async () => {
  await desk.close();
  await place.remove();
});

/** Notes each address that is asked for, and the headers both ways but those that hold a cookie. */
function watched(real: Desk): Desk {
  const inject = async (ask: InjectOptions) => {
    const reply = await real.app.inject(ask);
    addresses.push(String(ask.url));
    const { cookie: _own, ...told } = ask.headers ?? {};
    const { 'set-cookie': _given, ...answered } = reply.headers;
    headers.push(JSON.stringify([told, answered]));
    return reply;
  };
  const app = new Proxy(real.app, {
    get: (target, name) => (name === 'inject' ? inject : Reflect.get(target, name, target)),
  });
  return { ...real, app };
}

function keep(name: string, secret: string | null | undefined): string {
  if (secret === null || secret === undefined || secret.length < 6) throw new Error(`${name} was not made`);
  secrets.set(`${name} ${secrets.size}`, secret);
  return secret;
}

const secretIn = (cookie: string | null) => cookie?.split('=')[1];

async function linkFor(personId: string, secondStep: 'code' | 'word') {
  const word = secondStep === 'word' ? WORD : '';
  const ask = { dealId: DEAL_ID, personId, secondStep, word, mayDownload: true, expiresAt: null } as const;
  const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, ask);
  if (!made.ok) throw new Error(made.error.message);
  expect(new URL(made.value.url).pathname).toBe('/');
  return keep('link', made.value.url.split('/').at(-1));
}

/** As the page does it: the address bar holds the token behind #, and a POST exchanges it. */
async function byCode(personId: string): Promise<Browser> {
  const token = await linkFor(personId, 'code');
  const browser = browserOf(desk);
  mustBeOk(await browser.ask('open', { token }));
  keep('session before the second step', secretIn(browser.cookie()));
  mustBeOk(await browser.ask('send-code'));
  const code = keep('code', /\d{4} ?\d{4}/.exec(desk.mails.at(-1)?.text ?? '')?.[0]);
  keep('code as typed', code.replace(' ', ''));
  await browser.ask('confirm', { answer: '00000000' });
  mustBeOk(await browser.ask('confirm', { answer: code }));
  keep('session', secretIn(browser.cookie()));
  return browser;
}

async function readPaper(browser: Browser): Promise<void> {
  const { documents } = mustBeOk(await browser.ask('home')) as { documents: { versionId: string | null }[] };
  const versionId = documents.find((each) => each.versionId !== null)?.versionId;
  for (const use of ['read', 'download']) {
    const told = mustBeOk(await browser.ask('document-ticket', { versionId, use })) as { ticket: string; url: string };
    keep('ticket', told.ticket);
    expect(told.url).not.toContain(told.ticket);
    for (const status of [200, 404]) {
      const paper = await desk.app.inject({
        ...{ method: 'POST', url: new URL(told.url).pathname, payload: `ticket=${told.ticket}` },
        headers: {
          host: new URL(told.url).host,
          'content-type': 'application/x-www-form-urlencoded',
        },
      });
      expect(paper.statusCode).toBe(status);
    }
  }
}

async function follow(browser: Browser): Promise<string> {
  const { url } = mustBeOk(await browser.ask('make-calendar')) as { url: string };
  const { pathname, host } = new URL(url);
  expect((await desk.app.inject({ method: 'GET', url: pathname, headers: { host } })).statusCode).toBe(200);
  expect((await desk.app.inject({ method: 'HEAD', url: pathname, headers: { host } })).statusCode).toBe(200);
  mustBeOk(await browser.ask('end-calendar'));
  expect((await desk.app.inject({ method: 'GET', url: pathname, headers: { host } })).statusCode).toBe(404);
  return keep('feed', pathname.slice('/calendar/'.length, -'.ics'.length));
}

async function intake(): Promise<void> {
  const made = await makeIntakeLink(desk);
  expect(new URL(made.url).pathname).toBe('/begin');
  const token = keep('intake link', made.token);
  const phone = intakeBrowser(desk);
  await phone.place('open', { token });
  keep('answers', secretIn(phone.cookie()));
  await answerAll(phone, SALE.slice(0, 6));
  const { url } = mustBeOk(await phone.ask('continue')) as { url: string };
  const key = keep('way back', url.split('/').at(-1));
  await intakeBrowser(desk, '198.51.100.4').place('resume', { token: key });
  mustBeOk(await phone.ask('mail-link'));
  keep('way back by mail', /#\/resume\/([A-Za-z0-9_-]{43})/.exec(desk.mails.at(-1)?.text ?? '')?.[1]);
  await answerAll(phone, SALE.slice(6));
  await phone.place('send', { words: '' });
}

async function byWord(): Promise<void> {
  const token = await linkFor('p-daniel', 'word');
  const browser = browserOf(desk);
  mustBeOk(await browser.ask('open', { token }));
  await browser.ask('confirm', { answer: 'a stork at dawn' });
  secrets.set('wrong word', 'a stork at dawn');
  mustBeOk(await browser.ask('confirm', { answer: WORD }));
  secrets.set('word', WORD);
  keep('session by a word', secretIn(browser.cookie()));
}

/** Everything that is kept, as text. */
async function recordsOf(): Promise<ReadonlyMap<string, string>> {
  const tables = await place.raw("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  const all = new Map<string, string>();
  for (const { name } of tables)
    all.set(String(name), JSON.stringify(await place.raw(`SELECT * FROM "${String(name)}"`)));
  return all;
}

test('no secret stands where it could be read again, and the feed’s in its own address only', async () => {
  const agent = await byCode('p-marisol');
  const client = await byCode('p-priya');
  await readPaper(client);
  await byWord();
  const feed = await follow(client);
  await intake();
  const preview = await accessHandlers['access/preview'](desk.context, desk.coordinator, {
    dealId: DEAL_ID,
    personId: 'p-priya',
  });
  const look = keep('look', preview.ok ? preview.value.url.split('/').at(-1) : null);
  const looking = browserOf(desk);
  mustBeOk(await looking.ask('open', { token: look }));
  keep('session of a look', secretIn(looking.cookie()));
  for (const browser of [looking, agent]) mustBeOk(await browser.ask('sign-out'));

  expect(secrets.size).toBeGreaterThanOrEqual(20);
  expect(new Set(secrets.values()).size).toBeGreaterThanOrEqual(18);
  expect(addresses.length).toBeGreaterThan(50);
  expect(lines.length).toBe(addresses.length);
  const records = await recordsOf();
  expect(records.size).toBeGreaterThan(15);
  const told = { addresses: addresses.join('\n'), log: lines.join(''), headers: headers.join('\n') };
  for (const [what, secret] of secrets) {
    const found = [...Object.entries(told), ...records]
      .filter(([, text]) => text.includes(secret))
      .map(([where]) => where);
    expect([what, found]).toEqual([what, secret === feed ? ['addresses'] : []]);
  }
  expect(addresses.filter((address) => address.includes(feed))).toHaveLength(3);
  expect(lines.filter((line) => line.includes('"route":"/calendar/:file"'))).toHaveLength(3);
  // What is looked for can be found: the log names routes, the records hashes.
  expect(told.log).toContain('"route":"/api/person/confirm"');
  expect(records.get('audit')).toContain('code-wrong');
});
