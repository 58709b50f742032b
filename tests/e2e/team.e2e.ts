import type { Page } from 'playwright-core';
import { textPdf } from '../../electron/backend/papers/testing.ts';
import { card } from './lib/board.ts';
import { command, makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { drop } from './lib/drop.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { PortalServer } from './lib/portal-server.ts';
import {
  connect,
  foot,
  invite,
  inviteBy,
  isShared,
  join,
  NOOR,
  OFFICE,
  OVER_MS,
  readCode,
  THEO,
  toPortal,
} from './lib/team.ts';

const DEAL = { street: '1847 Marlowe Ave', anchors: [{ name: 'acceptance', on: '2026-06-02' }] } as const;

/** Two computers and the portal of their office, as the three people see it: who runs it, Noor, and Theo whom she asks in. */
export const journeys: readonly Journey[] = [
  {
    name: 'team: set up, asked in, one deal at both, apart and together again with one choice to make, a file across',
    limitMs: 420_000,
    run: (desk) => PortalServer.with((portal) => together(desk, portal)),
  },
  {
    name: 'team: a computer signed out from afar keeps its records and comes back with a code; signing out keeps or removes',
    limitMs: 360_000,
    run: (desk) => PortalServer.with((portal) => outAndIn(desk, portal)),
  },
];

async function together(noor: Desk, portal: PortalServer): Promise<void> {
  const theo = noor.another();
  await noor.open();
  const dealId = await makeDeal(noor, DEAL);
  await connect(noor, NOOR, { address: portal.address, code: portal.setupCode, office: OFFICE });
  await isShared(noor);
  await theo.open();
  await connect(theo, THEO, { address: portal.address, code: await invite(noor.page, THEO) });
  const members = noor.page.getByRole('list', { name: 'Members' });
  await members.getByText(THEO.name, { exact: true }).waitFor({ timeout: OVER_MS });

  await openDeal(noor.page, dealId);
  await openDeal(theo.page, dealId);
  await writeNote(noor.page, 'The seller leaves the fridge.');
  await theo.page.keyboard.press('8');
  await theo.page.getByRole('article').filter({ hasText: 'leaves the fridge' }).waitFor({ timeout: OVER_MS });

  await apart({ noor, theo, portal });
  await portal.start();
  await oneChoice(noor, theo, dealId);
  await fileAcross(noor, theo, dealId);
  for (const desk of [noor, theo]) {
    expect((await desk.call('attention:list', {})).length, 0, 'what needs attention in the end');
    expect(await desk.page.getByRole('link', { name: /Needs attention/ }).count(), 0, 'the line in the rail');
  }
}

/** Both work on without the portal: on the same price, and each on a word of their own. */
async function apart(all: { readonly noor: Desk; readonly theo: Desk; readonly portal: PortalServer }): Promise<void> {
  const { noor, theo } = all;
  await all.portal.stop();
  for (const { page } of [noor, theo]) await foot(page, /^Offline/).waitFor({ timeout: OVER_MS });
  await setPrice(noor.page, '600,000');
  await writeNote(noor.page, 'Lender asked for the HOA budget.');
  await setPrice(theo.page, '612,500');
  await writeNote(theo.page, 'Keys are with the neighbour.');
  for (const { page } of [noor, theo]) {
    await foot(page, /2 things wait to go out/).click();
    const pane = page.getByRole('dialog', { name: 'Connection' });
    await pane.getByText('2 things go out when it is back').waitFor();
    await pane.getByRole('listitem').nth(1).waitFor();
    const steps = await pane.getByRole('listitem').allInnerTexts();
    for (const step of steps)
      expect(step.replaceAll(/\s+/g, ' '), /(price|note)(?!.*1847.*1847).*1847.*Marlowe Ave/, 'what goes out');
    expect(steps.length, 2, 'steps that go out');
    await page.keyboard.press('Escape');
    await pane.waitFor({ state: 'detached' });
  }
}

/** Whoever came second is asked, once; their answer is at both, and so are the words that nobody quarrels about. */
async function oneChoice(noor: Desk, theo: Desk, dealId: string): Promise<void> {
  // By itself at one, by hand at the other.
  await foot(noor.page, /./).click();
  await noor.page.getByRole('button', { name: 'Try now' }).click();
  await noor.page.keyboard.press('Escape');
  const states = { noor: await isShared(noor), theo: await isShared(theo) };
  expect(states.noor.attention + states.theo.attention, 1, 'choices to make, at both together');
  const [second, first] = states.theo.attention === 1 ? [theo, noor] : [noor, theo];
  const price = second === theo ? '$612,500' : '$600,000';
  const { page } = second;
  await page.getByRole('link', { name: /Needs attention/ }).click();
  await isReady(page, 'attention');
  const pane = page.getByRole('region', { name: /set the price/ });
  await pane.getByRole('button', { name: 'Keep mine' }).waitFor();
  const text = await pane.innerText();
  for (const each of ['$600,000', '$612,500', 'Yours, on this computer', second === theo ? NOOR.name : THEO.name])
    expect(text.includes(each), true, `"${each}" on the card: ${text}`);
  await pane.getByRole('button', { name: 'Keep mine' }).click();
  await pane.getByText('Answered.').waitFor();
  await openDeal(page, dealId);
  for (const desk of [first, second]) {
    // In the line of the deal itself; the corner of activity tells who set it.
    await desk.page.getByText(new RegExp(`^Buyer side for .*\\${price}\\.`)).waitFor({ timeout: OVER_MS });
    await desk.page.keyboard.press('8');
    for (const words of ['HOA budget', 'Keys are with'])
      await desk.page.getByRole('article').filter({ hasText: words }).waitFor({ timeout: OVER_MS });
  }
}

/** Dropped on a document here, it is read there. */
async function fileAcross(noor: Desk, theo: Desk, dealId: string): Promise<void> {
  const line = (await noor.call('papers:lines', { dealId })).find((each) => each.title.includes('executed contract'));
  const row = noor.page.locator(`[data-drop-line="${line?.id ?? ''}"]`).first();
  await noor.page.keyboard.press('3');
  await row.waitFor();
  const text = Buffer.from(await textPdf('RESIDENTIAL PURCHASE AGREEMENT')).toString('base64');
  await drop(noor.page, row, { name: 'contract.pdf', type: 'application/pdf', text });
  const { page } = theo;
  await page.keyboard.press('3');
  const there = page.locator(`[data-line="${line?.id ?? ''}"]`).first();
  await there.getByText('v1').waitFor({ timeout: OVER_MS });
  await there.click();
  await page.keyboard.press('v');
  const shown = page.getByRole('dialog', { name: line?.title ?? '' });
  await shown
    .frameLocator('iframe')
    .getByText(/RESIDENTIAL PURCHASE/)
    .first()
    .waitFor({ state: 'attached', timeout: OVER_MS });
  await page.keyboard.press('Escape');
  await isShared(noor);
  await isShared(theo);
}

async function outAndIn(noor: Desk, portal: PortalServer): Promise<void> {
  const theo = noor.another();
  await noor.open();
  await join(noor, NOOR, portal);
  const dealId = await makeDeal(noor, DEAL);
  await theo.open();
  await join(theo, THEO, portal, await inviteBy(noor, THEO));
  await card(theo.page, dealId).waitFor({ timeout: OVER_MS });

  await signOutFromAfar(noor.page);
  await foot(theo.page, /^Signed out/).waitFor({ timeout: OVER_MS });
  await card(theo.page, dealId).waitFor();
  await addNote(theo, dealId, 'Written while signed out.');
  await backWithCode(noor, theo);
  await openDeal(noor.page, dealId);
  await noor.page.keyboard.press('8');
  await noor.page.getByRole('article').filter({ hasText: 'while signed out' }).waitFor({ timeout: OVER_MS });

  await signOut(theo.page, 'Keep them here');
  await foot(theo.page, /Everything saved/).waitFor({ timeout: OVER_MS });
  await toBoard(theo.page);
  await card(theo.page, dealId).waitFor();
  await join(theo, THEO, portal, await codeFor(noor));
  await toBoard(theo.page);
  expect(
    await theo.page.locator(`[role="option"][data-deal]`).count(),
    1,
    'deals after coming back with what was kept',
  );
  const { members } = await teamOf(noor);
  expect(members.map(({ name }) => name).sort(), [NOOR.name, THEO.name], 'the team after all of it');

  await signOut(theo.page, 'Remove the team’s deals');
  await theo.page.getByRole('link', { name: /^Board/ }).click();
  await theo.page.getByRole('heading', { name: 'No deals here yet' }).waitFor({ timeout: OVER_MS });
  await toBoard(noor.page);
  await card(noor.page, dealId).waitFor();
}

async function signOutFromAfar(page: Page): Promise<void> {
  await toPortal(page);
  await page.getByRole('button', { name: `Sign out ${THEO.computer}` }).click();
  await page.getByRole('button', { name: /Sign it out/ }).click();
  await page.getByText('No computer is signed in.').waitFor({ timeout: OVER_MS });
}

/** The admin makes the code, the one who is out writes it. */
async function backWithCode(noor: Desk, theo: Desk): Promise<void> {
  const code = await codeFor(noor);
  const portal = await toPortal(theo.page);
  const form = portal.getByRole('form', { name: 'Sign in again' });
  await form.getByRole('textbox', { name: 'Code' }).fill('WRNG-WRNG-WRNG-WRNG');
  await theo.page.keyboard.press('Enter');
  await form.getByText(/This code does not work/).waitFor({ timeout: OVER_MS });
  await form.getByRole('textbox', { name: 'Code' }).fill(code);
  await theo.page.keyboard.press('Enter');
  await isShared(theo);
}

async function codeFor({ page }: Desk): Promise<string> {
  const portal = await toPortal(page);
  const theo = portal.getByRole('region', { name: THEO.name });
  await theo.getByRole('button', { name: 'Code for a computer' }).click();
  return readCode(page, THEO);
}

async function signOut(page: Page, what: string): Promise<void> {
  await toPortal(page);
  await page.getByRole('button', { name: /Sign out of this portal/ }).click();
  const dialog = page.getByRole('dialog', { name: `Sign out of ${OFFICE}?` });
  await dialog.getByRole('radio', { name: new RegExp(`^${what}`) }).check();
  await dialog.getByRole('button', { name: /^Sign out/ }).click();
  await dialog.waitFor({ state: 'detached', timeout: OVER_MS });
}

async function teamOf(desk: Desk) {
  const told = await desk.call('team:get', {});
  if (told.kind === 'no') throw new Error(told.sentence);
  return told.value;
}

async function toBoard(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Board/ }).click();
  await isReady(page, 'board');
}

async function openDeal(page: Page, dealId: string): Promise<void> {
  await toBoard(page);
  await card(page, dealId).click({ timeout: OVER_MS });
  await isReady(page, 'deal');
}

async function writeNote(page: Page, body: string): Promise<void> {
  await page.keyboard.press('8');
  await page.getByRole('button', { name: /Write a note/ }).click();
  await page.getByLabel('New note').fill(body);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article').filter({ hasText: body }).waitFor();
}

async function setPrice(page: Page, price: string): Promise<void> {
  await page.getByRole('button', { name: 'More for this deal' }).click();
  await page.getByRole('menuitem', { name: /the price$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Price' });
  await dialog.getByRole('textbox').fill(price);
  await page.keyboard.press('Control+Enter');
  await dialog.waitFor({ state: 'detached' });
}

async function addNote(desk: Desk, dealId: string, body: string): Promise<void> {
  await command(desk, dealId, 'addNote', { noteId: crypto.randomUUID(), body, at: new Date().toISOString() });
  await until(
    async () => (await desk.call('deals:get', { dealId }))?.notes.length,
    (count) => count === 1,
    'the note',
  );
}
