import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { PATIENCE_MS, Skipped } from './desk.ts';
import { browserFlags, places } from './places.ts';

export interface Phone {
  readonly page: Page;
  /** What its pages complained of. */
  readonly errors: readonly string[];
  /** The browser of somebody else, who shares nothing with this one; of a phone unless it is told to be another window. */
  another(window?: BrowserContextOptions): Promise<Page>;
}

/** Another program than the desk's: the browser of somebody who was given a link, at the size of a phone. */
export async function withPhone(work: (phone: Phone) => Promise<void>): Promise<void> {
  if (places.browser === null) throw new Skipped('no browser of the Chromium family is here');
  let browser: Browser | null = null;
  const contexts: BrowserContext[] = [];
  try {
    const launched = await chromium.launch({ executablePath: places.browser, args: [...browserFlags] });
    browser = launched;
    const errors: string[] = [];
    const another = async (window: BrowserContextOptions = {}) => {
      const context = await launched.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, ...window });
      contexts.push(context);
      context.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      context.on('weberror', (error) => errors.push(error.error().message));
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE_MS * 2);
      return page;
    };
    await work({ page: await another(), errors, another });
  } finally {
    for (const context of contexts) await context.close();
    await browser?.close();
  }
}

/** How far the page scrolls sideways. */
export async function sideways(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));
}
