import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { intakeCalls } from '../../api/intake-calls.ts';
import { purgeJob } from '../jobs/purge.ts';
import { readDeal } from '../person/deal-facts.ts';
import { browserOf, type Desk, type DeskOptions, openDesk, WORKSPACE } from '../person/testing.ts';
import { deal } from '../person/testing-deal.ts';
import { intakeLinkHandlers } from '../routes/intake-links.ts';
import type { StorePlace } from '../store/testing.ts';
import { placeOn, postgresForTests } from '../store/testing-postgres.ts';
import { answerAll, intakeBrowser, makeIntakeLink, SALE } from './testing.ts';

const postgres = await postgresForTests();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

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

/** The deals that came in, by the units that moved. */
async function arrived() {
  const { store } = desk.context;
  const moved = await store.read(({ units }) => units.moved({ workspaceId: WORKSPACE, after: 0, limit: 100 }));
  const kept = await Promise.all(
    moved.units.map(({ unitId }) => store.read((read) => readDeal(read, WORKSPACE, unitId))),
  );
  return kept.flatMap((each) => (each !== null && each.deal.leads.length > 0 ? [each.deal] : []));
}

const NOBODY = { at: 'nobody' };

describe.each(['sqlite', ...(postgres === null ? [] : (['postgres'] as const))] as const)('on %s', (which) => {
  beforeEach(async () => {
    driver = which;
    await open();
  });

  test('somebody answers, stops, goes on in the same browser, and it arrives as one deal in the first stage', async () => {
    const { token, link } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    expect(await phone.place('where')).toEqual(NOBODY);
    const who = { office: 'Fennimore Realty', askedBy: 'Noor Haddad' };
    expect((await phone.ask('look', { token })).body.value).toEqual({ ...who, hasBegun: false });
    expect(phone.cookie()).toBeNull();
    const begun = await phone.place('open', { token });
    expect((await phone.ask('look', { token })).body.value).toEqual({ ...who, hasBegun: true });
    expect(begun).toMatchObject({ at: 'draft', askedBy: 'Noor Haddad', office: 'Fennimore Realty', answers: {} });
    await answerAll(phone, SALE.slice(0, 8));
    // The page is closed and the link is opened again: the same answers, and no second draft.
    const again = await phone.place('open', { token });
    expect(again).toMatchObject({ answers: { scenario: 'sell', clientEmail: 'maria@example.com', unit: null } });
    expect(await phone.place('where')).toEqual(again);
    await answerAll(phone, SALE.slice(8));
    const sent = await phone.place('send', { words: '  Please call after six. ' });
    expect(sent).toEqual({
      ...{ at: 'sent', office: 'Fennimore Realty', owner: 'Noor Haddad', sentAt: '2026-06-17T16:00:00.000Z' },
      ...{ scenario: 'sell', side: 'seller', reach: 'phone' },
    });
    expect(await phone.place('send', { words: 'again' })).toEqual(sent);
    expect(await phone.place('where')).toEqual(sent);
    const deals = await arrived();
    expect(deals).toHaveLength(1);
    expect(deals[0]).toMatchObject({
      row: { stage: 'intake', street: '12 Oak St', state: 'CA', packId: 'ca-car-rpa', ownerId: 'm-noor' },
      people: [{ role: 'client', name: 'Maria Ortiz', phone: '+19165550123' }],
      leads: [{ state: 'new', intakeId: link.id, words: 'Please call after six.' }],
    });
    const trail = await desk.context.store.read(({ audit }) =>
      audit.after({ workspaceId: WORKSPACE, unitId: deals[0]?.row.id ?? '', after: 0, limit: 10 }),
    );
    expect(trail.map(({ actor, kind }) => `${actor} ${kind}`)).toEqual(['system command-accepted']);
    expect(trail[0]?.details).toMatchObject({ linkId: link.id });
  });

  test('the answers are gone from the portal once they are those of the deal', async () => {
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone);
    await phone.place('send', { words: '' });
    const rows = await place?.raw('SELECT answers_json FROM intake_draft');
    expect(JSON.stringify(rows)).not.toMatch(/Ortiz|example|Oak/);
  });

  test('account numbers among the words come to no deal; without them the answers are still there to be sent', async () => {
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone);
    const told = await phone.ask('send', { words: 'Wire it to routing number 021000021, account number 1234567890' });
    expect([told.status, told.text.includes('Take the account numbers out')]).toEqual([400, true]);
    expect(await arrived()).toEqual([]);
    expect(await phone.place('send', { words: 'Call me' })).toMatchObject({ at: 'sent' });
  });

  test('pressed twice at once it is one deal; sent again after the answer was lost it is one deal', async () => {
    const { token } = await makeIntakeLink(desk, { maxUses: 5 });
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone);
    const both = await Promise.all([phone.ask('send', { words: 'a' }), phone.ask('send', { words: 'a' })]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    // As after a crash between the deal and its note: the draft is open again while its deal is there.
    await place?.raw("UPDATE intake_draft SET state = 'open', sent_at = NULL");
    const [row] = (await place?.raw('SELECT deal_id FROM intake_draft')) ?? [];
    await answerAll(phone);
    expect((await phone.ask('send', { words: 'b' })).status).toBe(200);
    const deals = await arrived();
    expect(deals.map((one) => one.row.id)).toEqual([row?.deal_id]);
    expect(deals[0]?.leads[0]?.words).toBe('a');
  });

  test('another phone goes on by the link that the first one made, and only by the newest', async () => {
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone, SALE.slice(0, 3));
    const keyOf = async () => {
      const { body } = await phone.ask('continue');
      return (body.value as { url: string }).url.replace('https://portal.office.example/begin#/resume/', '');
    };
    const [first, second] = [await keyOf(), await keyOf()];
    const laptop = intakeBrowser(desk, '198.51.100.4');
    expect((await laptop.ask('resume', { token: first })).status).toBe(404);
    expect(await laptop.place('resume', { token: second })).toMatchObject({ answers: { clientName: 'Maria Ortiz' } });
    await laptop.place('answer', { questionId: 'clientName', value: 'Maria E. Ortiz' });
    expect(await phone.place('where')).toMatchObject({ answers: { clientName: 'Maria E. Ortiz' } });
    await answerAll(laptop, SALE.slice(3));
    await laptop.place('send', { words: '' });
    expect(await phone.place('where')).toMatchObject({ at: 'sent' });
    expect((await intakeBrowser(desk).ask('resume', { token: second })).body.value).toMatchObject({ at: 'sent' });
  });

  test('unknown, expired, revoked and used up are answered in the same words, and end what was begun', async () => {
    const expired = await makeIntakeLink(desk, { days: 1 });
    const revoked = await makeIntakeLink(desk);
    const used = await makeIntakeLink(desk);
    const begun = intakeBrowser(desk);
    await begun.place('open', { token: revoked.token });
    await answerAll(begun);
    const last = intakeBrowser(desk);
    await last.place('open', { token: used.token });
    await answerAll(last);
    await last.place('send', { words: '' });
    desk.wait(2 * DAY);
    const { context, coordinator } = desk;
    await intakeLinkHandlers['intake/revoke-link'](context, coordinator, { linkId: revoked.link.id });
    const answers = await Promise.all(
      [expired.token, revoked.token, used.token, 'x'.repeat(43)].map((token) =>
        intakeBrowser(desk).ask('open', { token }),
      ),
    );
    const looks = await Promise.all(
      [expired.token, revoked.token, used.token, 'x'.repeat(43)].map((token) =>
        intakeBrowser(desk).ask('look', { token }),
      ),
    );
    expect(new Set([...answers, ...looks].map(({ text, status }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404, body: { error: { type: 'not-available' } } });
    for (const { headers } of answers) expect(headers['set-cookie']).toBeUndefined();
    expect(await begun.place('where')).toEqual(NOBODY);
    expect((await begun.ask('answer', { questionId: 'scenario', value: 'buy' })).status).toBe(401);
    expect((await begun.ask('send', { words: '' })).status).toBe(401);
    expect(await last.place('where')).toMatchObject({ at: 'sent' });
    const { links } = await told();
    expect(links.map(({ state }) => state).toSorted()).toEqual(['expired', 'revoked', 'used']);
    expect(await arrived()).toHaveLength(1);
  });

  test('what nobody went on with for 30 days is deleted, and not shown before that is done', async () => {
    const { token } = await makeIntakeLink(desk, { days: 365 });
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone, SALE.slice(0, 3));
    desk.wait(29 * DAY);
    expect(await phone.place('where')).toMatchObject({ at: 'draft' });
    desk.wait(2 * DAY);
    expect(await phone.place('where')).toEqual(NOBODY);
    await purgeJob.run(desk.context, {}, new AbortController().signal);
    expect(await place?.raw('SELECT * FROM intake_draft')).toEqual([]);
    expect((await told()).links).toHaveLength(1);
  });

  test('a deal goes to whoever made the link; when they have left, to whoever has the fewest open deals', async () => {
    const { context } = desk;
    const add = (memberId: string, role: 'tc' | 'agent') =>
      context.store.transaction(WORKSPACE, (tx) =>
        tx.members.put({
          ...{ workspaceId: WORKSPACE, memberId, name: memberId, email: `${memberId}@x.example`, role },
          at: '2026-06-01T00:00:00.000Z',
        }),
      );
    await add('m-busy', 'tc');
    await add('m-free', 'tc');
    await add('m-agent', 'agent');
    await desk.putDeal({ ...deal, row: { ...deal.row, id: 'd-busy', ownerId: 'm-busy' } });
    const { token } = await makeIntakeLink(desk, { maxUses: 2 });
    const sendOne = async () => {
      const phone = intakeBrowser(desk);
      await phone.place('open', { token });
      await answerAll(phone);
      return phone.place('send', { words: '' });
    };
    expect(await sendOne()).toMatchObject({ owner: 'Noor Haddad' });
    await context.store.transaction(WORKSPACE, ({ members }) =>
      members.revoke(WORKSPACE, 'm-noor', '2026-06-17T16:00:00.000Z'),
    );
    expect(await sendOne()).toMatchObject({ owner: 'm-free' });
  });
});

async function told() {
  const got = await intakeLinkHandlers['intake/links'](desk.context, desk.coordinator, {});
  if (!got.ok) throw new Error(got.error.message);
  return got.value;
}

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

describe('on one store', () => {
  beforeEach(() => {
    driver = 'sqlite';
  });

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
    expect(await arrived()).toHaveLength(1);
    const { links } = await told();
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
    expect(await arrived()).toEqual([]);
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
    expect(await place?.raw('SELECT * FROM intake_draft')).toEqual([]);
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
    expect(await arrived()).toEqual([]);
  }, 60_000);
});
