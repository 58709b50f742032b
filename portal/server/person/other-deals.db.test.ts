import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Deal, PartyRole } from '../../../core/deals/model.ts';
import type { OtherDeal, PersonHome } from '../../api/person-home.ts';
import { auditSentence } from '../audit/sentences.ts';
import { accessHandlers } from '../routes/access.ts';
import { sqlitePlace } from '../store/testing.ts';
import { type Browser, browserOf, type Desk, openDesk, WORKSPACE } from './testing.ts';
import { DEAL_ID, deal } from './testing-deal.ts';
import { lookAs, mustBeOk, trailOf } from './testing-parties.ts';

/** An agent of ours goes between their deals with one mailbox; nobody else learns that there are others. */

const MAILBOX = 'marisol@mail.example';
const OTHER = 'deal-tupelo';

let place: ReturnType<typeof sqlitePlace>;
let desk: Desk;
beforeEach(async () => {
  place = sqlitePlace();
  desk = await openDesk(await place.open());
  await desk.putDeal(deal);
  await desk.putDeal(dealAt(OTHER, '22 Tupelo Court'));
});
afterEach(async () => {
  await desk.close();
  await place.remove();
});

/** The same deal elsewhere, with ids of its own; `agent` is who its agent is there. */
function dealAt(dealId: string, street: string, agent: { email?: string; role?: PartyRole } = {}): Deal {
  const text = JSON.stringify(deal).replaceAll('"deal-marlowe"', `"${dealId}"`);
  const own = text.replaceAll(/"(?:id|lineId|assigneeId)":"((?!deal-)[^"]+)"/g, (whole, id: string) =>
    whole.replace(`"${id}"`, `"${dealId}.${id}"`),
  );
  const copy = JSON.parse(own.replaceAll('1847 Marlowe Ave', street)) as Deal;
  const people = copy.people.map((person) => (person.role === 'agent' ? { ...person, ...agent } : person));
  return { ...copy, people, tasks: copy.tasks.map((task) => ({ ...task, dependsOn: [] })) };
}

interface Way {
  readonly dealId: string;
  readonly personId: string;
  readonly secondStep?: 'code' | 'word';
}

async function linkFor({ dealId, personId, secondStep = 'code' }: Way) {
  const step = { secondStep, word: secondStep === 'word' ? 'heron' : '', mayDownload: true, expiresAt: null };
  const made = await accessHandlers['access/make-link'](desk.context, desk.coordinator, { dealId, personId, ...step });
  if (!made.ok) throw new Error(made.error.message);
  return { linkId: made.value.link.id, token: made.value.url.split('/').at(-1) ?? '' };
}

interface In extends Browser {
  readonly linkId: string;
}

async function comeIn(way: Way): Promise<In> {
  const { linkId, token } = await linkFor(way);
  const browser = browserOf(desk);
  mustBeOk(await browser.ask('open', { token }));
  if (way.secondStep === 'word') mustBeOk(await browser.ask('confirm', { answer: 'heron' }));
  else {
    mustBeOk(await browser.ask('send-code'));
    const answer = /\d{4} ?\d{4}/.exec(desk.mails.at(-1)?.text ?? '')?.[0] ?? '';
    mustBeOk(await browser.ask('confirm', { answer }));
  }
  return { ...browser, linkId };
}

const here: Way = { dealId: DEAL_ID, personId: 'p-marisol' };
const there: Way = { dealId: OTHER, personId: `${OTHER}.p-marisol` };
const homeOf = async (browser: Browser) => mustBeOk(await browser.ask('home')) as PersonHome;
const othersOf = async (browser: Browser): Promise<readonly OtherDeal[]> => (await homeOf(browser)).otherDeals;
const toldIn = async (dealId: string) =>
  (await trailOf(desk, dealId)).map((row) => auditSentence(row, { nameOf: () => 'Marisol', refused: () => null }));

test('lists the other deals of the mailbox, and goes there and back in the same browser', async () => {
  const agent = await comeIn(here);
  expect(await othersOf(agent)).toEqual([]);
  const { linkId } = await linkFor(there);
  const [other] = await othersOf(agent);
  expect(other).toMatchObject({ linkId, title: '22 Tupelo Court', city: 'Sacramento', stage: 'milestones' });
  const missing = (await homeOf(agent)).missing.length;
  const former = agent.cookie();
  mustBeOk(await agent.ask('switch-deal', { linkId }));
  const home = await homeOf(agent);
  expect([home.place.street, home.person.name]).toEqual(['22 Tupelo Court', 'Marisol Quintero']);
  expect(home.missing).toHaveLength(other?.missing ?? -1);
  expect(home.otherDeals).toMatchObject([{ linkId: agent.linkId, title: '1847 Marlowe Ave', missing }]);
  // What this browser had before counts no more.
  expect(agent.cookie()).not.toBe(former);
  const old = await agent.ask('home', {}, { cookie: former ?? '' });
  expect(old.status).toBe(401);
  mustBeOk(await agent.ask('switch-deal', { linkId: agent.linkId }));
  expect((await homeOf(agent)).place.street).toBe('1847 Marlowe Ave');
});

test('stands in both trails, and neither names the other deal', async () => {
  const agent = await comeIn(here);
  const { linkId } = await linkFor(there);
  mustBeOk(await agent.ask('switch-deal', { linkId }));
  expect(await toldIn(DEAL_ID)).toContain('Marisol went to another of their deals.');
  expect(await toldIn(OTHER)).toContain('Marisol came here from another of their deals, signed in already.');
  expect(JSON.stringify(await trailOf(desk, DEAL_ID))).not.toMatch(new RegExp(`${OTHER}|${linkId}`));
  expect(JSON.stringify(await trailOf(desk, OTHER))).not.toMatch(new RegExp(`${DEAL_ID}|${agent.linkId}`));
});

test('the new session is no surer and lasts no longer than the former', async () => {
  const agent = await comeIn(here);
  const { linkId } = await linkFor(there);
  desk.wait(20 * 60_000);
  mustBeOk(await agent.ask('switch-deal', { linkId }));
  const act = { actId: crypto.randomUUID(), changeId: 'none', answer: 'approve', as: 'own-agent', reason: '' };
  expect((await agent.ask('answer-change', act)).body.error).toMatchObject({ type: 'confirm-again' });
  for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
    expect((await agent.ask('where')).body.value).toEqual({ at: 'home' });
    desk.wait(20 * 60_000);
  }
  expect((await agent.ask('where')).body.value).toEqual({ at: 'nobody' });
});

test('mailboxes are the same however they were typed', async () => {
  const agent = await comeIn(here);
  await desk.putDeal(dealAt('deal-caps', '9 Caps Lane', { email: 'Marisol@MAIL.example' }));
  await linkFor({ dealId: 'deal-caps', personId: 'deal-caps.p-marisol' });
  expect((await othersOf(agent)).map(({ title }) => title)).toContain('9 Caps Lane');
});

describe('nobody else is shown one, and none is opened for them', () => {
  const nothing = async (browser: Browser, linkId: string) => {
    expect(await othersOf(browser)).toEqual([]);
    const before = browser.cookie();
    const answer = await browser.ask('switch-deal', { linkId });
    expect([answer.status, answer.body.error?.type]).toEqual([404, 'not-available']);
    expect(browser.cookie()).toBe(before);
    expect((await homeOf(browser)).place.street).toBe('1847 Marlowe Ave');
    const none = await browser.ask('switch-deal', { linkId: crypto.randomUUID() });
    expect(none.text).toBe(answer.text);
  };

  test('an agent who is in by a word, or whose other link is by one', async () => {
    const { linkId } = await linkFor(there);
    await nothing(await comeIn({ ...here, secondStep: 'word' }), linkId);
    await accessHandlers['access/revoke-link'](desk.context, desk.coordinator, { dealId: OTHER, linkId });
    await nothing(await comeIn(here), (await linkFor({ ...there, secondStep: 'word' })).linkId);
  });

  test.each<readonly [string, { email?: string; role?: PartyRole }]>([
    ['of another mailbox', { email: 'somebody@mail.example' }],
    ['of a mailbox that looks like theirs', { email: 'marisol@mail.example.org' }],
    ['where they are a client', { role: 'client' }],
    ['where they are the other side’s agent', { role: 'other-agent' }],
    ['where they are a lender', { role: 'lender' }],
  ])('a deal %s', async (_what, agentThere) => {
    await desk.putDeal(dealAt('deal-else', '5 Else Street', agentThere));
    const { linkId } = await linkFor({ dealId: 'deal-else', personId: 'deal-else.p-marisol' });
    await nothing(await comeIn(here), linkId);
  });

  test.each(['p-priya', 'p-aiko', 'p-tomas', 'p-ruth', 'p-hal', 'p-seller', 'p-daniel'])(
    'somebody of another role with the same mailbox on both deals: %s',
    async (personId) => {
      const { linkId } = await linkFor({ dealId: OTHER, personId: `${OTHER}.${personId}` });
      await nothing(await comeIn({ dealId: DEAL_ID, personId }), linkId);
    },
  );

  test('a link that is over, revoked, of somebody who left or whose mailbox was changed since, and a feed', async () => {
    const agent = await comeIn(here);
    const { linkId } = await linkFor(there);
    const onOther = { dealId: OTHER, linkId };
    mustBeOk(await agent.ask('switch-deal', { linkId }));
    const feed = mustBeOk(await agent.ask('make-calendar')) as { url: string };
    expect(feed.url).toContain('/calendar/');
    mustBeOk(await agent.ask('switch-deal', { linkId: agent.linkId }));
    const links = await desk.context.store.read((read) => read.links.ofDeal(WORKSPACE, OTHER));
    const calendar = links.find(({ kind }) => kind === 'calendar');
    expect((await agent.ask('switch-deal', { linkId: calendar?.linkId ?? '' })).status).toBe(404);
    await accessHandlers['access/revoke-link'](desk.context, desk.coordinator, onOther);
    await nothing(agent, linkId);
    const second = await linkFor(there);
    expect(await othersOf(agent)).toHaveLength(1);
    await desk.putDeal(dealAt(OTHER, '22 Tupelo Court', { email: 'new@mail.example' }));
    await nothing(agent, second.linkId);
  });

  test('a coordinator who looks as the agent', async () => {
    const { linkId } = await linkFor(there);
    const looking = await lookAs(desk, DEAL_ID, 'p-marisol');
    expect((await looking.home()).otherDeals).toEqual([]);
    expect((await looking.ask('switch-deal', { linkId })).status).toBe(403);
  });

  test('before the code, and after the link of this deal was revoked', async () => {
    const { linkId } = await linkFor(there);
    const { token, linkId: own } = await linkFor(here);
    const browser = browserOf(desk);
    mustBeOk(await browser.ask('open', { token }));
    expect((await browser.ask('switch-deal', { linkId })).status).toBe(403);
    const agent = await comeIn(here);
    expect(await othersOf(agent)).toHaveLength(1);
    await accessHandlers['access/revoke-link'](desk.context, desk.coordinator, {
      dealId: DEAL_ID,
      linkId: agent.linkId,
    });
    expect((await agent.ask('switch-deal', { linkId })).status).toBe(401);
    expect(own).not.toBe(agent.linkId);
  });

  test('twice at once is one move', async () => {
    const agent = await comeIn(here);
    const { linkId } = await linkFor(there);
    const both = await Promise.all([agent.ask('switch-deal', { linkId }), agent.ask('switch-deal', { linkId })]);
    expect(both.filter(({ body }) => body.ok)).toHaveLength(1);
    expect(both.filter(({ status }) => status >= 500)).toEqual([]);
  });
});

test('the mailbox of the deal is the one that codes went to', () => {
  expect(deal.people.find(({ id }) => id === 'p-marisol')?.email).toBe(MAILBOX);
});

test('a page of a deal acts on no other that was opened in the same browser since', async () => {
  const browser = await comeIn(here);
  const page = { 'x-closeboard-page': (await homeOf(browser)).pageId };
  const words = { aboutType: 'deal', aboutId: '', body: 'Is the roof in it?' };
  mustBeOk(await browser.ask('write-message', { actId: crypto.randomUUID(), ...words }, page));
  const { linkId } = await linkFor(there);
  mustBeOk(await browser.ask('switch-deal', { linkId }, page));
  for (const [name, body] of [
    ['write-message', { actId: crypto.randomUUID(), ...words }],
    ['home', {}],
    ['end-calendar', {}],
  ] as const)
    expect((await browser.ask(name, body, page)).body.error, name).toMatchObject({ type: 'not-signed-in' });
  const home = await homeOf(browser);
  expect(home.messages).toEqual([]);
  // The page of the deal that is open now goes on, and anybody may ask where they are and sign out.
  mustBeOk(
    await browser.ask('write-message', { actId: crypto.randomUUID(), ...words }, { 'x-closeboard-page': home.pageId }),
  );
  expect((await browser.ask('where', {}, page)).body.value).toEqual({ at: 'home' });
  mustBeOk(await browser.ask('sign-out', {}, page));
});
