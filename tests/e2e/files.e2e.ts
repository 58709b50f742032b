import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { mailWith, TDS, textPdf } from '../../electron/backend/papers/testing.ts';
import { makeDeal } from './lib/deals.ts';
import { type Desk, isReady } from './lib/desk.ts';
import { drop } from './lib/drop.ts';
import { expect, until } from './lib/expect.ts';
import { withFolder } from './lib/folders.ts';
import type { Journey } from './lib/journey.ts';

/** Files on their way through the window: in, proposed, filed, reviewed, replaced, put together, found again. */
export const journeys: readonly Journey[] = [
  {
    name: 'files: a watched folder, a mail, the inbox, the review, a new version, the packet and the search',
    limitMs: 180_000,
    run: (desk) => withFolder('files', (folder) => wholeWay(desk, folder)),
  },
  {
    name: 'files: picked, pasted and dropped on a document',
    limitMs: 120_000,
    run: (desk) => withFolder('files', (folder) => waysIn(desk, folder)),
  },
];

const PRELIM = `PRELIMINARY TITLE REPORT
Larkmoor Escrow
Property address: 1847 Marlowe Ave, Sacramento, CA 95818
Order number LM-20417 dated June 1, 2026
This report is issued for the buyer Tomasz Adeyemi. Schedule B, exceptions: the aqueduct easement.`;

async function wholeWay(desk: Desk, folder: string): Promise<void> {
  const page = await desk.open();
  await makeDeal(desk, { street: '1847 Marlowe Ave', anchors: [{ name: 'acceptance', on: '2026-06-02' }] });
  await watch(page, folder);
  writeFileSync(join(folder, 'Document(3).pdf'), await textPdf(TDS));
  const prelim = await textPdf(PRELIM);
  writeFileSync(
    join(folder, 'Re title.eml'),
    mailWith('scan0007.pdf', prelim, 'Larkmoor Escrow <office@larkmoor.example>'),
  );

  await toInbox(page);
  const tds = inboxRow(page, 'Document(3).pdf');
  const title = inboxRow(page, 'scan0007.pdf');
  await tds.waitFor({ timeout: 40_000 });
  await title.waitFor({ timeout: 40_000 });
  await tds.click();
  const proposal = page.getByRole('region', { name: 'Proposal' });
  await proposal.getByText('Transfer Disclosure Statement').first().waitFor();
  await proposal.getByRole('region', { name: 'Why we think so' }).waitFor();
  await page.frameLocator('iframe').first().locator('body').waitFor();
  await page.keyboard.press('Enter');
  await tds.and(page.locator('[data-group="done"]')).waitFor();
  await title.click();
  await proposal
    .getByText(/title report/i)
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await title.and(page.locator('[data-group="done"]')).waitFor();

  await toReview(page);
  await sendBack(page, 'Page 3 lacks initials');
  // A key is for the document that is shown: the next one has to be there first.
  const next = page
    .getByRole('region', { name: 'Review' })
    .filter({ has: page.getByRole('heading', { name: /title/i }) });
  await next.getByRole('button', { name: /^Approve/ }).waitFor();
  await page.keyboard.press('a');
  await page.getByText('Nothing to review').waitFor();

  writeFileSync(join(folder, 'TDS signed.pdf'), await textPdf(`${TDS}\nInitials G.E.`));
  await toInbox(page);
  const signed = inboxRow(page, 'TDS signed.pdf');
  await signed.waitFor({ timeout: 40_000 });
  await signed.click();
  await proposal.getByText('Transfer Disclosure Statement').first().waitFor();
  await page.keyboard.press('Enter');
  await signed.and(page.locator('[data-group="done"]')).waitFor();
  await toReview(page);
  // What the queue held at the last visit may stand there for a moment.
  await page
    .getByRole('region', { name: 'Review' })
    .getByRole('button', { name: /^Approve/ })
    .waitFor();
  await page.keyboard.press('a');
  await page.getByText('Nothing to review').waitFor();

  await toDocuments(page);
  await packet(page);
  await findInside(page);
}

async function watch(page: Page, folder: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click();
  await isReady(page, 'settings');
  const form = page.getByRole('form', { name: 'Watch a folder' });
  await form.getByRole('textbox').fill(folder);
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: `Folder ${folder}` });
  await card.getByRole('status').waitFor();
}

async function toInbox(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await isReady(page, 'inbox');
}

function inboxRow(page: Page, name: string): Locator {
  return page.getByRole('listbox', { name: 'Files that came in' }).getByRole('option').filter({ hasText: name });
}

async function toReview(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Review queue');
  await page
    .getByRole('option', { name: /^Review queue/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await isReady(page, 'review');
}

async function sendBack(page: Page, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Send it back' });
  await page
    .getByRole('region', { name: 'Review' })
    .getByRole('button', { name: /^Approve/ })
    .waitFor();
  await page.keyboard.press('r');
  await dialog.getByLabel('What is to be done').fill(reason);
  await dialog.getByRole('button', { name: 'Send it back' }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function toDocuments(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Board/ }).click();
  await isReady(page, 'board');
  await page.getByRole('option', { name: /1847.*Marlowe Ave/ }).click();
  await isReady(page, 'deal');
  await page.keyboard.press('3');
  const line = page.getByRole('option', { name: /Transfer Disclosure Statement/ });
  await line.waitFor();
  expect(await line.innerText(), /approved/i, 'the state of the document');
}

async function packet(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for the documents' }).click();
  await page.getByRole('menuitem', { name: /Closing packet/ }).click();
  const dialog = page.getByRole('dialog', { name: /Closing packet/ });
  await dialog.getByRole('button', { name: 'Build the packet' }).click();
  await dialog.getByText(/The packet is made: \d+ pages/).waitFor({ timeout: 60_000 });
  await dialog.getByText(/page 1 of \d+/).waitFor({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

async function findInside(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('aqueduct');
  await page
    .getByRole('option', { name: /easement/i })
    .first()
    .waitFor();
  await page.keyboard.press('Escape');
}

async function waysIn(desk: Desk, folder: string): Promise<void> {
  const page = await desk.open();
  const dealId = await makeDeal(desk, {
    street: '1847 Marlowe Ave',
    anchors: [{ name: 'acceptance', on: '2026-06-02' }],
  });
  const path = join(folder, 'Inspection.pdf');
  writeFileSync(path, await textPdf('HOME INSPECTION REPORT\n1847 Marlowe Ave, Sacramento'));
  const line = (await desk.call('papers:lines', { dealId })).find((each) => each.title.includes('executed contract'));
  await page.getByRole('link', { name: /^Board/ }).click();
  await isReady(page, 'board');
  await page.getByRole('option', { name: /1847.*Marlowe Ave/ }).click();
  await isReady(page, 'deal');
  await page.keyboard.press('3');
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Add files' }).click(),
  ]);
  await chooser.setFiles(path);
  await until(
    async () => (await desk.call('inbox:list', {})).toConfirm.map((item) => item.fileName),
    (names) => names.includes('Inspection.pdf'),
    'the picked file in the inbox',
  );
  // Where a page is given the real path, nothing was sent up.
  const sent = join(desk.data, 'incoming');
  if (desk.host === 'electron') expect(existsSync(sent) ? readdirSync(sent) : [], [], 'what was copied on the way');
  const row = page.locator(`[data-drop-line="${line?.id ?? ''}"]`).first();
  await row.waitFor();
  const text = Buffer.from(await textPdf('RESIDENTIAL PURCHASE AGREEMENT')).toString('base64');
  await drop(page, row, { name: 'contract.pdf', type: 'application/pdf', text });
  await row
    .getByText(/needs review|in review|to review/i)
    .first()
    .waitFor({ timeout: 30_000 });
  const after = (await desk.call('papers:lines', { dealId })).find((each) => each.id === line?.id);
  expect(after?.versions.map((version) => version.originalName) ?? [], ['contract.pdf'], 'the files of the document');
}
