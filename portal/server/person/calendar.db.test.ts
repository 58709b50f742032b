import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { plainDate } from '../../../core/deadlines/plain-date.ts';
import type { Deal } from '../../../core/deals/model.ts';
import { auditSentence } from '../audit/sentences.ts';
import { moveLinksWithClosing } from '../links/expiry.ts';
import { accessHandlers } from '../routes/access.ts';
import { sqlitePlace } from '../store/testing.ts';
import { browserOf, type Desk, openDesk, WORKSPACE } from './testing.ts';
import { DEAL_ID, deal } from './testing-deal.ts';
import { comeIn, lookAs, mustBeOk, type Party, trailOf } from './testing-parties.ts';

/** A person's dates as a calendar program reads them: whoever has the address, and nobody else, until it ends. */

let place: ReturnType<typeof sqlitePlace>;
let desk: Desk;
beforeEach(async () => {
  place = sqlitePlace();
  desk = await openDesk(await place.open());
  await desk.putDeal(deal);
});
afterEach(async () => {
  await desk.close();
  await place.remove();
});

const client = () => comeIn(desk, { dealId: DEAL_ID, personId: 'p-priya' });

async function feedOf(party: Party): Promise<string> {
  const { url } = mustBeOk(await party.ask('make-calendar')) as { url: string };
  expect(url).toMatch(/^https:\/\/portal\.office\.example\/calendar\/[A-Za-z0-9_-]{43}\.ics$/);
  return new URL(url).pathname;
}

async function read(
  url: string,
  { method = 'GET', address = '203.0.113.50' }: { method?: 'GET' | 'HEAD'; address?: string } = {},
) {
  const { host } = new URL(desk.context.config.publicUrl);
  const { statusCode, payload, headers } = await desk.app.inject({
    method,
    url,
    remoteAddress: address,
    headers: { host },
  });
  const { 'x-request-id': _id, date: _date, ...told } = headers;
  return { status: statusCode, text: payload, headers: told };
}

/** Day and title of each event, as a calendar shows them. */
function eventsIn(text: string): readonly string[] {
  return text
    .split('BEGIN:VEVENT\r\n')
    .slice(1)
    .map((event) => {
      const of = (name: string) =>
        new RegExp(`^${name}[^:]*:(.*)$`, 'm').exec(event.replaceAll('\r\n ', ''))?.[1]?.trim().replaceAll('\\,', ',');
      return `${of('DTSTART')} ${of('SUMMARY')}${of('STATUS') === 'CANCELLED' ? ', called off' : ''}`;
    });
}

const uidsIn = (text: string) =>
  [...text.replaceAll('\r\n ', '').matchAll(/^UID:(.*)$/gm)].map((hit) => hit[1]?.trim());

async function putRow(table: 'person' | 'anchor' | 'deal', rowId: string, row: object | null): Promise<void> {
  await desk.context.store.transaction(WORKSPACE, async (tx) => {
    const { version } = await tx.units.bump(WORKSPACE, DEAL_ID);
    const rows = [{ table, rowId, row }] as unknown as Parameters<typeof tx.rows.write>[0]['rows'];
    await tx.rows.write({ workspaceId: WORKSPACE, unitId: DEAL_ID, version, commandId: randomUUID(), rows });
  });
}

const sentences = async () =>
  (await trailOf(desk, DEAL_ID)).map((row) =>
    auditSentence(row, { nameOf: (actor) => (actor.startsWith('party:') ? 'Priya' : 'Noor'), refused: () => null }),
  );

describe('a feed', () => {
  test('has the dates that its person sees on their page, and their titles', async () => {
    for (const personId of ['p-priya', 'p-aiko', 'p-marisol', 'p-hal']) {
      const party = await comeIn(desk, { dealId: DEAL_ID, personId });
      const { dates } = await party.home();
      const { status, text, headers } = await read(await feedOf(party));
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/calendar; charset=utf-8');
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['set-cookie']).toBeUndefined();
      expect(dates.length).toBeGreaterThan(1);
      expect(eventsIn(text)).toEqual(dates.map(({ on, title }) => `${on.replaceAll('-', '')} ${title}`));
      expect(await party.home()).toMatchObject({ hasCalendar: true });
    }
  });

  test('names no place, person, company, amount or id of the deal', async () => {
    const { text } = await read(await feedOf(await client()));
    const said = [
      deal.row.street,
      deal.row.city,
      deal.row.zip,
      'LOCATION',
      'DESCRIPTION',
      'ORGANIZER',
      'ATTENDEE',
      '731',
    ];
    const people = deal.people.flatMap(({ name, email, phone, company }) => [
      ...name.split(' '),
      email,
      phone,
      company,
    ]);
    const ids = [DEAL_ID, ...deal.people, ...deal.anchors].map((each) => (typeof each === 'string' ? each : each.id));
    for (const word of [...said, ...people, ...ids.filter((id) => id.length > 2)])
      if (word !== '') expect(text).not.toContain(word);
  });

  test('keeps an event’s id when its date moves, and counts up', async () => {
    const party = await client();
    const feed = await feedOf(party);
    const before = (await read(feed)).text;
    const closing = deal.anchors.find(({ name }) => name === 'closing');
    await putRow('anchor', 'a2', { ...closing, on: '2026-07-09' });
    const after = (await read(feed)).text;
    expect(uidsIn(after).toSorted()).toEqual(uidsIn(before).toSorted());
    expect(new Set(uidsIn(after)).size).toBe(uidsIn(after).length);
    expect(eventsIn(before)).toContain('20260702 Closing day');
    expect(eventsIn(after)).toContain('20260709 Closing day');
    const sequence = (text: string) => Number(/SEQUENCE:(\d+)/.exec(text)?.[1]);
    expect(sequence(after)).toBeGreaterThan(sequence(before));
    // Without its day a date is not there any more.
    await putRow('anchor', 'a2', null);
    expect(eventsIn((await read(feed)).text).some((event) => event.includes('Closing day'))).toBe(false);
  });

  test('calls off what was ahead when the deal fell through, or closed before it', async () => {
    const party = await client();
    const feed = await feedOf(party);
    const over: Partial<Deal['row']> = { closedOn: plainDate('2026-06-17'), outcome: 'withdrawn' };
    await putRow('deal', DEAL_ID, { ...deal.row, ...over });
    const events = eventsIn((await read(feed)).text);
    expect(events).toContain('20260702 Closing day, called off');
    expect(events).toContain('20260602 Acceptance');
    await putRow('deal', DEAL_ID, { ...deal.row, ...over, outcome: 'closed' });
    const closed = eventsIn((await read(feed)).text);
    expect(closed).toContain('20260602 Acceptance');
    expect(closed.filter((event) => event > '20260617' && !event.includes('called off'))).toEqual([]);
  });

  test('is asked about without being read, and nothing is used up', async () => {
    const feed = await feedOf(await client());
    const got = await read(feed);
    const head = await read(feed, { method: 'HEAD' });
    expect([head.status, head.text, head.headers]).toEqual([200, '', got.headers]);
    expect((await read(feed)).text).toBe(got.text);
  });
});

describe('the address of a feed', () => {
  /** What somebody hears who has one that does not count. */
  const unknown = () => read(`/calendar/${'x'.repeat(43)}.ics`);

  test.each<readonly [string, (party: Party, linkId: string) => Promise<unknown>]>([
    ['when its person ends it', (party) => party.ask('end-calendar')],
    ['when they make another one', (party) => party.ask('make-calendar')],
    [
      'when the coordinator ends it',
      async () => {
        const { context, coordinator } = desk;
        const view = await accessHandlers['access/get'](context, coordinator, { dealId: DEAL_ID });
        const links = view.ok ? view.value.entries.flatMap((entry) => entry.links) : [];
        const feed = links.find(({ kind }) => kind === 'calendar');
        expect(feed).toMatchObject({ state: 'open', madeByName: 'Priya Raman', movesWithClosing: true });
        const of = { dealId: DEAL_ID, linkId: feed?.id ?? '' };
        expect(
          (await accessHandlers['access/set-download'](context, coordinator, { ...of, mayDownload: true })).ok,
        ).toBe(false);
        return accessHandlers['access/revoke-link'](context, coordinator, of);
      },
    ],
    [
      'with the link that it was made through',
      (_party, linkId) =>
        accessHandlers['access/revoke-link'](desk.context, desk.coordinator, { dealId: DEAL_ID, linkId }),
    ],
    ['when the link is over', async () => desk.wait(86_400_000 * 60)],
    ['when the person leaves', () => putRow('person', 'p-priya', null)],
    ['when they come to see nothing of the deal', () => putRow('person', 'p-priya', { ...deal.people[0], role: 'tc' })],
  ])('ends %s, and then is one that never was', async (_when, end) => {
    const party = await client();
    const feed = await feedOf(party);
    expect((await read(feed)).status).toBe(200);
    await end(party, party.linkId);
    const over = await read(feed);
    expect(over.status).toBe(404);
    expect(over).toEqual(await unknown());
    expect(await read(feed, { method: 'HEAD' })).toMatchObject({ status: 404, text: '' });
  });

  test('moves with the closing date as the link does', async () => {
    const feed = await feedOf(await client());
    const scope = { workspaceId: WORKSPACE, dealId: DEAL_ID };
    await desk.context.store.transaction(WORKSPACE, (tx) =>
      moveLinksWithClosing(tx, scope, plainDate('2026-11-02'), desk.context.now()),
    );
    desk.wait(86_400_000 * 60);
    expect((await read(feed)).status).toBe(200);
  });

  test('opens no session, and a link’s token is none of a feed', async () => {
    const party = await client();
    const feed = await feedOf(party);
    const token = feed.slice('/calendar/'.length, -'.ics'.length);
    expect((await browserOf(desk).ask('open', { token })).status).toBe(404);
    const ask = { dealId: DEAL_ID, personId: 'p-priya', secondStep: 'word', word: 'heron', mayDownload: true } as const;
    const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, { ...ask, expiresAt: null });
    const other = made.ok ? made.value.url.split('/').at(-1) : '';
    expect((await read(`/calendar/${other}.ics`)).text).toBe((await unknown()).text);
    expect((await read(feed)).status).toBe(200);
  });

  test('is kept as a hash, and only whoever made it may end it', async () => {
    const [party, other] = [await client(), await comeIn(desk, { dealId: DEAL_ID, personId: 'p-aiko' })];
    const feed = await feedOf(party);
    mustBeOk(await other.ask('end-calendar'));
    expect((await read(feed)).status).toBe(200);
    const links = await desk.context.store.read(({ links: of }) => of.ofDeal(WORKSPACE, DEAL_ID));
    expect(JSON.stringify([links, await trailOf(desk, DEAL_ID)])).not.toContain(feed.slice(10, 53));
    expect((await other.home()).hasCalendar).toBe(false);
  });

  test('is no use to somebody who only looks, and none is made for them', async () => {
    const looking = await lookAs(desk, DEAL_ID, 'p-priya');
    expect((await looking.ask('make-calendar')).status).toBe(403);
    const feed = await feedOf(await client());
    expect((await looking.ask('end-calendar')).status).toBe(403);
    expect((await read(feed)).status).toBe(200);
  });

  test('is not made through a link that was revoked while it was asked for', async () => {
    const party = await client();
    const { store } = desk.context;
    const revoked = store.transaction(WORKSPACE, (tx) =>
      tx.links.revoke(WORKSPACE, party.linkId, '2026-06-17T16:00:00.000Z'),
    );
    const [answer] = await Promise.all([party.ask('make-calendar'), revoked]);
    const open = await store.read(({ links }) => links.ofDeal(WORKSPACE, DEAL_ID));
    expect(open.filter(({ kind, revokedAt }) => kind === 'calendar' && revokedAt === null)).toEqual([]);
    if (answer.body.ok)
      expect((await read(new URL((answer.body.value as { url: string }).url).pathname)).status).toBe(404);
    else expect(answer.status).toBe(401);
  });
});

describe('how often', () => {
  test('a feed is read by calendars, and how often one that is none is tried from one place', async () => {
    const feed = await feedOf(await client());
    for (let count = 0; count < 120; count += 1) expect((await read(feed)).status).toBe(200);
    const refused = await read(feed);
    expect([refused.status, Number(refused.headers['retry-after'])]).toEqual([429, 3600]);
    for (let count = 0; count < 60; count += 1)
      expect((await read('/calendar/none.ics', { address: '198.51.100.9' })).status).toBe(404);
    expect((await read('/calendar/none.ics', { address: '198.51.100.9' })).status).toBe(429);
    expect((await read('/calendar/none.ics', { address: '198.51.100.10' })).status).toBe(404);
    // Links of people at the same place still open.
    const party = await client();
    expect((await party.home()).isPreview).toBe(false);
  });

  test('it is written into the trail: once when made, once a day when read, once a day when over', async () => {
    const party = await client();
    const feed = await feedOf(party);
    const before = (await sentences()).length;
    for (let count = 0; count < 5; count += 1) await read(feed);
    desk.wait(86_400_001);
    for (let count = 0; count < 5; count += 1) await read(feed);
    const again = await client();
    mustBeOk(await again.ask('end-calendar'));
    for (let count = 0; count < 5; count += 1) await read(feed);
    expect(await sentences()).toContain('Priya made a calendar feed of their dates, good until August 1, 2026.');
    expect((await sentences()).slice(before).filter((each) => each.includes('calendar'))).toEqual([
      ...['Priya followed their dates in a calendar.', 'Priya followed their dates in a calendar.'],
      ...[
        'Priya ended their calendar feed.',
        'Somebody tried a calendar feed of Priya that does not work, or not any more.',
      ],
    ]);
  });
});
