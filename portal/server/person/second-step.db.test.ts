import { describe, expect, test } from 'vitest';
import { codeMail } from '../mail/code-mail.ts';
import type { StorePlace } from '../store/testing.ts';
import { count } from './limits.ts';
import { browserOf, type Desk, type DeskOptions } from './testing.ts';
import { codeIn, desksForTests, makeLink, signedIn, trail } from './testing-links.ts';

/** The second step, and how often what may be tried. */
const opened = desksForTests(null);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let desk: Desk;
let place: StorePlace;

async function open(options: DeskOptions = {}): Promise<void> {
  ({ desk, place } = await opened('sqlite', options));
}

describe('second steps and limits', () => {
  test('a code goes out three times an hour and ten times a day, and from one address twenty times an hour', async () => {
    await open();
    const { token } = await makeLink(desk, 'p-priya');
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
    const others = await Promise.all(Array.from({ length: 8 }, () => makeLink(desk, 'p-daniel')));
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
    const { token } = await makeLink(desk, 'p-priya');
    const browser = browserOf(desk);
    await browser.ask('open', { token });
    desk.failMail({ sent: false, retry: 'later', problem: 'ETIMEDOUT' });
    expect((await browser.ask('send-code')).body.error).toMatchObject({ type: 'away' });
    expect((await browser.ask('confirm', { answer: '12345678' })).body.error).toMatchObject({ triesLeft: 0 });
    expect(await trail(desk)).toContain('denied unknown');
    desk.failMail(null);
    expect((await browser.ask('send-code')).status).toBe(200);
  });

  test('an agreed word: case and spaces do not count; five wrong ones lock the link for 15 minutes', async () => {
    await open({ hasMail: false });
    const { token } = await makeLink(desk, 'p-priya', { secondStep: 'word', word: '  Blue   Heron ' });
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
    const { token } = await makeLink(desk, 'p-priya', { secondStep: 'word', word: 'heron' });
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
    const { token } = await makeLink(desk, 'p-priya');
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
    const { token } = await makeLink(desk, 'p-priya');
    const giveBack = await place.silence();
    const answer = await browserOf(desk).ask('open', { token });
    expect(answer.body.ok).toBe(false);
    expect(answer.headers['set-cookie']).toBeUndefined();
    await giveBack?.();
  });

  test('a session ends after 30 minutes without use, and after 12 hours whatever happens', async () => {
    await open();
    const { token } = await makeLink(desk, 'p-priya');
    const idle = await signedIn(desk, token);
    desk.wait(29 * MINUTE);
    expect((await idle.ask('home')).status).toBe(200);
    desk.wait(31 * MINUTE);
    expect((await idle.ask('home')).status).toBe(401);
    const busy = await signedIn(desk, token);
    for (let spent = 0; spent < 12 * HOUR; spent += 25 * MINUTE) {
      expect((await busy.ask('where')).body.value).toEqual({ at: 'home' });
      desk.wait(25 * MINUTE);
    }
    expect((await busy.ask('home')).status).toBe(401);
  });
});

test('an approval asks for a new code after 15 minutes, to the same address, and then goes through', async () => {
  await open();
  const { token } = await makeLink(desk, 'p-priya');
  const browser = await signedIn(desk, token);
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
  expect((await browser.ask('confirm', { answer: codeIn(desk) })).status).toBe(200);
  expect(browser.cookie()).not.toBe(before);
  expect((await browser.ask('acknowledge', act)).status).toBe(200);
});

test('the mail with a code says what to do with it, and its words are no markup', () => {
  const mail = codeMail({ to: 'a@b.example', code: '12345678', minutes: 10, office: '<b>&Co' });
  expect(mail.text).toContain('Your code is 1234 5678');
  expect(mail.text).not.toMatch(/https?:/);
  expect(mail.html).toContain('&lt;b&gt;&amp;Co');
});
