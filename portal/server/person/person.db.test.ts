import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DeviceOutput } from '../../api/device-calls.ts';
import { codeMail } from '../mail/code-mail.ts';
import { accessHandlers } from '../routes/access.ts';
import type { StorePlace } from '../store/testing.ts';
import { placeOn, postgresForTests } from '../store/testing-postgres.ts';
import { redeem } from './documents.ts';
import { count } from './limits.ts';
import { type Answer, browserOf, type Desk, type DeskOptions, openDesk, WORKSPACE } from './testing.ts';
import { DEAL_ID, deal } from './testing-deal.ts';

const postgres = await postgresForTests();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let place: StorePlace | null = null;
let desk: Desk;
let driver: 'sqlite' | 'postgres' = 'sqlite';

async function open(options: DeskOptions = {}): Promise<Desk> {
  place = await placeOn(driver, postgres);
  desk = await openDesk(await place.open(), options);
  await desk.putDeal(deal);
  return desk;
}

afterEach(async () => {
  await desk.close();
  await place?.remove();
});

type Made = DeviceOutput<'access/make-link'>;
type MakeAsk = Parameters<(typeof accessHandlers)['access/make-link']>[2];

async function makeLink(personId: string, more: Partial<MakeAsk> = {}): Promise<Made & { readonly token: string }> {
  const ask = { dealId: DEAL_ID, personId, secondStep: 'code', word: '', mayDownload: true, expiresAt: null } as const;
  const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, { ...ask, ...more });
  if (!made.ok) throw new Error(made.error.message);
  return { ...made.value, token: made.value.url.split('/').at(-1) ?? '' };
}

const codeIn = () => /Your code is (\d{4} \d{4})/.exec(desk.mails.at(-1)?.text ?? '')?.[1] ?? 'none';
const trail = async (unitId: string = DEAL_ID) =>
  (
    await desk.context.store.read(({ audit }) => audit.after({ workspaceId: WORKSPACE, unitId, after: 0, limit: 500 }))
  ).map(({ kind, actor }) => `${kind} ${actor}`);

/** A browser that came through a link and did its second step. */
async function signedIn(token: string, address?: string) {
  const browser = browserOf(desk, address);
  await browser.ask('open', { token });
  await browser.ask('send-code');
  expect((await browser.ask('confirm', { answer: codeIn() })).body).toEqual({ ok: true, value: { done: true } });
  return browser;
}

const shape = ({ status, text, headers }: Answer) => ({
  ...{ status, text },
  headers: Object.keys(headers)
    .filter((name) => name !== 'date')
    .toSorted(),
});

describe.each(['sqlite', 'postgres'] as const)('a link on %s', (name) => {
  beforeEach(() => {
    driver = name;
  });
  const when = name === 'postgres' && postgres === null ? test.skip : test;

  when('opens with a button, a code by mail and a home page, each in the trail', async () => {
    await open();
    const { token, url, link } = await makeLink('p-priya');
    expect(url).toBe(`https://portal.office.example/#/open/${token}`);
    expect(link).toMatchObject({ state: 'open', movesWithClosing: true, expiresAt: '2026-08-02T12:00:00.000Z' });
    const browser = browserOf(desk);
    expect((await browser.ask('where')).body.value).toEqual({ at: 'nobody' });
    const opened = await browser.ask('open', { token });
    expect(opened.body.value).toEqual({ step: 'code', sentTo: 'p•••@m•••.example' });
    expect(opened.headers['set-cookie']).toMatch(
      /^__Host-closeboard-person=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax; Max-Age=43200$/,
    );
    expect((await browser.ask('home')).body.error).toMatchObject({ type: 'confirm-first' });
    expect((await browser.ask('document-ticket', { versionId: 'v-contract' })).status).toBe(403);
    await browser.ask('send-code');
    expect(desk.mails.at(-1)?.to).toBe('priya@mail.example');
    expect(desk.mails.at(-1)?.text).not.toContain(token);
    const before = browser.cookie();
    expect((await browser.ask('confirm', { answer: codeIn() })).status).toBe(200);
    expect(browser.cookie()).not.toBe(before);
    expect((await browser.ask('where')).body.value).toEqual({ at: 'home' });
    const home = await browser.ask('home');
    expect(home.body.value).toMatchObject({ person: { name: 'Priya Raman' }, endsOn: '2026-08-01', isPreview: false });
    expect(home.headers['cache-control']).toBe('no-store');
    await browser.ask('sign-out');
    expect((await browser.ask('home')).status).toBe(401);
    expect(await trail()).toEqual([
      ...['make-link member:m-noor', 'code-sent unknown', 'sign-in party:p-priya', 'view party:p-priya'],
      'sign-out party:p-priya',
    ]);
  });

  when('that is revoked ends its sessions with the next request, and is told like one that never was', async () => {
    await open();
    const priya = await makeLink('p-priya');
    const daniel = await makeLink('p-daniel', { expiresAt: '2026-06-18T16:00:00.000Z' });
    const browser = await signedIn(priya.token);
    expect((await browser.ask('home')).status).toBe(200);
    const ask = { dealId: DEAL_ID, linkId: priya.link.id };
    expect((await accessHandlers['access/revoke-link'](desk.context, desk.coordinator, ask)).ok).toBe(true);
    expect((await browser.ask('home')).body.error).toMatchObject({ type: 'not-signed-in' });
    desk.wait(25 * HOUR);
    const unknown = shape(await browserOf(desk).ask('open', { token: 'A'.repeat(43) }));
    expect(shape(await browserOf(desk).ask('open', { token: priya.token }))).toEqual(unknown);
    expect(shape(await browserOf(desk).ask('open', { token: daniel.token }))).toEqual(unknown);
    expect(shape(await browserOf(desk).ask('open', { token: '../../etc/passwd' }))).toEqual(unknown);
    expect(unknown.status).toBe(404);
    expect(unknown.headers).not.toContain('set-cookie');
    // The same is written for each, so that time tells nothing either.
    expect((await trail()).filter((row) => row === 'denied unknown')).toHaveLength(2);
    expect(await trail('workspace')).toEqual(['denied unknown', 'denied unknown']);
  });

  when('has codes that count in one browser, for ten minutes, once, and for five guesses', async () => {
    await open();
    const { token } = await makeLink('p-priya');
    const [mine, theirs] = [browserOf(desk), browserOf(desk, '198.51.100.4')];
    await mine.ask('open', { token });
    await theirs.ask('open', { token });
    await mine.ask('send-code');
    const code = codeIn();
    expect((await theirs.ask('confirm', { answer: code })).body.error).toMatchObject({
      type: 'wrong-answer',
      triesLeft: 0,
    });
    for (const triesLeft of [4, 3, 2, 1, 0])
      expect((await mine.ask('confirm', { answer: '00000000' })).body.error).toMatchObject({ triesLeft });
    expect((await mine.ask('confirm', { answer: code })).body.error).toMatchObject({
      type: 'wrong-answer',
      triesLeft: 0,
    });
    await mine.ask('send-code');
    const late = codeIn();
    desk.wait(11 * MINUTE);
    expect((await mine.ask('confirm', { answer: late })).status).toBe(403);
    await mine.ask('send-code');
    const good = codeIn();
    expect((await mine.ask('confirm', { answer: good.replace(' ', '-') })).status).toBe(200);
    expect((await mine.ask('confirm', { answer: good })).status).toBe(403);
    expect((await trail()).filter((row) => row.startsWith('code-wrong'))).toHaveLength(9);
  });

  when('hands out a paper once, within a minute, to whoever may have it', async () => {
    const sha256 = deal.versions[0]?.sha256 ?? '';
    await open({ blobs: new Map([[sha256, Buffer.from('%PDF-1.7 the contract')]]) });
    await desk.context.store.transaction(WORKSPACE, ({ files }) =>
      files.putBlob({
        workspaceId: WORKSPACE,
        sha256,
        bytes: 21,
        kind: 'application/pdf',
        scan: 'clean',
        addedAt: 'x',
      }),
    );
    const { token, link } = await makeLink('p-priya');
    const browser = await signedIn(token);
    const ticketOf = async () =>
      (await browser.ask('document-ticket', { versionId: 'v-contract' })).body.value as { ticket: string; url: string };
    const first = await ticketOf();
    expect(first.url).toBe('https://files.office.example/document');
    const fetchWith = (ticket: string, host = 'files.office.example') =>
      desk.app.inject({
        ...{ method: 'POST', url: '/document', payload: `ticket=${ticket}` },
        headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await fetchWith(first.ticket, 'portal.office.example')).statusCode).toBe(404);
    const got = await fetchWith(first.ticket);
    expect(got.payload).toBe('%PDF-1.7 the contract');
    expect(got.headers).toMatchObject({
      'content-disposition': 'attachment; filename="2026-06-02_1847-Marlowe-Ave_The-Signed-Contract_FE_v1.pdf"',
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
    });
    expect(got.headers).toMatchObject({
      'access-control-allow-origin': 'https://portal.office.example',
      vary: 'Origin',
    });
    expect((await fetchWith(first.ticket)).statusCode).toBe(404);
    const late = await ticketOf();
    desk.wait(MINUTE + 1);
    expect((await fetchWith(late.ticket)).statusCode).toBe(404);
    const off = await ticketOf();
    const ask = { dealId: DEAL_ID, linkId: link.id, mayDownload: false };
    await accessHandlers['access/set-download'](desk.context, desk.coordinator, ask);
    expect((await fetchWith(off.ticket)).statusCode).toBe(404);
    expect((await browser.ask('document-ticket', { versionId: 'v-contract' })).status).toBe(404);
    await accessHandlers['access/set-download'](desk.context, desk.coordinator, { ...ask, mayDownload: true });
    const revoked = await ticketOf();
    const onItsWay = (await redeem(desk.context, (await ticketOf()).ticket))?.stream;
    const cut = new Promise<Error>((resolve) => onItsWay?.once('error', resolve));
    await accessHandlers['access/revoke-link'](desk.context, desk.coordinator, { dealId: DEAL_ID, linkId: link.id });
    expect((await fetchWith(revoked.ticket)).statusCode).toBe(404);
    // Whoever works on the deal meanwhile has the right judged at once; else it is within seconds.
    await desk.context.store.transaction(WORKSPACE, ({ units }) => units.bump(WORKSPACE, DEAL_ID));
    expect((await cut).message).toContain('the right to this paper ended');
    expect((await trail()).filter((row) => row === 'download party:p-priya')).toHaveLength(2);
    expect((await trail()).filter((row) => row === 'denied party:p-priya')).toHaveLength(1);
  });
});

describe('second steps and limits', () => {
  beforeEach(() => {
    driver = 'sqlite';
  });

  test('a code goes out three times an hour and ten times a day, and from one address twenty times an hour', async () => {
    await open();
    const { token } = await makeLink('p-priya');
    const browser = browserOf(desk);
    await browser.ask('open', { token });
    for (let sent = 0; sent < 3; sent += 1) expect((await browser.ask('send-code')).status).toBe(200);
    const refused = await browser.ask('send-code');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('3600');
    for (let hour = 0; hour < 3; hour += 1) {
      desk.wait(HOUR + 1);
      await browser.ask('open', { token });
      for (let sent = 0; sent < 3; sent += 1) await browser.ask('send-code');
    }
    expect(desk.mails).toHaveLength(10);
    const others = await Promise.all(Array.from({ length: 8 }, () => makeLink('p-daniel')));
    desk.wait(HOUR + 1);
    for (const other of others) {
      const from = browserOf(desk, '198.51.100.9');
      await from.ask('open', { token: other.token });
      for (let sent = 0; sent < 3; sent += 1) await from.ask('send-code');
    }
    expect(desk.mails).toHaveLength(10 + 20);
  });

  test('a mail that cannot be sent is said, and its code counts for nothing', async () => {
    await open();
    const { token } = await makeLink('p-priya');
    const browser = browserOf(desk);
    await browser.ask('open', { token });
    desk.failMail({ sent: false, retry: 'later', problem: 'ETIMEDOUT' });
    expect((await browser.ask('send-code')).body.error).toMatchObject({ type: 'away' });
    expect((await browser.ask('confirm', { answer: '12345678' })).body.error).toMatchObject({ triesLeft: 0 });
    expect(await trail()).toContain('denied unknown');
    desk.failMail(null);
    expect((await browser.ask('send-code')).status).toBe(200);
  });

  test('an agreed word: case and spaces do not count; five wrong ones lock the link for 15 minutes', async () => {
    await open({ hasMail: false });
    const { token } = await makeLink('p-priya', { secondStep: 'word', word: '  Blue   Heron ' });
    const browser = browserOf(desk);
    expect((await browser.ask('open', { token })).body.value).toEqual({ step: 'word', sentTo: '' });
    expect((await browser.ask('send-code')).status).toBe(400);
    for (let tries = 0; tries < 5; tries += 1)
      expect((await browser.ask('confirm', { answer: 'green' })).status).toBe(403);
    expect((await browser.ask('confirm', { answer: 'blue heron' })).status).toBe(429);
    desk.wait(14 * MINUTE);
    expect((await browser.ask('confirm', { answer: 'blue heron' })).status).toBe(429);
    desk.wait(2 * MINUTE);
    expect((await browser.ask('confirm', { answer: 'BLUE heron' })).status).toBe(200);
    expect((await browser.ask('home')).status).toBe(200);
  });

  test('twenty guesses at a word a day, however long they are spread', async () => {
    await open({ hasMail: false });
    const { token } = await makeLink('p-priya', { secondStep: 'word', word: 'heron' });
    const statuses: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const browser = browserOf(desk, `203.0.113.${round}`);
      await browser.ask('open', { token });
      for (let tries = 0; tries < 5; tries += 1)
        statuses.push((await browser.ask('confirm', { answer: 'nope' })).status);
      desk.wait(16 * MINUTE);
    }
    expect(statuses.filter((status) => status === 403)).toHaveLength(20);
    expect(statuses.slice(20).every((status) => status === 429)).toBe(true);
  });

  test('an address that tries links which do not work is stopped; a whole flood lowers what each may try', async () => {
    await open();
    const { token } = await makeLink('p-priya');
    const guess = (address: string) => browserOf(desk, address).ask('open', { token: 'x'.repeat(43) });
    for (let miss = 0; miss < 30; miss += 1) expect((await guess('203.0.113.50')).status).toBe(404);
    expect((await guess('203.0.113.50')).status).toBe(429);
    expect((await browserOf(desk, '203.0.113.50').ask('open', { token })).status).toBe(429);
    for (let miss = 0; miss < 975; miss += 1) await count(desk.context, { rule: 'missesAnywhere', of: '' });
    expect((await guess('203.0.113.51')).status).toBe(404);
    for (let miss = 0; miss < 2; miss += 1) await guess('203.0.113.51');
    expect((await guess('203.0.113.51')).status).toBe(429);
    expect((await browserOf(desk, '203.0.113.52').ask('open', { token })).status).toBe(200);
  });

  test('with the records away nothing is let in', async () => {
    await open();
    const { token } = await makeLink('p-priya');
    const giveBack = await place?.silence();
    const answer = await browserOf(desk).ask('open', { token });
    expect(answer.body.ok).toBe(false);
    expect(answer.headers['set-cookie']).toBeUndefined();
    await giveBack?.();
  });

  test('a session ends after 30 minutes without use, and after 12 hours whatever happens', async () => {
    await open();
    const { token } = await makeLink('p-priya');
    const idle = await signedIn(token);
    desk.wait(29 * MINUTE);
    expect((await idle.ask('home')).status).toBe(200);
    desk.wait(31 * MINUTE);
    expect((await idle.ask('home')).status).toBe(401);
    const busy = await signedIn(token);
    for (let spent = 0; spent < 12 * HOUR; spent += 25 * MINUTE) {
      expect((await busy.ask('where')).body.value).toEqual({ at: 'home' });
      desk.wait(25 * MINUTE);
    }
    expect((await busy.ask('home')).status).toBe(401);
  });
});

test('an approval asks for a new code after 15 minutes, to the same address, and then goes through', async () => {
  driver = 'sqlite';
  await open();
  const { token } = await makeLink('p-priya');
  const browser = await signedIn(token);
  desk.wait(15 * MINUTE + 1);
  const act = { actId: '8f14e45f-ceea-467f-a9b6-2d2b2a8f3c11', versionId: 'v-disclosures' };
  expect((await browser.ask('acknowledge', act)).body.error).toMatchObject({
    ...{ type: 'confirm-again', second: { step: 'code', sentTo: 'p•••@m•••.example' } },
    message: expect.stringMatching(/code from your e-mail/),
  });
  const before = browser.cookie();
  expect((await browser.ask('send-code')).status).toBe(200);
  expect((await browser.ask('confirm', { answer: '00000000' })).status).toBe(403);
  // A wrong code ends nothing: they are in as before, and still too long ago.
  expect((await browser.ask('home')).status).toBe(200);
  expect((await browser.ask('acknowledge', act)).status).toBe(403);
  expect((await browser.ask('confirm', { answer: codeIn() })).status).toBe(200);
  expect(browser.cookie()).not.toBe(before);
  expect((await browser.ask('acknowledge', act)).status).toBe(200);
});

describe('requests', () => {
  beforeEach(() => {
    driver = 'sqlite';
  });

  test('from another page, or not in JSON, do nothing; no GET signs in', async () => {
    await open();
    const { token } = await makeLink('p-priya');
    const browser = browserOf(desk);
    const elsewhere: readonly Readonly<Record<string, string>>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: '' },
    ];
    for (const headers of elsewhere) expect((await browser.ask('open', { token }, headers)).status).toBe(400);
    const asText = await browser.ask('open', { token }, { 'content-type': 'text/plain' });
    expect(asText.status).toBe(400);
    expect((await browser.ask('open', { token, more: 1 })).status).toBe(400);
    expect((await browser.ask('open', { token: 'x'.repeat(100_000) })).status).toBe(413);
    const host = 'portal.office.example';
    const got = await desk.app.inject({ method: 'GET', url: '/api/person/open', headers: { host } });
    expect(got.statusCode).toBe(404);
    expect(browser.cookie()).toBeNull();
    expect(await trail()).toEqual(['make-link member:m-noor']);
  });

  test('10,000 guessed documents: none is given, and the guessing is stopped', async () => {
    await open();
    const { token } = await makeLink('p-hal');
    const browser = await signedIn(token);
    const ids = [
      'v-strategy',
      'v-prelim',
      'v-disclosures',
      'v-cd',
      'l-contract',
      't-binder',
      "v-contract'--",
      '../v-contract',
    ];
    let hits = 0;
    let stopped = 0;
    for (let n = 0; n < 10_000; n += 1) {
      const versionId = ids[n] ?? `v-${n.toString(36)}`;
      const { status } = await browser.ask('document-ticket', { versionId });
      if (status === 200) hits += 1;
      if (status === 429) stopped += 1;
    }
    expect(hits).toBe(0);
    expect(stopped).toBe(10_000 - 60);
    for (let n = 0; n < 2_000; n += 1) expect(await redeem(desk.context, `guess-${n}`)).toBeNull();
    expect((await trail()).filter((row) => row === 'denied party:p-hal')).toHaveLength(60);
  });

  test('somebody who was taken off the deal sees nothing more, and the portal of one computer has a plain cookie', async () => {
    const local = {
      publicUrl: 'http://portal.localhost:4711',
      filesUrl: 'http://files.localhost:4711',
      isEmbedded: true,
    };
    await open({ config: local, hasMail: false });
    const { token, url } = await makeLink('p-priya', { secondStep: 'word', word: 'heron' });
    expect(url).toMatch(/^http:\/\/portal\.localhost:4711\/#\/open\//);
    const browser = browserOf(desk);
    await browser.ask('open', { token });
    await browser.ask('confirm', { answer: 'heron' });
    expect(browser.cookie()).toMatch(/^closeboard-person=/);
    expect((await browser.ask('home')).status).toBe(200);
    await desk.context.store.transaction(WORKSPACE, async (tx) => {
      const { version } = await tx.units.bump(WORKSPACE, DEAL_ID);
      const rows = [{ table: 'person', rowId: 'p-priya', row: null }] as const;
      await tx.rows.write({ workspaceId: WORKSPACE, unitId: DEAL_ID, version, commandId: 'gone', rows });
    });
    expect((await browser.ask('home')).body.error).toMatchObject({ type: 'not-signed-in' });
    expect((await browser.ask('document-ticket', { versionId: 'v-contract' })).status).toBe(404);
    expect((await browserOf(desk).ask('open', { token })).status).toBe(404);
  });

  test('a preview opens once, within a minute, shows what that person sees and hands nothing out', async () => {
    await open();
    const preview = async () => {
      const ask = { dealId: DEAL_ID, personId: 'p-priya' };
      const made = await accessHandlers['access/preview'](desk.context, desk.coordinator, ask);
      return made.ok ? (made.value.url.split('/').at(-1) ?? '') : '';
    };
    const token = await preview();
    const browser = browserOf(desk);
    expect((await browser.ask('open', { token })).body.value).toEqual({ step: 'none', sentTo: '' });
    expect((await browser.ask('home')).body.value).toMatchObject({ isPreview: true, person: { name: 'Priya Raman' } });
    expect((await browser.ask('document-ticket', { versionId: 'v-contract' })).status).toBe(403);
    expect((await browserOf(desk).ask('open', { token })).status).toBe(404);
    const late = await preview();
    desk.wait(MINUTE + 1);
    expect((await browserOf(desk).ask('open', { token: late })).status).toBe(404);
    desk.wait(30 * MINUTE);
    expect((await browser.ask('home')).status).toBe(401);
    expect((await trail()).filter((row) => row === 'preview member:m-noor')).toHaveLength(2);
    expect(await trail()).not.toContain('view party:p-priya');
  });
});

test('the mail with a code says what to do with it, and its words are no markup', () => {
  driver = 'sqlite';
  const mail = codeMail({ to: 'a@b.example', code: '12345678', minutes: 10, office: '<b>&Co' });
  expect(mail.text).toContain('Your code is 1234 5678');
  expect(mail.text).not.toMatch(/https?:/);
  expect(mail.html).toContain('&lt;b&gt;&amp;Co');
});
