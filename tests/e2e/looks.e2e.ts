import type { Page } from 'playwright-core';
import { violations } from './lib/axe.ts';
import { damageRecords } from './lib/damage.ts';
import type { Desk } from './lib/desk.ts';
import { AT_200, cutAtSide } from './lib/desk-zoom.ts';
import { expect } from './lib/expect.ts';
import type { Journey } from './lib/journey.ts';
import { sideways, withPhone } from './lib/phone.ts';
import { portalParts } from './lib/portal-parts.ts';
import { PortalServer } from './lib/portal-server.ts';
import { doingPages, PHONE, ZOOMS, zoomTroubles } from './lib/portal-zoom.ts';
import { openWithSamples, screens } from './lib/screens.ts';
import { teamScreens } from './lib/team-screens.ts';
import { walk } from './lib/walk.ts';

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
  {
    name: 'axe finds nothing wrong on any page of a person, and none scrolls sideways at 320 wide or in twice the type',
    limitMs: 480_000,
    runsOnce: true,
    async run() {
      const seen = new Set<string>();
      const looked = await personPages((name) => {
        // What partners see behind home is made of the same parts, and was looked at as the client sees it.
        const screen = name.split(', ').slice(2).join(', ');
        const isAgain =
          screen !== '' && seen.has(screen) && !/^portal, (empty|crowded|closed|ended|calm|huge),/.test(name);
        seen.add(screen);
        return !isAgain;
      });
      expect(looked > 110, true, `${looked} pages were there, and that they are over 110`);
    },
  },
  {
    name: 'at 200 and at 400 % zoom the pages of a person scroll one way, and what has the focus is covered by nothing',
    limitMs: 240_000,
    runsOnce: true,
    async run() {
      const wrong: string[] = [];
      await doingPages(ZOOMS, async (page, name) => {
        wrong.push(...(await zoomTroubles(page)).map((one) => `${name}: ${one}`));
      });
      expect(wrong, [], 'what is wrong when the window is zoomed');
    },
  },
  {
    name: 'at 200 % zoom nothing that can be used is cut at a side of the desk',
    limitMs: 240_000,
    runsOnce: true,
    async run(desk) {
      const page = await openWithSamples(desk);
      const wrong: string[] = [];
      for (const screen of screens) {
        // These two are reached through a pane that a narrow window opens by Enter alone.
        await page.setViewportSize(/^(deal, what a date moves|inbox)$/.test(screen.name) ? SIZES[0] : AT_200);
        await screen.show(page);
        await page.setViewportSize(AT_200);
        wrong.push(...(await cutAtSide(page)).map((one) => `${screen.name}: ${one}`));
      }
      expect(wrong, [], 'what is wrong when the window is zoomed');
    },
  },
  {
    name: 'with Tab alone each control of the pages of a person is reached in order, in sight, and shows that it has the focus',
    limitMs: 240_000,
    runsOnce: true,
    async run() {
      const wrong: string[] = [];
      await doingPages(PHONE, async (page, name) => {
        wrong.push(...(await walk(page)).map((one) => `${name}: ${one}`));
      });
      expect(wrong, [], 'what is wrong for the keyboard');
    },
  },
];

/** How something goes on, on a line that is slow on purpose too: the contact sheet alone draws these. */
const IS_STATE = /^portal, (way in|upload|change|intake),/;

/** Looks at the pages that show what there is; how many there were. */
async function personPages(isWanted: (name: string) => boolean): Promise<number> {
  const wrong: string[] = [];
  let looked = 0;
  await withPhone(async (phone) => {
    for (const { part, draw } of portalParts.filter((each) => !IS_STATE.test(each.part)))
      await draw(phone, async (page, name) => {
        looked += 1;
        if (isWanted(name)) wrong.push(...(await personTroubles(page)).map((one) => `${name}: ${one}`));
      }).catch((error: unknown) => {
        throw new Error(`${part}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      });
  });
  expect(wrong.length, 0, `${wrong.join('\n')}\nviolations`);
  return looked;
}

/** Axe at the size of a phone, where every page has all that it has; then only what a narrower page does to it. */
async function personTroubles(page: Page): Promise<readonly string[]> {
  const wrong = [...(await violations(page))];
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 320, height: 640 });
  const narrow = await sideways(page);
  if (narrow > 0) wrong.push(`scrolls ${narrow} sideways at 320`);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  const large = await sideways(page);
  if (large > 0) wrong.push(`scrolls ${large} sideways in twice the type`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  return wrong;
}

async function troubles({ page }: Pick<Desk, 'page'>): Promise<readonly string[]> {
  const isSideways = await page.evaluate(() => {
    const root = document.scrollingElement ?? document.documentElement;
    return root.scrollWidth > root.clientWidth;
  });
  return [...(isSideways ? ['the page scrolls sideways'] : []), ...(await violations(page))];
}
