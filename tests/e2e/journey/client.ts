import type { Page } from 'playwright-core';
import { type Desk, isReady } from '../lib/desk.ts';
import { until } from '../lib/expect.ts';
import { isShared } from '../lib/team.ts';
import { toDeal } from './papers.ts';
import { SLOW_MS, type Stage } from './stage.ts';

const WORD = 'blue heron over the pier';

/** A link for one of the people, made on the deal; gives its address as the window shows it once. */
export async function linkFor({ desk, shot }: Stage, dealId: string, name: string): Promise<string> {
  const { page } = desk;
  await toDeal(page, dealId);
  await page.keyboard.press('5');
  await page.getByRole('listbox', { name: 'People' }).waitFor();
  await page.keyboard.press('v');
  const list = page.getByRole('listbox', { name: 'Who sees what' });
  const isListed = async () => {
    const again = page.getByRole('button', { name: 'Try again' });
    if (await again.isVisible()) await again.click({ timeout: 1_000 }).catch(() => {});
    return list.getByText(name).isVisible();
  };
  await until(isListed, (isThere) => isThere, `${name} among who sees what`, SLOW_MS);
  await list.getByText(name).click();
  await shot(page, 'who-sees-what');
  await page.keyboard.press('l');
  const ask = page.getByRole('dialog', { name: `Make a link for ${name}` });
  await ask.getByRole('textbox', { name: 'The word' }).fill(WORD);
  await page.keyboard.press('Control+Enter');
  const made = page.getByRole('dialog', { name: `The link for ${name}` });
  const url = await made.getByRole('textbox', { name: 'Address' }).inputValue();
  await made.getByRole('button', { name: /^Done/ }).click();
  await made.waitFor({ state: 'detached' });
  return url;
}

/** Landing, second step, home. */
export async function openLink({ shot }: Stage, phone: Page, url: string, first: string): Promise<void> {
  await phone.goto(url);
  await phone.getByRole('button', { name: 'Open my closing' }).waitFor();
  await shot(phone, `${first}-landing`);
  await phone.getByRole('button', { name: 'Open my closing' }).click();
  await phone.getByLabel('The word you agreed on').fill(WORD);
  await shot(phone, `${first}-second-step`);
  await phone.keyboard.press('Enter');
  await phone.getByRole('heading', { name: new RegExp(`^Hello ${first}`) }).waitFor();
  await shot(phone, `${first}-home`);
}

/** The desk approves the disclosure; the phone is asked to read it, and says that it did. */
export async function readsDisclosure({ desk, shot }: Stage, phone: Page): Promise<void> {
  await approveAll(desk);
  await isShared(desk);
  await phone.reload();
  const next = phone
    .getByRole('button', { name: /^Read: The seller’s main disclosure/ })
    .or(phone.getByRole('button', { name: /^Read it/ }));
  await phone.getByRole('heading', { name: /^Hello/ }).waitFor();
  await shot(phone, 'asked-to-read');
  await next.first().click();
  await phone.getByRole('button', { name: 'I have read this' }).waitFor({ timeout: SLOW_MS });
  await shot(phone, 'reading');
  await phone.getByRole('button', { name: 'I have read this' }).click();
  await phone
    .getByText(/You said on .* that you have read/)
    .first()
    .waitFor({ timeout: SLOW_MS });
  await shot(phone, 'acknowledged');
  await phone.goBack();
  await phone.getByRole('heading', { name: /^Hello/ }).waitFor();
}

/** All that waits in the review queue, by the key that says yes. */
export async function approveAll(desk: Desk): Promise<void> {
  const { page } = desk;
  await toReview(page);
  const approve = page.getByRole('region', { name: 'Review' }).getByRole('button', { name: /^Approve/ });
  const waiting = async () => (await desk.call('review:queue', {})).length;
  for (let left = await waiting(); left > 0; left = await waiting()) {
    await approve.waitFor();
    await page.keyboard.press('a');
    // The records say when it is done; the screen shows what stood there until they have answered.
    await until(waiting, (now) => now < left, 'the document that was approved', SLOW_MS);
  }
}

export async function toReview(page: Page): Promise<void> {
  if ((await page.locator('html').getAttribute('data-ready')) === 'review') return;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Review queue');
  await page
    .getByRole('option', { name: /^Review queue/ })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await isReady(page, 'review');
}
