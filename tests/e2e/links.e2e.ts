import { execFile } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { card } from './lib/board.ts';
import { command, makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import { withFolder } from './lib/folders.ts';
import type { Journey } from './lib/journey.ts';
import { withPhone } from './lib/phone.ts';
import { places } from './lib/places.ts';

declare global {
  interface Window {
    madeFile?: { readonly sha256: string; readonly name: string };
  }
}

const WORD = 'blue heron over the pier';
/** How long the portal of this computer and what goes to it may take on a slow one. */
const SLOW_MS = 90_000;

/** A link from the window that makes it to the phone that opens it, and what the desk learns of that. */
export const journeys: readonly Journey[] = [
  {
    name: 'links: made on the deal, opened on a phone, too many wrong words, seen as them, ended, all of it in the activity',
    limitMs: 300_000,
    run: wholeWay,
  },
  {
    name: 'links: a deal is exported with its trail, found whole, and one changed byte is found by name',
    limitMs: 180_000,
    run: (desk) => withFolder('export', (folder) => exported(desk, folder)),
  },
];

async function wholeWay(desk: Desk): Promise<void> {
  const page = await desk.open();
  const at = await openPriya(desk);
  await withPhone(async (phone) => {
    const url = await makeLink(page);
    await opened(phone.page, url);
    // A second one, so that whoever guesses at it does not lock the first.
    await tooManyWords(await phone.another(), await makeLink(page));
    await seeAs(await addressOfLook(desk, at), await phone.another());
    const access = page.getByRole('region', { name: 'Priya Raman', exact: true });
    for (const left of [1, 0]) {
      await access.getByRole('button', { name: 'Revoke now' }).first().click();
      await page.getByRole('button', { name: /Revoke it now/ }).click();
      await until(
        () => access.getByRole('button', { name: 'Revoke now' }).count(),
        (count) => count === left,
        'open links',
        SLOW_MS,
      );
    }
    await phone.page.reload();
    await phone.page.getByRole('heading', { name: 'Open your link again' }).waitFor();
    await saysTheSame(phone.page, url);
  });
  await toldInActivity(page);
}

/** A deal with a client and a note, at the portal of this computer, its people shown with what each sees. */
async function openPriya(desk: Desk): Promise<At> {
  const { page } = desk;
  const dealId = await makeDeal(desk, { street: '1847 Marlowe Ave', client: 'Priya Raman' });
  await command(desk, dealId, 'addNote', { noteId: dealId, body: 'Just between us.', at: new Date().toISOString() });
  await card(page, dealId).click();
  await isReady(page, 'deal');
  await page.keyboard.press('5');
  await page.getByRole('listbox', { name: 'People' }).waitFor();
  await page.keyboard.press('v');
  const list = page.getByRole('listbox', { name: 'Who sees what' });
  // Until the portal is up and has the deal, the screen says so and offers to ask again.
  const isListed = async () => {
    const again = page.getByRole('button', { name: 'Try again' });
    // It goes by itself when the list comes meanwhile.
    if (await again.isVisible()) await again.click({ timeout: 1_000 }).catch(() => {});
    return list.getByText('Priya Raman').isVisible();
  };
  await until(isListed, (isThere) => isThere, 'Priya among who sees what', SLOW_MS);
  await list.getByText('Priya Raman').click();
  const priya = (await desk.call('deals:get', { dealId }))?.people.find(({ name }) => name === 'Priya Raman');
  return { dealId, personId: priya?.id ?? '' };
}

interface At {
  readonly dealId: string;
  readonly personId: string;
}

async function toldInActivity(page: Page): Promise<void> {
  await page.keyboard.press('9');
  const activity = page.getByRole('region', { name: 'Activity', exact: true });
  for (const says of [
    /made a link for Priya Raman/,
    /Priya Raman opened the portal/,
    /Somebody typed a code or word that is not right, at the link of Priya Raman/,
    /looked at the portal as Priya Raman/,
    /ended the link of Priya Raman/,
  ])
    await activity.getByText(says).first().waitFor({ timeout: SLOW_MS });
  await page.getByRole('button', { name: 'Denied or refused' }).click();
  await activity.locator('[data-group="denied"]').first().waitFor({ timeout: SLOW_MS });
  const others = activity.locator('[data-group]:not([data-group="denied"], [data-group="refused"])');
  await until(
    () => others.count(),
    (count) => count === 0,
    'entries of other kinds',
  );
}

/** Through the dialog; gives the address that it shows once. */
async function makeLink(page: Page): Promise<string> {
  await page.keyboard.press('l');
  const ask = page.getByRole('dialog', { name: 'Make a link for Priya Raman' });
  await ask.getByText('It opens on this computer only.').waitFor();
  await ask.getByRole('button', { name: /Make the link/ }).click();
  await ask.getByText('Write a word of six letters or more.').waitFor();
  await ask.getByRole('textbox', { name: 'The word' }).fill(WORD);
  await page.keyboard.press('Control+Enter');
  const made = page.getByRole('dialog', { name: 'The link for Priya Raman' });
  const url = await made.getByRole('textbox', { name: 'Address' }).inputValue();
  expect(url, /^http:\/\/portal\.localhost:\d+\/#\/open\//, 'the address, with its secret behind the #');
  await made.getByText(WORD).waitFor();
  await made.getByRole('button', { name: /^Done/ }).click();
  await made.waitFor({ state: 'detached' });
  return url;
}

async function opened(phone: Page, url: string): Promise<void> {
  await toWord(phone, url);
  await phone.getByLabel('The word you agreed on').fill(` ${WORD.toUpperCase()} `);
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { name: /^Hello Priya/ }).waitFor();
  const text = await phone.locator('body').innerText();
  for (const each of ['Marlowe Ave', 'Key dates', 'Before you send money, call'])
    expect(text.includes(each), true, `"${each}" on the page of a client: ${text}`);
  expect(text.includes('between us'), false, 'a note of the office on the page of a client');
}

async function tooManyWords(phone: Page, url: string): Promise<void> {
  await toWord(phone, url);
  const field = phone.getByLabel('The word you agreed on');
  for (let count = 1; count <= 5; count += 1) {
    await field.fill(`grey goose ${count}`);
    await phone.keyboard.press('Enter');
    await phone.getByRole('alert').filter({ hasText: 'not the word' }).waitFor();
    await phone.getByRole('button', { name: 'Open my page' }).and(phone.locator(':enabled')).waitFor();
  }
  await phone.getByRole('alert').filter({ hasText: 'rests for 15 minutes' }).waitFor();
  // The right one does not help now.
  await field.fill(WORD);
  await phone.keyboard.press('Enter');
  await phone
    .getByRole('alert')
    .filter({ hasText: /tried too often\. Wait 1[45] minutes/ })
    .waitFor();
}

async function seeAs(url: string, phone: Page): Promise<void> {
  await phone.goto(url);
  await phone.getByRole('button', { name: 'Open my closing' }).click();
  await phone.getByText('You see this as Priya Raman does. Nothing can be changed here.').waitFor();
}

/** One key opens the portal as that person sees it in the system's browser. Where its address can be caught on the way, it is. */
async function addressOfLook(desk: Desk, at: At): Promise<string> {
  if (desk.host === 'browser') return caught(desk.page);
  const told = await desk.call('access:preview', at);
  if (told.kind === 'no') throw new Error(told.sentence);
  return told.value.url;
}

async function caught(page: Page): Promise<string> {
  let url = '';
  await page.route('**/call', (route) => {
    const asked = route.request().postDataJSON() as {
      readonly name: string;
      readonly input: { readonly url?: string };
    };
    if (asked.name !== 'host:open-link') return route.fallback();
    url = asked.input.url ?? '';
    return route.fulfill({ json: { ok: true, value: { done: true } } });
  });
  await page.keyboard.press('s');
  const found = await until(
    async () => url,
    (one) => one !== '',
    'the address of the look',
    SLOW_MS,
  );
  await page.unroute('**/call');
  return found;
}

/** What a link that was ended and one that never was say is the same to the letter. */
async function saysTheSame(phone: Page, url: string): Promise<void> {
  const told: string[] = [];
  for (const each of [url, `${url.split('#')[0]}#/open/${'A'.repeat(43)}`]) {
    await phone.goto('about:blank');
    await phone.goto(each);
    await phone.getByRole('button', { name: 'Open my closing' }).click();
    await phone.getByRole('heading', { name: 'This link does not work' }).waitFor();
    told.push(await phone.locator('main').innerHTML());
  }
  expect(told[0], told[1], 'the page of a link that ended, and of one that never was');
}

async function toWord(phone: Page, url: string): Promise<void> {
  await phone.goto(url);
  await phone.getByRole('button', { name: 'Open my closing' }).click();
  await phone.getByLabel('The word you agreed on').waitFor();
}

async function exported(desk: Desk, folder: string): Promise<void> {
  const page = await desk.open();
  await openPriya(desk);
  await page.keyboard.press('9');
  await page
    .getByRole('region', { name: 'Activity', exact: true })
    .getByText(/opened 1847 Marlowe Ave/)
    .first()
    .waitFor();
  await noteWhatIsMade(page);
  await page.keyboard.press('e');
  const save = page.getByRole('button', { name: 'Save it' });
  await save.waitFor({ timeout: SLOW_MS });
  const file = join(folder, 'deal.zip');
  await keep(desk, save, file);
  expect(await verify(file), /^0 .*"ok":true/, 'what verify says of it');

  const bytes = readFileSync(file);
  // Within the packed rows: a zip's own list of entries would be found by any unpacker.
  const at = bytes.indexOf('rows.jsonl') + 'rows.jsonl'.length + 40;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  const changed = join(folder, 'changed.zip');
  writeFileSync(changed, bytes);
  expect(await verify(changed), /^1 .*rows\.jsonl/, 'what verify says of one byte');
}

/** Where a page saves by a download, by that. Where the host asks a person for the place, the copy that it would take. */
async function keep(desk: Desk, save: Locator, to: string): Promise<void> {
  if (desk.host === 'electron') {
    const made = await desk.page.evaluate(() => window.madeFile);
    if (made === undefined) throw new Error('no file was told of');
    copyFileSync((await desk.call('files:copy-out', made)).path, to);
    return;
  }
  const [download] = await Promise.all([desk.page.waitForEvent('download', { timeout: SLOW_MS }), save.click()]);
  await download.saveAs(to);
}

async function noteWhatIsMade(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.closeboard?.listen((event) => {
      if (event.type === 'job:progress' && event.made !== undefined) window.madeFile = event.made;
    });
  });
}

/** Its exit code, and what it wrote. */
async function verify(file: string): Promise<string> {
  const words = [join(places.out, 'main', 'cli.js'), 'verify', file];
  return new Promise((resolve) => {
    execFile(places.node, words, { encoding: 'utf8' }, (error, stdout, stderr) =>
      resolve(`${error?.code ?? 0} ${stdout} ${stderr}`.replaceAll(/\s+/g, ' ')),
    );
  });
}
