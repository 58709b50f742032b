import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
import type { Deal } from '../../core/deals/model.ts';
import { nothingSaid } from '../../core/documents/document-facts.ts';
import { dealToLookAt, openStage, type Stage, WORD } from '../../scripts/lib/portal-stage.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { type Phone, withPhone } from './lib/phone.ts';
import { places } from './lib/places.ts';
import { closedDeal, usualDeal } from './lib/portal-deals.ts';
import { enter, isHome } from './lib/portal-visit.ts';

const DAY_MS = 86_400_000;

/** People at their pages, on a portal of its own whose clock can be turned: no desktop takes part. */
export const journeys: readonly Journey[] = [
  {
    name: 'parties: an attorney and the agent of the other side see their part alone, and an agent goes to another of their deals',
    runsOnce: true,
    run: () => onStage(usualDeal(), parties),
  },
  {
    name: 'parties: a client lets their agent read the figures and takes it back, and a calendar follows until it is ended',
    runsOnce: true,
    run: () => onStage(withFigures(usualDeal()), consentAndCalendar),
  },
  {
    name: 'parties: after closing the final papers are there for thirty days, and then the link is over',
    runsOnce: true,
    run: () => onStage(withFigures(closedDeal()), afterClosing),
  },
];

async function onStage(deal: Deal, work: (stage: Stage, phone: Phone) => Promise<void>): Promise<void> {
  const stage = await openStage({ web: join(places.out, 'portal-web'), deal });
  try {
    await withPhone(async (phone) => {
      await work(stage, phone);
      const complaints = phone.errors.filter((text) => !/40[134]/.test(text));
      expect(complaints, [], 'what the pages complained of');
    });
  } finally {
    await stage.close();
  }
}

const doorTo = (page: Page, name: RegExp) => page.locator('nav.more').getByRole('button', { name });
const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
const words = (page: Page) => page.locator('body').innerText();

/** Names of what leads on from home: nothing else is there. */
async function doors(page: Page): Promise<readonly string[]> {
  return page.locator('nav.more button.row b').allInnerTexts();
}

async function parties(stage: Stage, phone: Phone): Promise<void> {
  const attorney = await enter(stage, phone, 'p-ruth');
  expect(await words(attorney), /Your client’s side of the deal/, 'what the page of an attorney says it is');
  expect(await doors(attorney), ATTORNEY_DOORS, 'where an attorney can go');
  await seesNothingOf(attorney, ['Would go to 740', 'Offer strategy memo', 'Commission demand', 'About the home']);
  const other = await enter(stage, phone, 'p-hal');
  expect(await words(other), /What both sides share/, 'what the page of the other side’s agent says it is');
  expect(await doors(other), OTHER_DOORS, 'where the agent of the other side can go');
  await seesNothingOf(other, [
    ...STAGES,
    'The appraisal came in lower',
    'Your home insurance binder',
    '(916) 555-0133',
  ]);
  await doorTo(other, /^Papers/).click();
  await title(other, 'Papers');
  await seesNothingOf(other, ['Your closing disclosure', 'The title report', 'Your home insurance binder']);
  await anotherDeal(stage, phone);
}

const ATTORNEY_DOORS = ['Papers', 'Messages', 'Send something else', 'Changes', 'People on this deal'];
const OTHER_DOORS = ['Papers', 'Messages', 'Send something else', 'Changes', 'People on this deal'];
/** Of the way through the stages, which is not for the other side. */
const STAGES = ['Where we are', 'What closing is waiting for'];

async function seesNothingOf(page: Page, forbidden: readonly string[]): Promise<void> {
  const shown = await words(page);
  const found = forbidden.filter((each) => shown.includes(each));
  expect(found, [], `what is not for them at ${page.url()}`);
}

const OTHER_DEAL = 'deal-tupelo';

/** With codes to one mailbox. In a second tab the first deal is shown still: what is written there goes to no other deal. */
async function anotherDeal(stage: Stage, phone: Phone): Promise<void> {
  await stage.desk.putDeal(dealAt(OTHER_DEAL, '22 Tupelo Court'));
  await stage.linkFor(`${OTHER_DEAL}.p-marisol`, { secondStep: 'code', dealId: OTHER_DEAL });
  const page = await phone.another();
  await page.goto(await stage.linkFor('p-marisol', { secondStep: 'code' }));
  await page.getByRole('button', { name: 'Open my closing' }).click();
  const mail = await until(
    async () => stage.desk.mails.at(-1)?.text ?? '',
    (text) => /\d{4} ?\d{4}/.test(text),
    'the mail with the code',
  );
  await page.getByLabel('The code from the e‑mail').fill(/\d{4} ?\d{4}/.exec(mail)?.[0] ?? '');
  await page.keyboard.press('Enter');
  await isHome(page);
  const second = await page.context().newPage();
  await second.goto(stage.url);
  await isHome(second);
  await page.getByRole('button', { name: 'Open 22 Tupelo Court' }).click();
  await page.locator('header').getByText('Tupelo Court').waitFor();
  await page.getByRole('button', { name: 'Open 1847 Marlowe Ave' }).waitFor();
  await doorTo(second, /^Messages/).click();
  await second.getByRole('textbox').fill('Is the roof in it?');
  await second.getByRole('button', { name: 'Send' }).click();
  await title(second, 'You are signed out');
  await second.close();
  await page.reload();
  await isHome(page);
  await doorTo(page, /^Messages/).click();
  await title(page, /^Messages with/);
  expect(await page.getByText('Is the roof in it?').count(), 0, 'what was written for the other deal');
  expect(await page.getByRole('textbox').inputValue(), '', 'the draft of the other deal');
}

/** The same deal elsewhere, with ids of its own. */
function dealAt(dealId: string, street: string): Deal {
  const deal = dealToLookAt();
  const copied = JSON.stringify(deal).replaceAll(`"${deal.row.id}"`, `"${dealId}"`);
  const own = copied.replaceAll(
    /"(?:id|lineId|assigneeId|personId|versionId)":"((?!deal-)[^"]+)"/g,
    (whole, id: string) => whole.replace(`"${id}"`, `"${dealId}.${id}"`),
  );
  const copy = JSON.parse(own.replaceAll('1847 Marlowe Ave', street)) as Deal;
  return { ...copy, tasks: copy.tasks.map((task) => ({ ...task, dependsOn: [] })), readings: [], messages: [] };
}

async function consentAndCalendar(stage: Stage, phone: Phone): Promise<void> {
  const client = await enter(stage, phone, 'p-priya');
  await doorTo(client, /^People on this deal/).click();
  const figures = client.getByRole('listitem').filter({ hasText: 'Your closing disclosure' });
  await figures.getByText('Marisol Quintero may not read it.').waitFor();
  const agent = await enter(stage, phone, 'p-marisol');
  const isShown = async () => {
    await agent.reload();
    await doorTo(agent, /^Papers/).click();
    await title(agent, 'Papers');
    const count = await agent.getByRole('button', { name: /^Read .*closing disclosure/i }).count();
    await agent.goBack();
    await isHome(agent);
    return count > 0;
  };
  expect(await isShown(), false, 'the figures on the page of the agent before');
  await figures.getByRole('button', { name: /^Let Marisol Quintero read it/ }).click();
  await figures.getByText('Marisol Quintero may read it.').waitFor();
  expect(await isShown(), true, 'the figures on the page of the agent once they may read them');
  await figures.getByRole('button', { name: /^Take it back/ }).click();
  await figures.getByText('Marisol Quintero may not read it.').waitFor();
  expect(await isShown(), false, 'the figures on the page of the agent after it was taken back');
  await client.goBack();
  await calendar(client);
}

async function calendar(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add to my calendar' }).click();
  await page.getByRole('button', { name: /^Make/ }).click();
  const url = await page.locator('#feed').inputValue();
  // As a calendar program does: without a cookie, from no page of ours.
  const { host, port, pathname } = new URL(url);
  const read = async () => {
    const [reply] = await once(get({ host: '127.0.0.1', port, path: pathname, headers: { host } }), 'response');
    return { status: (reply as IncomingMessage).statusCode, text: await text(reply as IncomingMessage) };
  };
  const first = await read();
  expect(
    [first.status, first.text.includes('BEGIN:VEVENT'), /20260702/.test(first.text)],
    [200, true, true],
    'the feed',
  );
  expect(/Marlowe|Priya|Raman|73[01]/.test(first.text), false, 'who and where in the feed');
  await page.reload();
  await page.getByRole('button', { name: /^End/ }).waitFor();
  expect(await page.locator('#feed').count(), 0, 'the address after it was shown once');
  await page.getByRole('button', { name: /^End/ }).click();
  await page.getByRole('button', { name: /^Make/ }).waitFor();
  expect((await read()).status, 404, 'the feed that was ended');
}

/** Somebody has said whose figures the closing disclosure shows. */
function withFigures(deal: Deal): Deal {
  return { ...deal, papers: [{ ...nothingSaid('v-cd', deal.row.id), aboutPersonIds: ['p-priya'] }] };
}

async function afterClosing(stage: Stage, phone: Phone): Promise<void> {
  const page = await enter(stage, phone, 'p-priya');
  await page.getByRole('heading', { name: 'The home is yours' }).waitFor();
  await page.getByText('This link works until July 12.', { exact: false }).waitFor();
  expect(await page.getByText('Your next step').count(), 0, 'steps after closing');
  await page.getByRole('button', { name: 'Closing and final papers', exact: true }).click();
  await page.getByText('It closed on Friday, June 12.').waitFor();
  await page.getByRole('button', { name: 'Read Your closing disclosure' }).click();
  await page.getByText('Page of a paper').first().waitFor({ state: 'attached' });
  const url = await stage.linkFor('p-priya');
  // June 17 and 25 days: the last day.
  stage.desk.wait(25 * DAY_MS);
  await open(page, url);
  await page.getByLabel('The word you agreed on').fill(WORD);
  await page.keyboard.press('Enter');
  await isHome(page);
  await page.getByRole('heading', { name: 'The home is yours' }).waitFor();
  stage.desk.wait(2 * DAY_MS);
  await page.reload();
  await title(page, 'Open your link again');
  await open(page, url);
  await title(page, 'This link does not work');
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByRole('button', { name: 'Open my closing' }).click();
}
