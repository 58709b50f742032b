import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { openStage, type Stage, type StageWish, WORD } from '../../../scripts/lib/portal-stage.ts';
import type { Phone } from './phone.ts';
import { places } from './places.ts';

/** A portal with a deal to look at, for as long as `work` takes. */
export async function onStage(wish: Omit<StageWish, 'web'>, work: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await openStage({ web: join(places.out, 'portal-web'), ...wish });
  try {
    await work(stage);
  } finally {
    await stage.close();
  }
}

/** Somebody of the deal on a phone of their own, at home. */
export async function enter(
  stage: Stage,
  phone: Phone,
  personId: string,
  window: BrowserContextOptions = {},
): Promise<Page> {
  const page = await phone.another(window);
  await page.goto(await stage.linkFor(personId));
  await page.getByRole('button', { name: 'Open my closing' }).click();
  await page.getByLabel('The word you agreed on').fill(WORD);
  await page.keyboard.press('Enter');
  await isHome(page);
  return page;
}

export async function screenTitle(page: Page): Promise<string> {
  const title = page.locator('main.screen h1').filter({ hasNotText: /^Opening/ });
  await title.waitFor();
  return await title.innerText();
}

export async function goHome(page: Page): Promise<void> {
  while (!(await page.locator('main.home').isVisible())) await page.goBack();
  await isHome(page);
}

export async function isHome(page: Page): Promise<void> {
  await page.locator('main.home').waitFor();
}
