import type { Page } from 'playwright-core';

const MOST_STOPS = 60;

/** Goes on with Tab until the control of that name has the focus: by keyboard only, as a person would. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const here = await focusedName(page);
    if (typeof name === 'string' ? here === name : name.test(here)) return;
    passed.push(here);
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${name}; it went over ${passed.join(' | ')}`);
}

/** Fills the field of that name in, by keyboard only. */
export async function typeInto(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.type(text);
}

async function focusedName(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    const label = (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
    const ids = element?.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const by = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
    return (label ?? element?.getAttribute('aria-label') ?? (by || element?.textContent) ?? '').trim();
  });
}
