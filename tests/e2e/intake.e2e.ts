import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { violations } from './lib/axe.ts';
import { makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { sideways, withPhone } from './lib/phone.ts';
import { places } from './lib/places.ts';

/** How long the portal of this computer and what goes to it may take on a slow one. */
const SLOW_MS = 90_000;

/** A link for somebody who has no deal yet, from the window that makes it to the deal that comes of it. */
export const journeys: readonly Journey[] = [
  {
    name: 'intake: a link is made, answered on a phone with a stop and a changed mind, arrives at once with its duplicate, and is merged',
    runsOnce: true,
    limitMs: 300_000,
    run: merged,
  },
  {
    name: 'intake: of two who come by one link one is accepted and one declined, and the link is revoked',
    runsOnce: true,
    limitMs: 300_000,
    run: acceptedAndDeclined,
  },
];

async function merged(desk: Desk): Promise<void> {
  const page = await desk.open();
  const known = await makeDeal(desk, { street: '12 Oak St', client: 'Maria Ortiz' });
  const url = await makeLink(desk, 'Maria Ortiz', 'One person');
  await withPhone(async ({ page: phone, errors }) => {
    await begin(phone, url);
    await choose(phone, 'What would you like to do?', 'Buy a home');
    await choose(phone, 'How far are you?', 'I am just starting');
    await asked(phone, 'What is your full name?');
    // A changed mind, by the browser's own way back.
    await phone.goBack();
    await asked(phone, 'How far are you?');
    await phone.goBack();
    await choose(phone, 'What would you like to do?', 'Sell a home');
    await choose(phone, 'How far are you?', 'The home is not on the market yet');
    await type(phone, 'What is your full name?', 'Maria Ortiz');
    const later = await stopAndComeBack(phone, url);
    await answerSale(later);
    await proof(desk, later, 'review');
    await later.getByLabel('Anything else that we should know?').fill('Please call after six.');
    await later.getByRole('button', { name: 'Send my answers' }).click();
    await later.getByRole('heading', { name: 'Your answers are in' }).waitFor();
    expect(await violations(later), [], 'what axe finds once it is sent');
    await later.emulateMedia({ colorScheme: 'light' });
    await proof(desk, later, 'sent');
    // The link was for one person, and has done its work.
    const other = await later.context().browser()?.newContext();
    const stranger = await other?.newPage();
    await stranger?.goto(url);
    await stranger?.getByRole('heading', { name: 'This link does not work' }).waitFor();
    await other?.close();
    expect(
      errors.filter((text) => !/40[134]/.test(text)),
      [],
      'what the page complained of',
    );
  });
  await page
    .getByRole('link', { name: /^Board/ })
    .first()
    .click();
  const card = page.getByRole('option', { name: /New, by link/ });
  await card.waitFor({ timeout: SLOW_MS });
  await proof(desk, page, 'board');
  await card.click();
  await isReady(page, 'deal');
  const banner = page.getByRole('region', { name: 'Came in by an intake link' });
  await banner.getByText('Please call after six.').waitFor();
  await banner.getByText('The same address: 12 Oak St.').waitFor();
  expect(await violations(page), [], 'what axe finds on the deal that came in');
  await page.emulateMedia({ colorScheme: 'light' });
  await proof(desk, page, 'deal');
  await page.setViewportSize({ width: 1024, height: 700 });
  expect(await sideways(page), 0, 'how far the deal scrolls sideways at 1024');
  await proof(desk, page, 'deal-1024');
  await page.setViewportSize({ width: 1440, height: 900 });
  await banner.getByRole('button', { name: /^Merge into it… 12 Oak St/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Merge into 12 Oak St/ });
  await proof(desk, page, 'merge');
  await dialog.getByRole('button', { name: /Merge them/ }).click();
  await until(
    async () => (await desk.call('deals:get', { dealId: known }))?.notes.length ?? 0,
    (count) => count === 1,
    'the note on the deal that was there',
    SLOW_MS,
  );
  const there = await desk.call('deals:get', { dealId: known });
  expect(there?.notes[0]?.body, /They wrote: “Please call after six\.”/, 'the note');
  expect(there?.people.filter(({ name }) => name === 'Maria Ortiz').length, 1, 'how often Maria is on the deal');
  expect((await desk.call('board:columns', { filter: {}, limit: 50 })).total, 1, 'deals on the board');
}

async function acceptedAndDeclined(desk: Desk): Promise<void> {
  const page = await desk.open();
  await makeDeal(desk, { street: '400 Elm Ave', client: 'Priya Raman' });
  const url = await makeLink(desk, 'Open house', 'Up to 25 people');
  await withPhone(async ({ page: phone, another }) => {
    await answerAsTenant(phone, url, 'Rosa Diaz');
    await answerAsTenant(await another(), url, 'Ed Falk');
  });
  await page
    .getByRole('link', { name: /^Today/ })
    .first()
    .click();
  for (const name of ['Rosa Diaz', 'Ed Falk'])
    await page.getByText(`New: ${name} wants to rent a home`).first().waitFor({ timeout: SLOW_MS });
  await proof(desk, page, 'today');
  await page
    .getByRole('link', { name: /^Board/ })
    .first()
    .click();
  await openCard(page, /Rosa Diaz/);
  const banner = page.getByRole('region', { name: 'Came in by an intake link' });
  await banner.getByRole('button', { name: 'Accept it' }).click();
  await banner.waitFor({ state: 'detached' });
  await page.keyboard.press('b');
  await openCard(page, /Ed Falk/);
  await banner.getByRole('button', { name: 'Decline…' }).click();
  await page.getByRole('textbox', { name: 'Why' }).fill('Lives in Oregon.');
  await proof(desk, page, 'decline');
  await page.getByRole('button', { name: /^Decline it/ }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(/Lives in Oregon\. It can be read/).waitFor();
  await page.keyboard.press('b');
  await isReady(page, 'board');
  expect(await page.getByRole('option', { name: /New, by link/ }).count(), 0, 'cards that nobody has decided about');
  await page.getByRole('link', { name: 'Intake links' }).click();
  await page.getByText(/2 of 25 have sent answers/).waitFor();
  expect(await violations(page), [], 'what axe finds on the list of intake links');
  await page.emulateMedia({ colorScheme: 'light' });
  await proof(desk, page, 'links');
  await page.getByRole('button', { name: 'Revoke now: Open house' }).click();
  await page.getByRole('button', { name: /^Revoke it now/ }).click();
  await page.getByRole('button', { name: 'Show the one that is over' }).waitFor();
  await withPhone(async ({ page: phone }) => {
    await phone.goto(url);
    await phone.getByRole('heading', { name: 'This link does not work' }).waitFor();
  });
}

/** Made in Settings, as a coordinator does; the portal of this computer may still be starting. */
async function makeLink(desk: Desk, note: string, uses: string): Promise<string> {
  const { page } = desk;
  await page.getByRole('link', { name: 'Intake links' }).click();
  const make = async () => {
    await page.getByRole('button', { name: 'Make an intake link…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('For whom').fill(note);
    await dialog.getByText(uses, { exact: true }).click();
    await proof(desk, page, 'make');
    await dialog.getByRole('button', { name: /^Make the link/ }).click();
    const address = page.getByRole('textbox', { name: 'Address' });
    const refusal = dialog.getByText(/No link was made/);
    await address.or(refusal).first().waitFor();
    const url = (await address.isVisible()) ? await address.inputValue() : '';
    await proof(desk, page, 'made');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    return url;
  };
  const url = await until(make, (made) => made !== '', 'an intake link', SLOW_MS);
  expect(url, /\/begin#\/start\/[\w-]{43}$/, 'the address');
  return url;
}

async function begin(phone: Page, url: string): Promise<void> {
  await phone.goto(url);
  const button = phone.getByRole('button', { name: 'Begin' });
  await button.waitFor();
  expect(phone.url().includes('start'), false, 'a token in the address');
  expect(await violations(phone), [], 'what axe finds on the first page');
  await button.click();
}

async function asked(phone: Page, question: string): Promise<void> {
  await phone.getByRole('heading', { name: question, exact: true }).waitFor();
}

async function choose(phone: Page, question: string, answer: string | RegExp): Promise<void> {
  await asked(phone, question);
  await phone.getByRole('list').getByRole('button', { name: answer }).first().click();
}

async function type(phone: Page, question: string, answer: string | null): Promise<void> {
  await asked(phone, question);
  if (answer === null) return phone.getByRole('button', { name: 'Skip this question' }).click();
  await phone.locator('#answer').fill(answer);
  await phone.keyboard.press('Enter');
}

/** The tab is closed in the middle; the same link goes on where it was, in another one. */
async function stopAndComeBack(phone: Page, url: string): Promise<Page> {
  await asked(phone, 'What is your e-mail address?');
  expect(await violations(phone), [], 'what axe finds on a question');
  await phone.setViewportSize({ width: 320, height: 640 });
  expect(await sideways(phone), 0, 'how far a question scrolls sideways at 320');
  await phone.setViewportSize({ width: 390, height: 844 });
  const later = await phone.context().newPage();
  await phone.close();
  await later.goto(url);
  await later.getByRole('button', { name: 'Go on with your answers' }).click();
  await type(later, 'What is your e-mail address?', 'maria@example.com');
  return later;
}

async function answerSale(phone: Page): Promise<void> {
  await type(phone, 'What is your phone number?', '(916) 555-0123');
  await choose(phone, 'Is anybody doing this together with you?', 'No');
  await type(phone, 'What is the street address of the home?', '12 Oak St');
  await type(phone, 'Is there an apartment or unit number?', null);
  await type(phone, 'Which town is it in?', 'Sacramento');
  await asked(phone, 'Which state is the home in?');
  await phone.locator('#answer').selectOption('CA');
  await phone.getByRole('button', { name: 'Continue' }).click();
  await type(phone, 'What is the ZIP code?', '95818');
  await choose(phone, 'What kind of home is it?', 'House');
  await asked(phone, 'In which year was the home built?');
  await phone.getByRole('button', { name: 'I do not know' }).click();
  await choose(phone, 'Does the home belong to an owners’ association?', 'No');
  await choose(phone, 'Does anybody rent the home now?', 'No');
  await choose(phone, 'Who is, or will be, on the title?', 'A trust');
  await choose(phone, 'Will anybody sign for somebody else under a power of attorney?', 'No');
  await choose(phone, 'Is any of the sellers a foreign person for United States tax?', 'No');
  await type(phone, 'What is the price?', '650,000');
  await type(phone, 'By which day would you like to be done?', null);
  await phone.getByRole('heading', { name: 'Look over your answers' }).waitFor();
  expect(await violations(phone), [], 'what axe finds on the answers');
  await phone.getByText('$650,000').waitFor();
}

async function answerAsTenant(phone: Page, url: string, name: string): Promise<void> {
  await begin(phone, url);
  await choose(phone, 'What would you like to do?', 'Rent, or rent out');
  await choose(phone, 'Are you looking for a home, or renting one out?', 'I am looking for a home');
  await type(phone, 'What is your full name?', name);
  await type(phone, 'What is your e-mail address?', `${name.split(' ')[0]?.toLowerCase()}@example.com`);
  await type(phone, 'What is your phone number?', null);
  await choose(phone, 'Is anybody doing this together with you?', 'No');
  await asked(phone, 'Which state is the home in?');
  await phone.locator('#answer').selectOption('NV');
  await phone.getByRole('button', { name: 'Continue' }).click();
  await choose(phone, 'Will anybody sign for somebody else under a power of attorney?', 'No');
  await type(phone, 'What is the rent for one month?', '2,100');
  await choose(phone, 'Are there pets?', 'I do not know');
  await type(phone, 'By which day would you like to be done?', null);
  await phone.getByRole('button', { name: 'Send my answers' }).click();
  await phone.getByRole('heading', { name: 'Your answers are in' }).waitFor();
}

async function openCard(page: Page, name: RegExp): Promise<void> {
  const card = page.getByRole('option', { name });
  await card.waitFor({ timeout: SLOW_MS });
  await card.click();
  await isReady(page, 'deal');
}

/** A picture of the step, to be looked at. */
async function proof(desk: Desk, page: Page, name: string): Promise<void> {
  await page.screenshot({
    path: join(places.artifacts, 'e2e', `intake-${desk.host}-${name}.png`),
    animations: 'disabled',
  });
}
