import type { Page } from 'playwright-core';
import { v7 as newId } from 'uuid';
import { TDS, textPdf } from '../../electron/backend/papers/testing.ts';
import { violations } from './lib/axe.ts';
import { card } from './lib/board.ts';
import { command, makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { drop } from './lib/drop.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { sideways, withPhone } from './lib/phone.ts';
import { granted } from './lib/roles-deal.ts';

const WORD = 'blue heron over the pier';
const OVER_MS = 90_000;

/** A client with a phone: what they do every day on their page, and what the desktop then knows. */
export const journeys: readonly Journey[] = [
  {
    name: 'a client reads and says so, answers, writes without a signal and marks a task, and the desktop has it all',
    runsOnce: true,
    limitMs: 300_000,
    run: clientsDay,
  },
];

interface ClientDeal {
  readonly dealId: string;
  readonly personId: string;
  readonly versionId: string;
}

async function clientsDay(desk: Desk): Promise<void> {
  const deal = await dealForClient(desk);
  const made = granted(
    await desk.call('access:make-link', {
      ...{ dealId: deal.dealId, personId: deal.personId, secondStep: 'word', word: WORD },
      ...{ mayDownload: false, expiresOn: null },
    }),
  );
  let task = '';
  await withPhone(async ({ page: phone, errors }) => {
    await phone.goto(made.url);
    await phone.getByRole('button', { name: 'Open my closing' }).click();
    await phone.getByLabel('The word you agreed on').fill(WORD);
    await phone.keyboard.press('Enter');
    await phone.getByRole('heading', { level: 1, name: /^Hello Priya/ }).waitFor();
    await isWell(phone, 'home');
    await reads(phone);
    await answers(phone);
    await writesWithoutSignal(phone);
    task = await marks(phone);
    await goesBack(phone);
    await opensWithoutSignal(phone);
    expect(
      // A line that is cut by hand is complained of by the browser itself.
      errors.filter((text) => !/ERR_INTERNET_DISCONNECTED/.test(text)),
      [],
      'what the page complained of',
    );
  });
  await deskKnows(desk, deal, task);
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const title = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

/** Nothing that axe finds, in both colours, and nothing cut off on the smallest phone or in twice the type. */
async function isWell(page: Page, what: string): Promise<void> {
  expect(await violations(page), [], `what axe finds on ${what}`);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await sideways(page), 0, `how far ${what} scrolls sideways at 320`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  expect(await sideways(page), 0, `how far ${what} scrolls sideways in twice the type`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
}

/** The paper is drawn here although the link hands out no files. */
async function reads(page: Page): Promise<void> {
  await press(page, /^Read(: | it$)/);
  await page.getByText('REAL ESTATE TRANSFER DISCLOSURE STATEMENT').first().waitFor({ state: 'attached' });
  const isDrawn = () =>
    page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.sheet canvas');
      if (canvas === null || canvas.width === 0) return false;
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128 && data[at + 3] === 255) return true;
      return false;
    });
  await until(isDrawn, (isThere) => isThere, 'ink on the page');
  await isWell(page, 'a paper');
  await press(page, 'I have read this');
  await page.getByText(/You said on .* that you have read version 1\./).waitFor();
  await press(page, 'Back');
  await title(page, /^Hello/);
}

async function answers(page: Page): Promise<void> {
  await press(page, /^Answer(: About the home| the questions$)/);
  await title(page, 'About the home');
  await page.getByLabel('In which year was the home built?').fill('1987');
  // The tab is closed, and what was typed is there again.
  await page.reload();
  await title(page, 'About the home');
  expect(await page.getByLabel('In which year was the home built?').inputValue(), '1987', 'the answer after a reload');
  await isWell(page, 'a form');
  await press(page, 'Send my answers');
  await page.getByText('One answer needs another look. Nothing is sent yet.').waitFor();
  await page.getByRole('radio', { name: 'I do not know' }).check();
  await press(page, 'Send my answers');
  await page.getByText('Your answers are sent. Your coordinator is looking at them.').waitFor();
  await press(page, 'Back');
  await title(page, /^Hello/);
}

/** What was sent without a signal waits, says so on every screen, outlives the page, and goes out once by itself. */
async function writesWithoutSignal(page: Page): Promise<void> {
  await press(page, /^Messages/);
  await title(page, /^Messages with/);
  await page.getByRole('textbox').fill('May we see the home again on Saturday?');
  await page.context().setOffline(true);
  await press(page, 'Send');
  await page.getByText('Not sent yet. It will be tried again when you are back.', { exact: true }).waitFor();
  await isWell(page, 'a message that waits');
  await press(page, 'Back');
  await page.getByText(/^One thing is not sent yet/).waitFor();
  // The page loads again, and the portal is not reached yet.
  await page.route('**/api/person/**', (route) => route.abort('internetdisconnected'));
  await page.context().setOffline(false);
  await page.reload();
  await title(page, 'The page cannot be reached');
  await page.getByText(/^One thing you did here is not sent yet/).waitFor();
  await isWell(page, 'a page that cannot be reached, with something kept');
  await page.unroute('**/api/person/**');
  await press(page, 'Try again');
  await title(page, /^Hello/);
  await press(page, /^Messages/);
  await page.getByRole('list', { name: 'Messages, oldest first' }).getByText('on Saturday?').waitFor();
  // The field is empty once the portal has said that it took it.
  await page.getByText('Sent.', { exact: true }).waitFor();
  expect(await page.getByText('May we see the home again on Saturday?').count(), 1, 'how often it stands there');
  await press(page, 'Back');
  await title(page, /^Hello/);
}

async function marks(page: Page): Promise<string> {
  await press(page, /^What you have to do/);
  await title(page, 'What you have to do');
  await isWell(page, 'the tasks');
  const label = await page
    .getByRole('button', { name: /^It is done: / })
    .first()
    .getAttribute('aria-label');
  const task = (label ?? '').replace(/^It is done: /, '');
  await press(page, `It is done: ${task}`);
  await page.getByText(`Marked as done: ${task}`).waitFor();
  await press(page, `It is not done after all: ${task}`);
  await press(page, `It is done: ${task}`);
  await page.getByText(`Marked as done: ${task}`).waitFor();
  await press(page, 'Back');
  await title(page, /^Hello/);
  return task;
}

/** The Back of the phone, with the keyboard alone: the focus is on the title of each screen, and the place is kept. */
async function goesBack(page: Page): Promise<void> {
  const link = page.getByRole('button', { name: /^Papers/ });
  await link.focus();
  const before = await page.evaluate(() => scrollY);
  await page.keyboard.press('Enter');
  await title(page, 'Papers');
  expect(await page.evaluate(() => document.activeElement?.textContent), 'Papers', 'what has the focus');
  await isWell(page, 'the papers');
  expect(new URL(page.url()).pathname + new URL(page.url()).hash, '/', 'the address');
  await page.goBack();
  await title(page, /^Hello/);
  expect(await page.evaluate(() => scrollY), before, 'how far down home stands');
}

/** A reload without a signal says so in the words of the page; what is kept for that is nothing of the deal. */
async function opensWithoutSignal(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const kept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => new URL(url).pathname);
    });
  await until(kept, (paths) => paths.includes('/'), 'the page kept on the phone');
  await page.context().setOffline(true);
  await page.reload();
  await title(page, 'The page cannot be reached');
  await isWell(page, 'the page without a signal');
  await page.context().setOffline(false);
  // It opens by itself when the signal is back.
  await title(page, /^Hello/);
  expect(
    (await kept()).filter((path) => path !== '/' && !/^\/assets\/[^/]+\.(js|css)$/.test(path)),
    [],
    'what else is kept on the phone',
  );
}

async function deskKnows(desk: Desk, { dealId, personId, versionId }: ClientDeal, task: string): Promise<void> {
  const rows = () => desk.call('portal-rows:of', { dealId });
  const isRead = ({ papers }: Awaited<ReturnType<typeof rows>>) =>
    papers
      .find((paper) => paper.versionId === versionId)
      ?.readings.some((each) => each.personId === personId && each.acknowledgedAt !== null) ?? false;
  const known = await until(rows, isRead, 'that the client read it', OVER_MS);
  expect(
    known.forms.map(({ state }) => state),
    ['sent'],
    'the questions on the desktop',
  );
  const threads = await desk.call('messages:of', { dealId });
  expect(
    threads.flatMap(({ messages }) => messages.map(({ body, isFromPerson }) => [body, isFromPerson])),
    [['May we see the home again on Saturday?', true]],
    'the messages on the desktop',
  );
  const done = async () => {
    const tasks = (await desk.call('deals:get', { dealId }))?.tasks ?? [];
    return tasks.filter(({ assigneeRole, doneOn }) => assigneeRole === 'client' && doneOn !== null).length;
  };
  await until(done, (count) => count === 1, `“${task}”, done on the desktop`, OVER_MS);
}

/** A purchase with a client who has a disclosure to read, questions to answer and a task of their own. */
async function dealForClient(desk: Desk): Promise<ClientDeal> {
  const page = await desk.open();
  const anchors = [
    { name: 'acceptance', on: '2031-01-20' },
    { name: 'closing', on: '2031-03-14' },
  ];
  const dealId = await makeDeal(desk, { street: '1847 Marlowe Ave', client: 'Priya Raman', anchors });
  const person = (await desk.call('deals:get', { dealId }))?.people.find(({ name }) => name === 'Priya Raman');
  if (person === undefined) throw new Error('the deal has no client');
  const at = new Date().toISOString();
  await command(desk, dealId, 'askForm', {
    ...{ formId: newId(), personId: person.id, title: 'About the home', questionIds: ['yearBuilt', 'hoa'], at },
  });
  const line = (await desk.call('papers:lines', { dealId })).find(({ title: name }) =>
    /Transfer Disclosure/.test(name),
  );
  if (line === undefined) throw new Error('the deal has no disclosure');
  await page.getByRole('link', { name: /^Board/ }).click();
  await card(page, dealId).click();
  await isReady(page, 'deal');
  await page.keyboard.press('3');
  const row = page.locator(`[data-drop-line="${line.id}"]`).first();
  await row.waitFor();
  const text = Buffer.from(await textPdf(TDS)).toString('base64');
  await drop(page, row, { name: 'tds.pdf', type: 'application/pdf', text });
  const filed = async () =>
    (await desk.call('papers:lines', { dealId })).find(({ id }) => id === line.id)?.versions[0]?.id ?? '';
  const versionId = await until(filed, (id) => id !== '', 'the disclosure on its line', OVER_MS);
  await command(desk, dealId, 'reviewLine', {
    ...{ lineId: line.id, act: 'approve', versionId, reason: '', on: '2031-01-21' },
  });
  await command(desk, dealId, 'askToRead', { versionId, personIds: [person.id], at });
  await isAtPortal(desk, dealId, versionId);
  return { dealId, personId: person.id, versionId };
}

/** All that was done on the desktop is at the portal, the bytes of the paper too. */
async function isAtPortal(desk: Desk, dealId: string, versionId: string): Promise<void> {
  const read = () => desk.callRaw('access:get', { dealId });
  await until(read, (reply) => JSON.stringify(reply).includes('Priya Raman'), 'the deal at the portal', OVER_MS);
  const state = () => desk.call('sync:state', {});
  const isUp = ({ waiting, files }: Awaited<ReturnType<typeof state>>) => waiting + files.up === 0;
  await until(state, isUp, `everything with ${versionId}`, OVER_MS);
}
