import type { Page } from 'playwright-core';
import type { Stage } from '../../../scripts/lib/portal-stage.ts';
import type { Phone } from './phone.ts';
import { usualDeal } from './portal-deals.ts';
import { enter, onStage, screenTitle } from './portal-visit.ts';
import type { Look } from './team-screens.ts';

const CLIENT = 'p-priya';
const OPEN = 'Open my closing';
const HOUR = 3_600_000;

/** The second step by mail, links that are over, and no signal. */
export async function portalWayIn(phone: Phone, look: Look): Promise<void> {
  const told: Look = (page, name) => look(page, `portal, way in, ${name}`);
  await onStage({ deal: usualDeal() }, async (stage) => {
    await codes(stage, phone, told);
    await noMail(stage, phone, told);
    await restingWord(stage, phone, told);
    await links(stage, phone, told);
    await noSignal(stage, phone, told);
  });
}

async function codes(stage: Stage, phone: Phone, look: Look): Promise<void> {
  const page = await open(phone, (await stage.makeLink(CLIENT, { secondStep: 'code' })).url);
  await page.getByText(/^We sent an 8-digit code/).waitFor();
  await look(page, 'a code was sent');
  await page.getByRole('button', { name: 'Open my page' }).click();
  await page.getByText('The code has 8 digits.').waitFor();
  await look(page, 'a code that is too short');
  for (const says of [/You have 4 more tries/, /3 more/, /2 more/, /one more try/, /Send a new one/]) {
    await page.getByLabel('The code from the e‑mail').fill('00000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: says }).waitFor();
    if (says.source.includes('4 more')) await look(page, 'a wrong code');
  }
  await look(page, 'too many wrong codes');
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor({ state: 'detached' });
  await page.getByText(/^We sent an 8-digit code/).waitFor();
  await look(page, 'a new code was sent');
  const ask = page.getByRole('button', { name: 'Send a new code' });
  const isTooMuch = page.getByText(/^That was tried too often/);
  for (let tries = 0; tries < 20 && !(await isTooMuch.isVisible()); tries += 1) {
    const answered = page.waitForResponse(/send-code/);
    await ask.click();
    await answered;
    await page.getByText('We are sending a code').waitFor({ state: 'detached' });
  }
  await isTooMuch.waitFor();
  await look(page, 'codes asked for too often');
  await page.close();
  stage.desk.wait(HOUR);
}

async function noMail(stage: Stage, phone: Phone, look: Look): Promise<void> {
  stage.desk.failMail({ sent: false, retry: 'later', problem: 'no answer' });
  const page = await open(phone, (await stage.makeLink('p-daniel', { secondStep: 'code' })).url);
  await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  await look(page, 'the mail does not go out');
  stage.desk.failMail(null);
  await page.close();
}

async function restingWord(stage: Stage, phone: Phone, look: Look): Promise<void> {
  const page = await open(phone, await stage.linkFor('p-daniel'));
  const rests = page.getByText(/This link now rests for/);
  for (let tries = 0; tries < 12 && !(await rests.isVisible()); tries += 1) {
    await page.getByLabel('The word you agreed on').fill(`not it ${tries}`);
    const answered = page.waitForResponse(/confirm/);
    await page.keyboard.press('Enter');
    await answered;
    await page.getByRole('button', { name: 'Open my page' }).waitFor();
    await page.getByRole('alert').filter({ hasText: /./ }).waitFor();
  }
  await rests.waitFor();
  await look(page, 'too many wrong words');
  await page.close();
  stage.desk.wait(HOUR);
}

/** One that was revoked while its page was open, one whose time is over, and a page without its link. */
async function links(stage: Stage, phone: Phone, look: Look): Promise<void> {
  const { context } = stage.desk;
  const { url, link } = await stage.makeLink('p-tomas');
  await context.store.transaction(context.workspaceId, (tx) =>
    tx.links.revoke(context.workspaceId, link.id, context.now().toISOString()),
  );
  const revoked = await open(phone, url);
  await revoked.getByRole('heading', { name: 'This link does not work' }).waitFor();
  await look(revoked, 'a revoked link');
  await revoked.close();
  const bare = await phone.another();
  await bare.goto(stage.url);
  await bare.getByRole('heading', { name: 'Open your link again' }).waitFor();
  await look(bare, 'a page without its link');
  await bare.close();
}

/** What stands there stays, and says of when it is; a page that is opened anew says that it cannot be reached. */
async function noSignal(stage: Stage, phone: Phone, look: Look): Promise<void> {
  const page = await enter(stage, phone, CLIENT);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.context().setOffline(true);
  // A phone says that the signal is back, and it is not.
  await page.evaluate(() => dispatchEvent(new Event('online')));
  await page.locator('.strip').waitFor();
  await look(page, 'home without a signal');
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Papers/ })
    .first()
    .click();
  await screenTitle(page);
  await look(page, 'papers without a signal');
  await page.reload();
  await page.getByRole('heading', { name: 'The page cannot be reached' }).waitFor();
  await look(page, 'opened without a signal');
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: 'The page cannot be reached' }).waitFor({ state: 'detached' });
  await screenTitle(page);
  await page.close();
}

async function open(phone: Phone, url: string): Promise<Page> {
  const page = await phone.another();
  await page.goto(url);
  await page.getByRole('button', { name: OPEN }).click();
  return page;
}
