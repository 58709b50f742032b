import { makeDeal } from './lib/deals.ts';
import type { Desk } from './lib/desk.ts';
import { expect, until } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';

const LONG = 'Maximiliana Featherstonehaugh-Cholmondeley von und zu Oberpfaffenhofen';
const DEALS = 300;

export const journeys: readonly Journey[] = [
  {
    name: '300 cards in a column and very long names: nothing overlaps, nothing scrolls sideways',
    limitMs: 180_000,
    runsOnce: true,
    async run(desk) {
      const page = await desk.open();
      await makeMany(desk);
      await page
        .locator('[data-stage="intake"] h2')
        .filter({ hasText: String(DEALS) })
        .waitFor({ timeout: 60_000 });
      for (const size of [
        { width: 1440, height: 900 },
        { width: 1024, height: 700 },
      ]) {
        await page.setViewportSize(size);
        // A window that is made smaller wraps its cards; they take their place a frame or two later.
        await until(
          () => troubles(desk),
          (found) => found.length === 0,
          `at ${size.width} by ${size.height}`,
        );
      }
      const drawn = await page.locator('[data-stage="intake"]').getByRole('option').count();
      expect(drawn < 60, true, `of 300 cards ${drawn} are drawn, which is fewer than 60`);
      await page.getByRole('option').first().focus();
      await page.keyboard.press('End');
      await page.waitForFunction(() => Number(document.activeElement?.getAttribute('aria-posinset')) > 20);
      // Cards take their place once their height was measured, a frame or two after they came.
      await until(
        () => troubles(desk),
        (found) => found.length === 0,
        'at the end of the column',
      );
    },
  },
];

async function makeMany(desk: Desk): Promise<void> {
  const numbers = Array.from({ length: DEALS }, (_, index) => index + 1);
  const made = numbers.map((number) => {
    const isLong = number % 3 === 0;
    return makeDeal(desk, {
      street: isLong ? `${number} Rancho Santa Margarita y Las Flores de la Cañada Boulevard` : `${number} Elm St`,
      unit: isLong ? '1204B-West' : '',
      client: isLong ? LONG : 'Ida Berg',
    });
  });
  await Promise.all(made);
}

/** Card parts that lie over one another or leave their card, and a page that scrolls sideways. */
async function troubles({ page }: Desk): Promise<readonly string[]> {
  return await page.evaluate(() => {
    const found: string[] = [];
    const root = document.scrollingElement ?? document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in ${root.clientWidth}`);
    const boxes = (elements: Iterable<Element>) =>
      [...elements].map((one) => ({ one, box: one.getBoundingClientRect() }));
    const overlap = (a: DOMRect, b: DOMRect) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
    const compare = (parts: ReturnType<typeof boxes>, where: string) => {
      parts.forEach(({ one, box }, index) => {
        for (const other of parts.slice(index + 1))
          if (overlap(box, other.box)) found.push(`${where}: "${one.textContent}" over "${other.one.textContent}"`);
      });
    };
    for (const column of document.querySelectorAll('[data-stage]'))
      compare(boxes(column.querySelectorAll('[role="option"]')), 'cards');
    for (const card of document.querySelectorAll('[data-stage] [role="option"]')) {
      const whole = card.getBoundingClientRect();
      compare(boxes(card.children), 'lines of a card');
      for (const line of card.children) compare(boxes(line.children), 'parts of a line');
      for (const { one, box } of boxes(card.querySelectorAll('*')))
        if (
          box.width > 0 &&
          (box.right > whole.right + 1 || box.left < whole.left - 1) &&
          getComputedStyle(one).position !== 'absolute' &&
          !one.closest('svg')
        )
          found.push(`"${one.textContent}" leaves its card`);
    }
    return [...new Set(found)].slice(0, 12);
  });
}
