import { beforeEach, describe, expect, test } from 'vitest';
import { purgeJob } from '../jobs/purge.ts';
import { type Desk, WORKSPACE } from '../person/testing.ts';
import { deal } from '../person/testing-deal.ts';
import { desksForTests } from '../person/testing-links.ts';
import { intakeLinkHandlers } from '../routes/intake-links.ts';
import type { StorePlace } from '../store/testing.ts';
import { postgresForTests } from '../store/testing-postgres.ts';
import { answerAll, arrived, intakeBrowser, linksAtDesk, makeIntakeLink, SALE } from './testing.ts';

/** A deal that comes in by a link, from the first answer to the desk. */
const postgres = await postgresForTests();
const opened = desksForTests(postgres);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOBODY = { at: 'nobody' };

let desk: Desk;
let place: StorePlace;

describe.each(['sqlite', ...(postgres === null ? [] : (['postgres'] as const))] as const)('on %s', (which) => {
  beforeEach(async () => {
    ({ desk, place } = await opened(which));
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
    const deals = await arrived(desk);
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
    const rows = await place.raw('SELECT answers_json FROM intake_draft');
    expect(JSON.stringify(rows)).not.toMatch(/Ortiz|example|Oak/);
  });

  test('account numbers among the words come to no deal; without them the answers are still there to be sent', async () => {
    const { token } = await makeIntakeLink(desk);
    const phone = intakeBrowser(desk);
    await phone.place('open', { token });
    await answerAll(phone);
    const told = await phone.ask('send', { words: 'Wire it to routing number 021000021, account number 1234567890' });
    expect([told.status, told.text.includes('Take the account numbers out')]).toEqual([400, true]);
    expect(await arrived(desk)).toEqual([]);
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
    await place.raw("UPDATE intake_draft SET state = 'open', sent_at = NULL");
    const [row] = (await place.raw('SELECT deal_id FROM intake_draft')) ?? [];
    await answerAll(phone);
    expect((await phone.ask('send', { words: 'b' })).status).toBe(200);
    const deals = await arrived(desk);
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
    const { links } = await linksAtDesk(desk);
    expect(links.map(({ state }) => state).toSorted()).toEqual(['expired', 'revoked', 'used']);
    expect(await arrived(desk)).toHaveLength(1);
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
    expect(await place.raw('SELECT * FROM intake_draft')).toEqual([]);
    expect((await linksAtDesk(desk)).links).toHaveLength(1);
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
