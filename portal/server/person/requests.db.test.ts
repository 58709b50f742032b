import { describe, expect, test } from 'vitest';
import { accessHandlers } from '../routes/access.ts';
import { redeem } from './documents.ts';
import { browserOf, type Desk, type DeskOptions, WORKSPACE } from './testing.ts';
import { DEAL_ID } from './testing-deal.ts';
import { desksForTests, makeLink, signedIn, trail } from './testing-links.ts';

/** What a page asks, and what it may not. */
const opened = desksForTests(null);
const MINUTE = 60_000;

let desk: Desk;

async function open(options: DeskOptions = {}): Promise<void> {
  ({ desk } = await opened('sqlite', options));
}

describe('requests', () => {
  test('from another page, or not in JSON, do nothing; no GET signs in', async () => {
    await open();
    const { token } = await makeLink(desk, 'p-priya');
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
    expect(await trail(desk)).toEqual(['make-link member:m-noor']);
  });

  test('10,000 guessed documents: none is given, and the guessing is stopped', async () => {
    await open();
    const { token } = await makeLink(desk, 'p-hal');
    const browser = await signedIn(desk, token);
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
    expect((await trail(desk)).filter((row) => row === 'denied party:p-hal')).toHaveLength(60);
  });

  test('somebody who was taken off the deal sees nothing more, and the portal of one computer has a plain cookie', async () => {
    const local = {
      publicUrl: 'http://portal.localhost:4711',
      filesUrl: 'http://files.localhost:4711',
      isEmbedded: true,
    };
    await open({ config: local, hasMail: false });
    const { token, url } = await makeLink(desk, 'p-priya', { secondStep: 'word', word: 'heron' });
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
    expect((await trail(desk)).filter((row) => row === 'preview member:m-noor')).toHaveLength(2);
    expect(await trail(desk)).not.toContain('view party:p-priya');
  });
});
