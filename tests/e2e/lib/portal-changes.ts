import type { Page } from 'playwright-core';
import type { Phone } from './phone.ts';
import { changesDeal } from './portal-deals.ts';
import { enter, goHome, onStage, screenTitle } from './portal-visit.ts';
import type { Look } from './team-screens.ts';

const CLIENT = 'p-priya';

/** Requests for change in every state, as the client sees them, and answers that come too late. */
export async function portalChanges(phone: Phone, look: Look): Promise<void> {
  const told: Look = (page, name) => look(page, `portal, change, ${name}`);
  const deal = changesDeal();
  await onStage({ deal }, async (stage) => {
    const page = await enter(stage, phone, CLIENT);
    await told(page, 'home with all of them');
    await toChanges(page);
    await told(page, 'the list');
    const rows = page.getByRole('button', { name: /^Look (at it|and answer)/ });
    const count = await rows.count();
    for (let index = 0; index < count; index += 1) {
      const state = await page.locator('li.change').nth(index).locator('p.t2').first().innerText();
      const title = await page.locator('li.change').nth(index).locator('h3').innerText();
      await rows.nth(index).click();
      await page.locator('p.state').waitFor();
      await told(page, `${index + 1}, ${title.toLowerCase()}, ${state.toLowerCase().split('.')[0]}`);
      await page.goBack();
      await rows.first().waitFor();
    }
    await withdrawn(page, told);
    await agreed(page, told);
    await tooLate(page, await enter(stage, phone, CLIENT), told);
    await page.close();
  });
}

async function withdrawn(page: Page, look: Look): Promise<void> {
  await open(page, 'Another day for the keys');
  await page.getByRole('button', { name: 'Take my request back' }).click();
  await look(page, 'taking a request back');
  await page.getByRole('button', { name: 'Take it back' }).click();
  await page.getByText('Taken back. Nothing has changed.').waitFor();
  await look(page, 'taken back just now');
  await page.goBack();
}

/** Of two that ask for the same the first goes first; another one can be agreed to. */
async function agreed(page: Page, look: Look): Promise<void> {
  await open(page, 'Another closing day');
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await page.getByText(/^Another request for the same came first/).waitFor();
  await look(page, 'one that another came before');
  await page.goBack();
  await open(page, 'Repairs');
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await page.getByText('Your answer is kept. Thank you.').waitFor();
  await look(page, 'agreed just now');
  await page.goBack();
}

/** The same person answers in two windows: the second is told what became of it. */
async function tooLate(page: Page, other: Page, look: Look): Promise<void> {
  await open(page, 'Another price');
  await toChanges(other);
  await open(other, 'Another price');
  await other.getByRole('button', { name: 'Decline', exact: true }).click();
  await other.getByRole('button', { name: 'Decline this change' }).click();
  await other.getByText('Declined. Nothing has changed.').waitFor();
  await look(other, 'declined just now');
  await other.close();
  await page.getByRole('button', { name: 'Agree', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
  await look(page, 'an answer that came too late');
  await goHome(page);
}

async function open(page: Page, title: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^Look (at it|and answer) ${title}`) })
    .first()
    .click();
  await page.locator('p.state').waitFor();
}

async function toChanges(page: Page): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Changes/ })
    .click();
  await screenTitle(page);
}
