import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on the page as it stands, light and dark, each with the first elements it means. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await analyze(builder(page).withTags(TAGS));
  // Between the themes only colours differ.
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await analyze(builder(page).withRules(['color-contrast']));
  return [...light, ...dark.map((one) => `dark: ${one}`)];
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
