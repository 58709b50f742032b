import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { LineView } from '../../electron/contract/papers.ts';
import { card } from './lib/board.ts';
import { makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { sideways, withPhone } from './lib/phone.ts';
import { photo } from './lib/photos.ts';
import { places } from './lib/places.ts';

const WORD = 'blue heron over the pier';
/** How long the portal of this computer and what goes to it may take on a slow one. */
const SLOW_MS = 90_000;
/** A line on which a photo takes some seconds, in bytes a second. */
const SLOW_LINE = 150_000;

/** Two photos from a phone, with the signal lost half-way and the tab closed, become one PDF that waits on the desk. */
export const journeys: readonly Journey[] = [
  {
    name: 'phone upload: two photos, no signal half-way, the tab closed, opened again, sent as one PDF, in review on the desk',
    runsOnce: true,
    limitMs: 300_000,
    run: wholeWay,
  },
];

async function wholeWay(desk: Desk): Promise<void> {
  const page = await desk.open();
  const dealId = await makeDeal(desk, { street: '1847 Marlowe Ave', client: 'Priya Raman' });
  const line = await wantedLine(desk, dealId);
  const url = await linkFor(desk, dealId);
  await withPhone(async (phone) => {
    const context = phone.page.context();
    await comeIn(phone.page, url);
    await lostHalfWay(phone.page, line);
    await phone.page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    again.setDefaultTimeout(SLOW_MS);
    await goesOn(again, url);
    await sentAsOne(again, line);
    expect(await sideways(again), 0, 'sideways scrolling after it was sent');
  });
  await isInReview(desk, dealId, line);
  await card(page, dealId).click();
  await isReady(page, 'deal');
  await page.keyboard.press('3');
  await page.getByText('Priya Raman').first().waitFor({ timeout: SLOW_MS });
  await shot(page, 'desk');
}

/** A paper that the client is asked for. */
async function wantedLine(desk: Desk, dealId: string): Promise<LineView> {
  const lines = await desk.call('papers:lines', { dealId });
  const line = lines.find(({ ownerRole, clientTitle }) => ownerRole === 'client' && /insurance/.test(clientTitle));
  if (line === undefined) throw new Error('nothing is asked of a client');
  return line;
}

/** The portal of this computer comes up by itself, and takes a while. */
async function linkFor(desk: Desk, dealId: string): Promise<string> {
  const priya = (await desk.call('deals:get', { dealId }))?.people.find(({ name }) => name === 'Priya Raman');
  const ask = { dealId, personId: priya?.id ?? '', secondStep: 'word', word: WORD } as const;
  const made = await until(
    () => desk.call('access:make-link', { ...ask, mayDownload: true, expiresOn: null }),
    ({ kind }) => kind === 'ok',
    'a link of the portal of this computer',
    SLOW_MS,
  );
  if (made.kind === 'no') throw new Error(made.sentence);
  return made.value.url;
}

async function comeIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Open my closing' }).click();
  await page.getByLabel('The word you agreed on').fill(WORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /^Hello Priya/ }).waitFor();
}

async function lostHalfWay(page: Page, { clientTitle }: LineView): Promise<void> {
  const context = page.context();
  const way = page.getByRole('button', { name: clientTitle });
  // One of several: it stands among the papers.
  if ((await way.count()) === 0) await page.getByRole('button', { name: /^Papers/ }).click();
  await way.first().click();
  await page.getByRole('heading', { name: clientTitle }).waitFor();
  await shot(page, 'begin');
  const slow = { offline: false, latency: 50, downloadThroughput: -1, uploadThroughput: SLOW_LINE };
  const line = await context.newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.emulateNetworkConditions', slow);
  await page.getByLabel('Take photos').setInputFiles([photo(1), photo(2)]);
  await page.getByText('2 photos, sent as one PDF.').waitFor();
  // In the middle of the first: some of it has gone, and not all.
  await page
    .getByText(/[3-8]\d %/)
    .first()
    .waitFor();
  await shot(page, 'going');
  await context.setOffline(true);
  await page.getByRole('heading', { name: 'No signal. It will continue when you are back.' }).waitFor();
  await page.getByText(/Page 1 stopped at \d\d %\./).waitFor();
  await shot(page, 'no-signal');
  expect(await sideways(page), 0, 'sideways scrolling without a signal');
}

/** The link again in a new tab: the session is still there, and so are the photos. */
async function goesOn(page: Page, url: string): Promise<void> {
  await page.goto(new URL('/', url).href);
  await page.getByText('You have 2 pages that were not sent yet').waitFor();
  await shot(page, 'unsent');
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/person/uploads')) posts.push(request.url());
  });
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'All pages are safe with us' }).waitFor();
  // The first went on where it was: only the second was announced anew.
  expect(posts.length, 1, 'uploads that began again');
  await shot(page, 'safe');
}

async function sentAsOne(page: Page, { clientTitle }: LineView): Promise<void> {
  await page.getByRole('button', { name: 'Send as one PDF' }).click();
  await page.getByRole('heading', { name: 'Sent. Thank you' }).waitFor();
  await page.getByText(`“${clientTitle}” is with us.`).waitFor();
  await shot(page, 'sent');
  await page.getByRole('button', { name: 'See what you have sent' }).click();
  await page.getByText('It is here and being read.').waitFor();
}

/** On the desk it waits for a review under the name of the sender, with its two pages. */
async function isInReview(desk: Desk, dealId: string, { id }: LineView): Promise<void> {
  const filed = await until(
    async () => (await desk.call('papers:lines', { dealId })).find((line) => line.id === id)?.versions[0] ?? null,
    (version) => version?.isHere === true && version.pages !== null,
    'the PDF on the desk',
    SLOW_MS,
  );
  if (filed === null) throw new Error('nothing came');
  const line = (await desk.call('papers:lines', { dealId })).find((each) => each.id === id);
  expect(
    [line?.state, filed.sentBy, filed.extension, filed.pages],
    ['needs-review', 'Priya Raman', 'pdf', 2],
    'the PDF',
  );
}

async function shot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(places.artifacts, 'e2e', `phone-upload-${name}.png`) });
}
