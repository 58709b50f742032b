import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { violations } from './lib/axe.ts';
import type { Desk } from './lib/desk.ts';
import { expect } from './lib/expect.ts';
import { makeFolder, removeFolder } from './lib/folders.ts';
import type { Journey } from './lib/journey.ts';
import { withPhone } from './lib/phone.ts';
import { PortalServer } from './lib/portal-server.ts';
import { beginRoles, granted, linkFor, WORD } from './lib/roles-deal.ts';
import { enter } from './lib/visitor.ts';

/** Links that open nothing any more, at the portal of the office. */
export const journeys: readonly Journey[] = [
  {
    name: 'roles: a link that was ended, one whose time is over, and five wrong words',
    runsOnce: true,
    limitMs: 400_000,
    run: (desk) => PortalServer.with((portal) => ends(desk, portal)),
  },
];

async function ends(desk: Desk, portal: PortalServer): Promise<void> {
  const deal = await beginRoles(desk, portal);
  const ended = await linkFor(desk, deal, 'lender');
  const guessed = await linkFor(desk, deal, 'title');
  const old = await linkFor(desk, deal, 'client');
  await withPhone(async (phone) => {
    const lender = await enter(phone, 'lender', ended.url);
    granted(await desk.call('access:revoke-link', { dealId: deal.dealId, linkId: ended.linkId }));
    await lender.page.reload();
    await lender.page.getByRole('heading', { name: 'Open your link again' }).waitFor();
    const told = await dead(lender.page, ended.url);

    await fiveWords(await phone.another(), guessed.url);

    const client = await enter(phone, 'client', old.url);
    await withClockAhead(portal, async () => {
      await client.page.reload();
      await client.page.getByRole('heading', { name: 'Open your link again' }).waitFor();
      expect(await dead(client.page, old.url), told, 'what a link says whose time is over, and one that was ended');
    });
  });
}

/** What the page of a link says that opens nothing any more. */
async function dead(page: Page, url: string): Promise<string> {
  await page.goto('about:blank');
  await page.goto(url);
  await page.getByRole('button', { name: 'Open my closing' }).click();
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  expect(await violations(page), [], 'what axe finds on the page of a link that is over');
  await page.emulateMedia({ colorScheme: 'light' });
  return page.locator('main').innerText();
}

async function fiveWords(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Open my closing' }).click();
  const field = page.getByLabel('The word you agreed on');
  for (let count = 1; count <= 5; count += 1) {
    await field.fill(`grey goose ${count}`);
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'not the word' }).waitFor();
    await page.getByRole('button', { name: 'Open my page' }).and(page.locator(':enabled')).waitFor();
  }
  await page.getByRole('alert').filter({ hasText: 'rests for 15 minutes' }).waitFor();
  // The right one does not help now.
  await field.fill(WORD);
  await page.keyboard.press('Enter');
  await page
    .getByRole('alert')
    .filter({ hasText: /tried too often\. Wait 1[45] minutes/ })
    .waitFor();
}

/** Years after the closing: far beyond any day that a link of this deal was made to last to. */
const YEARS_MS = 10 * 366 * 86_400_000;

/** The portal starts again on a computer whose clock is ahead; its records are the same. */
async function withClockAhead(portal: PortalServer, work: () => Promise<void>): Promise<void> {
  const folder = makeFolder('clock');
  const file = join(folder, 'clock.mjs');
  writeFileSync(file, clockAhead);
  const before = process.env.NODE_OPTIONS;
  await portal.stop();
  try {
    process.env.NODE_OPTIONS = `--import ${pathToFileURL(file).href}`;
    await portal.start();
    await work();
  } finally {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
    removeFolder(folder);
  }
}

const clockAhead = `
const Clock = globalThis.Date;
globalThis.Date = class Date extends Clock {
  constructor(...words) {
    if (words.length === 0) super(Clock.now() + ${YEARS_MS});
    else super(...words);
  }
  static now() {
    return Clock.now() + ${YEARS_MS};
  }
};
`;
