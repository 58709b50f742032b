import { violations } from './lib/axe.ts';
import { damageRecords } from './lib/damage.ts';
import type { Desk } from './lib/desk.ts';
import { expect } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { openWithSamples, screens } from './lib/screens.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;
const THEMES = ['light', 'dark'] as const;

const looks = SIZES.flatMap((size) =>
  THEMES.map((theme) => ({ size, theme, name: `${theme}, ${size.width} by ${size.height}` })),
);

export const journeys: readonly Journey[] = [
  ...looks.map(({ size, theme, name }) => ({
    name: `axe finds nothing wrong on any screen (${name})`,
    limitMs: 180_000,
    async run(desk: Desk) {
      const page = await openWithSamples(desk);
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme });
      const wrong: string[] = [];
      for (const screen of screens) {
        await screen.show(page);
        wrong.push(...(await violations(page)).map((one) => `${screen.name}: ${one}`));
        if (await scrollsSideways(desk)) wrong.push(`${screen.name}: the page scrolls sideways`);
      }
      expect(wrong.length, 0, `${wrong.join('\n')}\nviolations`);
    },
  })),
  {
    name: 'axe finds nothing wrong on the first screen and on the restore screen',
    async run(desk) {
      let page = await desk.open();
      const wrong = await inBothThemes(desk, 'first run');
      await page.getByRole('button', { name: 'Try it with sample deals' }).click();
      await page.getByText('25 deals are made up').waitFor({ timeout: 30_000 });
      await desk.close();
      damageRecords(desk.data);
      page = await desk.open({ ready: 'restore' });
      await page.getByRole('radio').first().waitFor();
      wrong.push(...(await inBothThemes(desk, 'restore')));
      expect(wrong.length, 0, `${wrong.join('\n')}\nviolations`);
    },
  },
];

async function inBothThemes(desk: Desk, name: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const { size, theme } of looks) {
    await desk.page.setViewportSize(size);
    await desk.page.emulateMedia({ colorScheme: theme });
    wrong.push(...(await violations(desk.page)).map((one) => `${name}, ${theme}: ${one}`));
  }
  return wrong;
}

async function scrollsSideways({ page }: Desk): Promise<boolean> {
  return await page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    return root.scrollWidth > root.clientWidth;
  });
}
