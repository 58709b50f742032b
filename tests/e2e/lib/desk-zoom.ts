import type { Page } from 'playwright-core';

/** A window of 1440 by 900 whose browser zooms to 200 %: so many of the page's own pixels are left. */
export const AT_200 = { width: 720, height: 450 } as const;

/** What can be used and is cut at a side of the window, where nothing scrolls it into sight. */
export async function cutAtSide(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    const scrolls = (element: Element | null): boolean => {
      if (element === null || element === document.documentElement) return false;
      const { overflowX } = getComputedStyle(element);
      const isScroller = (overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth;
      return isScroller || scrolls(element.parentElement);
    };
    return [...document.querySelectorAll('a[href], button, input, select, textarea')].flatMap((each) => {
      const box = each.getBoundingClientRect();
      const isShown = each.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1;
      const isCut = box.left < -1 || box.right > edge + 1;
      return isShown && isCut && !scrolls(each.parentElement)
        ? [
            `“${(each.textContent || each.getAttribute('aria-label') || each.id).trim().slice(0, 40)}” is cut at the side`,
          ]
        : [];
    });
  });
}
