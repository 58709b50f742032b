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

/** More than any page is away from home. */
const MOST_BACK = 6;

/** Back, screen by screen. Each is drawn before the next step, or a step would be one too many and leave the page. */
export async function goHome(page: Page): Promise<void> {
  for (let step = 0; step < MOST_BACK && !(await page.locator('main.home').isVisible()); step += 1) {
    const title = await page.locator('main h1').first().textContent();
    await page.goBack();
    // Where a screen has the title of the one before it, the next step is right all the same.
    await page
      .waitForFunction((words) => document.querySelector('main h1')?.textContent !== words, title, { timeout: 3_000 })
      .catch(() => {});
  }
  await isHome(page);
}

export async function isHome(page: Page): Promise<void> {
  await page.locator('main.home').waitFor();
}
