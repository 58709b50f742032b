import type { Page } from 'playwright-core';
import { isReady } from '../lib/desk.ts';
import { expect } from '../lib/expect.ts';
import type { Stage } from './stage.ts';
import { typed } from './stage.ts';

/** A deal by hand: form, scenario, anchors, people; every date with its reason before it is saved. Gives its id. */
export async function newDeal({ desk, days, shot }: Stage): Promise<string> {
  const { page } = desk;
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Board' }).click();
  await isReady(page, 'board');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New deal' });
  await dialog.waitFor();
  const fill = (label: string, text: string) => dialog.getByLabel(label, { exact: true }).first().fill(text);
  await fill('House number and street', '1847 Marlowe Ave');
  await fill('City', 'Sacramento');
  await fill('State', 'California');
  await fill('ZIP', '95816');
  await fill('Price in dollars', '642,000');
  await fill('Acceptance', typed(days.acceptance));
  await fill('Close of escrow', typed(days.closing));
  await fill('Year built', '1964');
  await person(page, { at: 0, name: 'Priya Raman', email: 'priya@mail.example' });
  await dialog.getByRole('button', { name: 'Add a person' }).click();
  await person(page, { at: 1, name: 'Daniel Achterberg', email: 'daniel@mail.example' });
  await shot(page, 'new-deal');
  const told = await dialog.innerText();
  for (const reason of [/3 business days after .* is /, /17 calendar days after/, /No days are added: it is/])
    expect(told, reason, 'the reason of a date before it is saved');
  await page.keyboard.press('Control+Enter');
  await isReady(page, 'deal');
  await page.getByRole('heading', { name: /Marlowe Ave/ }).waitFor();
  await shot(page, 'deal');
  await page.keyboard.press('4');
  await page.getByRole('option', { name: /Deposit to escrow/ }).click();
  await page
    .getByText(/3 business days after/)
    .first()
    .waitFor();
  await shot(page, 'dates-with-reasons');
  await page.keyboard.press('b');
  await isReady(page, 'board');
  const card = page.locator('[data-stage="intake"]').getByRole('option', { name: /1847.*Marlowe Ave/ });
  return (await card.getAttribute('data-deal')) ?? '';
}

async function person(page: Page, who: { readonly at: number; readonly name: string; readonly email: string }) {
  const row = page.getByRole('dialog', { name: 'New deal' }).locator('ol > li').nth(who.at);
  await row.getByLabel('Name').fill(who.name);
  await row.getByLabel('E-mail').fill(who.email);
}
