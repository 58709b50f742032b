import type { Page } from 'playwright-core';
import { expect } from '../lib/expect.ts';
import { isShared } from '../lib/team.ts';
import { approveAll, linkFor, openLink } from './client.ts';
import { dropPdf, lineOf, toDeal } from './papers.ts';
import { SLOW_MS, type Stage } from './stage.ts';

/** A client asks for a later closing; the other one agrees; the signed extension moves it, after all that moves was seen. */
export async function closeLater(stage: Stage, dealId: string, phone: Page): Promise<void> {
  const { desk, days, shot } = stage;
  const { page } = desk;
  await phone.getByRole('button', { name: 'Back to your page' }).click();
  await phone.getByRole('heading', { name: /^Hello Priya/ }).waitFor();
  await phone
    .getByRole('navigation')
    .getByRole('button', { name: /Ask for a change/ })
    .click();
  await phone.getByRole('button', { name: /Close later or earlier/ }).click();
  await phone.getByLabel('New day', { exact: true }).fill(days.later);
  await phone.getByLabel(/^Why/).fill('Our lender needs one more week.');
  await shot(phone, 'ask-for-later-closing');
  await phone.getByRole('button', { name: 'Look it over' }).click();
  await shot(phone, 'look-it-over');
  await phone.getByRole('button', { name: 'Send my request' }).click();
  await phone.getByRole('heading', { name: 'Your request is on its way' }).waitFor();
  await shot(phone, 'asked');

  await toDeal(page, dealId);
  await page.keyboard.press('6');
  await page.getByRole('listbox', { name: 'Requests for change' }).getByRole('option').first().waitFor();
  await shot(page, 'request-on-the-desk');

  const daniel = await linkFor(stage, dealId, 'Daniel Achterberg');
  const other = await stage.phone.another();
  await openLink(stage, other, daniel, 'Daniel');
  await other
    .getByRole('button', { name: /Agree or decline|Look at it/ })
    .first()
    .click();
  await shot(other, 'asked-to-agree');
  await other.getByRole('button', { name: 'Agree', exact: true }).click();
  await other.getByText('Your answer is kept. Thank you.').first().waitFor();
  await shot(other, 'agreed');
  await isShared(desk);
  await putIntoEffect(stage, dealId);
}

async function putIntoEffect(stage: Stage, dealId: string): Promise<void> {
  const { desk, days, shot } = stage;
  const { page } = desk;
  await toDeal(page, dealId);
  await page.keyboard.press('3');
  const addenda = await lineOf(page, /Addenda and amendments/);
  await dropPdf(page, addenda, 'Extension of time signed.pdf', [extension(days.today, days.later)]);
  await addenda
    .getByText(/review/i)
    .first()
    .waitFor({ timeout: SLOW_MS });
  await approveAll(desk);
  await toDeal(page, dealId);
  await page.keyboard.press('6');
  await page.getByText(/looks like the paper for this request/).waitFor();
  await shot(page, 'extension-is-here');
  await page
    .getByRole('button', { name: /Put into effect/ })
    .first()
    .click();
  const ask = page.getByRole('dialog', { name: 'Put it into effect' });
  await ask.getByRole('button', { name: /See what moves/ }).click();
  const effect = page.getByRole('dialog').filter({ hasText: 'Must agree before it counts' });
  await effect.getByText('Nothing has changed yet.').first().waitFor();
  await shot(page, 'impact');
  expect(await effect.innerText(), /dates? moves?/, 'what the change would move');
  await page.keyboard.press('Control+Enter');
  await effect.waitFor({ state: 'detached' });
  const deal = await desk.call('deals:get', { dealId });
  expect(deal?.closingOn, days.later, 'the closing day after the executed extension');
  await shot(page, 'in-effect');
}

function extension(today: string, later: string): string {
  const [year, month, day] = today.split('-').map(Number);
  const date = `${month}/${day}/${year}`;
  return `EXTENSION OF TIME ADDENDUM
(C.A.R. Form ETA, Revised 12/22)
Property address: 1847 Marlowe Ave, Sacramento, CA 95816
The close of escrow is extended to ${later}.
Buyer Priya Raman   Date ${date}
Buyer Daniel Achterberg   Date ${date}
Seller Gloria M. Estevez   Date ${date}
ETA REVISED 12/22 (PAGE 1 OF 1)`;
}
