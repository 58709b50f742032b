import type { Page } from 'playwright-core';
import type { Deal } from '../../../core/deals/model.ts';
import type { Stage } from '../../../scripts/lib/portal-stage.ts';
import type { Phone } from './phone.ts';
import { usualDeal } from './portal-deals.ts';
import { enter, goHome, isHome, onStage, screenTitle } from './portal-visit.ts';
import type { Look } from './team-screens.ts';

/** Everybody who can have a page of a deal. */
const WHO = [
  ['client', 'p-priya'],
  ['co-client', 'p-daniel'],
  ['agent', 'p-marisol'],
  ['lender', 'p-aiko'],
  ['title', 'p-tomas'],
  ['attorney', 'p-ruth'],
  ['agent of the other side', 'p-hal'],
  ['the other side', 'p-seller'],
] as const;
const CLIENT = 'p-priya';

/** The pages of people with a link, each in the states it can be in. */
export async function portalScreens(phone: Phone, look: Look): Promise<void> {
  await onStage({ deal: usualDeal() }, async (stage) => {
    await wayIn(stage, phone, look);
    for (const [role, personId] of WHO) {
      const page = await enter(stage, phone, personId);
      await look(page, `portal, home of ${role}`);
      await behindDoors(page, (name) => look(page, `portal, ${role}, ${name}`));
      if (personId === CLIENT) await clientsOwn(page, look);
      await page.close();
    }
  });
}

/** The pages of a client in a deal that is out of the ordinary, by what it is. */
export async function portalDeal(phone: Phone, look: Look, name: string, deal: Deal): Promise<void> {
  await onStage({ deal }, async (stage) => {
    const page = await enter(stage, phone, CLIENT);
    await look(page, `portal, ${name}, home`);
    await behindDoors(page, (screen) => look(page, `portal, ${name}, ${screen}`));
    await page.close();
  });
}

async function wayIn(stage: Stage, phone: Phone, look: Look): Promise<void> {
  const page = await phone.another();
  await page.goto(await stage.linkFor(CLIENT));
  await page.getByRole('button', { name: 'Open my closing' }).waitFor();
  await look(page, 'portal, landing');
  await page.getByRole('button', { name: 'Open my closing' }).click();
  await page.getByLabel('The word you agreed on').fill('not the word');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').first().waitFor();
  await look(page, 'portal, another word than agreed');
  await page.goto('about:blank');
  await page.goto((await stage.linkFor('p-hal')).replace(/.{8}$/, 'AAAAAAAA'));
  await page.getByRole('button', { name: 'Open my closing' }).click();
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor();
  await look(page, 'portal, a link that is over');
  await page.close();
}

/** Every screen that home leads to, by its title. */
async function behindDoors(page: Page, see: (name: string) => Promise<void>): Promise<void> {
  const doors = page.locator('nav.more button.row');
  const count = await doors.count();
  for (let index = 0; index < count; index += 1) {
    await doors.nth(index).click();
    const title = await screenTitle(page);
    await see(title.toLowerCase());
    await page.goBack();
    await isHome(page);
  }
}

/** What only a client has: every kind of request, the paper to read, the questions, sending, an answer to a change. */
async function clientsOwn(page: Page, look: Look): Promise<void> {
  const door = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name }).first().click();
  const back = async () => {
    await page.goBack();
  };
  await door(/^Changes|Ask for a change/);
  await page
    .getByRole('button', { name: /^Look and answer/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Your answer' }).waitFor();
  await look(page, 'portal, client, a change to answer');
  await page.getByRole('button', { name: 'Decline', exact: true }).click();
  await look(page, 'portal, client, declining a change');
  await back();
  await screenTitle(page);
  await page.getByRole('button', { name: 'Ask for a change' }).click();
  await page.locator('ul.picks').first().waitFor();
  await look(page, 'portal, client, what can be changed');
  const picks = page.locator('ul.picks button');
  const count = await picks.count();
  for (let index = 0; index < count; index += 1) {
    const name = await picks.nth(index).innerText();
    await picks.nth(index).click();
    await page.locator('ul.picks').first().waitFor({ state: 'detached' });
    await look(page, `portal, client, asking, ${name.toLowerCase()}`);
    await back();
    await picks.first().waitFor();
  }
  await goHome(page);
  await door(/^Questions for you/);
  await page.getByRole('button', { name: /About the home/ }).click();
  await page.getByRole('heading', { level: 1, name: /^About the home/ }).waitFor();
  await look(page, 'portal, client, a form');
  await page.getByRole('button', { name: 'Send my answers' }).click();
  await page.getByText(/Nothing is sent yet/).waitFor();
  await look(page, 'portal, client, a form with answers to look at');
  await goHome(page);
  await door(/^Papers/);
  await page.getByRole('button', { name: /^Read The seller/ }).click();
  await page.getByText('Page of a paper').first().waitFor({ state: 'attached' });
  await look(page, 'portal, client, a paper');
  await goHome(page);
  await page
    .getByRole('button', { name: /^Send it: Your home insurance|^Send it$/ })
    .first()
    .click();
  await screenTitle(page);
  await look(page, 'portal, client, sending a paper');
  await goHome(page);
  await page.getByRole('button', { name: 'Add to my calendar' }).click();
  await screenTitle(page);
  await look(page, 'portal, client, calendar');
  await goHome(page);
  await page.getByRole('button', { name: 'Propose somebody' }).click();
  await screenTitle(page);
  await look(page, 'portal, client, proposing');
  await page.getByRole('button', { name: 'Propose them' }).click();
  await look(page, 'portal, client, proposing, to look at');
  await goHome(page);
  await page.context().setOffline(true);
  await door(/^Messages/);
  await page.getByRole('textbox').fill('Supercalifragilistic'.repeat(8));
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('Not sent yet. It will be tried again when you are back.', { exact: true }).waitFor();
  await look(page, 'portal, client, a message that waits');
  await page.context().setOffline(false);
  await goHome(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
  await look(page, 'portal, signed out');
}
