import type { Locator, Page } from 'playwright-core';
import type { Stage } from '../../../core/deals/model.ts';

/** The column of a stage. */
export function column(page: Page, stage: Stage): Locator {
  return page.locator(`[data-stage="${stage}"]`);
}

/** The card of a deal, wherever it is. */
export function card(page: Page, dealId: string): Locator {
  return page.locator(`[role="option"][data-deal="${dealId}"]`);
}

/** The card of a deal in that stage's column. */
export function cardIn(page: Page, stage: Stage, dealId: string): Locator {
  return column(page, stage).locator(`[data-deal="${dealId}"]`);
}
