import { beforeEach, describe, expect, test } from 'vitest';
import { accessHandlers } from '../routes/access.ts';
import { postgresForTests } from '../store/testing-postgres.ts';
import { redeem } from './documents.ts';
import { type Answer, browserOf, type Desk, type DeskOptions, WORKSPACE } from './testing.ts';
import { DEAL_ID, deal } from './testing-deal.ts';
import { codeIn, type Driver, desksForTests, makeLink, signedIn, trail } from './testing-links.ts';

/** Links and the sessions that they open. */
const postgres = await postgresForTests();
const opened = desksForTests(postgres);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let desk: Desk;
let driver: Driver = 'sqlite';

async function open(options: DeskOptions = {}): Promise<void> {
  ({ desk } = await opened(driver, options));
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
    const { token, url, link } = await makeLink(desk, 'p-priya');
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
    expect((await browser.ask('confirm', { answer: codeIn(desk) })).status).toBe(200);
    expect(browser.cookie()).not.toBe(before);
    expect((await browser.ask('where')).body.value).toEqual({ at: 'home' });
    const home = await browser.ask('home');
    expect(home.body.value).toMatchObject({ person: { name: 'Priya Raman' }, endsOn: '2026-08-01', isPreview: false });
    expect(home.headers['cache-control']).toBe('no-store');
    await browser.ask('sign-out');
    expect((await browser.ask('home')).status).toBe(401);
    expect(await trail(desk)).toEqual([
      ...['make-link member:m-noor', 'code-sent unknown', 'sign-in party:p-priya', 'view party:p-priya'],
      'sign-out party:p-priya',
    ]);
  });

  when('that is revoked ends its sessions with the next request, and is told like one that never was', async () => {
    await open();
    const priya = await makeLink(desk, 'p-priya');
    const daniel = await makeLink(desk, 'p-daniel', { expiresAt: '2026-06-18T16:00:00.000Z' });
    const browser = await signedIn(desk, priya.token);
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
    expect((await trail(desk)).filter((row) => row === 'denied unknown')).toHaveLength(2);
    expect(await trail(desk, 'workspace')).toEqual(['denied unknown', 'denied unknown']);
  });

  when('has codes that count in one browser, for ten minutes, once, and for five guesses', async () => {
    await open();
    const { token } = await makeLink(desk, 'p-priya');
    const [mine, theirs] = [browserOf(desk), browserOf(desk, '198.51.100.4')];
    await mine.ask('open', { token });
    await theirs.ask('open', { token });
    await mine.ask('send-code');
    const code = codeIn(desk);
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
    const late = codeIn(desk);
    desk.wait(11 * MINUTE);
    expect((await mine.ask('confirm', { answer: late })).status).toBe(403);
    await mine.ask('send-code');
    const good = codeIn(desk);
    expect((await mine.ask('confirm', { answer: good.replace(' ', '-') })).status).toBe(200);
    expect((await mine.ask('confirm', { answer: good })).status).toBe(403);
    expect((await trail(desk)).filter((row) => row.startsWith('code-wrong'))).toHaveLength(9);
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
    const { token, link } = await makeLink(desk, 'p-priya');
    const browser = await signedIn(desk, token);
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
    expect((await trail(desk)).filter((row) => row === 'download party:p-priya')).toHaveLength(2);
    expect((await trail(desk)).filter((row) => row === 'denied party:p-priya')).toHaveLength(1);
  });
});
