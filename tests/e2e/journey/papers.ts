import type { Locator, Page } from 'playwright-core';
import { TDS, textPdf } from '../../../electron/backend/papers/testing.ts';
import { card } from '../lib/board.ts';
import { isReady } from '../lib/desk.ts';
import { drop } from '../lib/drop.ts';
import { SLOW_MS, type Stage } from './stage.ts';

const CONTRACT = [
  `CALIFORNIA RESIDENTIAL PURCHASE AGREEMENT AND JOINT ESCROW INSTRUCTIONS
(C.A.R. Form RPA, Revised 12/22)
THIS IS AN OFFER FROM Priya Raman and Daniel Achterberg.
THE REAL PROPERTY to be acquired is 1847 MARLOWE AVE., situated in Sacramento, California 95816.
RPA REVISED 12/22 (PAGE 1 OF 2)`,
  `Buyer Priya Raman   Date 6/1/2026
Buyer Daniel Achterberg   Date 6/1/2026
Seller Gloria M. Estevez   Date 6/2/2026
RPA REVISED 12/22 (PAGE 2 OF 2)`,
];

/** The contract is let go on the card, the disclosure on its own line; both are reviewed. */
export async function firstPapers({ desk, shot }: Stage, dealId: string): Promise<void> {
  const { page } = desk;
  await dropPdf(page, card(page, dealId), 'RPA signed.pdf', CONTRACT);
  await page.getByRole('link', { name: /^Inbox/ }).click();
  await isReady(page, 'inbox');
  const row = page.getByRole('listbox', { name: 'Files that came in' }).getByRole('option', { name: /RPA signed/ });
  await row.waitFor({ timeout: SLOW_MS });
  await row.click();
  const proposal = page.getByRole('region', { name: 'Proposal' });
  await proposal.getByRole('region', { name: 'Why we think so' }).waitFor({ timeout: SLOW_MS });
  await shot(page, 'contract-proposed');
  await page.keyboard.press('Enter');
  await row.and(page.locator('[data-group="done"]')).waitFor();

  await toDeal(page, dealId);
  await page.keyboard.press('3');
  const tds = await lineOf(page, /Transfer Disclosure Statement/);
  await dropPdf(page, tds, 'TDS.pdf', [TDS]);
  await tds
    .getByText(/review/i)
    .first()
    .waitFor({ timeout: SLOW_MS });
  await shot(page, 'documents');
}

export async function toDeal(page: Page, dealId: string): Promise<void> {
  await page.getByRole('link', { name: /^Board/ }).click();
  await isReady(page, 'board');
  await card(page, dealId).click();
  await isReady(page, 'deal');
}

/** A line of the documents of the deal that is open, as something to let files go on. */
export async function lineOf(page: Page, title: RegExp): Promise<Locator> {
  const row = page.locator('[data-drop-line]').filter({ hasText: title }).first();
  await row.waitFor();
  return row;
}

export async function dropPdf(page: Page, on: Locator, name: string, pages: readonly string[]): Promise<void> {
  const text = Buffer.from(await textPdf(...pages)).toString('base64');
  await drop(page, on, { name, type: 'application/pdf', text });
}
