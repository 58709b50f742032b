import { violations } from './lib/axe.ts';
import { damageRecords } from './lib/damage.ts';
import type { Desk } from './lib/desk.ts';
import { expect } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { PortalServer } from './lib/portal-server.ts';
import { openWithSamples, screens } from './lib/screens.ts';
import { teamScreens } from './lib/team-screens.ts';

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
] as const;

export const journeys: readonly Journey[] = [
  ...SIZES.map((size) => ({
    name: `axe finds nothing wrong on any screen, light and dark, ${size.width} by ${size.height}`,
    limitMs: 600_000,
    runsOnce: true,
    async run(desk: Desk) {
      const page = await openWithSamples(desk);
      await page.setViewportSize(size);
      const wrong: string[] = [];
      for (const screen of screens) {
        await screen.show(page);
        wrong.push(...(await troubles(desk)).map((one) => `${screen.name}: ${one}`));
      }
      expect(wrong.length, 0, `${wrong.join('\n')}\nviolations`);
    },
  })),
  {
    name: 'axe finds nothing wrong on the first screen and on the restore screen',
    runsOnce: true,
    async run(desk) {
      let page = await desk.open();
      const wrong: string[] = [];
      for (const size of SIZES) {
        await page.setViewportSize(size);
        wrong.push(...(await troubles(desk)).map((one) => `first run: ${one}`));
      }
      await page.getByRole('button', { name: 'Try it with sample deals' }).click();
      await page.getByText('25 deals are made up').waitFor({ timeout: 30_000 });
      await desk.close();
      damageRecords(desk.data);
      page = await desk.open({ ready: 'restore' });
      await page.getByRole('radio').first().waitFor();
      for (const size of SIZES) {
        await page.setViewportSize(size);
        wrong.push(...(await troubles(desk)).map((one) => `restore: ${one}`));
      }
      expect(wrong.length, 0, `${wrong.join('\n')}\nviolations`);
    },
  },
  {
    name: 'axe finds nothing wrong on the screens of a shared portal and on the pages of a link',
    limitMs: 480_000,
    runsOnce: true,
    run: (desk) =>
      PortalServer.with(async (portal) => {
        const wrong: string[] = [];
        await teamScreens(desk, portal, async (page, name) => {
          wrong.push(...(await troubles({ page })).map((one) => `${name}: ${one}`));
        });
        expect(wrong.length, 0, `${wrong.join('\n')}\nviolations`);
      }),
  },
];

async function troubles({ page }: Pick<Desk, 'page'>): Promise<readonly string[]> {
  const isSideways = await page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    return root.scrollWidth > root.clientWidth;
  });
  return [...(isSideways ? ['the page scrolls sideways'] : []), ...(await violations(page))];
}
