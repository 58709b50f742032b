import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on the page as it stands, each with the first elements it means. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Legacy: in this one page. The other way opens a second one, which a window of ours never does.
  const found = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode().analyze();
  return found.violations.map(({ id, help, nodes }) => {
    const where = nodes
      .slice(0, 4)
      .map((node) => `${node.target.join(' ')}: ${node.failureSummary?.split('\n')[1] ?? ''}`);
    return `${id} (${nodes.length}): ${help}\n    ${where.join('\n    ')}`;
  });
}
