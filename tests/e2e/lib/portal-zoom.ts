import type { Page } from 'playwright-core';
import { makeIntakeLink } from '../../../portal/server/intake/testing.ts';
import { type Phone, sideways, withPhone } from './phone.ts';
import { crowdedDeal } from './portal-deals.ts';
import { enter, goHome, onStage, screenTitle } from './portal-visit.ts';
import type { Look } from './team-screens.ts';

/** A window of 1280 by 1024 whose browser zooms: the page has so much fewer of its own pixels, each drawn with more. */
export const ZOOMS = [
  ['200 %', { viewport: { width: 640, height: 512 }, deviceScaleFactor: 2, hasTouch: false }],
  ['400 %', { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, hasTouch: false }],
] as const;

/** A phone, with a keyboard. */
export const PHONE = [['the size of a phone', { viewport: { width: 390, height: 844 }, hasTouch: false }]] as const;

type Windows = readonly (readonly [string, NonNullable<Parameters<Phone['another']>[0]>])[];

/** The pages that people do something on, with long names, in each of these windows. */
export async function doingPages(windows: Windows, look: Look): Promise<void> {
  await withPhone((phone) =>
    onStage({ deal: crowdedDeal() }, async (stage) => {
      for (const [size, window] of windows) {
        const told: Look = (page, name) => look(page, `portal, ${name} at ${size}`);
        const page = await enter(stage, phone, 'p-priya', window);
        await told(page, 'home');
        await screensOf(page, told);
        await page.close();
        await intakeOf(phone, window, (await makeIntakeLink(stage.desk)).url, told);
      }
    }),
  );
}

async function screensOf(page: Page, look: Look): Promise<void> {
  const door = (name: RegExp) => page.getByRole('navigation').getByRole('button', { name }).first().click();
  await door(/^What you have to do/);
  await screenTitle(page);
  await look(page, 'tasks');
  await goHome(page);
  await door(/^Papers/);
  await page.getByRole('button', { name: /^Read The seller/ }).click();
  await page.getByText('Page of a paper').first().waitFor({ state: 'attached' });
  await look(page, 'reading');
  await goHome(page);
  await door(/^Papers/);
  await page
    .getByRole('button', { name: /^Send it: / })
    .first()
    .click();
  await screenTitle(page);
  await look(page, 'upload');
  await goHome(page);
  await door(/^Changes/);
  await page.getByRole('button', { name: 'Ask for a change' }).click();
  await page.getByRole('button', { name: 'Close later or earlier' }).click();
  await page.getByLabel('New day').waitFor();
  await look(page, 'asking for a change');
}

async function intakeOf(phone: Phone, window: Windows[number][1], url: string, look: Look): Promise<void> {
  const page = await phone.another(window);
  await page.goto(url);
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.getByRole('heading', { name: 'What would you like to do?' }).waitFor();
  await look(page, 'intake');
  await page.close();
}

/** Sideways scrolling, and controls that the keyboard reaches while something that sticks to an edge lies over them. */
export async function zoomTroubles(page: Page): Promise<readonly string[]> {
  const over = await sideways(page);
  const wrong = over > 0 ? [`scrolls ${over} sideways`] : [];
  const count = await page.evaluate(() => {
    document.body.tabIndex = -1;
    document.body.focus();
    return document.querySelectorAll('a[href], button, input, select, textarea, summary').length;
  });
  const isAllThere = await page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    return [...document.querySelectorAll('a[href], button, select, textarea, summary')].flatMap((each) => {
      const box = each.getBoundingClientRect();
      return box.width > 0 && (box.left < -1 || box.right > edge + 1) ? [(each.textContent ?? '').trim()] : [];
    });
  });
  wrong.push(...isAllThere.map((name) => `“${name}” is cut at the side`));
  for (let step = 0; step < Math.min(count, 40); step += 1) {
    await page.keyboard.press('Tab');
    const covered = await page.evaluate(coveredFocus);
    if (covered !== null) wrong.push(`“${covered}” has the focus and is covered`);
  }
  return wrong;
}

/** The name of what has the focus when none of it can be seen; null when it is in sight. */
function coveredFocus(): string | null {
  const at = document.activeElement;
  if (at === null || at === document.body || at.matches('main, h1, h2')) return null;
  const box = at.getBoundingClientRect();
  // Of what is longer than the window, as the pages of a paper are, the part that is in it.
  const [from, to] = [Math.max(box.top, 0), Math.min(box.bottom, document.documentElement.clientHeight)];
  const seen = [0.1, 0.5, 0.9].some((part) => {
    const [x, y] = [box.left + box.width / 2, from + (to - from) * part];
    const top = document.elementFromPoint(x, y);
    return top !== null && (at.contains(top) || top.contains(at) || top.closest('label')?.control === at);
  });
  return seen ? null : (at.textContent || at.getAttribute('aria-label') || at.id).trim().slice(0, 60);
}
