import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intakeCalls } from '../../api/intake-calls.ts';
import { browserOf, type Desk, type DeskOptions } from '../person/testing.ts';
import { desksForTests } from '../person/testing-links.ts';
import type { StorePlace } from '../store/testing.ts';
import { answerAll, arrived, intakeBrowser, linksAtDesk, makeIntakeLink, SALE } from './testing.ts';

/** What an intake link lets nobody do, and what it says instead. */
const opened = desksForTests(null);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOBODY = { at: 'nobody' };

let desk: Desk;
let place: StorePlace;

async function open(options: DeskOptions = {}): Promise<void> {
  ({ desk, place } = await opened('sqlite', options));
}

describe('on one store', () => {
  test('a link that is good for one deal makes one, however many send at once', async () => {
    await open();
    const { token } = await makeIntakeLink(desk, { maxUses: 1 });
    const phones = ['1', '2', '3', '4', '5'].map((n) => intakeBrowser(desk, `198.51.100.${n}`));
    for (const phone of phones) {
      await phone.place('open', { token });
      await answerAll(phone);
    }
    meetAtSend(desk, phones.length);
    const answers = await Promise.all(phones.map((phone) => phone.ask('send', { words: '' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401, 401]);
    expect(await arrived(desk)).toHaveLength(1);
    const { links } = await linksAtDesk(desk);
    expect(links).toMatchObject([{ uses: 1, state: 'used' }]);
  });

  test('what is wrong with an answer is said in words, and nothing is kept of it', async () => {
    await open();
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone, SALE.slice(0, 3));
    const wrong = await phone.ask('answer', { questionId: 'clientEmail', value: 'maria@' });
    expect(wrong).toMatchObject({ status: 403, body: { error: { type: 'wrong-answer' } } });
    expect(wrong.text).toContain('That is no e-mail address.');
    expect((await phone.ask('answer', { questionId: 'rentSide', value: 'tenant' })).text).toContain(
      'no longer applies',
    );
    const unfinished = await phone.ask('send', { words: '' });
    expect(unfinished.status).toBe(400);
    expect(unfinished.text).toContain('questions are open');
    expect(await phone.place('where')).toMatchObject({ answers: { clientName: 'Maria Ortiz' } });
    expect(await arrived(desk)).toEqual([]);
  });

  test('a branch that was left is not told, and comes back with its answers', async () => {
    await open();
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone);
    const renting = await phone.place('answer', { questionId: 'scenario', value: 'rent' });
    expect(JSON.stringify(renting)).not.toContain('Oak');
    const back = await phone.place('answer', { questionId: 'scenario', value: 'sell' });
    expect(back).toMatchObject({ answers: { street: '12 Oak St' } });
  });

  test('the way back is mailed to the address among the answers, with nothing that anybody typed', async () => {
    await open();
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    expect((await phone.ask('mail-link')).text).toContain('your e-mail address first');
    await answerAll(phone, SALE.slice(0, 4));
    expect((await phone.ask('mail-link')).body.value).toEqual({ sentTo: 'm•••@e•••.com' });
    const [mail] = desk.mails;
    expect(mail?.to).toBe('maria@example.com');
    expect(mail?.text).not.toMatch(/Maria|Ortiz|sell/);
    const key = /#\/resume\/([A-Za-z0-9_-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(await intakeBrowser(desk).place('resume', { token: key })).toMatchObject({ at: 'draft' });
    desk.failMail({ sent: false, retry: 'later', problem: 'full' });
    expect(await phone.ask('mail-link')).toMatchObject({ status: 503 });
    desk.failMail(null);
    await phone.ask('mail-link');
    expect(await phone.ask('mail-link')).toMatchObject({ status: 429 });
    expect(desk.mails).toHaveLength(2);
  });

  test('without mail it says so, and the link can be copied', async () => {
    await open({ hasMail: false });
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    expect(await phone.place('open', { token })).toMatchObject({ canMail: false });
    expect(await phone.ask('mail-link')).toMatchObject({ status: 403 });
    expect(await phone.ask('continue')).toMatchObject({ status: 200 });
  });

  test('somebody takes their answers back: they are gone, and the key with them', async () => {
    await open();
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone, SALE.slice(0, 5));
    const cookie = phone.cookie() ?? '';
    expect((await phone.ask('clear')).status).toBe(200);
    expect(phone.cookie()).toBeNull();
    expect((await phone.ask('where', {}, { cookie })).body.value).toEqual(NOBODY);
    expect(await place.raw('SELECT * FROM intake_draft')).toEqual([]);
  });

  test('links from one address, drafts of one link and answers are limited', async () => {
    await open();
    const { token } = await makeIntakeLink(desk, { maxUses: 100 });
    for (let time = 0; time < 60; time += 1) await intakeBrowser(desk).place('open', { token });
    expect(await intakeBrowser(desk).ask('open', { token })).toMatchObject({ status: 429 });
    for (let n = 0; n < 40; n += 1) await intakeBrowser(desk, `198.51.100.${n}`).place('open', { token });
    expect(await intakeBrowser(desk, '192.0.2.1').ask('open', { token })).toMatchObject({ status: 429 });
    const misses = intakeBrowser(desk, '192.0.2.77');
    for (let time = 0; time < 30; time += 1)
      expect((await misses.ask('open', { token: 'y'.repeat(43) })).status).toBe(404);
    expect((await misses.ask('open', { token: 'y'.repeat(43) })).status).toBe(429);
    desk.wait(2 * HOUR);
    const phone = intakeBrowser(desk, '203.0.113.50');
    expect((await phone.ask('open', { token })).status).toBe(429);
    desk.wait(DAY);
    await phone.place('open', { token });
    for (let time = 0; time < 500; time += 1) await phone.ask('answer', { questionId: 'scenario', value: 'buy' });
    expect(await phone.ask('answer', { questionId: 'scenario', value: 'buy' })).toMatchObject({ status: 429 });
  }, 60_000);

  test('the key opens nothing else, and no other key opens this', async () => {
    await open();
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone);
    const value = phone.cookie()?.split('=')[1] ?? '';
    const elsewhere = [
      await phone.anywhere('/api/person/home'),
      await phone.anywhere('/api/desk/sync/heads', {}),
      await browserOf(desk).ask('home', {}, { cookie: `__Host-closeboard-person=${value}` }),
      await browserOf(desk).ask('open', { token }),
      await browserOf(desk).ask('open', { token: value }),
    ];
    expect(elsewhere.map(({ status }) => status)).toEqual([401, 401, 401, 404, 404]);
    // The link's own token is not the key of somebody's answers, nor is the key a link.
    for (const key of [token, value.slice(1), `${value}x`])
      expect((await intakeBrowser(desk).ask('resume', { token: key })).status).toBe(404);
    expect((await intakeBrowser(desk).ask('open', { token: value })).status).toBe(404);
    const other = intakeBrowser(desk);
    await other.place('open', { token });
    expect(JSON.stringify(await other.place('where'))).not.toMatch(/Ortiz|Oak/);
    const set = (await intakeBrowser(desk).ask('open', { token })).headers['set-cookie'];
    expect(set).toMatch(/^__Host-closeboard-intake=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict/);
  });

  test('another site cannot ask in the name of somebody who is answering', async () => {
    await open();
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    const strange: readonly Readonly<Record<string, string>>[] = [
      { origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'content-type': 'text/plain' },
    ];
    for (const headers of strange)
      expect(
        (await phone.ask('answer', { questionId: 'scenario', value: 'buy' }, headers)).status,
      ).toBeGreaterThanOrEqual(400);
    expect(await phone.place('where')).toMatchObject({ answers: {} });
  });

  test('whatever is asked, in whatever order and with whatever in it, nothing breaks and nothing of others is told', async () => {
    await open();
    const { token } = await makeIntakeLink(desk, { maxUses: 100 });
    const victim = intakeBrowser(desk, '192.0.2.200');
    await victim.place('open', { token });
    await answerAll(victim, [...SALE.slice(0, 2), ['clientName', 'Zzmarked Person'], ...SALE.slice(3, 8)]);
    const ids = desk.context.rules.questions().map(({ id }) => id);
    const strange = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('unknown', 'yes', 'sell', '\0', '\ud800', '2026-02-30', 'x'.repeat(5_000)),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.jsonValue({ maxDepth: 3 }),
    );
    const body = fc.oneof(
      fc.record({
        questionId: fc.oneof(fc.constantFrom(...ids, '__proto__', 'constructor'), fc.string()),
        value: strange,
      }),
      fc.record({ token: fc.oneof(fc.constant(token), fc.string({ maxLength: 120 })) }),
      fc.record({ words: strange }),
      fc.constant({}),
      fc.jsonValue({ maxDepth: 4 }),
    );
    const names = Object.keys(intakeCalls) as (keyof typeof intakeCalls)[];
    const step = fc.record({ name: fc.constantFrom(...names), body });
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        n += 1;
        const browser = intakeBrowser(desk, `10.0.${Math.floor(n / 250)}.${n % 250}`);
        for (const { name, body: given } of steps) {
          const answer = await browser.ask(name, given);
          expect(answer.status).toBeLessThan(500);
          expect(answer.text).not.toContain('Zzmarked');
        }
        desk.wait(DAY / 20);
      }),
      { numRuns: 120 },
    );
    expect(await arrived(desk)).toEqual([]);
  }, 60_000);
});

/** So many sends are all found to be open before the first of them goes on. */
function meetAtSend({ context }: Desk, many: number): void {
  const { store } = context;
  let arrivedThere = 0;
  let go = () => {};
  const all = new Promise<void>((resolve) => {
    go = resolve;
  });
  const hit: typeof store.limits.hit = async (ask) => {
    if (ask.key.startsWith('intakeSends')) {
      arrivedThere += 1;
      if (arrivedThere === many) go();
      await all;
    }
    return store.limits.hit(ask);
  };
  const limits = { ...store.limits, hit };
  const met = new Proxy(store, { get: (target, name) => (name === 'limits' ? limits : Reflect.get(target, name)) });
  Object.assign(context, { store: met });
}
