import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on the page as it stands, light and dark, each with the first elements it means. */
export async function violations(page: Page): Promise<readonly string[]> {
  await toTheme(page, 'light');
  const light = await analyze(builder(page).withTags(TAGS));
  // Between the themes only colours differ.
  await toTheme(page, 'dark');
  const dark = await analyze(builder(page).withRules(['color-contrast']));
  return [...light, ...dark.map((one) => `dark: ${one}`)];
}

/** Colours that are still on their way from the other theme are nobody's. What turns without end is no transition. */
async function toTheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const moving = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.all(moving.map((each) => each.finished.catch(() => null)));
  });
}

/** Legacy: in this one page. The other way opens a second page, which a window of ours never does. */
function builder(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode();
}

async function analyze(run: AxeBuilder): Promise<readonly string[]> {
  const found = await run.analyze();
  return found.violations.map(({ id, help, nodes }) => {
    const where = nodes
      .slice(0, 4)
      .map((node) => `${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`);
    return `${id} (${nodes.length}): ${help}\n    ${where.join('\n    ')}`;
  });
}
